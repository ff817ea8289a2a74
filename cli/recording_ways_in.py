"""Records the way in of a source that comes along: its answer as it came, and what the spider finds in it."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import scrapy

from cli.mistakes import UserMistakeError
from crawler.recorded_pages import WAY_IN, describe_way_in
from crawler.scouting.check import Reading, spider_kind
from crawler.scouting.scout import Scout, Unfinished, run_errands
from crawler.scouting.trial import trouble_of
from pipelines.items import Found

SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class FetchWayIn:
    """The errand: fetch a source's first way in; gives its body and what the spider makes of it, or why it cannot."""

    name: str

    async def run(self, scout: Scout) -> tuple[bytes, dict[str, Any]] | str:
        """Fetch and read it."""
        spider = Reading(spider_kind(self.name)).spider
        request = next(iter(spider.ways_in()))
        answer = await scout.fetch(request)
        if trouble := trouble_of(answer):
            return trouble
        results = list(spider.parse_way_in(answer.response, **request.cb_kwargs))
        found = [each for each in results if isinstance(each, Found)]
        articles = [each for each in found if spider.is_article(each.url)]
        left_out = [each.url for each in found if not spider.is_article(each.url)]
        following = [each.url for each in results if isinstance(each, scrapy.Request)]
        return answer.body, describe_way_in(request.url, articles, left_out, following)


def record_way_in(name: str, folder: Path) -> Path:
    """Write a source's way in and what is found in it into its folder of pages; gives the path of the first."""
    (result,) = run_errands([FetchWayIn(name)], SECONDS)
    if isinstance(result, Unfinished | str):
        raise UserMistakeError(f"the way in of {name} could not be recorded: {result}")
    body, expected = result
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{WAY_IN}{_suffix(body)}"
    path.write_bytes(body)
    text = json.dumps(expected | {"origin": "recorded"}, ensure_ascii=False, indent=2)
    path.with_name(f"{WAY_IN}.found.json").write_text(text + "\n", "utf-8")
    return path


def _suffix(body: bytes) -> str:
    start = body[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"{", b"[")):
        return ".json"
    return ".html" if b"<html" in start else ".xml"
