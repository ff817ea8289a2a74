"""Claims from US notices of proposed arms sales, Section 36(b): purchaser, articles, values, case and day."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from pipelines.claims.gazetteer import scan
from pipelines.claims.named_goods import goods_named
from pipelines.claims.notice_parts import Notice, Span, find_notices
from pipelines.claims.places import find_states
from pipelines.items import ArticleDraft, ClaimDraft, Evidence

NUMBER_WORD = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|"
    "nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million"
)
# A stray apostrophe may precede TOTAL, a run of dots the amount; in older notices only the first line has a "$".
AMOUNT = re.compile(
    r"\b(?P<what>Major\sDefense\sEquipment|Other|TOTAL)\*?[\s.…'’*:_-]{0,200}"
    r"(?:\$\s{0,2}(?P<dollars>[\d,]*\.?\d+)\s{0,3}(?P<scale>thousand|million|billion)?"
    r"|(?P<number>[\d,]*\.?\d+)\s{1,3}(?P<unit>thousand|million|billion))",
    re.IGNORECASE,
)
SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9}
NOT_MAJOR = re.compile(r"\bNon-?\s?(?:MDE|Major Defense Equipment)\b", re.IGNORECASE)
COUNT = re.compile(
    rf"(?:\bup to\s)?(?:\b(?:{NUMBER_WORD})(?:[\s-]{{1,3}}(?:and\s)?(?:{NUMBER_WORD})){{0,12}}\s{{1,3}})?"
    r"\((\d[\d,]{0,11})\)\s{1,3}",
    re.IGNORECASE,
)
# Lists of older notices: numbers without words and brackets, parted by commas that stand before a blank.
SPLIT = re.compile(r"[,;]\s")
ONE_WORD = NUMBER_WORD.split("|")[:20]
LISTED = re.compile(
    rf"\s{{0,5}}(?:and\s)?(?P<most>up\sto\s)?(?P<number>\d[\d,]{{0,11}}|{'|'.join(ONE_WORD)})\s{{1,3}}(?=\S)",
    re.IGNORECASE,
)
MEASURE = re.compile(r"(?:mm|cm|km|kg|percent|years?|months?)\b", re.IGNORECASE)
NAMED = re.compile(r"[^\W\d_]{3}")
ABOUT_MAX = 400
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


def find_notice_claims(draft: ArticleDraft) -> tuple[ClaimDraft, ...]:
    """Give the claims of every 36(b) notice the article prints, one for each counted article of a notice."""
    return tuple(claim for notice in find_notices(draft) for claim in _claims(notice))


def _claims(notice: Notice) -> Iterator[ClaimDraft]:
    recipient = _purchaser(notice.text("purchaser"))
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
            case_number=notice.enhanced_case or notice.case_number,
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
    """Give each counted major article; a notice without one gives what it is about, uncounted.

    What a report of an enhancement counts is what the purchaser has.
    """
    spans = notice.parts["articles"]
    major, others = _parted(spans)
    counted = [each for span in major for each in _counted(span)]
    counted = counted or [each for span in major for each in _listed(span)]
    if counted and not notice.enhanced_case:
        yield from counted
        return
    about = next((span for span in (*others, *major) if NAMED.search(span.text)), None)
    if about is not None:
        yield _evidence(about, 0, _end_of(about.text)), None, None


def _parted(spans: list[Span]) -> tuple[list[Span], list[Span]]:
    """Part the list of major defense equipment from that of the other articles."""
    for number, span in enumerate(spans):
        label = NOT_MAJOR.search(span.text)
        if label:
            return [*spans[:number], span.part(0, label.start())], [span.part(label.end()), *spans[number + 1 :]]
    return spans, []


def _end_of(text: str) -> int:
    """Give where words that say what a notice is about may end: at a mark before they grow too long."""
    if len(text) <= ABOUT_MAX:
        return len(text)
    return max(text.rfind(mark, 0, ABOUT_MAX) for mark in (". ", "; ", ", ", " "))


def _listed(span: Span) -> Iterator[tuple[Evidence, str, int]]:
    """Give the articles of older notices: "24 AGM-84L missiles, 2 launchers, containers, spare parts"."""
    at = 0
    for part in SPLIT.split(span.text):
        match = LISTED.match(part)
        item = "" if match is None else part[match.end() :].rstrip(" .\n")
        if match is not None and item and not MEASURE.match(item):
            number = match["number"].lower()
            count = int(number.replace(",", "")) if number[0].isdigit() else ONE_WORD.index(number) + 1
            start = match.start("most") if match["most"] else match.start("number")
            yield _evidence(span, at + start, at + match.end() + len(item)), item, count
        at += len(part) + 2


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
    if name is None:
        return None, None, None
    goods = goods_named(name, item)
    return goods.weapon, goods.category, goods.register_category


def _purchaser(text: str) -> str | None:
    """Give the state that wants to buy, or the name as printed where it is none."""
    if TAIWAN.search(text):
        return "TWN"
    states = [state.iso3 for state in find_states(text) if state.iso3 != "USA"]
    return states[0] if states else GOVERNMENT.sub("", text.strip().rstrip(".")) or None


def _amounts(notice: Notice) -> dict[str, float]:
    return {
        match["what"].lower(): float((match["dollars"] or match["number"]).replace(",", ""))
        * SCALES.get((match["scale"] or match["unit"] or "").lower(), 1.0)
        for match in AMOUNT.finditer(notice.text("value"))
    }


def _day(notice: Notice) -> date | None:
    match = DAY.search(notice.text("day"))
    if match is None:
        return None
    try:
        return date(int(match[3]), MONTHS.index(match[1].lower()) + 1, int(match[2]))
    except ValueError:
        return None
