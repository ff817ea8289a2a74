"""Who supplies whom in a table's series, from its header, its caption or the headline."""

import re
from dataclasses import dataclass, replace

from pipelines.claims.gazetteer import scan
from pipelines.claims.places import StateMention, states_of
from pipelines.items import ArticleDraft, SeriesDraft, TableDraft

ARMS_KINDS = frozenset({"arms", "weapon", "designation", "trade"})
ARTICLES = r"(?:(?:the|la|las|los|el|o|os|a|as|le|les|l['’]|die|den|der)\s*)?"
# What stands before the state goods come from, before the one they go to, and before the one whose trade it is.
FROM = re.compile(
    rf"(?:\b(?:from|desde|aus|von|из|от|з|із|зі|від|من)\s*{ARTICLES}"
    r"|\b(?:supplier|exporter|seller|proveedor|exportador|fournisseur|exportateur|lieferant|поставщик|экспорт[её]р|tedarikçi)"
    r"(?:s|es|n)?:\s*)$",
    re.IGNORECASE,
)
TO = re.compile(
    rf"(?:\b(?:to|for|into|in die|in den|al?|à|aux?|ao|para|vers|pour|an|nach|für|во?|на|для|до|إلى)\s*{ARTICLES}"
    r"|→\s?|\b(?:recipient|importer|buyer|destination|destinatario|importador|comprador|destino|destinataire|importateur|"
    r"acheteur|empfänger(?:land)?|получатель|импорт[её]р|покупатель|alıcı)(?:s|es)?:\s*)$",
    re.IGNORECASE,
)
OF = re.compile(rf"(?:\b(?:of|by|del?|der|d[aou]s?|des|par|por)\s*{ARTICLES}|\bd['’])$", re.IGNORECASE)
EXPORTS = re.compile(
    r"\b(?:export(?:s|ed)?|sales?|sold|deliver(?:y|ies|ed)|suppl(?:y|ies|ied)|transfer(?:s|red)?|shipments?|aid|exporta\w{3,7}|ventas?|envíos?|entregas?|"
    r"vendas?|fornecimentos?|suministros?|ventes?|livraisons?|\w{0,20}exporte?n?|\w{0,20}lieferungen|\w{0,20}ausfuhren|"
    r"экспорт\w{0,4}|поставк\w{0,4}|поставок|постачан\w{0,4}|експорт\w{0,4}|продаж\w{0,3}|ihracat\w{0,5}|satış\w{0,6}|صادرات|مبيعات)\b",
    re.IGNORECASE,
)
IMPORTS = re.compile(
    r"\b(?:import(?:s|ed)?|purchase[sd]?|bought|acquisitions?|acquired|received|importa\w{3,7}|compras?|adquisiciones|achats?|\w{3,20}importe?|\w{0,20}importen|\w{0,20}einfuhren|\w{0,20}käufe|"
    r"импорт\w{0,4}|закуп\w{0,6}|імпорт\w{0,4}|закупів\w{0,5}|ithalat\w{0,5}|واردات|مشتريات)\b",
    re.IGNORECASE,
)
WORD = re.compile(r"[^\W\d_]+")
# Words of headings that say nothing about goods; so does what has two letters at most ("bn", "US").
NEUTRAL_WORDS = """
million millions billion billions thousand thousands dollar dollars euro euros pound pounds sterling current constant
usd eur gbp rub cny jpy inr krw try uah pln sek nok dkk chf czk ils brl aud cad tiv tivs
value values amount amounts total totals sum annual yearly volume number year the and from into for per prices table
figure supplier suppliers recipient recipients exporter importer buyer seller destination partner country countries
state customer order orders ordered contract contracts agreement agreements signed licence licences license licenses
deliveries notified
valor valores importe monto total año millones mil miles dólares dolares euros país pais tabla pedidos contratos
licencias entregas autorizadas para desde milhões bilhões ano tabela
valeur valeurs montant année milliards milliers pays tableau commandes contrats dans vers
wert werte summe jahr millionen milliarden tausend land länder tabelle bestellungen aufträge genehmigungen nach aus
сумма стоимость объем объём всего год годы млн млрд тыс долл долларов руб рублей евро страна таблица заказы контракты
değer toplam yıl milyon milyar dolar avro ülke
القيمة مليون مليار دولار يورو السنة
"""
NEUTRAL = frozenset(NEUTRAL_WORDS.split())


@dataclass(frozen=True, slots=True)
class Pair:
    """Who sends and who gets, as far as one text says.

    ``flow`` is "exports", "imports" or None; ``lone`` is a state named without a side. ``bare`` is a text that names
    no goods at all, so that what stands above it may say which they are.
    """

    supplier: str | None = None
    recipient: str | None = None
    flow: str | None = None
    arms: bool = False
    lone: str | None = None
    bare: bool = False


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
    named = states_of(text, hits)
    bare = _is_bare(text, named)
    states = _distinct([state for state in named if not state.place])
    if len(states) > 2:
        return Pair(flow=flow, arms=arms, bare=bare)
    sides = {_side(text, state, flow): state.iso3 for state in states}
    supplier, recipient = sides.get("supplier"), sides.get("recipient")
    rest = [state.iso3 for state in states if state.iso3 not in {supplier, recipient}]
    if len(rest) == 1 and flow:
        # "Russian arms exports to Venezuela": the adjective before the flow is its subject
        supplier, recipient = _with_subject(rest[0], flow, supplier, recipient)
    open_side = {supplier, recipient} == {None} and len(rest) == 1
    return Pair(supplier, recipient, flow, arms, rest[0] if open_side else None, bare)


def _named_table(table: TableDraft, headline: Pair) -> TableDraft:
    caption = read_pair(table.caption or "")
    return replace(table, series=tuple(_named_series(series, caption, headline) for series in table.series))


def _named_series(series: SeriesDraft, caption: Pair, headline: Pair) -> SeriesDraft:
    """Take each side from the header, then the caption, then the headline; a headline only where arms are meant."""
    header = read_pair(series.label)
    if not _is_about_arms(header, caption, headline):
        return series
    trusted = [header, caption, headline] if headline.arms else [header, caption]
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
        measure=series.measure or flow,
        value_kind=series.value_kind or (f"arms {flow}" if flow else None),
    )


def _is_about_arms(header: Pair, caption: Pair, headline: Pair) -> bool:
    """Answer whether a series is one of arms: trade of other goods is none, whatever the article is about."""
    if header.arms or (header.flow and not header.bare):
        return header.arms
    return caption.arms or (headline.arms and header.bare and caption.bare)


def _joined(trusted: list[Pair]) -> tuple[str | None, str | None]:
    """Fill the sides in order of trust; a state never stands on both."""
    supplier = recipient = None
    for pair in trusted:
        if supplier is None and pair.supplier != recipient:
            supplier = pair.supplier
        if recipient is None and pair.recipient != supplier:
            recipient = pair.recipient
    return supplier, recipient


def _is_bare(text: str, states: list[StateMention]) -> bool:
    """Answer whether a text is made of states, units and words for trade alone: "Value (USD million)", "To Qatar"."""
    for state in reversed(states):
        text = f"{text[: state.start]} {text[state.end :]}"
    words = WORD.findall(IMPORTS.sub(" ", EXPORTS.sub(" ", text)))
    return all(word.casefold() in NEUTRAL or len(word) < 3 for word in words)


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
