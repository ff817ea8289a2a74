"""Lignes de défense, a blog of the daily Ouest-France."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class LignesDeDefenseSpider(FeedSpider):
    """Reads the blog's feed."""

    name = "lignes_de_defense"
    outlet = Outlet(
        "Lignes de défense",
        homepage="https://lignesdedefense.blogs.ouest-france.fr/",
        country="FR",
        languages=("fr",),
        kind="specialist press",
        owner="SIPA Ouest-France",
    )
    start_urls = ["https://lignesdedefense.blogs.ouest-france.fr/rss.xml"]
    every = timedelta(hours=6)
    expect = 15
