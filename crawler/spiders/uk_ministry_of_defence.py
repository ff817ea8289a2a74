"""What the UK Ministry of Defence publishes on GOV.UK."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class UkMinistryOfDefenceSpider(FeedSpider):
    """Takes news and speeches; the same feed also carries guidance, forms and vacancies."""

    name = "uk_ministry_of_defence"
    outlet = Outlet(
        "UK Ministry of Defence",
        homepage="https://www.gov.uk/government/organisations/ministry-of-defence",
        country="GB",
        languages=("en",),
        kind="government",
        owner="UK Government",
    )
    start_urls = ["https://www.gov.uk/government/organisations/ministry-of-defence.atom"]
    every = timedelta(hours=3)
    expect = 10

    def is_article(self, url: str) -> bool:
        """Keep news stories, speeches and statistics."""
        return any(part in url for part in ("/government/news/", "/government/speeches/", "/government/statistics/"))
