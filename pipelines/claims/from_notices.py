"""Claims from US notices of proposed arms sales, Section 36(b): purchaser, articles, values, case and day."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from pipelines.claims.entries import weapon_rows
from pipelines.claims.gazetteer import scan
from pipelines.claims.places import find_states
from pipelines.items import ArticleDraft, ClaimDraft, Evidence, Paragraph

NUMBER_WORD = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|"
    "nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million"
)
# "(iii)" and classification marks such as "(U)" may stand before a label
LABEL = re.compile(
    r"(?:\([ivx]{1,4}\)\s{0,3}(?:\([A-Z]{1,3}\)\s{0,3})?)?"
    r"(?:(?P<purchaser>Prospective Purchaser)|(?P<value>Total Estimated Value)"
    r"|(?P<articles>Description and Quantity or Quantities of Articles or Services (?:under|for) Consideration"
    r"(?: for Purchase)?)"
    r"|(?P<department>Military Department)|(?P<prior>Prior Related Cases?(?:, if any)?)"
    r"|(?P<commission>Sales Commission, Fee)|(?P<sensitivity>Sensitivity of Technology)"
    r"|(?P<day>Date Report Delivered to Congress)|(?P<end>\*? ?as defined in Section 47|POLICY JUSTIFICATION))"
    r"\s{0,3}:?\s{0,3}",
    re.IGNORECASE,
)
CASE = re.compile(
    r"Transmittal\s{1,3}(?:No\.?|Number|#)?\s{0,3}:?\s{0,3}(\d{2})\s?[-‐‑‒–—−]\s?(\d{1,3}|\d{0,2}[A-Z])\b"
)
# A stray apostrophe may precede TOTAL, and a run of dots stands before the amount
AMOUNT = re.compile(
    r"\b(?P<what>Major Defense Equipment|Other|TOTAL)\*?[\s.…'’*:_-]{0,200}\$\s{0,2}(?P<number>[\d,]*\.?\d+)\s{0,3}"
    r"(?P<scale>thousand|million|billion)?",
    re.IGNORECASE,
)
SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9}
NOT_MAJOR = re.compile(r"\bNon-?\s?(?:MDE|Major Defense Equipment)\b", re.IGNORECASE)
COUNT = re.compile(
    rf"(?:\bup to\s)?(?:\b(?:{NUMBER_WORD})(?:[\s-]{{1,3}}(?:and\s)?(?:{NUMBER_WORD})){{0,12}}\s{{1,3}})?"
    r"\((\d[\d,]{0,11})\)\s{1,3}",
    re.IGNORECASE,
)
# "(12 installed, 1 spare)" tells how the number is made up, not what the item is
REMARK = re.compile(r"\s*\((?=\d)[^()]{0,200}\)\s*$")
# Parts of a weapon are not the weapon
PART = re.compile(
    r"\b(?:(?:guidance|control|propulsion|tail|warhead) (?:sections?|units?|groups?)|spares?|containers?|canisters?"
    r"|fuzes?|kits?|racks?|rails?|simulators?|trainers?|test (?:sets?|equipment))\s*$",
    re.IGNORECASE,
)
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
DAY = re.compile(rf"\b({'|'.join(MONTHS)})\s{{1,3}}(\d{{1,2}}),?\s{{1,3}}(\d{{4}})\b", re.IGNORECASE)
TAIWAN = re.compile(r"\bTECRO\b|\bTaipei Economic and Cultural", re.IGNORECASE)
GOVERNMENT = re.compile(r"^(?:the )?government of (?:the )?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Span:
    """A part of one paragraph."""

    paragraph: int
    start: int
    end: int
    text: str


@dataclass(slots=True)
class Notice:
    """The labelled parts of one notice."""

    parts: dict[str, list[Span]] = field(default_factory=dict)


def find_notice_claims(draft: ArticleDraft) -> tuple[ClaimDraft, ...]:
    """Give the claims of every 36(b) notice the article prints, one for each counted article of a notice."""
    case_number = _case_number(draft)
    return tuple(
        claim for notice in _notices(draft.paragraphs) for claim in _claims(notice, case_number) if claim is not None
    )


def _notices(paragraphs: tuple[Paragraph, ...]) -> list[Notice]:
    """Part the text at its labels; lines of one item may stand in one paragraph or in several."""
    notices: list[Notice] = []
    name = "end"
    for number, paragraph in enumerate(paragraphs):
        at = 0
        for label in LABEL.finditer(paragraph.text):
            _keep(notices, name, Span(number, at, label.start(), paragraph.text[at : label.start()]))
            name, at = label.lastgroup or "end", label.end()
            if name == "purchaser":
                notices.append(Notice())
        _keep(notices, name, Span(number, at, len(paragraph.text), paragraph.text[at:]))
    return [each for each in notices if {"purchaser", "articles"} <= each.parts.keys()]


def _keep(notices: list[Notice], name: str, span: Span) -> None:
    if notices and name != "end" and span.text.strip():
        notices[-1].parts.setdefault(name, []).append(span)


def _claims(notice: Notice, case_number: str | None) -> Iterator[ClaimDraft]:
    recipient = _purchaser(" ".join(span.text for span in notice.parts["purchaser"]))
    if recipient is None:
        return
    amounts, day = _amounts(notice), _day(notice)
    priced = "total" in amounts
    for article in _articles(notice):
        yield replace(
            _of_article(recipient, *article),
            value_max=amounts.get("total"),
            value_qualifier="up_to" if priced else None,
            currency="USD" if priced else None,
            value_kind="notification ceiling" if priced else None,
            value_parts=tuple((what, amount) for what, amount in amounts.items() if what != "total") or None,
            year=day.year if day else None,
            happened_on=day,
            case_number=case_number,
        )


def _of_article(recipient: str, evidence: Evidence, item: str | None, quantity: int | None) -> ClaimDraft:
    """Give the claim one article of a notice makes, without what the whole notice says."""
    weapon, category, register_category = _weapon(item) if item else (None, None, None)
    return ClaimDraft(
        supplier="USA",
        recipient=recipient,
        evidence=evidence,
        status="approved",
        modality="asserted",
        rule="36(b) notice",
        confidence=0.98,
        weapon=weapon,
        weapon_raw=(item,) if item else (),
        category=category,
        register_category=register_category,
        quantity=quantity,
        quantity_qualifier=None if quantity is None else _qualifier(evidence.quote),
    )


def _qualifier(quote: str) -> str:
    return "up_to" if quote.lower().startswith("up to") else "exact"


def _articles(notice: Notice) -> Iterator[tuple[Evidence, str | None, int | None]]:
    """Give each counted major article; a notice without one gives its list of other articles, uncounted."""
    spans = notice.parts["articles"]
    counted = [each for span in _before_others(spans) for each in _counted(span)]
    if counted:
        yield from counted
        return
    for span in spans:
        other = NOT_MAJOR.search(span.text)
        if other:
            yield _evidence(span, other.start(), len(span.text)), None, None
            return


def _before_others(spans: list[Span]) -> Iterator[Span]:
    """Give what stands before the list of articles that are not major defense equipment."""
    for span in spans:
        other = NOT_MAJOR.search(span.text)
        if other:
            yield Span(span.paragraph, span.start, span.start + other.start(), span.text[: other.start()])
            return
        yield span


def _counted(span: Span) -> Iterator[tuple[Evidence, str, int]]:
    counts = list(COUNT.finditer(span.text))
    ends = [*(count.start() for count in counts[1:]), len(span.text)]
    for count, end in zip(counts, ends, strict=False):
        rest = span.text[count.end() : end]
        line = REMARK.sub("", rest.split("\n")[0].rstrip(" ;.,")).rstrip(" ;.,")
        line = re.sub(r"[;,]?\s+and$", "", line)
        if line:
            evidence = _evidence(span, count.start(), count.end() + len(line))
            yield evidence, line, int(count.group(1).replace(",", ""))


def _evidence(span: Span, start: int, end: int) -> Evidence:
    """Give the place of a part of the span, without blanks at its ends."""
    text = span.text[start:end]
    start += len(text) - len(text.lstrip())
    quote = text.strip()
    return Evidence(quote, span.paragraph, span.start + start, span.start + start + len(quote))


def _weapon(item: str) -> tuple[str | None, str | None, str | None]:
    """Give designation, category and UN category of an item by the gazetteer; a part of a weapon has none."""
    if PART.search(item):
        return None, None, None
    name = next((hit.entry.value for hit in scan(item) if hit.entry.kind == "designation"), None)
    row = weapon_rows().get(name or "")
    if row is None:
        return None, None, None
    register_category = row["unroca_category"]
    return name, row["category"] or None, None if register_category in {"", "none"} else register_category


def _purchaser(text: str) -> str | None:
    """Give the state that wants to buy, or the name as printed where it is none."""
    if TAIWAN.search(text):
        return "TWN"
    states = [state.iso3 for state in find_states(text) if state.iso3 != "USA"]
    return states[0] if states else GOVERNMENT.sub("", text.strip().rstrip(".")) or None


def _amounts(notice: Notice) -> dict[str, float]:
    text = "\n".join(span.text for span in notice.parts.get("value", ()))
    return {
        match["what"].lower(): float(match["number"].replace(",", "")) * SCALES.get((match["scale"] or "").lower(), 1.0)
        for match in AMOUNT.finditer(text)
    }


def _day(notice: Notice) -> date | None:
    match = DAY.search(" ".join(span.text for span in notice.parts.get("day", ())))
    if match is None:
        return None
    try:
        return date(int(match[3]), MONTHS.index(match[1].lower()) + 1, int(match[2]))
    except ValueError:
        return None


def _case_number(draft: ArticleDraft) -> str | None:
    for text in (draft.headline or "", *(paragraph.text for paragraph in draft.paragraphs)):
        match = CASE.search(text)
        if match:
            return f"{match[1]}-{match[2]}"
    return None
