import gzip
import time
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
import scrapy
from scrapy.http import Response
from scrapy.settings import Settings
from scrapy.statscollectors import StatsCollector

from crawler.base_spiders import SitemapSpider
from crawler.base_spiders.sitemap_formats import MAX_URLS, parse_sitemap
from pipelines.items import Found, Outlet

URL = "https://outlet.example/sitemap.xml"
SITE = "https://outlet.example"


def urlset(*entries: str) -> bytes:
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{"".join(entries)}</urlset>'.encode()


def entry(path: str, more: str = "") -> str:
    return f"<url><loc>{SITE}{path}</loc>{more}</url>"


def index(*paths: str, lastmod: str = "") -> bytes:
    entries = "".join(f"<sitemap><loc>{SITE}{path}</loc>{lastmod}</sitemap>" for path in paths)
    return f"<sitemapindex>{entries}</sitemapindex>".encode()


PLAIN = urlset(entry("/a"), entry("/b"))
BODIES = [
    pytest.param(PLAIN, ["/a", "/b"], id="plain"),
    pytest.param(
        PLAIN.replace(b' xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"', b""), ["/a", "/b"], id="no namespace"
    ),
    pytest.param(gzip.compress(PLAIN), ["/a", "/b"], id="gzip under another name"),
    pytest.param(gzip.compress(gzip.compress(PLAIN)), ["/a", "/b"], id="gzip twice"),
    pytest.param(b"\xef\xbb\xbf\n" + PLAIN, ["/a", "/b"], id="bom and blanks"),
    pytest.param(f"{SITE}/a\r\n{SITE}/b\r\n\r\n".encode(), ["/a", "/b"], id="plain text"),
    pytest.param(b"\xef\xbb\xbf" + f"{SITE}/a\n".encode(), ["/a"], id="plain text with bom"),
    pytest.param(b"<rss><channel><item><link>/a</link></item></channel></rss>", ["/a"], id="rss in its place"),
    pytest.param(PLAIN[:-12], ["/a", "/b"], id="cut off"),
    pytest.param(urlset(entry("/a?x=1&y=2")), ["/a?x=1&y=2"], id="bare ampersand"),
    pytest.param(urlset("<url><loc> \n/a </loc></url>"), ["/a"], id="relative"),
    pytest.param(urlset("<url><loc><![CDATA[/a]]></loc></url>"), ["/a"], id="cdata"),
    pytest.param(urlset(entry("/a"), entry("/a"), entry("/a#x")), ["/a"], id="named twice"),
    pytest.param(
        urlset(entry("/a", "<image:image><image:loc>https://outlet.example/i.jpg</image:loc></image:image>")),
        ["/a"],
        id="pictures",
    ),
    pytest.param(
        urlset(
            entry("/old", "<lastmod>2020-01-01</lastmod>"),
            entry("/new", "<lastmod>2026-01-01T10:00:00+02:00</lastmod>"),
            entry("/none"),
        ),
        ["/new", "/old", "/none"],
        id="newest first",
    ),
    pytest.param(
        urlset(entry("/2020/01/x"), entry("/2026/01/x")), ["/2026/01/x", "/2020/01/x"], id="dates in the path"
    ),
]


@pytest.mark.parametrize(("body", "paths"), BODIES)
def test_found(body: bytes, paths: list[str]) -> None:
    assert [found.url.removeprefix(SITE) for found in parse_sitemap(body, URL).found] == paths


def test_news_says_date_title_and_language() -> None:
    news = """<news:news>
      <news:publication><news:name>Outlet</news:name><news:language>en</news:language></news:publication>
      <news:publication_date>2026-11-01T08:00:00Z</news:publication_date>
      <news:title>Tanks &amp; guns</news:title>
    </news:news>"""
    image = "<image:image><image:title>Not this</image:title></image:image>"
    found = parse_sitemap(urlset(entry("/a", image + "<lastmod>2026-11-02</lastmod>" + news)), URL).found
    assert found == [Found(f"{SITE}/a", URL, "Tanks & guns", "2026-11-01T08:00:00Z", "en", "2026-11-02")]


PROBLEMS = [
    pytest.param(b"", "empty sitemap", id="nothing"),
    pytest.param(b"<urlset/>", "empty sitemap", id="no urls"),
    pytest.param(b"<html><body>Not found</body></html>", "html instead of sitemap", id="html"),
    pytest.param(b"Not found", "not a sitemap", id="words"),
    pytest.param(b"<error>no</error>", "not a sitemap", id="other xml"),
    pytest.param(b"<urlset><url></url></urlset>", "entry without link", id="no loc"),
    pytest.param(index("\\@inside/x"), "child without usable link", id="child is no URL"),
]


@pytest.mark.parametrize(("body", "problem"), PROBLEMS)
def test_problem(body: bytes, problem: str) -> None:
    assert problem in parse_sitemap(body, URL).problems


def test_children_newest_first() -> None:
    body = index("/s1.xml") + index("/s2.xml", lastmod="<lastmod>2026-01-01</lastmod>")
    body = body.replace(b"</sitemapindex><sitemapindex>", b"")
    assert [child.url.removeprefix(SITE) for child in parse_sitemap(body, URL).children] == ["/s2.xml", "/s1.xml"]


