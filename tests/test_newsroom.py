import gzip
import json
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
import xml.etree.ElementTree as ET
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from newsroom import Newsroom
from newsroom.content import read_sites

ROOT = Path(__file__).parent.parent
EXPECTED = json.loads((ROOT / "newsroom" / "expected.json").read_text(encoding="utf-8"))
ARTICLES = EXPECTED["articles"]
SPIDERS = {path.stem for path in (ROOT / "newsroom" / "spiders").glob("[!_]*.py")}


@pytest.fixture(scope="module")
def newsroom():
    with Newsroom(port=0) as running:
        yield running


@pytest.fixture
def later(newsroom):
    newsroom.edition = 2
    yield newsroom
    newsroom.edition = 1


class _StayHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}), _StayHere())


def fetch(newsroom, outlet, path, **headers):
    host = {"Host": f"{outlet}.localhost:{newsroom.port}"}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(f"http://127.0.0.1:{newsroom.port}{path}", headers=host | named)
    try:
        with OPENER.open(request, timeout=10) as response:
            return response.status, response.headers, response.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def text_of(newsroom, outlet, path):
    status, headers, body = fetch(newsroom, outlet, path)
    assert status == 200
    return body.decode(headers.get_content_charset() or ("windows-1251" if outlet == "vestnik" else "utf-8"))


def article(**wanted):
    return next(one for one in ARTICLES if wanted.items() <= one.items())


def paths(urls, outlet, newsroom):
    hosts = {urlsplit(url).netloc for url in urls}
    assert hosts == {f"{outlet}.localhost:{newsroom.port}"}
    return {urlsplit(url).path for url in urls}


@pytest.mark.parametrize("truth", ARTICLES, ids=lambda one: f"{one['outlet']}{one['path']}")
def test_every_article_answers(newsroom, truth):
    newsroom.edition = truth["editions"][0]
    text = text_of(newsroom, truth["outlet"], truth["path"])
    newsroom.edition = 1
    printed = truth.get("headline_printed", truth["headline"])
    assert printed is None or printed in text.replace("&#39;", "'").replace("&amp;", "&")


def test_enough_of_everything():
    relevant = [one for one in ARTICLES if one["relevant"]]
    languages = Counter(one["language"] for one in relevant)
    assert len(ARTICLES) >= 66
    assert len(relevant) >= 28
    assert languages["es"] >= 6
    assert languages["ru"] >= 6
    assert languages["en"] > len(relevant) / 2
    assert len({one["outlet"] for one in ARTICLES}) >= 7


def test_the_truth_names_the_articles_of_the_content_files():
    found = {
        (slug, one.path) for slug, site in read_sites().items() for number in (1, 2) for one in site.articles(number)
    }
    assert found == {(one["outlet"], one["path"]) for one in ARTICLES}


def test_two_outlets_have_no_spider(newsroom):
    assert set(newsroom.outlets) - SPIDERS == set(EXPECTED["without_spider"])


@pytest.mark.parametrize(
    ("outlet", "path", "read"),
    [
        ("llanura", "/feed.xml", lambda tree: [one.text for one in tree.iterfind("channel/item/link")]),
        ("tidewater", "/feeds/all.rss", lambda tree: [one.text for one in tree.iterfind("channel/item/link")]),
        ("meridian", "/feed/atom/", lambda tree: [one.get("href") for one in tree.iterfind("{*}entry/{*}link")]),
        ("poligon", "/atom.xml", lambda tree: [one.get("href") for one in tree.iterfind("{*}entry/{*}link")]),
        ("cordillera", "/sitemap.xml", lambda tree: [one.text for one in tree.iterfind("{*}url/{*}loc")]),
    ],
    ids=["rss", "rss of a county paper", "atom", "atom in Russian", "sitemap"],
)
def test_a_way_in_names_every_page(newsroom, outlet, path, read):
    found = paths(read(ET.fromstring(text_of(newsroom, outlet, path))), outlet, newsroom)
    assert found == {one["path"] for one in ARTICLES if one["outlet"] == outlet and 1 in one["editions"]}


