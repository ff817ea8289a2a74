"""Северный вестник: a Russian daily in windows-1251 that has no feed, only a paged list of its news."""

import re
from datetime import timedelta

from crawler.base_spiders import ListingSpider
from newsroom.address import newsroom_url
from pipelines.items import Outlet, Rules


class VestnikSpider(ListingSpider):
    name = "vestnik"
    outlet = Outlet("Северный вестник", newsroom_url("vestnik"), country="RU", languages=("ru",), kind="newspaper")
    start_urls = [newsroom_url("vestnik", "/novosti/")]
    links = re.compile(r"/\d+\.html$")
    every = timedelta(hours=2)
    expect = 8  # articles a week
    rules = Rules(body="span.tekst", authors="i.avtor")  # a table layout without a word of metadata
