"""Defesa Aérea & Naval."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class DefesaAereaNavalSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "defesa_aerea_naval"
    outlet = Outlet(
        "Defesa Aérea & Naval",
        homepage="https://www.defesaaereanaval.com.br/",
        country="BR",
        languages=("pt",),
        kind="specialist press",
        owner="Defesa Aérea & Naval",
    )
    start_urls = ["https://www.defesaaereanaval.com.br/feed"]
    every = timedelta(hours=3)
    expect = 40
