"""docs/sources.md, written from the spider files."""

from pathlib import Path
from typing import Any

from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

SOURCES_PAGE = Path(__file__).parent.parent / "docs" / "sources.md"
LOADER = SpiderLoader.from_settings(Settings({"SPIDER_MODULES": ["crawler.spiders"]}))
HEAD = """# Sources that come along

Written from the files in [`crawler/spiders`](../crawler/spiders) by `pytest tests/test_docs.py`, not by hand.
[Adding a source](adding-a-source.md) tells how to add more. The last column is what the spider file expects.

| source | outlet | owner | country | languages | kind | way in | every | articles a week |
|---|---|---|---|---|---|---|---|---|
"""


def sources_page() -> str:
    """Give the page as it must be now; spiders without a way in (saved_pages) are tools and no sources."""
    spiders: list[Any] = [LOADER.load(name) for name in sorted(LOADER.list())]
    return HEAD + "".join(_row(spider) for spider in spiders if spider.start_urls)


def _row(spider: Any) -> str:
    outlet = spider.outlet
    base = next(base for base in spider.__mro__ if base.__module__.startswith("crawler.base_spiders"))
    cells = (
        f"[`{spider.name}`](../crawler/spiders/{spider.name}.py)",
        f"[{outlet.name}]({outlet.homepage})",
        outlet.owner or "",
        outlet.country or "",
        ", ".join(outlet.languages),
        outlet.kind or "",
        base.__name__.removesuffix("Spider").lower(),
        f"{spider.every.total_seconds() / 3600:g} h",
        str(spider.expect or ""),
    )
    return f"| {' | '.join(cells)} |\n"
