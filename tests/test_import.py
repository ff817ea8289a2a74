import gzip
import io
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from backports import zstd
from fastwarc.warc import WarcRecord, WarcRecordType
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from cli.importing import import_files
from cli.mistakes import UserMistakeError
from crawler.spiders.imported import ImportedSpider
from models import ledger
from models.article import Article
from models.connection import connect
from models.crawl import Capture, Page
from models.outlet import Outlet, Source
from pipelines.crawl_report import source_facts
from pipelines.first_look import may_be_relevant
from pipelines.frontier import Place
from pipelines.importer import Importer, Owner
from pipelines.items import Page as FetchedPage
from pipelines.items import Rules
from pipelines.reader import read_page
from pipelines.warc_input import NotRead, read_warc

FETCHED = datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)
ARMS = (
    "<html lang=en><head><title>Poland orders 12 F-16 fighter jets from the United States</title></head><body><article>"
    "<h1>Poland orders 12 F-16 fighter jets from the United States</h1>"
    + "<p>Poland has signed a contract to buy 12 F-16 fighter jets from the United States, the ministry said.</p>" * 4
    + "</article></body></html>"
).encode()
COUNCIL = (
    b"<html lang=en><head><title>Council meets</title></head><body><h1>Council meets</h1><p>"
    + b"Roads and schools were on the agenda of the town. " * 20
    + b"</p></body></html>"
)
HTML = "Content-Type: text/html"


def record(
    url: str,
    body: bytes,
    *headers: str,
    status: str = "200 OK",
    at: datetime = FETCHED,
    kind: WarcRecordType = WarcRecordType.response,
) -> bytes:
    warc = WarcRecord()
    warc.init_headers(record_type=kind)
    warc.headers.append("WARC-Target-URI", url)
    warc.headers["WARC-Date"] = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    head = "\r\n".join([f"HTTP/1.1 {status}", *(headers or (HTML,))])
    warc.set_bytes_content(head.encode() + b"\r\n\r\n" + body)
    stream = io.BytesIO()
    warc.write(stream, checksum_data=True)
    return stream.getvalue()


def write_warc(path: Path, *records: bytes) -> Path:
    path.write_bytes(b"".join(gzip.compress(each) for each in records))
    return path


def pages_of(path: Path) -> list[FetchedPage | NotRead]:
    return [item for item, _ in read_warc(path, 1_000_000)]


CODED = {
    "plain": (ARMS, [HTML]),
    "gzip": (gzip.compress(ARMS), [HTML, "Content-Encoding: gzip"]),
    "header left behind": (ARMS, [HTML, "Content-Encoding: gzip"]),
    "chunked": (b"%x\r\n%s\r\n0\r\n\r\n" % (len(ARMS), ARMS), [HTML, "Transfer-Encoding: chunked"]),
    "chunks taken off": (ARMS, [HTML, "Transfer-Encoding: chunked"]),
}


@pytest.mark.parametrize("coding", CODED)
def test_bodies_are_read_however_they_were_kept(tmp_path: Path, coding: str) -> None:
    body, headers = CODED[coding]
    [page] = pages_of(write_warc(tmp_path / "a.warc.gz", record("https://a.example/1", body, *headers)))
    assert isinstance(page, FetchedPage)
    assert (page.body, page.fetched_at, page.url) == (ARMS, FETCHED, "https://a.example/1")


