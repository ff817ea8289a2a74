"""What a site offers: ways in, structured data, how its pages read, its rules, its walls and its opt-outs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from crawler.scouting.offers import (
    FEED_PATHS,
    SITEMAP_PATHS,
    Candidate,
    WayIn,
    best_first,
    interface_of,
    linked_feeds,
    per_week_of,
    read_way_in,
    unique,
    well_known,
)
from crawler.scouting.opt_outs import in_page, in_robots, in_tdmrep, once
from crawler.scouting.outlet_facts import OutletFacts, SitePage, read_outlet
from crawler.scouting.scout import Answer, Scout
from crawler.scouting.trial import PageTrial, ReadPage, trouble_of, try_page
from pipelines.extract.head import read_head
from pipelines.extract.structured import find_structured
from pipelines.extract.tree import parse_page

CHILDREN_MAX = 2  # sitemaps of an index that are read
SITEMAPS_MAX = 4
GUESS_DELAY = 5.0  # seconds between requests above which nothing is asked for on a guess


@dataclass(frozen=True, slots=True)
class RobotsFacts:
    """What robots.txt asks of us: may the address be fetched, how many seconds between requests, its sitemaps."""

    allows: bool
    crawl_delay: float | None = None
    sitemaps: tuple[str, ...] = ()
    error: str | None = None


@dataclass(frozen=True, slots=True)
class SiteReport:
    """All that one look at a site tells; ``ways_in`` are the best first, ``problem`` says why nothing could be read."""

    url: str
    final_url: str
    status: int | None
    robots: RobotsFacts
    outlet: OutletFacts | None = None
    ways_in: tuple[WayIn, ...] = ()
    pages: tuple[PageTrial, ...] = ()
    structured: tuple[str, ...] = ()
    walls: tuple[str, ...] = ()
    opt_outs: tuple[str, ...] = ()
    problem: str | None = None
    recorded: tuple[Answer, ...] = field(default=(), repr=False)

    @property
    def best(self) -> WayIn | None:
        """The way in to be used, None where no way leads in."""
        return next((way for way in self.ways_in if way.is_usable), None)


@dataclass(frozen=True, slots=True)
class Look:
    """The errand: look at the site of ``url``, reading ``pages`` of its articles.

    The answers of the pages are handed back only ``with_answers``, for recording one.
    """

    url: str
    pages: int = 5
    with_answers: bool = False

    async def run(self, scout: Scout) -> SiteReport:
        """Ask for the address, its ways in and some of its pages, one after the other."""
        robots = await read_robots(scout, self.url)
        first = await scout.fetch(self.url)
        report = SiteReport(self.url, first.final_url, first.status, robots, problem=trouble_of(first))
        front = await self._front(scout, first)
        ways = await find_ways_in(scout, first, front, robots)
        best = next((way for way in ways if way.is_usable), None)
        answers = [await scout.fetch(found.url) for found in (best.samples[: self.pages] if best else ())]
        reads = [try_page(answer) for answer in answers]
        if best is not None and best.per_week is None:
            ways = [replace(way, per_week=_pace_of(reads)) if way is best else way for way in ways]
        report = replace(report, ways_in=tuple(ways), **self._facts(front, answers, reads, ways))
        report = replace(report, opt_outs=await self._opt_outs(scout, [front, *answers]))
        if best is not None:
            report = replace(report, problem=None)
        return replace(report, recorded=tuple(map(plain, answers))) if self.with_answers else report

    async def _front(self, scout: Scout, first: Answer) -> Answer:
        """Give the page that speaks for the site: the one asked for, or the front page where that is a feed."""
        if first.response is None or (first.is_good and read_way_in(first, "", first.final_url).kind == "listing"):
            return first
        return await scout.fetch(urljoin(first.final_url, "/"))

    def _facts(
        self, front: Answer, answers: Sequence[Answer], reads: Sequence[ReadPage], ways: Sequence[WayIn]
    ) -> dict[str, object]:
        homepage = urljoin(front.final_url, "/")
        pages = [site_page(front, is_front=True)] if front.is_good else []
        pages += [SitePage(each.trial.url, each.head, each.structured, each.trial.language) for each in reads]
        feed_title = next((way.title for way in ways if way.is_usable and way.title), None)
        types = dict.fromkeys(name for page in pages for data in page.structured for name in data.types)
        troubles = [trouble_of(front), *(each.trial.problem for each in reads)]
        teasers = sum(each.trial.access == "teaser" for each in reads)
        walls = [
            each for each in troubles if each and (each.startswith("blocked") or each in {"consent wall", "login"})
        ]
        return {
            "outlet": read_outlet(homepage, pages, feed_title),
            "pages": tuple(each.trial for each in reads),
            "structured": tuple(types)[:15],
            "walls": once([*walls, *([f"paywall on {teasers} of {len(answers)} pages"] if teasers else [])]),
        }

    async def _opt_outs(self, scout: Scout, answers: Iterable[Answer]) -> tuple[str, ...]:
        """Gather what the site says against mining its texts."""
        rules = await scout.robots(self.url)
        found = in_robots(rules.text, self.url)
        tdmrep = await scout.fetch(urljoin(self.url, "/.well-known/tdmrep.json"))
        found += in_tdmrep(tdmrep.body if tdmrep.is_good else b"", urlsplit(self.url).path or "/")
        for answer in answers:
            if answer.response is not None and answer.is_good:
                head = read_head(parse_page(answer.page()).tree)
                found += in_page(answer.response.headers.to_unicode_dict(), head)
        return once(found)


def _pace_of(reads: Sequence[ReadPage]) -> float | None:
    """Measure articles a week by the dates of the newest pages, where the way in gives none."""
    dates = (datetime.fromisoformat(each.trial.published) for each in reads if each.trial.published)
    return per_week_of(sorted(dates, reverse=True))


async def read_robots(scout: Scout, url: str) -> RobotsFacts:
    """Give what the host's robots.txt asks of us."""
    host = await scout.robots(url)
    if host.rules is None:
        return RobotsFacts(allows=False, error=f"{type(host.error).__name__}: {host.error}"[:200])
    delay = host.rules.crawl_delay(scout.agent)
    return RobotsFacts(host.rules.can_fetch(url, scout.agent), delay, tuple(host.rules.sitemaps)[:50])


