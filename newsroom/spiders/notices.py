"""Public Notice Register: notices of proposed arms sales through an interface like that of the Federal Register."""

from datetime import timedelta

from crawler.base_spiders import ApiSpider
from crawler.base_spiders.api_pages import ApiFields
from newsroom.address import newsroom_url
from pipelines.items import Outlet


class NoticesSpider(ApiSpider):
    name = "notices"
    outlet = Outlet(
        "Public Notice Register", newsroom_url("notices"), country="US", languages=("en",), kind="government"
    )
    start_urls = [newsroom_url("notices", "/api/v1/documents.json")]
    fields = ApiFields("results", url=("html_url",), date=("publication_date",), next="next_page_url")
    every = timedelta(hours=6)
    expect = 3  # notices a week
