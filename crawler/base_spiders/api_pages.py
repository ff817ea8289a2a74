"""From a page of a JSON API to the articles it names and the next page; pure."""

from dataclasses import dataclass, field
from urllib.parse import urljoin

from crawler.base_spiders.documents import read_text
from crawler.base_spiders.feed_items import plain_text
from crawler.base_spiders.json_formats import first_text, look_up, read_json, text_or_none
from pipelines.extract.urls import canonical_or_none
from pipelines.items import Found

MAX_ITEMS = 5_000


@dataclass(frozen=True, slots=True)
class ApiFields:
    """Where an API's page holds what: dotted paths; of ``url``, ``title``, ``date`` the first that is there counts."""

    items: str = ""
    url: tuple[str, ...] = ("url",)
    title: tuple[str, ...] = ("title",)
    date: tuple[str, ...] = ("date",)
    modified: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    next: str | None = None
    total: str | None = None


@dataclass(slots=True)
class ApiResult:
    """The articles a page names, the next page, what was wrong, and how many the cap cut.

    What ``fields.next`` holds is ``next_url`` where it is an address, and ``cursor`` as it stands; ``total`` is how
    many the whole question has.
    """

    found: list[Found] = field(default_factory=list)
    next_url: str | None = None
    cursor: str | None = None
    total: int | None = None
    problems: list[str] = field(default_factory=list)
    left_out: int = 0


def parse_api_page(body: bytes, url: str, content_type: str | None, fields: ApiFields) -> ApiResult:
    """Return what the API's answer at ``url`` names; never raises on what a server may send."""
    text, problems = read_text(body, content_type)
    result = ApiResult(problems=problems)
    try:
        data = read_json(text)
    except ValueError:
        problems.append("html instead of json" if text.startswith("<") else "malformed" if text else "empty answer")
        return result
    items = look_up(data, fields.items)
    if not isinstance(items, list):
        problems.append("no list of items")
        return result
    result.left_out = max(0, len(items) - MAX_ITEMS)
    for item in items[:MAX_ITEMS]:
        _add_item(result, item, url, fields)
    total = look_up(data, fields.total) if fields.total else None
    result.total = total if isinstance(total, int) else None
    following = result.cursor = text_or_none(look_up(data, fields.next)) if fields.next else None
    if following and following.startswith(("http", "/", "?")) and canonical_or_none(following, url):
        result.next_url = urljoin(url, following)
    result.problems = list(dict.fromkeys(problems))
    return result


def _add_item(result: ApiResult, item: object, url: str, fields: ApiFields) -> None:
    printed = first_text(item, fields.url)
    if printed is None:
        result.problems.append("item without link")
        return
    link = canonical_or_none(printed, url) or printed  # the frontier refuses what is not usable
    title = first_text(item, fields.title)
    result.found.append(
        Found(
            link,
            url,
            plain_text(title) if title else None,
            first_text(item, fields.date),
            first_text(item, fields.language),
            first_text(item, fields.modified),
        )
    )