def test_sitemap_index_leads_to_a_news_sitemap_and_a_compressed_one(newsroom):
    index = ET.fromstring(text_of(newsroom, "harbour", "/sitemap_index.xml"))
    assert [urlsplit(one.text).path for one in index.iterfind("{*}sitemap/{*}loc")] == [
        "/sitemap-news.xml",
        "/sitemap-stories.xml.gz",
    ]
    news = ET.fromstring(text_of(newsroom, "harbour", "/sitemap-news.xml"))
    assert len(news.findall("{*}url/{*}news/{*}title")) == 5
    packed = gzip.decompress(fetch(newsroom, "harbour", "/sitemap-stories.xml.gz")[2])
    found = paths([one.text for one in ET.fromstring(packed).iterfind("{*}url/{*}loc")], "harbour", newsroom)
    old = {one["from"] for one in EXPECTED["redirects"]}
    assert found - old == {one["path"] for one in ARTICLES if one["outlet"] == "harbour" and 1 in one["editions"]}
    assert old <= found


def test_json_feed_names_every_page(newsroom):
    feed = json.loads(text_of(newsroom, "skylance", "/feed.json"))
    assert feed["version"].startswith("https://jsonfeed.org/")
    found = paths([one["url"] for one in feed["items"]], "skylance", newsroom)
    assert found == {one["path"] for one in ARTICLES if one["outlet"] == "skylance" and 1 in one["editions"]}


def test_api_pages_lead_to_every_notice(newsroom):
    path, urls, pages = "/api/v1/documents.json", [], 0
    while path:
        page = json.loads(text_of(newsroom, "notices", path))
        urls += [one["html_url"] for one in page["results"]]
        path = (page["next_page_url"] or "").removeprefix(newsroom.url("notices", ""))
        pages += 1
    assert pages == page["total_pages"] == 3
    assert len(urls) == page["count"]
    assert paths(urls, "notices", newsroom) == {one["path"] for one in ARTICLES if one["outlet"] == "notices"}


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999"])
def test_api_refuses_a_page_that_is_none(newsroom, page):
    assert fetch(newsroom, "notices", f"/api/v1/documents.json?page={page}")[0] == 400


def test_listing_has_three_pages(newsroom):
    path, links, pages = "/novosti/", [], 0
    while path:
        page = text_of(newsroom, "vestnik", path)
        links += re.findall(r'<P>.*?HREF="([^"]+)"', page)
        following = re.search(r'HREF="([^"]+)" REL="next"', page)
        path, pages = following and following[1], pages + 1
        assert all(f'"{url}"' in page for url in EXPECTED["must_be_refused"])
    assert pages == 3
    assert set(links) == {one["path"] for one in ARTICLES if one["outlet"] == "vestnik"}


def test_second_feed_is_malformed_but_has_good_items(newsroom):
    text = text_of(newsroom, "tidewater", "/feeds/sports.rss")
    with pytest.raises(ET.ParseError):
        ET.fromstring(text)
    assert text.count("<item>") == 4


def test_feed_names_the_same_article_under_two_addresses(newsroom):
    feed = ET.fromstring(text_of(newsroom, "llanura", "/feed.xml"))
    links = [one.text for one in feed.iterfind("channel/item/link")]
    twice = [path for path, count in Counter(urlsplit(link).path for link in links).items() if count == 2]
    assert len(twice) == 2
    assert any("utm_source=" in link for link in links)
    assert any("fbclid=" in link for link in links)
    tracked = next(link for link in links if "fbclid" in link)
    assert 'rel="canonical"' in text_of(newsroom, "llanura", tracked.removeprefix(newsroom.url("llanura", "")))


@pytest.mark.parametrize("one", EXPECTED["must_not_be_fetched"], ids=lambda one: one["outlet"])
def test_ways_in_name_pages_that_robots_txt_forbids(newsroom, one):
    assert "Disallow: /private/" in text_of(newsroom, one["outlet"], "/robots.txt")
    assert one["path"].startswith("/private/")


