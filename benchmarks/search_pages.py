"""The lists that search stands behind, asked through the whole application; benchmarks.pages asks all other pages."""

from collections.abc import Callable
from pathlib import Path

from starlette.testclient import TestClient

from benchmarks.search_corpus import NOW
from web.app import create_app

TIMES_ASKED = 20

PAGES = {
    "articles": ("/articles", "/articles?page=50"),
    "articles, words": ("/articles?q=missile+delivery", "/articles?q=танк"),
    "articles, words and a claim": ("/articles?q=missile&supplier=USA&status=delivered",),
    "articles, a language": ("/articles?language=ru", "/articles?language=pl"),
    "articles, a claim": ("/articles?supplier=USA&status=delivered", "/articles?recipient=UKR"),
    "articles, a value": ("/articles?value_min=1000000000&currency=USD",),
    "claims (API)": ("/api/v1/claims", "/api/v1/claims?supplier=USA"),
    "feed": ("/feeds/articles.atom",),
}


def page_cases(url: str, index_folder: Path) -> dict[str, list[Callable[[], object]]]:
    """Give for each page what asks for it, as often as it is measured; an answer that is no page raises."""
    browser = TestClient(create_app(url, index_folder, now=lambda: NOW), "http://127.0.0.1", client=("127.0.0.1", 80))
    return {name: [_asking(browser, path) for path in paths] * TIMES_ASKED for name, paths in PAGES.items()}


def _asking(browser: TestClient, path: str) -> Callable[[], object]:
    return lambda: browser.get(path).raise_for_status()
