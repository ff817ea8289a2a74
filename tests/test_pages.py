from pathlib import Path

import pytest
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from crawler.recorded_pages import Recording, describe

FOLDER = Path(__file__).parent / "pages"
LOADER = SpiderLoader.from_settings(Settings({"SPIDER_MODULES": ["crawler.spiders"]}))
PAGES = sorted(path for path in FOLDER.glob("*/*.html") if path.stem != "way_in")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_page(path: Path) -> None:
    recording, rules = Recording(path), LOADER.load(path.parent.name).rules
    if not recording.json.exists():
        url = f"https://{path.parent.name}.invalid/{path.stem}"
        recording.write_expected(describe(recording.read(url, rules), url))
        pytest.fail(f"wrote {recording.json.name}: review and commit")
    assert recording.differences(rules) == []


def test_every_outlet_has_a_page() -> None:
    with_pages = {path.parent.name for path in PAGES}
    assert with_pages == {name for name in LOADER.list() if LOADER.load(name).is_source}
