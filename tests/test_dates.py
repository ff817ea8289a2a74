"""Dates: shapes and languages, which one is believed, and what is not plausible."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extract.article import extract
from pipelines.extract.date_parse import parse_date
from pipelines.items import Found, Rules
from tests.extraction_pages import NOW, TEXT, article, page


@pytest.mark.parametrize(
    ("text", "expected", "precision", "zoned"),
    [
        pytest.param("2024-11-22T06:57:50.233Z", "2024-11-22T06:57:50", "minute", True, id="ISO in UTC"),
        pytest.param("2024-11-22T06:57:50+0530", "2024-11-22T01:27:50", "minute", True, id="offset without colon"),
        pytest.param("2024-11-22 06:57", "2024-11-22T06:57:00", "minute", False, id="no zone: flagged, not guessed"),
        pytest.param("2024-11-22", "2024-11-22T00:00:00", "day", False, id="day"),
        pytest.param("20241122T0657", "2024-11-22T06:57:00", "minute", False, id="compact"),
        pytest.param("1732258670", "2024-11-22T06:57:50", "minute", True, id="seconds since 1970"),
        pytest.param("1732258670000", "2024-11-22T06:57:50", "minute", True, id="milliseconds since 1970"),
        pytest.param("Fri, 22 Nov 2024 06:57:50 GMT", "2024-11-22T06:57:50", "minute", True, id="mail"),
        pytest.param("Fri Nov 22 2024 06:57:50 GMT+0100 (CET)", "2024-11-22T05:57:50", "minute", True, id="JavaScript"),
        pytest.param("November 22, 2024 6:57 pm EST", "2024-11-22T23:57:00", "minute", True, id="American clock"),
        pytest.param("July 1, 2024 at 9 a.m. ET", "2024-07-01T13:00:00", "minute", True, id="summer time of a place"),
        pytest.param("22.11.2024, 06:57 Uhr", "2024-11-22T06:57:00", "minute", False, id="German"),
        pytest.param("22. November 2024", "2024-11-22T00:00:00", "day", False, id="German words"),
        pytest.param("22 de noviembre de 2024", "2024-11-22T00:00:00", "day", False, id="Spanish"),
        pytest.param("22 ноября 2024, 06:57 МСК", "2024-11-22T03:57:00", "minute", True, id="Russian, Moscow time"),
        pytest.param("1er février 2024 à 06h57", "2024-02-01T06:57:00", "minute", False, id="French"),
        pytest.param("22 Kasım 2024", "2024-11-22T00:00:00", "day", False, id="Turkish"),
        pytest.param("22 نوفمبر 2024", "2024-11-22T00:00:00", "day", False, id="Arabic"),
        pytest.param("٢٢ تشرين الثاني ٢٠٢٤", "2024-11-22T00:00:00", "day", False, id="Arabic digits, Levantine month"),
        pytest.param("2024年11月22日 06:57", "2024-11-22T06:57:00", "minute", False, id="Chinese"),
        pytest.param("2024년 11월 22일", "2024-11-22T00:00:00", "day", False, id="Korean"),
        pytest.param("22 de março de 2024", "2024-03-22T00:00:00", "day", False, id="Portuguese"),
        pytest.param("03/04/2024", "2024-04-03T00:00:00", "day", False, id="day first"),
        pytest.param("04/22/2024", "2024-04-22T00:00:00", "day", False, id="cannot be day first"),
    ],
)
def test_parse_date(text, expected, precision, zoned):
    parsed = parse_date(text)
    assert (parsed.at, parsed.precision, parsed.zoned) == (
        datetime.fromisoformat(expected).replace(tzinfo=UTC),
        precision,
        zoned,
    )


def test_month_first_only_where_told():
    assert parse_date("03/04/2024", month_first=True).at.month == 3


@pytest.mark.parametrize(
    "text", ["", "yesterday", "10:52", "2024-13-45", "31 February 2024", "22 Blursday 2024", "1/1", "99999-01-01"]
)
def test_no_date_in_it(text):
    assert parse_date(text) is None


@given(st.text(alphabet="0123456789 -:/.TZ+abmai年月日", max_size=80))
def test_any_text_is_read_or_not(text):
    parsed = parse_date(text)
    assert parsed is None or parsed.at.tzinfo is UTC


def published(head="", inside=TEXT, **more):
    return extract(page(article(inside, head), **more), NOW).published


JSON_LD = '<script type="application/ld+json">{{"@type":"NewsArticle","headline":"H","datePublished":"{}"}}</script>'


@pytest.mark.parametrize(
    ("head", "inside", "origin"),
    [
        pytest.param(JSON_LD.format("2026-04-30T10:00:00Z"), TEXT, "json-ld", id="JSON-LD"),
        pytest.param(
            '<meta property="article:published_time" content="2026-04-30T10:00:00Z">',
            TEXT,
            "meta article:published_time",
            id="meta",
        ),
        pytest.param("", '<time datetime="2026-04-30T10:00:00Z">x</time>' + TEXT, "time", id="time element"),
        pytest.param("", '<h1>H</h1><p class="date">30 April 2026, 10:00 UTC</p>' + TEXT, "visible text", id="printed"),
        pytest.param(
            JSON_LD.format("2026-04-30") + '<meta name="date" content="2026-04-30T10:00:00Z">',
            TEXT,
            "meta date",
            id="the more exact of two that agree",
        ),
    ],
)
def test_where_dates_stand(head, inside, origin):
    value = published(head, inside)
    assert (value.at, value.origin, value.precision) == (datetime(2026, 4, 30, 10, tzinfo=UTC), origin, "minute")


def test_date_in_the_address_and_in_the_feed():
    assert published(url="https://news.example/2026/04/30/x").origin == "url"
    found = Found("https://news.example/x", "feed", published_raw="Thu, 30 Apr 2026 10:00:00 GMT")
    assert published(found=found).origin == "feed"


@pytest.mark.parametrize(
    ("printed", "hour", "zoned"),
    [
        pytest.param("30 April 2026, 10:00", 2, False, id="eight hours ahead"),
        pytest.param("30 April 2026, 10:00 UTC", 10, True, id="what the page says itself counts"),
        pytest.param("30 April 2026", 0, False, id="a day is left alone"),
    ],
)
def test_rule_for_the_zone_of_a_sites_clocks(printed, hour, zoned):
    inside = f'<h1>H</h1><p class="date">{printed}</p>{TEXT}'
    value = published("", inside, rules=Rules(zone="Asia/Shanghai"))
    assert (value.at, value.zoned) == (datetime(2026, 4, 30, hour, tzinfo=UTC), zoned)


def test_exact_date_of_an_abbreviation():
    inside = f'<div class="foot"><abbr class="published" title="2026-04-30T10:00:00Z">noon</abbr></div>{TEXT}'
    value = published("", inside, rules=Rules(published="abbr.published"))
    assert (value.at, value.raw) == (datetime(2026, 4, 30, 10, tzinfo=UTC), "2026-04-30T10:00:00Z")


@pytest.mark.parametrize(
    ("raw", "flag"),
    [
        ("0001-01-01T00:00:00Z", "year 1"),
        ("9999-12-31T23:59:59Z", "future"),
        ("2026-05-03T12:00:00Z", "future"),
        ("soon", "unreadable"),
    ],
)
def test_implausible_dates_are_kept_as_text_only(raw, flag):
    value = published(JSON_LD.format(raw))
    assert (value.at, value.flag, value.raw) == (None, flag, raw)


def test_dates_of_comments_and_other_stories_do_not_count():
    inside = f"{TEXT}<div class='comments'><time datetime='2026-04-01T10:00:00Z'>x</time></div>"
    value = published("", inside)
    assert value is None or value.origin != "time"


def test_updated_is_not_published():
    value = published(
        "", f'<h1>H</h1><p class="date">Updated: 30 April 2026</p><p class="date">29 April 2026</p>{TEXT}'
    )
    assert value.at.day == 29
