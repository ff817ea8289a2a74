"""Where an unknown JSON interface keeps its articles: dotted paths of list, URL, title, date, next page; pure."""

from collections.abc import Iterator

from crawler.base_spiders import ApiFields
from crawler.base_spiders.json_formats import look_up, text_or_none

URLS = ("html_url", "url", "link", "permalink", "canonical_url", "web_url", "webUrl", "href", "uri")
TITLES = ("title", "title.rendered", "headline", "headline.main", "name", "webTitle")
DATES = (
    "date_gmt", "date", "published", "published_at", "publishedAt", "publication_date", "datePublished", "pubDate",
    "pub_date", "webPublicationDate", "first_published_at", "created_at", "created",
)  # fmt: skip
NEXTS = (
    "next_page_url",
    "next",
    "next_url",
    "links.next",
    "links.next.href",
    "pagination.next",
    "meta.next",
    "_links.next",
)
DEPTH = 3


def guess_fields(data: object) -> ApiFields | None:
    """Give the fields of an interface whose list of articles can be told; None where it cannot."""
    for path, items in _lists(data, "", DEPTH):
        first = items[0]
        url = next((name for name in URLS if _is_address(look_up(first, name))), None)
        title = next((name for name in TITLES if text_or_none(look_up(first, name))), None)
        if url and title:
            date = tuple(name for name in DATES if text_or_none(look_up(first, name)))[:1]
            following = next((name for name in NEXTS if _is_address(look_up(data, name))), None)
            return ApiFields(path, (url,), (title,), date, next=following)
    return None


def _lists(data: object, path: str, depth: int) -> Iterator[tuple[str, list[object]]]:
    """Yield the lists of objects with their paths, the outermost first."""
    if isinstance(data, list) and data and isinstance(data[0], dict):
        yield path, data
    if not isinstance(data, dict) or not depth:
        return
    for name, value in data.items():
        if isinstance(name, str) and name and "." not in name:
            yield from _lists(value, f"{path}.{name}" if path else name, depth - 1)


def _is_address(value: object) -> bool:
    return isinstance(value, str) and value.startswith(("http://", "https://", "/")) and len(value) < 2000
