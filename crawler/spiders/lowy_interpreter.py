"""The Interpreter, the magazine of the Lowy Institute."""

from datetime import timedelta

from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet


class LowyInterpreterSpider(FeedSpider):
    """Reads the feed of all sections."""

    name = "lowy_interpreter"
    outlet = Outlet(
        "The Interpreter",
        homepage="https://www.lowyinstitute.org/the-interpreter",
        country="AU",
        languages=("en",),
        kind="think tank",
        owner="Lowy Institute",
    )
    start_urls = ["https://www.lowyinstitute.org/the-interpreter/rss.xml"]
    every = timedelta(hours=6)
    expect = 30
