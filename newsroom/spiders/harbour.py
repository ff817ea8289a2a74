"""The Harbour Ledger: a British daily with a sitemap index over a news sitemap and a compressed one."""

from datetime import timedelta

from crawler.base_spiders import SitemapSpider
from newsroom.address import newsroom_url
from pipelines.items import Outlet


class HarbourSpider(SitemapSpider):
    name = "harbour"
    outlet = Outlet("The Harbour Ledger", newsroom_url("harbour"), country="GB", languages=("en",), kind="newspaper")
    start_urls = [newsroom_url("harbour", "/sitemap_index.xml")]
    every = timedelta(hours=1)
    expect = 9  # articles a week
