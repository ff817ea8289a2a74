"""When an article was published and last changed, where that is said, and how exactly."""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from zoneinfo import ZoneInfo

from htmldate import find_date
from lxml.html import HtmlElement

from pipelines.extract.boilerplate import is_beside
from pipelines.extract.date_parse import Parsed, parse_date
from pipelines.extract.head import Sources, one_line
from pipelines.extract.structured import text_value
from pipelines.extract.visible_dates import visible_dates
from pipelines.items import Candidate, DateValue

PUBLISHED_METAS = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
    "parsely-pub-date", "sailthru.date",
    "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "article.published", "published_at", "publishdate",
    "publish-date", "publish_date", "pubdate",
    "publication_date", "publicationdate", "published-date", "article_date_original", "originalpublicationdate",
    "dc.date.issued", "dcterms.created", "dcterms.issued",
    "dcterms.date", "dc.date.created", "dc.date", "date.created", "citation_publication_date",
    "citation_online_date", "prism.publicationdate",
    "rnews:datepublished", "article:published", "article.created", "pub_date", "og:pubdate", "bt:pubdate",
    "vr:published_time", "date", "datecreated", "created", "article:post_date",
)  # fmt: skip
MODIFIED_METAS = (
    "article:modified_time", "og:updated_time", "datemodified", "last-modified", "lastmod", "dc.date.modified",
    "dcterms.modified", "article:modified", "revised", "article.updated",
)  # fmt: skip
_MICRODATA = re.compile(rb"itemprop\s{0,9}=\s{0,9}[\"']?datePublished")
_PATH_DATE = re.compile(
    r"/((?:19|20)\d{2})[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/._-]|$)|[/_-]((?:19|20)\d{2})(0[1-9]"
    r"|1[0-2])(0[1-9]|[12]\d|3[01])(?=[/._-]|$|\d{4})"
)
_LABEL = re.compile(
    r"updat|modif|aktualisiert|geändert|actualiz|mis à jour|güncel|обновл|измен|تحديث|更新|atualiz|aggiorn",
    re.IGNORECASE,
)


def read_dates(sources: Sources, now: datetime) -> tuple[DateValue | None, DateValue | None, tuple[Candidate, ...]]:
    """Return published, modified, and all candidates; costly readers are asked only where others say nothing."""
    reading = partial(date_value, now=now, month_first=is_month_first(sources), zone=sources.page.rules.zone)
    modified = [reading(raw, origin) for raw, origin in _modified_texts(sources)]
    published: list[DateValue] = []
    for reader in (_published_texts, _printed_texts, _last_texts):
        published += [reading(raw, origin) for raw, origin in reader(sources)]
        if any(value.at for value in published):
            break
    published = [value for value in published if value.at or value.origin not in ("time", "visible text")]
    candidates = [Candidate("published", value.raw, value.origin) for value in published]
    candidates += [Candidate("modified", value.raw, value.origin) for value in modified]
    return _best(published), _best(modified), tuple(candidates)


def is_month_first(sources: Sources) -> bool:
    """Say whether 03/04/2024 is in March on this page: only where it says it is American."""
    language = (sources.head.language or sources.head.meta("og:locale") or "").lower().replace("_", "-")
    return language in ("en-us", "en-ph")


def _published_texts(sources: Sources) -> Iterator[tuple[str, str]]:
    yield from _ruled_texts(sources)
    for key in ("datePublished", "dateCreated", "uploadDate"):
        text = text_value(sources.article.get(key))
        if text:
            yield text, "json-ld"
    for name in PUBLISHED_METAS:
        for text in sources.head.metas.get(name, ())[:2]:
            yield text, f"meta {name}"
    has_microdata = _MICRODATA.search(sources.page.body.replace(b"\0", b"")) is not None  # UTF-16 too
    yield from _time_texts(sources.tree, has_microdata)


def _printed_texts(sources: Sources) -> Iterator[tuple[str, str]]:
    yield from visible_dates(sources.tree)
    if match := _PATH_DATE.search(sources.url):
        parts = [part for part in match.groups() if part]
        yield "-".join(parts), "url"
    if sources.page.found and sources.page.found.published_raw:
        yield sources.page.found.published_raw, "feed"


def _last_texts(sources: Sources) -> Iterator[tuple[str, str]]:
    """Ask htmldate, on a copy because it takes the tree apart."""
    if not len(sources.tree):
        return
    text = find_date(deepcopy(sources.tree), extensive_search=False, original_date=True, max_date="2100-01-01")
    if text:
        yield text, "htmldate"


def _ruled_texts(sources: Sources) -> Iterator[tuple[str, str]]:
    selector = sources.page.rules.published
    for element in sources.tree.cssselect(selector)[:1] if selector else ():
        if text := _text_of(element):
            yield text, "rules"


def _time_texts(tree: HtmlElement, has_microdata: bool) -> Iterator[tuple[str, str]]:
    """Texts of time elements of the article itself, those that say "published" by microdata first."""
    marked = tree.xpath("//*[@itemprop='datePublished']")[:5] if has_microdata else []
    times = sorted(islice(tree.iter("time"), 20), key=lambda element: element.get("pubdate") is None)
    for element in [*marked, *times]:
        if element.tag == "meta" or is_beside(element) or element.get("itemprop") == "dateModified":
            continue
        text = _text_of(element)
        if text and not _LABEL.search(text):
            yield text, "time"


def _text_of(element: HtmlElement) -> str | None:
    """Return what an element says for machines, else for people; ``<abbr title>`` is hAtom's way, still Blogger's."""
    exact = element.get("title") if element.tag == "abbr" else None
    return element.get("datetime") or element.get("content") or exact or one_line(element.text_content())


def _modified_texts(sources: Sources) -> Iterator[tuple[str, str]]:
    text = text_value(sources.article.get("dateModified"))
    if text:
        yield text, "json-ld"
    for name in MODIFIED_METAS:
        for value in sources.head.metas.get(name, ())[:2]:
            yield value, f"meta {name}"


def date_value(raw: str, origin: str, *, now: datetime, month_first: bool, zone: str | None) -> DateValue:
    """Return a date's text as read, with a flag where it is none or not plausible."""
    raw = raw[:200]
    parsed = parse_date(raw, month_first=month_first)
    if parsed is None:
        return DateValue(None, raw, origin, "none", flag="unreadable")
    if zone and parsed.precision == "minute" and not parsed.zoned:
        parsed = replace(parsed, at=parsed.at.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC))
    if flag := implausible(parsed, now):
        return DateValue(None, raw, origin, parsed.precision, parsed.zoned, flag)
    return DateValue(parsed.at, raw, origin, parsed.precision, parsed.zoned)


def implausible(parsed: Parsed, now: datetime) -> str | None:
    """Say why an instant cannot be when an article came out, None where it can."""
    if parsed.at.year <= 1:
        return "year 1"
    if parsed.at > now + timedelta(days=1):
        return "future"
    if parsed.at < datetime(1990, 1, 1, tzinfo=UTC):
        return "too early"
    return None


def _best(values: list[DateValue]) -> DateValue | None:
    """Return the first plausible value, or a later one that says the same more exactly."""
    plausible = [value for value in values if value.at]
    if not plausible:
        return values[0] if values else None
    first = plausible[0]
    same = [value for value in plausible if value.at and first.at and abs(value.at - first.at) < timedelta(hours=26)]
    return max(same, key=_exactness)


def _exactness(value: DateValue) -> int:
    return (value.precision == "minute") + (value.precision == "minute" and value.zoned)
