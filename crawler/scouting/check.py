"""Whether a source's ways in still lead to articles: each is fetched once, and one article behind it."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from types import SimpleNamespace
from typing import Any

import scrapy
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoaderProtocol

from crawler.base_spiders.article import ArticleSpider
from crawler.base_spiders.found_dates import found_at
from crawler.process import project_settings, spider_loader
from crawler.scouting.look import find_ways_in, read_robots
from crawler.scouting.offers import WayIn
from crawler.scouting.scout import Answer, Scout
from crawler.scouting.trial import PageTrial, trouble_of, try_page
from crawler.scouting.verdicts import Finding, judge_article, judge_way_in, worst
from models.source_checks import CheckDraft
from pipelines.items import Found

CHILDREN_MAX = 2  # child sitemaps that are followed until one names articles
MENDABLE = {"changed", "replaced", "empty", "stale", "gone", "DNS", "unreachable"}


@cache
def spider_kind(name: str) -> type[Any]:
    """Give a spider's class as this process first finds it: a round of checks asks a hundred times."""
    return _loader().load(name)


@cache
def _settings() -> Settings:
    return project_settings()


@cache
def _loader() -> SpiderLoaderProtocol:
    return spider_loader()


@dataclass(frozen=True, slots=True)
class Check:
    """The errand: check the source of spider ``name``.

    ``known`` is an article that was read well before; ``expected`` is how many articles a week are usual.
    """

    name: str
    known: str | None = None
    expected: float | None = None

    async def run(self, scout: Scout) -> CheckDraft:
        """Fetch each way in once, then one article, and say how they fare."""
        began = time.monotonic()
        way = Reading(spider_kind(self.name))
        requests = list(way.spider.ways_in())
        findings = [await self._way_in(scout, way, request) for request in requests]
        answers = [finding for finding in findings if finding.verdict in {"alive", "undated", "moved"}]
        if answers:
            findings.append(await self._article(scout, way))
        finding = worst(findings or [Finding("empty", "; ".join(way.problems) or "the spider names no way in")])
        proposal = await self._mend(scout, way, finding, [request.url for request in requests])
        dates = [at for found in way.found if (at := found_at(found))]
        return CheckDraft(
            self.name,
            finding.verdict,
            finding.reason,
            proposal or finding.proposal,
            finding.moved_to,
            len(way.found),
            max(dates, default=None),
            round(time.monotonic() - began, 2),
        )

    async def _way_in(self, scout: Scout, way: "Reading", request: scrapy.Request) -> Finding:
        """Fetch one way in, of a sitemap index some children too, and judge it."""
        answer = await scout.fetch(request)
        already = len(way.found)
        further = way.read(answer, request)
        for child in further[:CHILDREN_MAX]:
            if len(way.found) > already:
                break
            way.read(await scout.fetch(child), child)
        found = way.found[already:]
        return judge_way_in(answer, found, way.problems, self.expected, datetime.now(UTC))

    async def _article(self, scout: Scout, way: "Reading") -> Finding:
        """Read one article: the newest the ways in name; where that gives nothing, one that was read well before."""
        trials: list[PageTrial] = []
        for url in dict.fromkeys([*(found.url for found in way.found[:2]), *([self.known] if self.known else [])]):
            trials.append(try_page(await scout.fetch(url), rules=way.spider.rules).trial)
            if trials[-1].is_article:
                break
        return judge_article(trials)

    async def _mend(self, scout: Scout, way: "Reading", finding: Finding, used: Sequence[str]) -> str | None:
        """Propose another way in where the one there was leads nowhere: what a look at the homepage finds."""
        homepage = way.spider.outlet.homepage
        if finding.verdict not in MENDABLE or not homepage:
            return None
        front = await scout.fetch(homepage)
        if trouble_of(front):
            return f"the homepage does not answer either ({trouble_of(front)}): does the outlet still exist?"
        ways = await find_ways_in(scout, front, front, await read_robots(scout, homepage))
        better = next((each for each in ways if _is_better(each, used)), None)
        return f"{better.kind} at {better.url} names {better.items} articles" if better else None


def _is_better(way: WayIn, used: Sequence[str]) -> bool:
    return way.is_usable and way.url not in used and way.kind != "listing"


@dataclass(slots=True)
class Reading:
    """Reads ways in with the source's own spider, whatever its base: nothing of it reaches the database."""

    kind: type[Any]
    found: list[Found] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    spider: Any = None

    def __post_init__(self) -> None:
        """Build the spider as one that counts here and knows no page."""
        self.spider = self.kind()
        stats = SimpleNamespace(max_value=_ignore, inc_value=_ignore)
        self.spider.settings = _settings()
        self.spider.crawler = SimpleNamespace(stats=stats, settings=self.spider.settings)
        self.spider.count = self._count
        self.spider.is_known = _is_new
        self.spider.way_in_failed = self._failed

    def read(self, answer: Answer, request: scrapy.Request) -> list[scrapy.Request]:
        """Take what an answer names; give the requests for further ways in."""
        if answer.response is None or trouble_of(answer):
            return []
        further = []
        for each in self.spider.parse_way_in(answer.response, **request.cb_kwargs):
            if isinstance(each, scrapy.Request):
                further.append(each)
            elif self.spider.is_article(each.url):
                self.found.append(each)
        return further

    def _count(self, key: str, _number: int = 1) -> None:
        self.problems.append(key.rpartition("/")[2].replace("_", " "))

    def _failed(self, _url: str, reason: str) -> None:
        self.problems.append(reason)


def _ignore(*_: object) -> None:
    """Count nothing."""


def _is_new(_url: str) -> bool:
    return True


def checkable(names: Sequence[str] | None = None) -> list[str]:
    """Name the spiders that have ways in to check: of those named, or of all."""
    loader = spider_loader()
    kinds = {name: loader.load(name) for name in (loader.list() if names is None else names)}
    return [name for name, kind in kinds.items() if issubclass(kind, ArticleSpider) and kind.is_source]