def test_one_host_asks_for_a_delay(newsroom):
    delays = [slug for slug in newsroom.outlets if "Crawl-delay: 0.2" in text_of(newsroom, slug, "/robots.txt")]
    assert delays == ["vestnik"]


def test_edited_article_changes_with_the_edition(newsroom, later):
    truth = article(special="edited in edition 2")
    status, headers, body = fetch(later, truth["outlet"], truth["path"])
    assert status == 200
    assert truth["edition2"]["headline"] in body.decode()
    assert "12 K9 howitzers" in body.decode()
    assert headers["Last-Modified"] == "Fri, 20 Nov 2026 21:05:00 GMT"
    assert '"dateModified": "2026-11-20T21:05:00+00:00"' in body.decode()
    newsroom.edition = 1
    _, before, body = fetch(newsroom, truth["outlet"], truth["path"])
    assert "18 K9 howitzers" in body.decode()
    assert before["ETag"] != headers["ETag"]


def test_removed_article_is_gone_and_no_longer_listed(later):
    truth = article(special="removed in edition 2")
    assert fetch(later, truth["outlet"], truth["path"])[0] == 410
    assert truth["path"] not in text_of(later, "skylance", "/feed.json")


def test_new_articles_come_with_the_edition(newsroom):
    new = [one for one in ARTICLES if one["editions"] == [2]]
    assert len(new) == 2
    assert {fetch(newsroom, one["outlet"], one["path"])[0] for one in new} == {404}
    newsroom.edition = 2
    assert {fetch(newsroom, one["outlet"], one["path"])[0] for one in new} == {200}
    newsroom.edition = 1


def test_an_edition_there_is_not(newsroom):
    with pytest.raises(ValueError, match="editions"):
        newsroom.edition = 3


def test_untouched_pages_keep_their_tag_over_editions(newsroom):
    lasting = [one for one in ARTICLES if one["editions"] == [1, 2] and "edition2" not in one]

    def tags():
        return [fetch(newsroom, one["outlet"], one["path"])[1]["ETag"] for one in lasting]

    first = tags()
    newsroom.edition = 2
    second = tags()
    newsroom.edition = 1
    assert first == second


@pytest.mark.parametrize("name", ["If_None_Match", "If_Modified_Since"])
@pytest.mark.parametrize("truth", [article(outlet="harbour"), article(outlet="vestnik")], ids=lambda one: one["outlet"])
def test_unchanged_page_is_not_sent_again(newsroom, truth, name):
    _, headers, _ = fetch(newsroom, truth["outlet"], truth["path"])
    known = {"If_None_Match": headers["ETag"], "If_Modified_Since": headers["Last-Modified"]}[name]
    status, again, body = fetch(newsroom, truth["outlet"], truth["path"], **{name: known})
    assert (status, body, again["ETag"]) == (304, b"", headers["ETag"])


def test_other_tag_or_older_date_gets_the_page(newsroom):
    truth = article(outlet="harbour")
    old = "Mon, 01 Jan 2024 00:00:00 GMT"
    assert fetch(newsroom, "harbour", truth["path"], If_None_Match='W/"0"')[0] == 200
    assert fetch(newsroom, "harbour", truth["path"], If_Modified_Since=old)[0] == 200
    assert fetch(newsroom, "harbour", truth["path"], If_Modified_Since="yesterday")[0] == 200


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("gzip, deflate", "gzip"), ("br;q=1, gzip;q=0.5", "gzip"), ("gzip;q=0", None), ("", None)],
)
def test_gzip_where_it_is_allowed(newsroom, accepted, encoding):
    plain = fetch(newsroom, "harbour", "/")[2]
    _, headers, body = fetch(newsroom, "harbour", "/", Accept_Encoding=accepted)
    assert headers["Content-Encoding"] == encoding
    assert (gzip.decompress(body) if encoding else body) == plain


