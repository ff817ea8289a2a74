"""El Tiempo."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class ElTiempoSpider(FeedSpider):
    """Reads the feed of the Latin America section."""

    name = "el_tiempo"
    outlet = Outlet(
        "El Tiempo",
        homepage="https://www.eltiempo.com/",
        country="CO",
        languages=("es",),
        kind="newspaper",
        owner="Organización Luis Carlos Sarmiento Angulo",
    )
    start_urls = ["https://www.eltiempo.com/rss/mundo_latinoamerica.xml"]
    every = timedelta(hours=2)
    expect = 60
