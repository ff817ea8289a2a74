import gzip
import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from newsroom.content import read_sites
from newsroom.site import answer

EXPECTED = json.loads((Path(__file__).parent.parent / "newsroom" / "expected.json").read_text(encoding="utf-8"))
ARTICLES = EXPECTED["articles"]
SITES = read_sites()


def ask(outlet, path):
    return answer(SITES[outlet], path, port=8377, number=1)


def text_of(outlet, path):
    got = ask(outlet, path)
    assert got.status == 200
    is_old = outlet == "vestnik" and "html" in got.content_type
    return got.body.decode("windows-1251" if is_old else "utf-8")


def article(**wanted):
    return next(one for one in ARTICLES if wanted.items() <= one.items())


def paths(urls, outlet):
    assert {urlsplit(url).netloc for url in urls} == {f"{outlet}.localhost:8377"}
    return {urlsplit(url).path for url in urls}


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
def test_a_way_in_names_every_page(outlet, path, read):
    found = paths(read(ET.fromstring(text_of(outlet, path))), outlet)
    assert found == {one["path"] for one in ARTICLES if one["outlet"] == outlet and 1 in one["editions"]}


def test_sitemap_index_leads_to_a_news_sitemap_and_a_compressed_one():
    index = ET.fromstring(text_of("harbour", "/sitemap_index.xml"))
    assert [urlsplit(one.text).path for one in index.iterfind("{*}sitemap/{*}loc")] == [
        "/sitemap-news.xml",
        "/sitemap-stories.xml.gz",
    ]
    news = ET.fromstring(text_of("harbour", "/sitemap-news.xml"))
    assert len(news.findall("{*}url/{*}news/{*}title")) == 5
    packed = gzip.decompress(ask("harbour", "/sitemap-stories.xml.gz").body)
    found = paths([one.text for one in ET.fromstring(packed).iterfind("{*}url/{*}loc")], "harbour")
    old = {one["from"] for one in EXPECTED["redirects"]}
    assert found - old == {one["path"] for one in ARTICLES if one["outlet"] == "harbour" and 1 in one["editions"]}
    assert old <= found


def test_json_feed_names_every_page():
    feed = json.loads(text_of("skylance", "/feed.json"))
    assert feed["version"].startswith("https://jsonfeed.org/")
    found = paths([one["url"] for one in feed["items"]], "skylance")
    assert found == {one["path"] for one in ARTICLES if one["outlet"] == "skylance" and 1 in one["editions"]}


def test_api_pages_lead_to_every_notice():
    path, urls, pages = "/api/v1/documents.json", [], 0
    while path:
        page = json.loads(text_of("notices", path))
        urls += [one["html_url"] for one in page["results"]]
        path = (page["next_page_url"] or "").removeprefix("http://notices.localhost:8377")
        pages += 1
    assert pages == page["total_pages"] == 3
    assert len(urls) == page["count"]
    assert paths(urls, "notices") == {one["path"] for one in ARTICLES if one["outlet"] == "notices"}


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999"])
def test_api_refuses_a_page_that_is_none(page):
    assert ask("notices", f"/api/v1/documents.json?page={page}").status == 400


def test_listing_has_three_pages():
    path, links, pages = "/novosti/", [], 0
    while path:
        page = text_of("vestnik", path)
        links += re.findall(r'<P>.*?HREF="([^"]+)"', page)
        following = re.search(r'HREF="([^"]+)" REL="next"', page)
        path, pages = following and following[1], pages + 1
        assert all(f'"{url}"' in page for url in EXPECTED["must_be_refused"])
    assert pages == 3
    assert set(links) == {one["path"] for one in ARTICLES if one["outlet"] == "vestnik"}


def test_second_feed_is_malformed_but_has_good_items():
    text = text_of("tidewater", "/feeds/sports.rss")
    with pytest.raises(ET.ParseError):
        ET.fromstring(text)
    assert text.count("<item>") == 4


def test_feed_names_the_same_article_under_two_addresses():
    feed = ET.fromstring(text_of("llanura", "/feed.xml"))
    links = [one.text for one in feed.iterfind("channel/item/link")]
    twice = [path for path, count in Counter(urlsplit(link).path for link in links).items() if count == 2]
    assert len(twice) == 2
    assert any("utm_source=" in link for link in links)
    assert any("fbclid=" in link for link in links)
    tracked = next(link for link in links if "fbclid" in link)
    assert 'rel="canonical"' in text_of("llanura", tracked.removeprefix("http://llanura.localhost:8377"))


@pytest.mark.parametrize("one", EXPECTED["must_not_be_fetched"], ids=lambda one: one["outlet"])
def test_ways_in_name_pages_that_robots_txt_forbids(one):
    assert "Disallow: /private/" in text_of(one["outlet"], "/robots.txt")
    assert one["path"].startswith("/private/")


def test_one_host_asks_for_a_delay():
    delays = [slug for slug in SITES if "Crawl-delay: 0.2" in text_of(slug, "/robots.txt")]
    assert delays == ["vestnik"]


def test_charset_stands_in_the_header_or_only_in_the_meta_tag():
    in_meta = article(special="windows-1251 declared in the meta tag only")
    page = ask("vestnik", in_meta["path"])
    assert page.content_type == "text/html"
    assert b"charset=windows-1251" in page.body.lower()
    page = ask("vestnik", article(outlet="vestnik", relevant=False)["path"])
    assert page.content_type == "text/html; charset=windows-1251"
    assert b"charset" not in page.body.lower()


def test_amp_twin_points_back():
    truth = article(special="AMP twin")
    url = f"http://harbour.localhost:8377{truth['path']}"
    assert f'<link rel="amphtml" href="{url}amp/">' in text_of("harbour", truth["path"])
    assert f'<link rel="canonical" href="{url}">' in text_of("harbour", truth["amp_path"])


@pytest.mark.parametrize(
    "one", [*EXPECTED["redirects"], *EXPECTED["redirects_to_a_private_address"]], ids=lambda one: one["outlet"]
)
def test_redirects(one):
    moved = ask(one["outlet"], one["from"])
    assert moved.status == 301
    assert moved.location.endswith(one["to"])


def test_wire_story_is_nearly_the_same_at_three_outlets():
    group = [one for one in ARTICLES if one["wire"]]
    assert sorted(one["outlet"] for one in group) == ["harbour", "skylance", "tidewater"]
    texts = [text_of(one["outlet"], one["path"]) for one in group]
    assert all("(Transmar Press) - Romania has signed for 54 M1A2 Abrams" in text for text in texts)


def test_seed_like_page_has_json_ld_only_as_text():
    text = text_of("meridian", article(special="seed-like")["path"])
    assert "application/ld+json" not in text
    assert "“@type”: “FAQPage”,<br />" in text
    assert "“url”: “http://meridian.localhost:8377”" in text


def test_one_of_two_json_ld_blocks_is_broken():
    text = text_of("tidewater", article(special="broken JSON-LD")["path"])
    broken, good = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    with pytest.raises(json.JSONDecodeError):
        json.loads(broken)
    assert json.loads(good)["@type"] == "ReportageNewsArticle"


@pytest.mark.parametrize("number", EXPECTED["notices"])
def test_notice_has_its_items_in_page_and_plain_text(number):
    truth = article(document_number=number)
    date = "/".join(truth["path"].split("/")[2:5])
    plain = text_of("notices", f"/documents/full_text/text/{date}/{number}.txt")
    page = text_of("notices", truth["path"])
    for mark in ("(i)", "(ii)", "(iii)", "(iv)", "(viii)", "TOTAL"):
        assert mark in plain
        assert mark in page
