import gzip
import json
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from newsroom.server import Newsroom

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


@pytest.mark.parametrize("truth", ARTICLES, ids=lambda one: f"{one['outlet']}{one['path']}")
def test_every_article_answers(newsroom, truth):
    newsroom.edition = truth["editions"][0]
    text = text_of(newsroom, truth["outlet"], truth["path"])
    newsroom.edition = 1
    printed = truth.get("headline_printed", truth["headline"])
    assert printed is None or printed in text.replace("&#39;", "'").replace("&amp;", "&")


def test_two_outlets_have_no_spider(newsroom):
    assert set(newsroom.outlets) - SPIDERS == set(EXPECTED["without_spider"])


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


def test_requests_are_logged_with_those_in_flight(newsroom):
    def asked() -> list[Any]:
        return [one for one in newsroom.requests if one.path == "/feed.xml?together"]

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: fetch(newsroom, "llanura", "/feed.xml?together"), range(16)))
    for _ in range(100):  # a request is logged after it was answered
        if len(asked()) == 16:
            break
        time.sleep(0.05)
    new = asked()
    assert len(new) == 16
    assert {(one.host, one.status) for one in new} == {("llanura.localhost", 200)}
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
