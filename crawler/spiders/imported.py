"""URLs and pages that were imported and whose outlet has no source of its own."""

from typing import ClassVar

from crawler.base_spiders import ArticleSpider
from pipelines.items import Outlet


class ImportedSpider(ArticleSpider):
    """Fetches the imported URLs that are due; ``armswatch import`` puts them into the frontier."""

    name = "imported"
    outlet = Outlet("Imported pages", kind="archive")
    is_source = False
    start_urls: ClassVar[list[str]] = []
