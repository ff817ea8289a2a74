"""The base of sources that are found through sitemaps."""

from collections.abc import Iterator
from typing import Any, ClassVar

import scrapy
from scrapy.http import Response

from crawler.base_spiders.article import ArticleSpider
from crawler.base_spiders.sitemap_formats import parse_sitemap
from crawler.base_spiders.ways_in import report, since_then
from pipelines.items import Found


class SitemapSpider(ArticleSpider):
    """For outlets with a news sitemap, a sitemap, or an index of sitemaps.

    1. Put sitemaps, indexes or robots.txt (for its ``Sitemap:`` lines) into ``start_urls``; a news sitemap is best.
    2. ``languages`` keeps only what the sitemap says is in one of these languages (or does not say).
    3. Override ``is_sitemap(url)`` to leave out child sitemaps (pictures, tags, products).
    4. Child sitemaps are read newest first, no older than ``since``, each once, ``max_depth`` deep and
       ``max_documents`` a run; ``max_found`` URLs a run go to the frontier. What a limit cuts is counted.
    """

    languages: ClassVar[tuple[str, ...]] = ()
    max_documents: ClassVar[int] = 50
    max_depth: ClassVar[int] = 3
    max_found: ClassVar[int] = 20_000

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seen_sitemaps: set[str] = set(self.start_urls)
        self.urls_found = 0

    def parse_way_in(self, response: Response, depth: int = 1, **_: Any) -> Iterator[Found | scrapy.Request]:
        """Yield what the sitemap names, and requests for the sitemaps it names."""
        content_type = response.headers.to_unicode_dict().get("Content-Type")
        result = parse_sitemap(response.body, response.url, content_type)
        report(self, "sitemap", response.url, result)
        kept = self._within_budget(since_then(self, "sitemap", self._in_languages(result.found)))
        yield from kept
        yield from self._children(since_then(self, "sitemap", result.children), depth)

    def is_sitemap(self, url: str) -> bool:  # noqa: ARG002
        """Tell whether a child sitemap is worth reading; sources override it."""
        return True

    def _in_languages(self, found: list[Found]) -> list[Found]:
        if not self.languages:
            return found
        kept = [one for one in found if one.language is None or one.language[:2].lower() in self.languages]
        self.count("found/sitemap/other_language", len(found) - len(kept))
        return kept

    def _within_budget(self, found: list[Found]) -> list[Found]:
        kept = found[: max(0, self.max_found - self.urls_found)]
        self.urls_found += len(kept)
        if len(kept) < len(found):
            self.count("found/sitemap/left_out", len(found) - len(kept))
        return kept

    def _children(self, children: list[Found], depth: int) -> Iterator[scrapy.Request]:
        for rank, child in enumerate(children):
            if child.url in self.seen_sitemaps:
                self.count("found/sitemap/named_again")
            elif not self.is_sitemap(child.url):
                self.count("found/sitemap/not_wanted")
            elif depth >= self.max_depth:
                self.count("found/sitemap/too_deep")
            elif len(self.seen_sitemaps) >= self.max_documents:
                self.count("found/sitemap/documents_left_out")
            else:
                self.seen_sitemaps.add(child.url)
                arguments = {"depth": depth + 1}
                # Newest first: Scrapy would take the last one yielded.
                yield scrapy.Request(child.url, callback=self.parse_way_in, cb_kwargs=arguments, priority=-rank)
