"""What a site says against mining its texts: robots groups for AI agents, TDM reservation, noai, noarchive; pure."""

import json
import re
from collections.abc import Mapping, Sequence

from protego import Protego

from pipelines.extract.head import Head

# Agents that collect for AI, as their operators document them; a group for one of them speaks of mining, not of us.
AI_AGENTS = (
    "AI2Bot", "Amazonbot", "anthropic-ai", "Applebot-Extended", "Bytespider", "CCBot", "ChatGPT-User", "ClaudeBot",
    "cohere-ai", "Diffbot", "FacebookBot", "Google-Extended", "GPTBot", "ImagesiftBot", "meta-externalagent",
    "OAI-SearchBot", "omgili", "PerplexityBot", "Timpibot", "YouBot",
)  # fmt: skip
_AGENT_LINE = re.compile(r"^\s{0,20}user-agent\s{0,20}:\s{0,20}([^\s#]{1,100})", re.IGNORECASE | re.MULTILINE)
_SIGNAL_LINE = re.compile(r"^\s{0,20}content-signal\s{0,20}:([^\n#]{1,300})", re.IGNORECASE | re.MULTILINE)
_SIGNAL = re.compile(r"(ai-train|ai-input|search)\s{0,5}=\s{0,5}no\b", re.IGNORECASE)
_DIRECTIVES = ("noai", "noimageai", "noarchive")


def in_robots(text: str, url: str) -> list[str]:
    """Name what robots.txt says against mining: AI agents that may not fetch ``url``, and content signals."""
    named = {name.lower() for name in _AGENT_LINE.findall(text)}
    rules = Protego.parse(text)
    refused = [agent for agent in AI_AGENTS if agent.lower() in named and not rules.can_fetch(url, agent)]
    found = [f"robots.txt keeps out {', '.join(refused)}"] if refused else []
    signals = [match.lower() for line in _SIGNAL_LINE.findall(text) for match in _SIGNAL.findall(line)]
    return [*found, *(f"robots.txt says {name}=no" for name in dict.fromkeys(signals))]


def in_page(headers: Mapping[str, str], head: Head) -> list[str]:
    """Name what a page's headers and meta elements say against mining."""
    lower = {name.lower(): value for name, value in headers.items()}
    found = []
    for place, value in (("header", lower.get("tdm-reservation")), ("meta", head.meta("tdm-reservation"))):
        if value is not None and value.strip() == "1":
            found.append(f"tdm-reservation in {place}")
    metas = ", ".join(head.all_metas("robots", "armswatch"))
    for place, value in (("X-Robots-Tag", lower.get("x-robots-tag", "")), ("meta robots", metas)):
        words = set(re.split(r"[\s,:]+", value.lower()))
        found += [f"{name} in {place}" for name in _DIRECTIVES if name in words]
    return found


def in_tdmrep(body: bytes, path: str) -> list[str]:
    """Name what ``/.well-known/tdmrep.json`` says of a path (W3C TDM Reservation Protocol, 6.2)."""
    try:
        rules = json.loads(body.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return []
    for rule in rules if isinstance(rules, list) else ():
        if isinstance(rule, dict) and _matches(str(rule.get("location", ""))[:500], path):
            return ["tdm-reservation in /.well-known/tdmrep.json"] if str(rule.get("tdm-reservation")) == "1" else []
    return []


def _matches(pattern: str, path: str) -> bool:
    """Match a path as the protocol wants it: ``*`` is anything, ``$`` the end, else a beginning."""
    if not pattern:
        return False
    is_whole = pattern.endswith("$")
    parts = pattern.removesuffix("$").split("*")
    place = 0
    for number, part in enumerate(parts):
        found = path.find(part, place)
        if found < 0 or (number == 0 and found > 0):
            return False
        place = found + len(part)
    return not is_whole or place == len(path) or parts[-1] == ""


def once(found: Sequence[str]) -> tuple[str, ...]:
    """Give each statement once, in order."""
    return tuple(dict.fromkeys(found))
