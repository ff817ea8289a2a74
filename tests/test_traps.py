from datetime import UTC, datetime

import pytest

from pipelines.traps import find_trap, pattern_of

NOW = datetime(2026, 11, 20, tzinfo=UTC)
TRAPS = {
    "https://a.example/calendar/2031/05/": "calendar a.example/calendar/N/N/",
    "https://a.example/events/?month=12&year=1999": "calendar a.example/events/?month&year",
    "https://a.example/news/2040/01/04/": "calendar a.example/news/N/N/N/",
    "https://a.example/a/b/a/b/a/b/x": "repeating path a.example/a/b/a/b/a",
    "https://a.example/more/more/more/": "repeating path a.example/more/more/more/",
    "https://a.example/" + "/".join("abcdefghijklm"): "deep path a.example/a/b/c/d/e",
    "https://a.example/show?sid=0123456789abcdef0123": "session id a.example/show?sid",
    "https://a.example/(S(lit3py55t21z5v55))/x.aspx": "session id a.example/(S(litNpyNtNzNvN))/x.aspx",
    "https://a.example/s?a=1&b=2&c=3&d=4&e=5&f=6&g=7": "facets a.example/s?a&b&c&d&e&f",
}
ARTICLES = [
    "https://a.example/2026/11/19/world/greece-buys-frigates",
    "https://a.example/2027/01/02/the-year-ahead",
    "https://a.example/events/2026/11/19/defence-fair-opens-in-athens",
    "https://a.example/news/2026/11/",
    "https://a.example/article/0123456789abcdef0123456789abcdef",
    "https://a.example/news?id=77&section=world&lang=en",
    "https://a.example/world/world-news/greece/2026/greece-2026",
    "https://a.example/defense/f-2100-fighter",
    "https://a.example/index.php?option=com_content&view=article&id=5&catid=3&Itemid=2&lang=en",
]


@pytest.mark.parametrize("url", TRAPS)
def test_a_trap_is_told_with_its_pattern(url: str) -> None:
    assert find_trap(url, NOW) == TRAPS[url]


@pytest.mark.parametrize("url", ARTICLES)
def test_an_article_is_no_trap(url: str) -> None:
    assert find_trap(url, NOW) is None


def test_a_pattern_is_short() -> None:
    assert len(pattern_of("https://a.example/" + "abc" * 600 + "?" + "&".join(f"p{n}=1" for n in range(99)))) <= 120
