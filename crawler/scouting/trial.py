"""How well generic extraction does on one page: which fields it finds, how much text, which language."""

from dataclasses import dataclass, field

from crawler.scouting.scout import Answer
from crawler.scouting.walls import find_blocker
from pipelines.extract.article import extract
from pipelines.extract.head import Head, read_head
from pipelines.extract.structured import find_structured
from pipelines.extract.tree import parse_page
from pipelines.guarded_reader import CPU_LIMIT, cpu_limit
from pipelines.items import Access, ArticleDraft, Found, Rules, StructuredDraft

TEXT_LEAST = 150  # characters that make a text: short notices have no more
FIELDS = ("headline", "published", "authors", "language", "text")


@dataclass(frozen=True, slots=True)
class PageTrial:
    """What came of one page: the fields as read, the length of its text, or the ``problem`` why there is none."""

    url: str
    status: int | None
    headline: str | None = None
    published: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    text_length: int = 0
    access: Access = "unknown"
    structured: tuple[str, ...] = ()
    problem: str | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields that were not found."""
        values = (self.headline, self.published, self.authors, self.language, self.text_length >= TEXT_LEAST)
        return tuple(name for name, value in zip(FIELDS, values, strict=True) if not value)

    @property
    def is_article(self) -> bool:
        """Tell whether it reads as an article: headline and text."""
        return self.problem is None and not {"headline", "text"} & set(self.missing)


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page as a trial leaves it: what came of it, and what it says of its site."""

    trial: PageTrial
    head: Head = field(default_factory=Head)
    structured: tuple[StructuredDraft, ...] = ()


def try_page(answer: Answer, found: Found | None = None, rules: Rules | None = None) -> ReadPage:
    """Read an answer as an article; whatever a page may be costs no more than its trial."""
    url = found.url if found else answer.url
    if problem := trouble_of(answer):
        return ReadPage(PageTrial(url, answer.status, problem=problem))
    try:
        with cpu_limit(CPU_LIMIT):
            draft = extract(answer.page(rules), answer.page().fetched_at)
            tree = parse_page(answer.page()).tree
            head, structured = read_head(tree), find_structured(tree)
    except TimeoutError:
        return ReadPage(PageTrial(url, answer.status, problem="takes too long to read"))
    return ReadPage(_trial_of(draft, answer), head, structured)


def trouble_of(answer: Answer) -> str | None:
    """Say why an answer is nothing to read: no answer, a refusal with who refuses, an error; None where it is."""
    if answer.response is None:
        return answer.cause
    blocker = find_blocker(answer.response.status, answer.response.headers.to_unicode_dict(), answer.body)
    if blocker:
        return f"blocked by {blocker}: status {answer.status}"
    return None if answer.is_good else f"status {answer.status}"


def _trial_of(draft: ArticleDraft, answer: Answer) -> PageTrial:
    published = draft.published.at if draft.published else None
    types = dict.fromkeys(name for each in draft.structured_data for name in each.types)
    return PageTrial(
        url=draft.url,
        status=answer.status,
        headline=draft.headline,
        published=published.isoformat() if published else None,
        authors=draft.authors,
        language=draft.language,
        text_length=len(draft.text),
        access=draft.access,
        structured=tuple(types)[:10],
        problem=draft.access if draft.access in {"consent wall", "login", "soft 404"} else None,
    )
