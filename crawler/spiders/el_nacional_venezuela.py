"""El Nacional."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class ElNacionalVenezuelaSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "el_nacional_venezuela"
    outlet = Outlet("El Nacional", "https://www.elnacional.com/", "VE", ("es",), "newspaper", owner="El Nacional")
    start_urls = ["https://www.elnacional.com/feed/"]
    every = timedelta(hours=2)
    expect = 400
