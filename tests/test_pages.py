import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from pipelines.extract.article import extract
from pipelines.items import ArticleDraft, Page

FOLDER = Path(__file__).parent / "pages"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LOADER = SpiderLoader.from_settings(Settings({"SPIDER_MODULES": ["crawler.spiders"]}))
PAGES = sorted(path for path in FOLDER.glob("*/*.html") if path.stem != "way_in")


def read(path: Path, url: str) -> ArticleDraft:
    rules = LOADER.load(path.parent.name).rules
    return extract(Page(url, url, 200, path.read_bytes(), NOW, "text/html", rules=rules), NOW)


def describe(draft: ArticleDraft, url: str) -> dict[str, Any]:
    at, published = draft.published and draft.published.at, None
    if at:
        published = (
            at.date().isoformat() if draft.published.precision == "day" else at.replace(microsecond=0).isoformat()
        )
    return {
        "url": url,
        "headline": draft.headline,
        "authors": list(draft.authors),
        "published": published,
        "language": draft.language,
        "body_contains": [paragraph.text[:60] for paragraph in (*draft.paragraphs[:1], *draft.paragraphs[-1:])],
        "body_excludes": [],
        "origin": "recorded",
    }


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_page(path: Path) -> None:
    expected_path = path.with_suffix(".json")
    if not expected_path.exists():
        url = f"https://{path.parent.name}.invalid/{path.stem}"
        expected_path.write_text(
            json.dumps(describe(read(path, url), url), ensure_ascii=False, indent=2) + "\n", "utf-8"
        )
        pytest.fail(f"wrote {expected_path.name}: review and commit")
    expected = json.loads(expected_path.read_text("utf-8"))
    draft = read(path, expected["url"])
    got = describe(draft, expected["url"])
    keys = ("headline", "authors", "published", "language")
    assert {key: got[key] for key in keys} == {key: expected[key] for key in keys}
    assert [part for part in expected["body_contains"] if part not in draft.text] == []
    assert [part for part in expected["body_excludes"] if part in draft.text] == []


def test_every_outlet_has_a_page() -> None:
    with_pages = {path.parent.name for path in PAGES}
    assert with_pages == {name for name in LOADER.list() if LOADER.load(name).is_source}
