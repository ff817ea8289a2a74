"""What reading a way in has in common, whatever its kind: counting, ``since``, and whether to read on."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from crawler.base_spiders.found_dates import found_at
from pipelines.items import Found

if TYPE_CHECKING:
    from crawler.base_spiders.article import ArticleSpider


KNOWN_IN_A_ROW = 10


class Result(Protocol):
    """What each parser returns: URLs, problems, and how many URLs its cap cut."""

    found: list[Found]
    problems: list[str]
    left_out: int


def report(spider: "ArticleSpider", kind: str, url: str, result: Result) -> None:
    """Count what a way in of this kind gave; one that gave nothing and has a problem has failed."""
    spider.count(f"found/{kind}/items", len(result.found))
    if result.left_out:
        spider.count(f"found/{kind}/left_out", result.left_out)
    for problem in result.problems:
        spider.count(f"found/{kind}/{problem.replace(' ', '_')}")
    if result.problems and not result.found and not getattr(result, "children", None):
        spider.way_in_failed(url, ", ".join(result.problems))


def since_then(spider: "ArticleSpider", kind: str, found: list[Found]) -> list[Found]:
    """Return what is not dated before ``since``, nor older than ``max_age``; what is gets counted."""
    oldest = [spider.since] if spider.since else []
    oldest += [datetime.now(UTC) - spider.max_age] if spider.max_age else []
    if not oldest:
        return found
    kept = [one for one in found if (at := found_at(one)) is None or at >= max(oldest)]
    spider.count(f"found/{kind}/older", len(found) - len(kept))
    return kept


def leads_on(spider: "ArticleSpider", found: list[Found], kept: list[Found]) -> bool:
    """Say whether the next page may hold more: nothing here is too old, and not all or ten in a row are known.

    Listings are newest first: ten known ones in a row are where the last crawl began. A few pinned ones are not.
    """
    if len(kept) < len(found):
        return False
    in_a_row = 0
    for one in kept:
        in_a_row = in_a_row + 1 if spider.is_known(one.url) else 0
        if in_a_row == min(KNOWN_IN_A_ROW, len(kept)):
            return False
    return bool(kept)