def test_robots_names_sitemaps() -> None:
    body = b"User-agent: *\nDisallow: /x\nSITEMAP: https://outlet.example/s.xml\n"
    assert [child.url for child in parse_sitemap(body, f"{SITE}/robots.txt").children] == [f"{SITE}/s.xml"]


def test_hundred_thousand_urls() -> None:
    dated = (entry(f"/{number}", f"<lastmod>20{number % 25:02}-01-01</lastmod>") for number in range(100_000))
    started = time.process_time()
    result = parse_sitemap(urlset(*dated), URL)
    assert time.process_time() - started < 20
    assert (len(result.found), result.left_out) == (MAX_URLS, 100_000 - MAX_URLS)
    assert result.found[0].modified_raw == "2024-01-01"


def test_entities_stay_text() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    body = bomb + urlset(entry("/x?&b;&f;"), entry("/good")).decode()
    result = parse_sitemap(body.encode(), URL)
    assert f"{SITE}/good" in [found.url for found in result.found]
    assert not any("aaa" in found.url or "root:" in found.url for found in result.found)


class Spider(SitemapSpider):
    name = "outlet"
    outlet = Outlet("Outlet")
    start_urls = [URL]  # noqa: RUF012

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.crawler = SimpleNamespace(stats=StatsCollector(SimpleNamespace(settings=Settings())))
        self.failed: list[tuple[str, str]] = []

    def way_in_failed(self, url: str, reason: str) -> None:
        self.failed.append((url, reason))


def crawl(spider: SitemapSpider, answers: dict[str, bytes]) -> tuple[list[str], list[str]]:
    """Answer every request from a table; give the paths found and the paths asked for."""
    found, asked = [], []
    waiting: list[scrapy.Request] = list(spider.ways_in())
    while waiting and len(asked) < 500:
        request = waiting.pop(0)
        path = request.url.removeprefix(SITE)
        asked.append(path)
        body = answers.get(path) or (answers["*"].replace(b"N", str(len(asked)).encode()))
        for result in spider.parse_way_in(Response(request.url, body=body), **request.cb_kwargs):
            if isinstance(result, scrapy.Request):
                waiting.append(result)
            else:
                found.append(result.url.removeprefix(SITE))
    return found, asked


def test_index_that_lists_itself_and_a_cycle() -> None:
    answers = {
        "/sitemap.xml": index("/sitemap.xml", "/a.xml"),
        "/a.xml": index("/b.xml", "/sitemap.xml"),
        "/b.xml": urlset(entry("/x")),
    }
    spider = Spider()
    assert crawl(spider, answers) == (["/x"], ["/sitemap.xml", "/a.xml", "/b.xml"])
    assert spider.crawler.stats.get_value("found/sitemap/named_again") == 2
    assert not spider.failed


def test_index_that_grows_for_ever_in_depth() -> None:
    spider = Spider()
    _, asked = crawl(spider, {"*": index("/sNa.xml", "/sNb.xml")})
    assert len(asked) == 1 + 2 + 4
    assert spider.crawler.stats.get_value("found/sitemap/too_deep") == 8


def test_index_that_grows_for_ever_in_width() -> None:
    spider = Spider()
    _, asked = crawl(spider, {"/sitemap.xml": index(*(f"/s{n}.xml" for n in range(300))), "*": urlset(entry("/N"))})
    assert len(asked) == Spider.max_documents
    assert spider.crawler.stats.get_value("found/sitemap/documents_left_out") == 301 - Spider.max_documents


def test_since_also_skips_old_children() -> None:
    old, new = "<lastmod>2020-01-01</lastmod>", "<lastmod>2026-02-01</lastmod>"
    body = (index("/old.xml", lastmod=old) + index("/new.xml", lastmod=new)).replace(
        b"</sitemapindex><sitemapindex>", b""
    )
    answers = {"/sitemap.xml": body, "/new.xml": urlset(entry("/a", old), entry("/b", new), entry("/c"))}
    spider = Spider(since="2026-01-01")
    assert spider.since == datetime(2026, 1, 1, tzinfo=UTC)
    assert crawl(spider, answers) == (["/b", "/c"], ["/sitemap.xml", "/new.xml"])
    assert spider.crawler.stats.get_value("found/sitemap/older") == 2


def test_only_wanted_languages() -> None:
    def news(language: str) -> str:
        return f"<news:news><news:publication><news:language>{language}</news:language></news:publication></news:news>"

    spider = Spider()
    spider.languages = ("en",)
    answers = {"/sitemap.xml": urlset(entry("/a", news("en-US")), entry("/b", news("fr")), entry("/c"))}
    assert crawl(spider, answers)[0] == ["/a", "/c"]
    assert spider.crawler.stats.get_value("found/sitemap/other_language") == 1


def test_budget_of_a_run() -> None:
    spider = Spider()
    spider.max_found = 3
    assert crawl(spider, {"/sitemap.xml": urlset(*(entry(f"/{n}") for n in range(5)))})[0] == ["/0", "/1", "/2"]
    assert spider.crawler.stats.get_value("found/sitemap/left_out") == 2


def test_unreadable_way_in_is_told() -> None:
    spider = Spider()
    crawl(spider, {"/sitemap.xml": b"<html><body>Moved</body></html>"})
    assert spider.failed == [(URL, "html instead of sitemap")]
