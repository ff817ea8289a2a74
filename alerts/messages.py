"""What a message says: plain text, each item with the words it rests on and where to read on."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import Template
from typing import Any

LONGEST_SUBJECT = 150  # characters
MOST_ITEMS = 100  # in one message; the rest is counted
TEMPLATE_FIELDS = (
    "headline", "outlet", "published_at", "url", "page", "quote", "supplier", "recipient", "item", "status", "change",
)  # fmt: skip


class WrongTemplateError(ValueError):
    """A template names a field that no item has. Raised by check_template(); the message is one line."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message ready to send; ``identity`` is the same whenever the same items are sent again."""

    subject: str
    text: str
    identity: str


@dataclass(frozen=True, slots=True)
class News:
    """An item to tell: its facts, and those told of the same thing before, if any."""

    name: str
    facts: Mapping[str, Any]
    before: Mapping[str, Any] | None = None


def check_template(template: str) -> None:
    """Raise WrongTemplateError for a template with other than the known ``$fields``; a template runs no code."""
    parsed = Template(template)
    unknown = [name for name in parsed.get_identifiers() if name not in TEMPLATE_FIELDS]
    if unknown or not parsed.is_valid():
        raise WrongTemplateError(
            f"a template may have {', '.join(f'${name}' for name in TEMPLATE_FIELDS)}"
            + (f", not ${unknown[0]}" if unknown else "; write $$ for a dollar sign")
        )


def write_message(alert: str, news: Sequence[News], template: str | None, address: str) -> Message:
    """Write one message about items; ``address`` is where our own pages are read."""
    told = [_told(each, template, address) for each in news[:MOST_ITEMS]]
    if len(news) > MOST_ITEMS:
        told.append(f"and {len(news) - MOST_ITEMS} more")
    first = _title(news[0].facts)
    subject = first if len(news) == 1 else f"{len(news)} new: {first}"
    names = "\n".join((alert, *(each.name for each in news)))
    identity = hashlib.sha256(names.encode()).hexdigest()[:32]
    return Message(one_line(f"[{alert}] {subject}")[:LONGEST_SUBJECT], "\n\n".join(told) + "\n", identity)


def one_line(text: object) -> str:
    """Give crawled text as one line without control characters."""
    return "".join(char if char.isprintable() else " " for char in " ".join(str(text).split()))


def _told(news: News, template: str | None, address: str) -> str:
    if template is not None:
        return Template(template).safe_substitute(_fields(news, address))
    return _article(news, address) if news.facts["kind"] == "article" else _transfer(news, address)


def _title(facts: Mapping[str, Any]) -> str:
    if facts["kind"] == "article":
        return one_line(facts["headline"] or facts["url"])
    sides = f"{facts['supplier'] or 'unknown'} to {facts['recipient'] or 'unknown'}"
    return one_line(f"{sides}: {facts['item'] or 'unknown'}, {facts['status']}")


def _article(news: News, address: str) -> str:
    facts = news.facts
    about = ", ".join(filter(None, (facts["outlet"], facts["outlet_kind"], (facts["published_at"] or "")[:16])))
    lines = [_title(facts), one_line(about), *_changes(news)]
    lines += [f"  “{one_line(claim['quote'])}” ({one_line(_claim(claim))})" for claim in facts["claims"][:10]]
    return "\n".join((*lines, _page(facts, address), one_line(facts["url"])))


def _transfer(news: News, address: str) -> str:
    facts = news.facts
    rungs = ", ".join(f"{status} ({origins} independent)" for status, origins in facts["rungs"].items())
    lines = [_title(facts), *_changes(news), f"stages: {rungs}", f"outlets: {one_line(', '.join(facts['outlets']))}"]
    if facts["contradicted"]:
        lines.append(f"contradicted: {', '.join(facts['contradicted'])}")
    return "\n".join((*lines, _page(facts, address)))


def _page(facts: Mapping[str, Any], address: str) -> str:
    return f"{address}/{facts['kind']}s/{facts['id']}"


def _claim(claim: Mapping[str, Any]) -> str:
    sides = f"{claim['supplier'] or 'unknown'} to {claim['recipient'] or 'unknown'}"
    parts = (sides, claim["weapon"] or claim["category"], claim["quantity"], claim["status"], claim["modality"])
    return ", ".join(str(part) for part in parts if part is not None)


def _changes(news: News) -> list[str]:
    """Say which facts changed since the same thing was told of before."""
    facts, before = news.facts, news.before
    if before is None:
        return []
    if facts["kind"] == "transfer":
        pairs = ((name, before.get(name), facts[name]) for name in facts if name not in {"id", "outlets"})
        return ["changed since:", *(f"  {name}: {old} became {new}" for name, old, new in pairs if old != new)]
    old, new = ({one_line(_claim(claim)) for claim in each["claims"]} for each in (before, facts))
    gone, came = (f"  - {claim}" for claim in sorted(old - new)), (f"  + {claim}" for claim in sorted(new - old))
    return ["changed since:", *gone, *came]


def _fields(news: News, address: str) -> dict[str, str]:
    facts = news.facts
    first = facts["claims"][0] if facts.get("claims") else {}
    values = {
        "headline": _title(facts),
        "outlet": facts.get("outlet") or ", ".join(facts.get("outlets", ())),
        "published_at": facts.get("published_at"),
        "url": facts.get("url"),
        "page": _page(facts, address),
        "quote": first.get("quote"),
        "supplier": facts.get("supplier") or first.get("supplier"),
        "recipient": facts.get("recipient") or first.get("recipient"),
        "item": facts.get("item") or first.get("weapon") or first.get("category"),
        "status": facts.get("status") or first.get("status"),
        "change": "; ".join(_changes(news)),
    }
    return {name: one_line("unknown" if value is None else value) for name, value in values.items()}
