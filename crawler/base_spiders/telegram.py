"""The base of sources that are public Telegram channels."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, ClassVar

import scrapy
from scrapy.http import Response

from crawler.base_spiders.article import ArticleSpider
from crawler.base_spiders.telegram_posts import Post, parse_posts
from crawler.base_spiders.ways_in import leads_on, report, since_then
from models.crawl import Page as PageRow
from pipelines.items import Found, Missed, Page, Received


class TelegramSpider(ArticleSpider):
    """For public channels, whose web page has the posts themselves (``https://t.me/s/NAME``).

    1. Put the channels' web pages into ``start_urls``.
    2. Each new post with text becomes an article at its own address (``https://t.me/NAME/123``), without a request of
       its own: its first line is the headline, whom it was forwarded from is said in the text.
    3. Older posts are read on until a page holds nothing new, something before ``since``, or ``max_pages`` is reached.
    4. A young post is looked at again in its embedded form.
    """

    max_pages: ClassVar[int] = 3

    def parse_way_in(self, response: Response, page: int = 1, **_: Any) -> Iterator[Page | Found | scrapy.Request]:
        """Yield the new posts as pages, and the request for older ones."""
        result = parse_posts(response.body, response.url, _content_type(response))
        report(self, "posts", response.url, result)
        kept = since_then(self, "posts", result.found)
        goes_on = result.next_url is not None and page < self.max_pages and leads_on(self, result.found, kept)
        wanted = {found.url for found in kept if not self.is_known(found.url)}
        for post in result.posts:
            if post.found.url in wanted:
                yield post.found
                yield self._page(post)
        if goes_on:
            yield scrapy.Request(result.next_url, callback=self.parse_way_in, cb_kwargs={"page": page + 1})

    def article_request(self, row: PageRow) -> scrapy.Request:
        """Request a post as it is embedded in other pages: its own address shows an invitation only."""
        return super().article_request(row).replace(url=f"{row.url}?embed=1&mode=tme")

    def parse_article(self, response: Response, found: Found) -> Iterator[Page | Missed]:
        """Make a page of one embedded post."""
        posts = parse_posts(response.body, response.url, _content_type(response)).posts
        post = next((post for post in posts if post.found.url == found.url), None)
        if response.status == 200 and post is None:
            yield Missed(found.url, "no post", final=True)
        elif post is None:
            yield from super().parse_article(response, found)
        else:
            yield self._page(post)

    def _page(self, post: Post) -> Page:
        now, url = datetime.now(UTC), post.found.url
        headers = ((b"Content-Type", b"text/html; charset=utf-8"),)
        return Page(
            url=url,
            final_url=url,
            status=200,
            body=post.page,
            fetched_at=now,
            content_type="text/html",
            found=post.found,
            rules=self.rules,
            received=Received(url, 200, headers, post.page, now),
        )


def _content_type(response: Response) -> str | None:
    return response.headers.to_unicode_dict().get("Content-Type")
