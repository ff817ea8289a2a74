"""The Polish publisher of Wojsko i Technika and Lotnictwo."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class ZbiamSpider(FeedSpider):
    """Reads the feed of all titles."""

    name = "zbiam"
    outlet = Outlet(
        "ZBiAM", "https://zbiam.pl/", "PL", ("pl",), "specialist press", owner="Zespół Badań i Analiz Militarnych"
    )
    start_urls = ["https://zbiam.pl/feed/"]
    every = timedelta(hours=3)
    expect = 40
