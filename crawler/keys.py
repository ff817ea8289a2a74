"""Keys of JSON interfaces: from the environment to the wire, to the source's own origins only, and nowhere else."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler

from pipelines.extract.urls import with_parameter


def origin_of(url: str) -> tuple[str, str]:
    """Give scheme and host with port."""
    parts = urlsplit(url)
    return parts.scheme, parts.netloc


class SourceKey:
    """Puts the key of a source into its requests at the last moment: it stands in no log, row, archive or redirect."""

    def __init__(self, crawler: Crawler) -> None:
        spider = crawler.spidercls
        keys = crawler.settings.getdict("KEYS")
        self._parameter: str | None = getattr(spider, "key_parameter", None)
        self._header: str | None = getattr(spider, "key_header", None)
        self._prefix: str = getattr(spider, "key_prefix", "")
        self._origins = {origin_of(url) for url in getattr(spider, "start_urls", ())}
        self._key = keys[spider.name].get_secret_value() if spider.name in keys else None

    def added_to(self, request: Request) -> Request:
        """Give the request as it is sent: with the key where it goes to an origin of the source's ways in."""
        if self._key is None or request.meta.get("is_robots") or origin_of(request.url) not in self._origins:
            return request
        if self._parameter:
            return request.replace(url=with_parameter(request.url, self._parameter, self._key))
        if self._header:
            keyed = request.copy()
            keyed.headers[self._header] = self._prefix + self._key
            return keyed
        return request

    @contextmanager
    def unsaid(self) -> Iterator[None]:
        """Take the key out of the message of an error in the block, which may quote the address."""
        try:
            yield
        except Exception as error:
            if self._key is None or self._key not in str(error):
                raise
            raise type(error)(str(error).replace(self._key, "***")) from None
