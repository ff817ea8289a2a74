"""The main text of a page as numbered paragraphs: our own reader over the shared tree, with a confidence."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import accumulate

from lxml.html import HtmlElement

from pipelines.extract.blocks import Block, Outline, read_outline
from pipelines.extract.body_trim import trim
from pipelines.extract.body_worth import best_node, kind_of, narrow, protected_elements, weigh
from pipelines.extract.boilerplate import is_boilerplate, is_comment_name, is_skipped_tag, name_of
from pipelines.extract.headline import letters
from pipelines.extract.lead import find_lead
from pipelines.extract.second_reader import read_again
from pipelines.extract.shingles import Shingles
from pipelines.items import Paragraph, Rules

# Below this our own reader is wrong often enough to pay for a second opinion.
SURE = 0.35
MAX_ELEMENTS = 10_000  # more would take the second reader a second or longer


@dataclass(frozen=True, slots=True)
class Hints:
    """What the rest of the page says about its text: the JSON-LD articleBody, headline, description, and its tables.

    Data tables are kept as tables, so their elements, and lines by their letters, are no part of the text.
    """

    article_body: Shingles | None = None
    headline: str | None = None
    description: str | None = None
    tables: frozenset[HtmlElement] = frozenset()
    table_lines: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Body:
    """The main text: paragraphs, who read it, how sure that reader is (0 to 1).

    ``tables`` says of each data table that stands in the text how many paragraphs come before it.
    """

    paragraphs: tuple[Paragraph, ...]
    reader: str
    confidence: float
    problems: tuple[str, ...] = ()
    tables: Mapping[HtmlElement, int] = field(default_factory=dict)

    @property
    def texts(self) -> list[str]:
        """The paragraphs' texts."""
        return [paragraph.text for paragraph in self.paragraphs]

    @property
    def chars(self) -> int:
        """Length of the text."""
        return sum(len(paragraph.text) for paragraph in self.paragraphs)


def read_body(root: HtmlElement, hints: Hints | None = None, rules: Rules | None = None) -> Body:
    """Return the main text: by the source's rules, by our own reader, or by a second one where in doubt."""
    hints = hints or Hints()
    rules = rules or Rules()
    dropped = {element for selector in rules.drop for element in root.cssselect(selector)} | hints.tables
    if rules.body:
        ruled = _read_ruled(root, rules.body, dropped)
        body = ruled if ruled.paragraphs else _read_unruled(root, hints, dropped, ("rule for body found nothing",))
    else:
        body = _read_unruled(root, hints, dropped)
    if hints.table_lines:
        body = _cleaned(body, partial(_without_lines, hints.table_lines))
    return _cleaned(body, rules.clean) if rules.clean else body


def _without_lines(lines: frozenset[str], text: str) -> str:
    """Return a paragraph without the lines that are rows of a table."""
    return "\n".join(line for line in text.split("\n") if letters(line) not in lines)


def _read_unruled(root: HtmlElement, hints: Hints, dropped: set[HtmlElement], problems: tuple[str, ...] = ()) -> Body:
    own = _read_own(root, hints, dropped)
    if own.confidence < SURE and sum(1 for _ in root.iter()) < MAX_ELEMENTS:
        paragraphs = read_again(root, dropped - hints.tables)  # it knows tables that hold an article from data
        chars = sum(len(paragraph.text) for paragraph in paragraphs)
        if chars > own.chars or (own.chars > 300 and chars > 0.5 * own.chars):
            return Body(paragraphs, "trafilatura", own.confidence, problems)
    return replace(own, problems=problems)


def _read_own(root: HtmlElement, hints: Hints, dropped: set[HtmlElement]) -> Body:
    protected = protected_elements(root) - dropped

    def is_skipped(element: HtmlElement) -> bool:
        if element in protected:
            return is_comment_name(name_of(element))
        return element in dropped or is_boilerplate(element)

    strict = _read(root, is_skipped, hints)
    if strict.chars >= 300:
        return strict
    lenient = _read(root, lambda element: element in dropped or is_skipped_tag(element), hints)
    return lenient if lenient.chars > 2 * strict.chars else strict


def _read(root: HtmlElement, is_skipped: Callable[[HtmlElement], bool], hints: Hints) -> Body:
    outline = read_outline(root, is_skipped)
    weigh(outline, hints.article_body)
    best = best_node(outline)
    if best is None:
        return Body((), "own", 0.0)
    best = narrow(best, outline)
    kept = trim(best, outline, hints.article_body, hints.headline)
    paragraphs = [Paragraph(block.text, kind_of(block, outline)) for block in kept]
    tables = table_places(best, outline, kept, hints.tables)
    lead = find_lead(root, hints.description, [p.text for p in paragraphs[:3]])
    if lead:
        paragraphs.insert(0, Paragraph(lead))
        tables = {table: place + 1 for table, place in tables.items()}
    confidence = confidence_in([block.worth for block in kept], outline)
    return Body(tuple(paragraphs), "own", confidence, tables=tables)


def table_places(
    top: int, outline: Outline, kept: list[Block], tables: Collection[HtmlElement]
) -> dict[HtmlElement, int]:
    """Say of the tables in the subtree of one node how many of the blocks that were kept stand before each."""
    ids = {id(block) for block in kept}
    before = [0, *accumulate(id(block) in ids for block in outline.blocks)]
    found = ((table, *outline.skipped[table]) for table in tables if table in outline.skipped)
    return {table: before[blocks] for table, blocks, node in found if outline.is_under(node, top)}


def _read_ruled(root: HtmlElement, selector: str, dropped: set[HtmlElement]) -> Body:
    """Read what a source's own selector names: all text in it but what the rules drop."""
    paragraphs: list[Paragraph] = []
    tables: dict[HtmlElement, int] = {}
    for element in root.cssselect(selector)[:50]:
        outline = read_outline(element, lambda each: each in dropped or is_skipped_tag(each))
        tables |= {each: len(paragraphs) + blocks for each, (blocks, _) in outline.skipped.items()}
        paragraphs += [Paragraph(block.text, kind_of(block, outline)) for block in outline.blocks]
    return Body(tuple(paragraphs), "rules", 1.0, tables=tables)


def _cleaned(body: Body, clean: Callable[[str], str]) -> Body:
    cleaned = [Paragraph(clean(paragraph.text).strip(), paragraph.kind) for paragraph in body.paragraphs]
    before = [0, *accumulate(bool(paragraph.text) for paragraph in cleaned)]
    kept = tuple(paragraph for paragraph in cleaned if paragraph.text)
    return replace(body, paragraphs=kept, tables={table: before[place] for table, place in body.tables.items()})


def confidence_in(worths: list[float], outline: Outline) -> float:
    """Return how sure we are of a text: by its share of the page's prose and by its length."""
    total = sum(max(0.0, block.worth) for block in outline.blocks) or 1.0
    kept = sum(max(0.0, worth) for worth in worths)
    return round(min(1.0, kept / total) * min(1.0, kept / 600), 3)
