"""The Federal Register's notices of proposed arms sales under section 36(b) of the Arms Export Control Act."""

from datetime import timedelta

from crawler.base_spiders import ApiSpider
from crawler.base_spiders.api_pages import ApiFields
from pipelines.items import Outlet


class FederalRegisterArmsSalesSpider(ApiSpider):
    """Finds notices by the heading they all carry; they appear some seven weeks after the report to Congress."""

    name = "federal_register_arms_sales"
    outlet = Outlet(
        "Federal Register",
        homepage="https://www.federalregister.gov/",
        country="US",
        languages=("en",),
        kind="government",
        owner="US Government",
    )
    start_urls = [
        (
            "https://www.federalregister.gov/api/v1/documents.json"
            "?conditions%5Bagencies%5D%5B%5D=defense-department&conditions%5Btype%5D%5B%5D=NOTICE"
            "&conditions%5Bterm%5D=%22Arms+Sales+Notification%22&order=newest&per_page=100"
        )
    ]
    every = timedelta(hours=12)
    expect = 3
    fields = ApiFields(items="results", url=("html_url",), date=("publication_date",), next="next_page_url")
