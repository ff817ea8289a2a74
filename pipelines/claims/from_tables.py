"""Who supplies whom in a table's series, from its header, its caption or the headline; and the claims they make."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipelines.claims.gazetteer import scan
from pipelines.claims.places import StateMention, states_of
from pipelines.items import ArticleDraft, ClaimDraft, Evidence, Observation, SeriesDraft, TableDraft

ARMS_KINDS = frozenset({"arms", "weapon", "designation", "trade"})
ARTICLES = r"(?:(?:the|la|las|los|el|o|os|a|as|le|les|l['’]|die|den|der)\s*)?"
# What stands before the state goods come from, before the one they go to, and before the one whose trade it is.
FROM = re.compile(rf"\b(?:from|desde|aus|von|из|от|з|із|зі|від|من)\s*{ARTICLES}$", re.IGNORECASE)
TO = re.compile(
    rf"(?:\b(?:to|for|into|in die|in den|al?|à|aux?|ao|para|vers|pour|an|nach|für|во?|на|для|до|إلى)\s*{ARTICLES}"
    r"|→\s?)$",
    re.IGNORECASE,
)
OF = re.compile(rf"(?:\b(?:of|by|del?|d[aou]s?|des|par|por)\s*{ARTICLES}|\bd['’])$", re.IGNORECASE)
EXPORTS = re.compile(
    r"\b(?:exports?|sales?|deliver(?:y|ies)|suppl(?:y|ies)|transfers?|shipments?|aid|exporta\w{3,7}|ventas?|envíos?|entregas?|"
    r"vendas?|fornecimentos?|suministros?|ventes?|livraisons?|exporte?n?|lieferungen|ausfuhren|waffenlieferungen|rüstungsexporte?|"
    r"экспорт\w{0,4}|поставк\w{0,4}|поставок|постачан\w{0,4}|експорт\w{0,4}|продаж\w{0,3}|ihracat\w{0,5}|satış\w{0,6}|صادرات|مبيعات)\b",
    re.IGNORECASE,
)
IMPORTS = re.compile(
    r"\b(?:imports?|purchases?|acquisitions?|importa\w{3,7}|compras?|adquisiciones|achats?|importe?n?|einfuhren|käufe|"
    r"waffenimporte?|импорт\w{0,4}|закуп\w{0,6}|імпорт\w{0,4}|закупів\w{0,5}|ithalat\w{0,5}|واردات|مشتريات)\b",
    re.IGNORECASE,
)
MONEY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Pair:
    """Who sends and who gets, as far as one text says.

    ``flow`` is "exports", "imports" or None; ``lone`` is a state named without a side.
    """

    supplier: str | None = None
    recipient: str | None = None
    flow: str | None = None
    arms: bool = False
    lone: str | None = None


def name_series(draft: ArticleDraft) -> ArticleDraft:
    """Give the article with supplier, recipient and measure of each series filled in where its words are clear."""
    if not any(table.series for table in draft.tables):
        return draft
    headline = read_pair(draft.headline or "")
    return replace(draft, tables=tuple(_named_table(table, headline) for table in draft.tables))


def read_pair(text: str) -> Pair:
    """Read supplier and recipient out of a header, caption or headline."""
    hits = scan(text)
    arms = any(hit.entry.kind in ARMS_KINDS for hit in hits)
    flow = _flow(text)
    states = _distinct([state for state in states_of(text, hits) if not state.place])
    if len(states) > 2:
        return Pair(flow=flow, arms=arms)
    sides = {_side(text, state, flow): state.iso3 for state in states}
    supplier, recipient = sides.get("supplier"), sides.get("recipient")
    rest = [state.iso3 for state in states if state.iso3 not in {supplier, recipient}]
    if len(rest) == 1 and flow:
        # "Russian arms exports to Venezuela": the adjective before the flow is its subject
        supplier, recipient = _with_subject(rest[0], flow, supplier, recipient)
    open_side = {supplier, recipient} == {None} and len(rest) == 1
    return Pair(supplier, recipient, flow, arms, rest[0] if open_side else None)


def series_claims(draft: ArticleDraft) -> tuple[ClaimDraft, ...]:
    """Give one claim for each observed year of every series of arms whose both sides are known."""
    return tuple(
        claim
        for table in draft.tables
        for series in table.series
        if series.supplier and series.recipient and _is_money(series)
        for claim in _claims(table, series)
    )


def _named_table(table: TableDraft, headline: Pair) -> TableDraft:
    caption = read_pair(table.caption or "")
    return replace(table, series=tuple(_named_series(series, caption, headline) for series in table.series))


def _named_series(series: SeriesDraft, caption: Pair, headline: Pair) -> SeriesDraft:
    """Take each side from the header, then the caption, then the headline; a headline only where arms are meant."""
    header = read_pair(series.label)
    about_arms = any(pair.arms for pair in (header, caption, headline))
    trusted = [header, caption, headline] if headline.arms else [header, caption]
    if not about_arms:
        return series
    supplier, recipient = _joined(trusted)
    flow = header.flow or caption.flow or (headline.flow if headline.arms else None)
    if header.lone and flow == "imports" and supplier is None and recipient != header.lone:
        supplier = header.lone  # a column for each supplier
    if header.lone and flow == "exports" and recipient is None and supplier != header.lone:
        recipient = header.lone
    return replace(
        series,
        supplier=series.supplier or supplier,
        recipient=series.recipient or recipient,
        measure=series.measure or header.flow or caption.flow,
        value_kind=series.value_kind or (f"arms {flow}" if header.flow or caption.flow else None),
    )


def _joined(trusted: list[Pair]) -> tuple[str | None, str | None]:
    """Fill the sides in order of trust; a state never stands on both."""
    supplier = recipient = None
    for pair in trusted:
        if supplier is None and pair.supplier != recipient:
            supplier = pair.supplier
        if recipient is None and pair.recipient != supplier:
            recipient = pair.recipient
    return supplier, recipient


def _flow(text: str) -> str | None:
    """Say which way goods move; a text that speaks of both ways says neither."""
    out, into = EXPORTS.search(text), IMPORTS.search(text)
    if bool(out) == bool(into):
        return None
    return "exports" if out else "imports"


def _side(text: str, state: StateMention, flow: str | None) -> str:
    """Say on which side a state stands by the words around it; ``open`` where they do not tell."""
    before = text[max(0, state.start - 16) : state.start]
    if TO.search(before) or text.startswith("لل", state.start) or _has_ending(text, state.end, "e", "a"):
        return "recipient"
    if FROM.search(before) or _has_ending(text, state.end, "den", "dan", "ten", "tan"):
        return "supplier"
    if OF.search(before) and flow:
        return "supplier" if flow == "exports" else "recipient"
    return f"open {state.iso3}"


def _has_ending(text: str, at: int, *endings: str) -> bool:
    """Answer whether a Turkish case ending follows the name: "Türkiye'ye", "Rusya'dan"."""
    match = re.match(r"['’]([yn]?)(\w{1,3})", text[at : at + 6])
    return match is not None and match.group(2) in endings


def _with_subject(
    subject: str, flow: str, supplier: str | None, recipient: str | None
) -> tuple[str | None, str | None]:
    if flow == "exports" and supplier is None:
        return subject, recipient
    if flow == "imports" and recipient is None:
        return supplier, subject
    return supplier, recipient


def _distinct(states: list[StateMention]) -> list[StateMention]:
    return list({state.iso3: state for state in reversed(states)}.values())[::-1]


def _is_money(series: SeriesDraft) -> bool:
    return series.unit is not None and MONEY.fullmatch(series.unit) is not None and series.unit != "TIV"


def _claims(table: TableDraft, series: SeriesDraft) -> Iterator[ClaimDraft]:
    status = "delivered" if series.measure == "deliveries" else "general"
    for observation in series.observations:
        if observation.value is not None and observation.row is not None and 1900 < observation.period < 2200:
            yield _claim(table, series, observation, status)


def _claim(table: TableDraft, series: SeriesDraft, observation: Observation, status: str) -> ClaimDraft:
    return ClaimDraft(
        supplier=series.supplier,
        recipient=series.recipient,
        evidence=Evidence(quote=observation.raw or "", table=table.position, row=observation.row, column=series.column),
        status=status,
        modality="asserted",
        rule="series",
        confidence=0.8,
        value_min=observation.value,
        value_max=observation.value,
        value_qualifier="exact" if (observation.raw or "").replace(" ", "")[:1].isdigit() else None,
        currency=series.unit,
        value_kind=series.value_kind,
        year=observation.period,
    )