@pytest.mark.parametrize(
    ("host", "path", "status"),
    [
        ("harbour", "/no/such/page", 404),
        ("nobody", "/", 404),
        ("vestnik", "/novosti/page/9/", 404),
        ("skylance", "/", 200),
    ],
)
def test_status(newsroom, host, path, status):
    assert fetch(newsroom, host, path)[0] == status


def test_charset_stands_in_the_header_or_only_in_the_meta_tag(newsroom):
    in_meta = article(special="windows-1251 declared in the meta tag only")
    _, headers, body = fetch(newsroom, "vestnik", in_meta["path"])
    assert headers.get_content_charset() is None
    assert b"charset=windows-1251" in body
    _, headers, body = fetch(newsroom, "vestnik", article(outlet="vestnik", relevant=False)["path"])
    assert headers.get_content_charset() == "windows-1251"
    assert b"charset" not in body.lower()


def test_amp_twin_points_back(newsroom):
    truth = article(special="AMP twin")
    url = newsroom.url("harbour", truth["path"])
    assert f'<link rel="amphtml" href="{url}amp/">' in text_of(newsroom, "harbour", truth["path"])
    assert f'<link rel="canonical" href="{url}">' in text_of(newsroom, "harbour", truth["amp_path"])


@pytest.mark.parametrize(
    "one", [*EXPECTED["redirects"], *EXPECTED["redirects_to_a_private_address"]], ids=lambda one: one["outlet"]
)
def test_redirects(newsroom, one):
    status, headers, _ = fetch(newsroom, one["outlet"], one["from"])
    assert status == 301
    assert headers["Location"].endswith(one["to"])


def test_wire_story_is_nearly_the_same_at_three_outlets(newsroom):
    group = [one for one in ARTICLES if one["wire"]]
    assert sorted(one["outlet"] for one in group) == ["harbour", "skylance", "tidewater"]
    texts = [text_of(newsroom, one["outlet"], one["path"]) for one in group]
    assert all("(Transmar Press) - Romania has signed for 54 M1A2 Abrams" in text for text in texts)


def test_seed_like_page_has_json_ld_only_as_text(newsroom):
    text = text_of(newsroom, "meridian", article(special="seed-like")["path"])
    assert "application/ld+json" not in text
    assert "“@type”: “FAQPage”,<br />" in text
    assert f"“url”: “{newsroom.url('meridian', '')}”" in text


def test_one_of_two_json_ld_blocks_is_broken(newsroom):
    text = text_of(newsroom, "tidewater", article(special="broken JSON-LD")["path"])
    broken, good = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    with pytest.raises(json.JSONDecodeError):
        json.loads(broken)
    assert json.loads(good)["@type"] == "ReportageNewsArticle"


@pytest.mark.parametrize("number", EXPECTED["notices"])
def test_notice_has_its_items_in_page_and_plain_text(newsroom, number):
    truth = article(document_number=number)
    date = "/".join(truth["path"].split("/")[2:5])
    plain = text_of(newsroom, "notices", f"/documents/full_text/text/{date}/{number}.txt")
    page = text_of(newsroom, "notices", truth["path"])
    for mark in ("(i)", "(ii)", "(iii)", "(iv)", "(viii)", "TOTAL"):
        assert mark in plain
        assert mark in page


def test_requests_are_logged_with_those_in_flight(newsroom):
    before = len(newsroom.requests)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: fetch(newsroom, "llanura", "/feed.xml"), range(16)))
    new = newsroom.requests[before:]
    assert len(new) == 16
    assert {(one.host, one.path, one.status) for one in new} == {("llanura.localhost", "/feed.xml", 200)}
    assert all(1 <= one.in_flight <= 8 for one in new)


def test_command_ends_cleanly_on_sigterm():
    command = [sys.executable, "-m", "newsroom", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert "llanura.localhost" in "".join(process.stdout.readline() for _ in range(9))
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=10)
    assert (process.returncode, errors) == (0, "")


def test_command_says_in_one_line_that_the_port_is_taken(newsroom):
    command = [sys.executable, "-m", "newsroom", "--port", str(newsroom.port)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=10, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("newsroom: cannot listen on port")
    assert done.stderr.count("\n") == 1
