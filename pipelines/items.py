"""The types that flow from a fetched page to rows; standard library only.

Every instant is timezone-aware and in UTC. Unknown is ``None``, never an empty string or 0.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

DatePrecision = Literal["minute", "day", "none"]
Access = Literal["full", "teaser", "consent wall", "login", "soft 404", "unknown"]
ParagraphKind = Literal["text", "heading", "list", "quote", "caption"]
OutletKind = Literal[
    "government", "international organisation", "agency", "state media", "broadcaster", "newspaper",
    "specialist press", "think tank", "NGO", "aggregator", "archive", "discovery",
]  # fmt: skip
CellKind = Literal["number", "range", "year", "period", "text", "missing", "empty"]


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publisher. ``country`` is ISO 3166-1 alpha-2, ``languages`` ISO 639-1; ``owner`` names the publisher family.

    The sources that come along use the kinds of ``OutletKind``; a user's own may be of any other.
    """

    name: str
    homepage: str | None = None
    country: str | None = None
    languages: tuple[str, ...] = ()
    kind: str | None = None
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """What one source needs beyond generic extraction: CSS selectors, and a pure function over the main text.

    ``zone`` is the IANA time zone of the times it prints without saying so ("Asia/Seoul").
    """

    body: str | None = None
    drop: tuple[str, ...] = ()
    headline: str | None = None
    authors: str | None = None
    published: str | None = None
    zone: str | None = None
    clean: Callable[[str], str] | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One URL a way in (feed, sitemap, listing, API) named, with what it said about the page behind it."""

    url: str
    found_in: str
    title: str | None = None
    published_raw: str | None = None
    language: str | None = None
    modified_raw: str | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """A response exactly as the server sent it, before decompression: what a capture keeps."""

    url: str
    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    fetched_at: datetime
    http_version: str = "HTTP/1.1"


@dataclass(frozen=True, slots=True)
class CaptureDraft:
    """Where a received response lies in the archive, and the digest of its body as received."""

    warc_file: str
    warc_offset: int
    warc_length: int
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Missed:
    """A page that could not be fetched; ``reason`` is a short cause class.

    ``again_at`` says when it is due again where it was not even asked for: its host wants a pause, has no robots.txt
    now, or the crawl was stopped.
    """

    url: str
    reason: str
    final: bool
    again_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One fetched page, ready to be read.

    ``body`` is decompressed; ``url`` is the one asked for, ``final_url`` the one that answered after redirects.
    """

    url: str
    final_url: str
    status: int
    body: bytes
    fetched_at: datetime
    content_type: str | None = None
    found: Found | None = None
    rules: Rules = Rules()
    received: Received | None = field(default=None, repr=False)
    capture: CaptureDraft | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """One value a page offers for a field, and where it stood (``json-ld``, ``og:title``, ``h1``, ``feed`` ...)."""

    field: str
    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class DateValue:
    """A date as read: ``at`` in UTC or None where the text is not plausible, ``raw`` as the page printed it.

    ``precision`` is "minute" only where the text states hour and minute; ``zoned`` tells whether it stated a zone too.
    ``flag`` says why ``at`` is None ("year 1", "future", "unreadable") although a text was there.
    """

    at: datetime | None
    raw: str
    origin: str
    precision: DatePrecision
    zoned: bool = False
    flag: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One numbered block of the main text."""

    text: str
    kind: ParagraphKind = "text"


@dataclass(frozen=True, slots=True)
class StructuredDraft:
    """One JSON-LD (or microdata, RDFa) object.

    ``data`` is None where it could not be read: then ``raw`` and ``error`` say what stood there.
    """

    position: int
    types: tuple[str, ...]
    data: dict[str, object] | None
    found_in: Literal["script", "visible text", "microdata", "rdfa"]
    repairs: tuple[str, ...] = ()
    raw: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell: ``text`` as printed, ``value`` in full units (scale applied) where it is a number.

    ``value_max`` is the upper end where it is a range; ``qualifier`` is "about", "over" or "up_to" where the cell says
    so.
    """

    text: str
    kind: CellKind
    value: float | None = None
    value_max: float | None = None
    qualifier: str | None = None


