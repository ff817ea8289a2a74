import zlib
from datetime import UTC, datetime

import pytest

from pipelines.extract.pdf import extract_pdf, is_pdf
from pipelines.guarded_reader import memory_limit
from pipelines.items import ArticleDraft, Found, Page
from pipelines.outcome import judge_reading
from pipelines.reader import add_claims, read_page

NOW = datetime(2026, 11, 26, tzinfo=UTC)
URL = "https://ministry.example/notice-12.pdf"


def pdf(*contents: bytes, info: str = "", trailer: str = "", filters: str = "") -> bytes:
    """Write a PDF with a page for each content stream."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for n, content in enumerate(contents):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * n} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(f"<< /Length {len(content)} {filters} >>\nstream\n".encode() + content + b"\nendstream")
    objects.append(f"<< {info} >>".encode())
    body, offsets = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    end = f"<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R {trailer} >>"
    return body + (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n{end}\nstartxref\n{len(body)}\n%%EOF"
    ).encode("latin-1")


def lines(*texts: str, top: int = 780, size: int = 11) -> bytes:
    shown = "".join(f"1 0 0 1 60 {top - 14 * n} Tm ({text}) Tj\n" for n, text in enumerate(texts))
    return f"BT /F1 {size} Tf\n{shown}ET\n".encode("latin-1")


def table(rows: list[list[str]], top: int) -> bytes:
    drawn = b""
    for r in range(len(rows) + 1):
        drawn += f"60 {top - 20 * r} m 360 {top - 20 * r} l S\n".encode()
    for c in range(len(rows[0]) + 1):
        drawn += f"{60 + 100 * c} {top} m {60 + 100 * c} {top - 20 * len(rows)} l S\n".encode()
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            drawn += f"BT /F1 10 Tf 1 0 0 1 {65 + 100 * c} {top - 20 * r - 14} Tm ({text}) Tj ET\n".encode()
    return drawn


NOTICE = pdf(
    lines("Ministry of Defence", "5 November 2026", top=800)
    + lines("Poland buys F-16 fighter jets", top=750, size=18)
    + lines(
        "The Government of Poland has signed a contract to buy twelve F-16 fighter air-",
        "craft from the United States, the ministry said in this notice to parliament.",
        top=710,
    )
    + lines("Deliveries begin in 2027.", top=660)
    + lines("Deliveries by year", top=620)
    + table([["Year", "Aircraft"], ["2027", "4"], ["2028", "8"]], top=600),
    info="/Title (Microsoft Word - notice.docx) /Author (jsmith) /CreationDate (D:20261104101500+01'00')",
)


def read(body: bytes, found: Found | None = None) -> ArticleDraft:
    return extract_pdf(Page(URL, URL, 200, body, NOW, "application/pdf", found=found), NOW)


def test_a_notice_becomes_an_article() -> None:
    draft = read(NOTICE)
    assert (draft.headline, draft.headline_origin) == ("Poland buys F-16 fighter jets", "pdf largest line")
    texts = [paragraph.text for paragraph in draft.paragraphs]
    assert texts[2] == (
        "The Government of Poland has signed a contract to buy twelve F-16 fighter aircraft from the United States, "
        "the ministry said in this notice to parliament."
    )
    assert texts[3] == "Deliveries begin in 2027."
    assert draft.paragraphs[1].kind == "heading"
    assert draft.published is not None
    assert (draft.published.at, draft.published.origin) == (datetime(2026, 11, 5, tzinfo=UTC), "pdf text")
    assert ("published", "2026-11-04T10:15:00+01:00", "pdf CreationDate") in [
        (each.field, each.value, each.origin) for each in draft.candidates
    ]
    assert draft.authors == ()
    [found] = draft.tables
    assert (found.caption, found.columns) == ("Deliveries by year", ("Year", "Aircraft"))
    assert [[cell.value for cell in row] for row in found.rows] == [[2027, 4], [2028, 8]]
    assert [each.value for each in found.series[0].observations] == [4, 8]


def test_it_takes_the_road_of_every_page() -> None:
    # Whatever the server calls it: the bytes say what it is.
    reading = add_claims(read_page(Page(URL, URL, 200, NOTICE, NOW, "text/html"), NOW))
    assert reading.is_relevant
    assert ("USA", "POL") in [(claim.supplier, claim.recipient) for claim in reading.claims]
    assert judge_reading(reading, 0, NOW).state == "done"


def test_a_date_from_the_way_in_wins() -> None:
    draft = read(NOTICE, Found(URL, "feed", published_raw="Fri, 06 Nov 2026 08:00:00 GMT"))
    assert draft.published is not None
    assert draft.published.origin == "feed"


def test_a_proper_title_is_the_headline() -> None:
    draft = read(pdf(lines("Text of the notice."), info="/Title (Sale of twelve trainers)"))
    assert (draft.headline, draft.headline_origin) == ("Sale of twelve trainers", "pdf Title")


def test_what_is_on_every_page_is_no_text() -> None:
    words = ("First", "Second", "Third", "Fourth")
    pages = [
        lines("Official Gazette", top=820) + lines(f"{word} part.") + lines(f"Page {n}", top=30)
        for n, word in enumerate(words)
    ]
    assert [each.text for each in read(pdf(*pages)).paragraphs] == [f"{word} part." for word in words]


def test_a_sentence_goes_on_over_the_page() -> None:
    draft = read(pdf(lines("The contract was"), lines("signed on Monday.")))
    assert [each.text for each in draft.paragraphs] == ["The contract was signed on Monday."]


HOSTILE = {
    "encrypted": pdf(lines("x"), trailer="/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O (" + "o" * 32
                     + ") /U (" + "u" * 32 + ") >> /ID [(i) (i)]"),
    "cut off": NOTICE[: len(NOTICE) // 3],
    "no objects": b"%PDF-1.4\n%%EOF",
    "noise": b"%PDF-1.7\n" + bytes(range(256)) * 40,
    "scanned": pdf(b"q Q"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_read_is_a_problem(name: str) -> None:
    assert is_pdf(HOSTILE[name])
    reading = read_page(Page(URL, URL, 200, HOSTILE[name], NOW), NOW)
    assert reading.draft is not None
    outcome = judge_reading(reading, 0, NOW)
    assert (outcome.state, (outcome.reason or "")[:3]) == ("refused", "PDF"), reading.draft.problems


def test_encryption_is_named() -> None:
    assert read(HOSTILE["encrypted"]).problems == ("PDF: encrypted",)


def test_a_bomb_is_a_problem() -> None:
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"0 " * 500_000) for _ in range(300)) + packer.flush()
    with memory_limit(100_000_000):
        draft = read(pdf(packed, filters="/Filter /FlateDecode"))
    assert draft.problems == ("PDF: too large",)
