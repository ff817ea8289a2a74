"""What the UK Foreign, Commonwealth & Development Office publishes on GOV.UK."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class UkForeignOfficeSpider(FeedSpider):
    """Takes news and speeches; the same feed also carries travel advice, guidance and forms."""

    name = "uk_foreign_office"
    outlet = Outlet(
        "UK Foreign, Commonwealth & Development Office",
        homepage="https://www.gov.uk/government/organisations/foreign-commonwealth-development-office",
        country="GB",
        languages=("en",),
        kind="government",
        owner="UK Government",
    )
    start_urls = ["https://www.gov.uk/government/organisations/foreign-commonwealth-development-office.atom"]
    every = timedelta(hours=3)
    expect = 40

    def is_article(self, url: str) -> bool:
        """Keep news stories, speeches and statistics."""
        return any(part in url for part in ("/government/news/", "/government/speeches/", "/government/statistics/"))