@dataclass(frozen=True, slots=True)
class Observation:
    """One period of a series, with the cell it stands in.

    ``missing`` marks a gap: a period the table skips, or a cell that says "n/a".
    """

    period: int
    value: float | None
    raw: str | None
    missing: bool = False
    row: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class SeriesDraft:
    """A time series in a table, down a column or along a row; values in ``unit`` with ``scale`` already applied.

    ``column`` is the one its values stand in, or the first of them.
    """

    column: int
    label: str
    supplier: str | None
    recipient: str | None
    measure: str | None
    unit: str | None
    scale: float
    value_kind: str | None
    observations: tuple[Observation, ...]


@dataclass(frozen=True, slots=True)
class TableDraft:
    """One data table: ``columns`` are the header texts, ``rows`` the body, spans resolved.

    ``paragraph`` is the number of the paragraph it stands before; None where it stands outside of the text.
    """

    position: int
    caption: str | None
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    unit: str | None = None
    scale: float = 1.0
    notes: tuple[str, ...] = ()
    truncated: bool = False
    series: tuple[SeriesDraft, ...] = ()
    paragraph: int | None = None


@dataclass(frozen=True, slots=True)
class Relevance:
    """Is the article about international arms transfers: a score from 0 to 1 with reasons a person can read."""

    is_relevant: bool
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """The exact place a claim stands: ``quote`` equals ``paragraphs[paragraph].text[start:end]``, or a table's cell."""

    quote: str
    paragraph: int | None = None
    start: int | None = None
    end: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class ClaimDraft:
    """What one article says about one transfer; states by ISO 3166-1 alpha-3, money in full units of ``currency``."""

    supplier: str | None
    recipient: str | None
    evidence: Evidence
    status: str
    modality: str
    rule: str
    confidence: float
    weapon: str | None = None
    weapon_raw: tuple[str, ...] = ()
    category: str | None = None
    register_category: str | None = None
    quantity: int | None = None
    quantity_qualifier: str | None = None
    value_min: float | None = None
    value_max: float | None = None
    value_qualifier: str | None = None
    currency: str | None = None
    value_kind: str | None = None
    attributed_to: str | None = None
    year: int | None = None
    happened_on: date | None = None
    case_number: str | None = None
    value_parts: tuple[tuple[str, float], ...] | None = None
    in_faq: bool = False


@dataclass(frozen=True, slots=True)
class ArticleDraft:
    """One article as read from one page; every field that lost a choice is kept in ``candidates``."""

    url: str
    canonical_url: str
    canonical_origin: str
    headline: str | None
    headline_origin: str | None
    authors: tuple[str, ...]
    published: DateValue | None
    modified: DateValue | None
    language: str | None
    access: Access
    paragraphs: tuple[Paragraph, ...]
    description: str | None = None
    section: str | None = None
    keywords: tuple[str, ...] = ()
    image: str | None = None
    amp_url: str | None = None
    publisher: str | None = None
    agency: str | None = None
    structured_data: tuple[StructuredDraft, ...] = ()
    tables: tuple[TableDraft, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    problems: tuple[str, ...] = ()
    body_reader: str | None = None
    body_confidence: float | None = None

    @property
    def text(self) -> str:
        """The main text, paragraphs separated by a blank line."""
        return "\n\n".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was made of one page.

    There is no ``draft`` where its answer was no article (then the page alone decides), and an ``error`` where our own
    code failed on it.
    """

    page: Page
    draft: ArticleDraft | None = None
    relevance: Relevance | None = None
    claims: tuple[ClaimDraft, ...] = ()
    error: str | None = None

    @property
    def is_relevant(self) -> bool:
        """Tell whether it is an article about arms transfers."""
        return self.draft is not None and self.relevance is not None and self.relevance.is_relevant
