"""What of an article a page shows; a real article is never refused."""

import pytest

from pipelines.extract.article import extract
from tests.extraction_pages import NOW, TEXT, article, page

PAID = (
    '<script type="application/ld+json">'
    '{"@type":"NewsArticle","headline":"H","isAccessibleForFree":"False","wordCount":900}</script>'
)
LONG = TEXT * 8


def access(html, **more):
    return extract(page(html, **more), NOW).access


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param(article(LONG), "full", id="an article"),
        pytest.param(article(LONG, PAID.replace("900", "370")), "full", id="paid, and all of it here"),
        pytest.param(article(TEXT, PAID), "teaser", id="a third of the words it counts"),
        pytest.param(
            article(LONG + "<p>We use cookies. Accept all. Please log in to continue.</p>"),
            "full",
            id="notes under an article",
        ),
        pytest.param(
            article("<h1>404 - page not found</h1>" + LONG), "full", id="an article about the words not found"
        ),
        pytest.param(
            "<title>Seite nicht gefunden</title><body><h1>404</h1><p>Die Seite gibt es nicht mehr.</p></body>",
            "soft 404",
            id="soft 404, German",
        ),
        pytest.param(
            "<title>News</title><body><h1>Страница не найдена</h1></body>", "soft 404", id="soft 404, Russian"
        ),
        pytest.param(
            "<body><h1>Before you continue</h1><p>We use cookies and data. Accept all or reject.</p></body>",
            "consent wall",
            id="consent",
        ),
        pytest.param(
            "<body><p>Please log in to continue.</p><form><input type=password></form></body>", "login", id="login"
        ),
        pytest.param("<body><p>Checking your browser before you enter.</p></body>", "login", id="check for robots"),
        pytest.param("<body><p>Hello.</p></body>", "unknown", id="nothing to go by"),
        pytest.param(
            article(f"{TEXT[:-4]}…</p><p class=x>Subscribe to continue reading…</p>"), "teaser", id="cut with an offer"
        ),
    ],
)
def test_access(html, expected):
    assert access(html) == expected


def test_status_404_with_any_text():
    assert access(article(LONG), status=404) == "soft 404"
