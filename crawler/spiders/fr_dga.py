"""The French armaments agency."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class FrDgaSpider(FeedSpider):
    """Reads the agency's feed of news."""

    name = "fr_dga"
    outlet = Outlet(
        "Direction générale de l'armement",
        homepage="https://www.defense.gouv.fr/dga",
        country="FR",
        languages=("fr",),
        kind="government",
        owner="French Government",
    )
    start_urls = ["https://www.defense.gouv.fr/dga/rss"]
    every = timedelta(hours=12)
    expect = 5
