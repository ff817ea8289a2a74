"""From a PDF notice to an article draft: text in paragraphs, ruled tables, title and date with where they stood."""

import logging
import re
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from itertools import count

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from pipelines.extract.dates import date_value
from pipelines.extract.language import language_of
from pipelines.extract.pdf_layout import PdfPage, paragraphs_of, read_pdf_page
from pipelines.extract.table_grid import MAX_CELLS, GridCell, make_grid
from pipelines.extract.tables import MAX_TABLES, draft_table
from pipelines.items import ArticleDraft, Candidate, DateValue, Page, Paragraph, TableDraft

MAX_PAGES = 80
MAX_CHARS = 400_000  # of text: the longest annual export reports
HEAD_LINES = 25  # of the first page, among which a notice prints its date
_START = re.compile(rb"\s{0,1000}%PDF-")
_PDF_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?(?:([+-])(\d{2})'?(\d{2})?'?|Z)?)?")
# What programs put there by themselves: names of files and of the programs.
_NO_TITLE = re.compile(
    r"^(?:untitled.*|microsoft word.*|powerpoint.*|document\d*|.*\.(?:docx?|pdf|indd|pptx?|xlsx?|rtf|odt))$",
    re.IGNORECASE,
)
# Of what a broken file makes pdfminer raise: it checks little of what it reads.
_BROKEN = (
    PDFException, PSException, PdfminerException, MalformedPDFException, ValueError, TypeError, KeyError, IndexError,
    AttributeError, AssertionError, RecursionError, OverflowError, ZeroDivisionError, NotImplementedError, EOFError,
    MemoryError,
)  # fmt: skip

logging.getLogger("pdfminer").setLevel(logging.ERROR)


def is_pdf(body: bytes) -> bool:
    """Say whether these bytes are a PDF, whatever the server called them."""
    return _START.match(body) is not None


def extract_pdf(page: Page, now: datetime) -> ArticleDraft:
    """Return what a PDF says as an article; one that cannot be read gives a draft with problems, never an exception.

    A table has to be ruled to be seen as one; the text of scanned pages is not read.
    """
    pages: list[PdfPage] = []
    facts: dict[str, str] = {}
    problems: list[str] = []
    try:
        with pdfplumber.open(BytesIO(page.body)) as pdf:
            facts = {name: text for name, value in pdf.metadata.items() if (text := _text(value))}
            for number, each in enumerate(pdf.pages):
                if number == MAX_PAGES or sum(len(done.text) for done in pages) > MAX_CHARS:
                    problems.append(f"PDF: only {number} pages read")
                    break
                pages.append(read_pdf_page(each))
                each.close()
    except _BROKEN as error:
        problems.append(_problem(error))
    return _draft(page, now, pages, facts, problems)


def _problem(error: BaseException) -> str:
    """Name the cause, which pdfplumber wraps."""
    for cause in (error, *error.args):
        if isinstance(cause, PDFPasswordIncorrect):
            return "PDF: encrypted"
        if isinstance(cause, MemoryError):
            return "PDF: too large"
        if isinstance(cause, TimeoutError):
            return "PDF: takes too long"
    causes = [each for each in error.args if isinstance(each, Exception)]
    return f"PDF: broken ({type((*causes, error)[0]).__name__})"


def _text(value: object) -> str | None:
    return " ".join(value.replace("\x00", "").split())[:1_000] or None if isinstance(value, str) else None


def _draft(page: Page, now: datetime, pages: list[PdfPage], facts: dict[str, str], problems: list[str]) -> ArticleDraft:
    paragraphs = tuple(paragraphs_of(pages))
    text = "\n".join(paragraph.text for paragraph in paragraphs)
    headline, headline_origin, headlines = _headline(facts, paragraphs, pages)
    published, dates = _dates(page, now, pages, facts)
    if pages and not paragraphs:
        problems.append("PDF: no text, perhaps scanned")
    authors = [Candidate("authors", facts["Author"], "pdf Author")] if "Author" in facts else []
    return ArticleDraft(
        url=page.url,
        canonical_url=page.final_url,
        canonical_origin="url",
        headline=headline,
        headline_origin=headline_origin,
        authors=(),
        published=published,
        modified=None,
        language=language_of(text, None),
        access="full" if paragraphs else "unknown",
        paragraphs=paragraphs,
        tables=tuple(_tables(pages, language_of(text, None))),
        candidates=(*headlines, *authors, *dates),  # the author of a PDF is whoever had the program: a candidate only
        problems=tuple(problems),
        body_reader="pdf",
    )


def _headline(
    facts: dict[str, str], paragraphs: tuple[Paragraph, ...], pages: list[PdfPage]
) -> tuple[str | None, str | None, tuple[Candidate, ...]]:
    offers = []
    if (title := facts.get("Title")) and not _NO_TITLE.match(title) and len(title.split()) > 2:
        offers.append(Candidate("headline", title, "pdf Title"))
    if pages and (largest := pages[0].largest_lines()):
        offers.append(Candidate("headline", largest, "pdf largest line"))
    if paragraphs:
        offers.append(Candidate("headline", paragraphs[0].text[:200], "pdf first line"))
    return (offers[0].value, offers[0].origin, tuple(offers)) if offers else (None, None, ())


def _dates(
    page: Page, now: datetime, pages: list[PdfPage], facts: dict[str, str]
) -> tuple[DateValue | None, tuple[Candidate, ...]]:
    """Read the date the way in gave, then one printed on top of the first page, then when the file was made."""
    offers: list[tuple[str, str]] = []
    if page.found and page.found.published_raw:
        offers.append((page.found.published_raw, "feed"))
    offers += [(line, "pdf text") for line in (pages[0].lines[:HEAD_LINES] if pages else ()) if len(line) < 80]
    offers += [(made, "pdf CreationDate") for made in [_iso_date(facts.get("CreationDate"))] if made]
    values = [date_value(raw, origin, now=now, month_first=False, zone=page.rules.zone) for raw, origin in offers]
    dated = [value for value in values if value.at]
    return next(iter(dated), None), tuple(Candidate("published", value.raw, value.origin) for value in dated)


def _iso_date(raw: str | None) -> str | None:
    """Return a PDF date (ISO 32000-1, 7.9.4) in ISO 8601."""
    if not (match := _PDF_DATE.match(raw or "")):
        return None
    year, month, day, hour, minute, second, sign, zone_hour, zone_minute = match.groups()
    if hour is None:
        return f"{year}-{month}-{day}"
    zone = f"{sign}{zone_hour}:{zone_minute or '00'}" if sign else "Z" if match[0].endswith("Z") else ""
    return f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}{zone}"


def _tables(pages: list[PdfPage], language: str | None) -> Iterator[TableDraft]:
    position, left = 0, MAX_CELLS
    for table in (table for page in pages for table in page.tables):
        left -= sum(map(len, table.rows))
        if position == MAX_TABLES or left < 0:
            return
        origins = count()
        rows = [[GridCell(text, False, next(origins)) for text in row] for row in table.rows]
        grid = make_grid(rows, None, truncated=False)
        if grid is not None:
            yield draft_table(position, grid, grid.title or table.caption, grid.notes, language)
            position += 1
