"""docs/sources.md, written from the spider files and the tables beside them."""

import csv
from pathlib import Path
from typing import Any

from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

ROOT = Path(__file__).parent.parent
SOURCES_PAGE = ROOT / "docs" / "sources.md"
LOADER = SpiderLoader.from_settings(Settings({"SPIDER_MODULES": ["crawler.spiders"]}))
HEAD = """# Sources that come along

Written from the files in [`crawler/spiders`](../crawler/spiders) and the tables beside them by
`pytest tests/test_docs.py`, not by hand. [Adding a source](adding-a-source.md) tells how to add more.

{sources} sources of {owners} publisher families in {languages} languages. The last column is what the spider file
expects. The addresses come from public lists and were not tried when the files were written: a first crawl, and
`armswatch status` after it, tell which of them have moved.

**State media** are outlets that a government or ruling party owns or funds and whose heads it appoints, with no law or
independent body between them and it. That keeps apart Deutsche Welle, the BBC, France Médias Monde and Yonhap, whose
independence a law or charter guards (public service). Whatever one state owns counts as one owner: two of its agencies
do not confirm each other, nor does its agency confirm its ministry.

| source | outlet | owner | country | languages | kind | way in | every | articles a week |
|---|---|---|---|---|---|---|---|---|
"""
PUBLISHERS = """
## Publisher families

Corroboration counts owners, not titles, so every spider names its outlet's owner as
[`crawler/publishers.csv`](../crawler/publishers.csv) spells it. What it says is public knowledge and was not looked up
in company registers; where it is silent, the publisher stands for itself.

{controls}

| owner | control | country | held by | sources |
|---|---|---|---|---|
"""
LEFT_OUT = """
## Left out

Candidates that have no spider, and why ([`crawler/left_out.csv`](../crawler/left_out.csv)). No block or paywall is
evaded.

{reasons}

| outlet | address | reason | note |
|---|---|---|---|
"""
CONTROLS = {
    "state": "a government or ruling party directs it",
    "public service": "paid for by the public, its independence guarded by law or charter",
    "intergovernmental": "an organisation of states",
    "non-profit": "a foundation, association, cooperative or trust",
    "private": "a company or a person",
}
REASONS = {
    "blocked": "answers only browsers",
    "paywalled": "its articles are for subscribers",
    "gone": "the address no longer works, or nothing new comes",
    "unsure": "it is not known which address is the outlet's own",
    "no articles": "tables and registers, which are imported instead",
    "discovery only": "names others' articles",
    "needs a browser": "its pages are drawn by JavaScript",
    "copies": "what it copies is read at its origin",
    "off topic": "hardly ever names a transfer",
}


def read_table(name: str) -> list[dict[str, str]]:
    """Return the rows of a table beside the spiders."""
    with (ROOT / "crawler" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sources_page() -> str:
    """Give the page as it must be now; spiders that are tools and no sources are left out."""
    spiders: list[Any] = [spider for name in sorted(LOADER.list()) if (spider := LOADER.load(name)).is_source]
    counts = {
        "sources": len(spiders),
        "owners": len({spider.outlet.owner for spider in spiders}),
        "languages": len({language for spider in spiders for language in spider.outlet.languages}),
    }
    page = HEAD.format_map(counts) + "".join(map(_source_row, spiders))
    page += PUBLISHERS.format(controls=_list(CONTROLS))
    page += "".join(_publisher_row(row, spiders) for row in read_table("publishers.csv"))
    page += LEFT_OUT.format(reasons=_list(REASONS))
    return page + "".join(
        _row(row["outlet"], f"`{row['address']}`", row["reason"], row["note"]) for row in read_table("left_out.csv")
    )


def _source_row(spider: Any) -> str:
    outlet = spider.outlet
    base = next(base for base in spider.__mro__ if base.__module__.startswith("crawler.base_spiders"))
    return _row(
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


def _publisher_row(row: dict[str, str], spiders: list[Any]) -> str:
    names = (f"`{spider.name}`" for spider in spiders if spider.outlet.owner == row["owner"])
    return _row(row["owner"], row["control"], row["country"], row["held_by"], ", ".join(names))


def _list(meanings: dict[str, str]) -> str:
    return "\n".join(f"- {name}: {meaning}" for name, meaning in meanings.items())


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |\n"
