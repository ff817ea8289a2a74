"""One spelling for each URL; doubtful ones refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extract.urls import canonical_or_none, canonicalise, is_front_page, is_same_site


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param("HTTP://News.Example/A", "http://news.example/A", id="host in capitals, path kept"),
        pytest.param("https://news.example:443/a", "https://news.example/a", id="default port"),
        pytest.param("https://news.example:8443/a", "https://news.example:8443/a", id="own port stays"),
        pytest.param("https://news.example", "https://news.example/", id="empty path"),
        pytest.param("https://news.example/a/../b/./c", "https://news.example/b/c", id="dot segments"),
        pytest.param("https://news.example/a/..", "https://news.example/", id="dot segments at the end"),
        pytest.param("https://news.example/a//b/", "https://news.example/a//b/", id="doubled slash is another path"),
        pytest.param("https://news.example/a#top", "https://news.example/a", id="fragment"),
        pytest.param("https://news.example/a-7?maca=en-rss-en-all", "https://news.example/a-7", id="Deutsche Welle's"),
        pytest.param("https://news.example/a?utm_source=x&id=7&fbclid=y", "https://news.example/a?id=7", id="tracking"),
        pytest.param("https://news.example/a?b=2&a=1", "https://news.example/a?b=2&a=1", id="order kept"),
        pytest.param("https://news.example/a;jsessionid=1F?x=1", "https://news.example/a?x=1", id="session in path"),
        pytest.param("https://news.example/%7Ejo/%e2%82%ac", "https://news.example/~jo/%E2%82%AC", id="escapes"),
        pytest.param(
            "https://news.example/новости",
            "https://news.example/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8",
            id="Cyrillic path",
        ),
        pytest.param("https://пример.example/a", "https://xn--e1afmkfd.example/a", id="Cyrillic host"),
        pytest.param("https://news.example./a", "https://news.example/a", id="dot after host"),
    ],
)
def test_canonicalise(url, expected):
    assert canonicalise(url) == expected
    assert canonicalise(expected) == expected


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("ftp://news.example/a", id="scheme"),
        pytest.param("javascript:alert(1)", id="script"),
        pytest.param(
            "https://news.example\\@evil.example/", id="backslash: browsers and libraries disagree on the host"
        ),
        pytest.param("https://user:secret@news.example/", id="user name"),
        pytest.param("https://news.example:99999/", id="port beyond 65535"),
        pytest.param("https://news.example:port/", id="port of letters"),
        pytest.param("https://news.example/a\nb", id="line break"),
        pytest.param("https://news.example/\x00", id="NUL"),
        pytest.param("https:///a", id="no host"),
        pytest.param("https://-bad-.example/", id="host with a dash in front"),
        pytest.param("https://[::1/a", id="open bracket"),
        pytest.param("https://news.example/" + "a" * 3000, id="too long"),
        pytest.param("", id="empty"),
    ],
)
def test_refused(url):
    with pytest.raises(ValueError, match=r"\w"):
        canonicalise(url)
    assert canonical_or_none(url) is None


@given(st.text(max_size=60))
def test_any_text_is_answered_or_refused(text):
    for url in (text, "https://news.example/" + text, "https://" + text):
        found = canonical_or_none(url)
        assert found is None or canonicalise(found) == found


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        pytest.param("https://www.news.example/a", "https://amp.news.example/b", True, id="subdomains"),
        pytest.param("https://a.co.uk/", "https://b.co.uk/", False, id="registered under co.uk"),
        pytest.param("https://news.example/", "https://news.example.evil.test/", False, id="suffix trick"),
        pytest.param("http://10.0.0.1/", "http://10.0.0.2/", False, id="addresses"),
        pytest.param("nonsense", "nonsense", False, id="no hosts"),
    ],
)
def test_is_same_site(first, second, expected):
    assert is_same_site(first, second) is expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [("https://n.example/", True), ("https://n.example/en/", True), ("https://n.example/index.html", True),
     ("https://n.example/news/a", False), ("https://n.example/?p=12", False)],
)  # fmt: skip
def test_is_front_page(url, expected):
    assert is_front_page(url) is expected
