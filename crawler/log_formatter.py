"""Keeps page bodies out of logs and lines short."""

from typing import Any

from scrapy import Spider
from scrapy.http import Response
from scrapy.logformatter import LogFormatter
from twisted.python.failure import Failure

LINE_MAX = 2_000


class ShortLogFormatter(LogFormatter):
    """Names an item by its kind and URL instead of printing it."""

    def item_error(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> Any:
        """Give the line for an item that a stage could not take."""
        return super().item_error(_short(item), exception, response, spider)

    def dropped(self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider) -> Any:
        """Give the line for an item that a stage dropped."""
        return super().dropped(_short(item), exception, response, spider)

    def scraped(self, item: Any, response: Response | Failure | None, spider: Spider) -> None:  # noqa: ARG002
        """Log nothing for an item that went well: it is counted."""
        return


def _short(item: Any) -> str:
    return f"{type(item).__name__} {getattr(item, 'url', '')}"[:LINE_MAX]
