"""The year a sentence gives for an event; planned years and spans give none."""

import re
from collections.abc import Sequence

from pipelines.claims.deals import Deal
from pipelines.claims.scene import Scene

YEAR = re.compile(r"(?<![\w.,$€£/-])(?:19[4-9]\d|20[0-4]\d)(?![\w%]|[.,]\d|-\w)")
# A limit, the ends of a span, or a model: no year of the event.
NOT_EVENT = re.compile(
    r"\b(?:by|until|till|since|from|before|after|through|between|to|années|años|hasta|desde|entre|antes de|para|depuis|"
    r"a partir de|jusqu['’]en|avant|d['’]ici|après|с|до|после|к|bis|seit|vor|ab|als|sonra|kadar)\s"
    r"(?:the\s|el\s|late\s|early\s|mid-|end of\s|début\s|fin\s|конца\s)*$|[–—-]$",
    re.IGNORECASE,
)
SPAN = re.compile(r"^\s?[–—-]\s?\d{2,4}|^['’]?s\b|^['’]l[ae]r|^-[ехx]|^\s(?:and|to|y|a|et|à|и|до|bis)\s(?:19|20)\d\d")


# "December 2, 2024 (CAPITAL) – ", "Monday, May 23, 2024 - ": when it was written
WRITTEN = re.compile(r"[^.\n]{0,60}?(?:19|20)\d\d\)?(?:\s\([^)\n]{2,40}\))?\s?[-–—]{1,2}\s")


def find_year(scene: Scene, deal: Deal, others: Sequence[Deal]) -> int | None:
    """Give the one year of the deal's words, or of its sentence where it is the only deal there."""
    words = scene.words
    if deal.core is not None and _is_of_saying(scene, deal.core.first):
        within = years_between(scene.text, words[deal.core.first].start, words[deal.last - 1].end)
        return within[0] if len(within) == 1 else None
    within = years_between(scene.text, words[deal.first].start, words[deal.last - 1].end)
    if not within and len({other.core for other in others}) <= 1:
        within = years_between(scene.text, words[0].start, words[-1].end)
    if not within and deal.first > 0:
        within = years_between(scene.text, words[deal.clause[0]].start, words[deal.clause[1] - 1].end)
    named = {name for item in deal.items for name in item.names}
    within = [year for year in within if not any(str(year) in name for name in named)]  # "Mirage 2000"
    return within[0] if len(within) == 1 else None


def _is_of_saying(scene: Scene, core: int) -> bool:
    """Answer whether the sentence's year opens it and belongs to a verb of saying before the deed."""
    said = next((place for place in range(len(scene.words)) if scene.has(place, "said")), None)
    years = [place for place in range(len(scene.words)) if YEAR.fullmatch(scene.words[place].text)]
    return said is not None and bool(years) and ((years[0] < said < core) or 0 < years[0] - said <= 3)


def years_between(text: str, start: int, end: int) -> list[int]:
    """Give the years of events printed in a stretch of a text, each once."""
    found: list[int] = []
    written = WRITTEN.match(text)
    for match in YEAR.finditer(text, max(start, written.end() if written else 0), min(end + 1, len(text))):
        before = text[max(start, match.start() - 24) : match.start()]
        if re.search(r"(?:19|20)\d\d\s(?:and|y|et|и|e|und|ve)\s$", before):
            continue
        if NOT_EVENT.search(before) or SPAN.match(text[match.end() : match.end() + 12]):
            continue
        found.append(int(match.group()))
    return list(dict.fromkeys(found))