async def find_ways_in(scout: Scout, first: Answer, front: Answer, robots: RobotsFacts) -> list[WayIn]:
    """Find and read the ways in of a site, the best first; guesses at paths are made only where nothing is declared."""
    site = front.final_url
    ways = [read_way_in(first, "given address", site)] if first.is_good else []
    tree = parse_page(front.page()).tree if front.is_good else None
    candidates = [] if tree is None else [*linked_feeds(tree, site), *interface_of(read_head(tree), site)]
    ways += [await _read(scout, each, site) for each in unique(candidates) if each.url != first.url]
    may_guess = (trouble_of(front) is None or front.status == 404) and (robots.crawl_delay or 0.0) <= GUESS_DELAY
    if not _has(ways, "feed") and may_guess:
        ways += await _first_usable(scout, well_known(site, FEED_PATHS), site)
    named = [Candidate(url, "robots.txt") for url in robots.sitemaps[:SITEMAPS_MAX]]
    for each in named:
        ways += await _read_sitemaps(scout, each, site)
    if not _has(ways, "sitemap") and may_guess:
        ways += await _first_usable(scout, well_known(site, SITEMAP_PATHS), site)
    if front.url != first.url and front.is_good:
        ways.append(read_way_in(front, "front page", site))
    return best_first(ways, first.url)


def _has(ways: Iterable[WayIn], kind: str) -> bool:
    return any(way.kind == kind and way.is_usable for way in ways)


async def _read(scout: Scout, candidate: Candidate, site: str) -> WayIn:
    answer = await scout.fetch(candidate.url)
    way = read_way_in(answer, candidate.found_by, site)
    return replace(way, problem=trouble_of(answer) or way.problem)


async def _first_usable(scout: Scout, candidates: Iterable[Candidate], site: str) -> list[WayIn]:
    """Try guesses until one leads in; those that lead nowhere are no news."""
    for each in candidates:
        for way in await _read_sitemaps(scout, each, site):
            if way.is_usable and way.kind in {"feed", "sitemap"}:
                return [way]
    return []


async def _read_sitemaps(scout: Scout, candidate: Candidate, site: str) -> list[WayIn]:
    """Read a sitemap; of an index its likeliest children, a news sitemap among them as a way in of its own."""
    way = await _read(scout, candidate, site)
    if not way.children:
        return [way]
    children = [
        await _read(scout, Candidate(url, f"{candidate.found_by}, sitemap index"), site)
        for url in way.children[:CHILDREN_MAX]
    ]
    news = [child for child in children if child.is_news and child.is_usable]
    filled = next((child for child in children if child.is_usable), None)
    whole = replace(filled, url=way.url, found_by=way.found_by, is_news=False) if filled else way
    return [*news, whole]


def site_page(answer: Answer, *, is_front: bool) -> SitePage:
    """Give a page as far as it speaks of its publisher."""
    tree = parse_page(answer.page()).tree
    return SitePage(answer.final_url, read_head(tree), find_structured(tree), is_front=is_front)


def plain(answer: Answer) -> Answer:
    """Give an answer without what ties its response to this process (requests, callbacks)."""
    if answer.response is None:
        return answer
    return replace(answer, response=answer.response.replace(request=None, certificate=None))