def test_each_damaged_record_costs_itself(tmp_path: Path) -> None:
    good = [gzip.compress(record(f"https://a.example/{n}", ARMS)) for n in range(4)]
    altered = gzip.compress(record("https://a.example/x", ARMS).replace(b"12 F-16", b"99 F-16"))
    broken = bytearray(good[1])
    broken[len(broken) // 2 : len(broken) // 2 + 30] = b"\x00" * 30
    moved = gzip.compress(record("https://a.example/y", b"", "Location: /z", status="301 Moved"))
    path = tmp_path / "a.warc.gz"
    path.write_bytes(good[0] + altered + bytes(broken) + good[2] + moved + good[3][:-60])
    items = pages_of(path)
    assert [item.url for item in items if isinstance(item, FetchedPage)] == [
        "https://a.example/0",
        "https://a.example/2",
    ]
    reasons = [item.reason for item in items if isinstance(item, NotRead)]
    assert {"damaged", "status 301"} <= set(reasons)
    assert len(reasons) == 4


def test_content_without_a_response_is_named(tmp_path: Path) -> None:
    kinds = ("warcinfo", "request", "metadata", "resource", "revisit", "conversion", "response")
    records = [record(f"https://a.example/{kind}", ARMS, kind=getattr(WarcRecordType, kind)) for kind in kinds]
    *others, page = pages_of(write_warc(tmp_path / "a.warc.gz", *records))
    assert others == [NotRead(f"{kind} record") for kind in ("resource", "revisit", "conversion")]
    assert isinstance(page, FetchedPage)


def test_zstd_and_wacz(tmp_path: Path) -> None:
    (tmp_path / "a.warc.zst").write_bytes(zstd.compress(record("https://a.example/1", ARMS)))
    with zipfile.ZipFile(tmp_path / "b.wacz", "w") as archive:
        archive.writestr("archive/data.warc.gz", gzip.compress(record("https://a.example/2", ARMS)))
        archive.writestr("datapackage.json", "{}")
    for name, url in (("a.warc.zst", "https://a.example/1"), ("b.wacz", "https://a.example/2")):
        assert [item.url for item in pages_of(tmp_path / name) if isinstance(item, FetchedPage)] == [url]


@pytest.mark.parametrize(
    "markup",
    [
        "<p>They sold mis<b>sil</b>es abroad</p>",
        "<p>F&#45;16 jets</p>",
        '<meta name=description content="A missile deal">',
        "<script>x</script><p>missiles",
        "<style>",
    ],
)
def test_the_first_look_never_refuses_what_the_judge_would_see(markup: str) -> None:
    page = FetchedPage("https://a.example/", "https://a.example/", 200, markup.encode(), FETCHED)
    relevance = read_page(page, FETCHED).relevance
    assert may_be_relevant(page) or relevance is None or relevance.score == 0


def test_the_first_look_refuses_what_names_no_arms() -> None:
    page = FetchedPage("https://a.example/", "https://a.example/", 200, b"<script>missile</script>" + COUNCIL, FETCHED)
    assert not may_be_relevant(page)


SPIDER = """
from crawler.base_spiders import FeedSpider
from pipelines.items import Outlet, Rules


class KnownSpider(FeedSpider):
    name = "known"
    outlet = Outlet("The Known", "https://www.known.example/", "PL", ("en",), "newspaper", owner="K")
    start_urls = ["https://www.known.example/feed"]
"""


def rows(engine: Engine) -> dict[str, object]:
    with Session(engine) as session:
        articles = session.execute(
            select(Article.canonical_url, Outlet.name, Source.name, Article.first_seen_at)
            .join(Outlet, Article.outlet_id == Outlet.id)
            .join(Source, Article.source_id == Source.id)
            .order_by(Article.canonical_url)
        ).all()
        pages = dict(session.execute(select(Page.url, Page.state)).all())
        captures = session.scalar(select(func.count()).select_from(Capture))
    return {"articles": [tuple(row) for row in articles], "pages": pages, "captures": captures}


def test_import_gives_each_page_to_its_outlet(armswatch: Callable[..., object], workplace: SimpleNamespace) -> None:
    (workplace.spiders / "known.py").write_text(SPIDER)
    first = write_warc(
        workplace.folder / "first.warc.gz",
        record("https://www.known.example/f-16", ARMS),
        record("https://news.unknown.example/f-16", ARMS, at=FETCHED + timedelta(hours=1)),
        record("https://www.known.example/roads", COUNCIL),
        record("https://www.known.example/gone", b"", status="404 Not Found"),
    )
    folder = workplace.folder / "saved"
    folder.mkdir()
    (folder / "a.html").write_bytes(ARMS)
    (folder / "urls.csv").write_text("file,url\na.html,https://saved.example/f-16\n")
    urls = workplace.folder / "urls.txt"
    urls.write_text("# wanted\nhttps://a.example/1\nhttps://a.example/1\nhttps://b.example/2 later\nftp://c.example/\n")
    broken = workplace.folder / "b.wacz"
    broken.write_bytes(b"not a zip")
    run = armswatch("import", str(first), str(folder), str(urls), str(broken), timeout=400)
    assert (run.returncode, run.stderr.count("\n")) == (1, 1), run.stderr
    assert "5 records: 3 relevant (3 new articles, 0 new revisions of known ones), 1 about other" in run.stdout
    assert "0 known already, 1 not read" in run.stdout
    assert "1 status 404" in run.stdout
    assert "urls.txt: 3 URLs, 2 new" in run.stdout
    found = rows(connect(workplace.url))
    assert [row[:3] for row in found["articles"]] == [
        ("https://news.unknown.example/f-16", "unknown.example", "imported"),
        ("https://saved.example/f-16", "saved.example", "imported"),
        ("https://www.known.example/f-16", "The Known", "known"),
    ]
    assert found["articles"][0][3] == FETCHED + timedelta(hours=1)
    assert found["pages"]["https://www.known.example/roads"] == "irrelevant"
    assert [found["pages"][url] for url in ("https://a.example/1", "https://b.example/2")] == ["wanted", "wanted"]


def total(counts: Counter[str]) -> int:
    """Give how many records the counts tell of, each in one of them."""
    return sum(n for name, n in counts.items() if name == "known" or name.startswith(("page/", "not read: ")))


def test_the_same_input_twice_changes_nothing(engine: Engine, tmp_path: Path) -> None:
    path = write_warc(
        tmp_path / "a.warc.gz", record("https://a.example/f-16", ARMS), record("https://a.example/roads", COUNCIL)
    )
    ledger.register_sources(engine, [source_facts(ImportedSpider)], FETCHED)
    counts, states = [], []
    for _ in range(2):
        importer = Importer(engine, tmp_path / "captures", Owner(Place(1, 1, None), Rules()), {})
        list(importer.read("a", read_warc(path, 1_000_000)))
        counts.append(importer.counts)
        states.append(rows(engine))
    assert (counts[0]["article/new"], counts[0]["page/irrelevant"]) == (1, 1)
    assert (counts[1]["article/new"], counts[1]["page/irrelevant"], counts[1]["known"]) == (0, 0, 2)
    assert all(count["records"] == total(count) for count in counts)
    assert states[0] == states[1]


def test_what_cannot_be_imported_is_the_users_mistake(tmp_path: Path) -> None:
    picture = tmp_path / "a.png"
    picture.write_bytes(b"x")
    with pytest.raises(UserMistakeError, match=r"a\.png is neither"):
        import_files([picture], None)
