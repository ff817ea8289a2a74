"""La Llanura: an Argentine daily with an RSS feed whose links carry tracking parameters."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from newsroom.address import newsroom_url
from pipelines.items import Outlet, Rules


class LlanuraSpider(FeedSpider):
    name = "llanura"
    outlet = Outlet("La Llanura", newsroom_url("llanura"), country="AR", languages=("es",), kind="newspaper")
    start_urls = [newsroom_url("llanura", "/feed.xml")]
    every = timedelta(hours=1)
    expect = 7  # articles a week
    rules = Rules(body="div.cuerpo", authors="span.autor")
