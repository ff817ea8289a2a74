"""Reads feeds and sitemaps of others' making beside feedparser, trafilatura and Scrapy, item by item.

Usage: python -m benchmarks.ways_in --folder FOLDER [--show PEER]. FOLDER holds feeds and sitemaps under any name,
gzipped or not; a first line ``<!-- Content-Location: URL`` or a file ``urls.csv`` (``file``, ``url``) gives their
address. A value counts for a reader when it is a usable link, a title with letters, an instant in time. What a peer has
and armswatch has not is printed with ``--show``, since which of two is right needs an eye.
"""

import argparse
import calendar
import html
import logging
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import feedparser
from scrapy.http import XmlResponse
from scrapy.utils.iterators import xmliter_lxml
from scrapy.utils.sitemap import Sitemap
from trafilatura.feeds import FeedParameters, extract_links
from trafilatura.sitemaps import SitemapObject

from crawler.base_spiders.documents import read_markup, read_text, root_name, unpack
from crawler.base_spiders.feed_formats import parse_feed
from crawler.base_spiders.found_dates import parse_found_date
from crawler.base_spiders.sitemap_formats import parse_sitemap
from crawler.spiders.saved_pages import read_urls
from pipelines.extract.urls import canonical_or_none
from pipelines.items import Found

logger = logging.getLogger(__name__)

SUFFIXES = (".xml", ".rss", ".atom", ".rdf", ".json", ".cdf", ".txt", ".gz")
_LOCATION = re.compile(rb"^Content-Location:\s*(http\S+)", re.MULTILINE | re.IGNORECASE)
_TYPE = re.compile(rb"^Content-type:\s*(\S[^\r\n]*)", re.MULTILINE | re.IGNORECASE)


class Item(NamedTuple):
    """What a reader says of one item: link in its one spelling, title as plain text, seconds since 1970."""

    link: str | None
    title: str | None
    at: int | None


class Document(NamedTuple):
    """One file with the address and type it was served under."""

    name: str
    body: bytes
    url: str
    content_type: str | None

    @property
    def is_sitemap(self) -> bool:
        """Tell whether it is a sitemap of any kind, a plain list of addresses too."""
        text, _ = read_markup(self.body, self.content_type)
        return root_name(text) in ("urlset", "sitemapindex") or text.startswith("http")


def documents(folder: Path) -> Iterator[Document]:
    """Yield the files below the folder in the order of their names."""
    urls = read_urls(folder / "urls.csv")
    for path in sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES and path.is_file()):
        name, body = path.relative_to(folder).as_posix(), path.read_bytes()
        location, kind = _LOCATION.search(body[:2_000]), _TYPE.search(body[:2_000])
        url = urls.get(name) or (location[1].decode() if location else f"https://feeds.example/{path.name}")
        yield Document(name, body, url, kind[1].decode("latin-1") if kind else None)


def armswatch(document: Document) -> list[Item]:
    """Read with armswatch."""
    parse = parse_sitemap if document.is_sitemap else parse_feed
    result = parse(document.body, document.url, document.content_type)
    return [_of_found(found) for found in [*result.found, *getattr(result, "children", ())]]


def _of_found(found: Found) -> Item:
    instants = map(parse_found_date, (found.published_raw, found.modified_raw))
    instant = next(filter(None, instants), None)
    return Item(canonical_or_none(found.url), _title(found.title), int(instant.timestamp()) if instant else None)


def by_feedparser(document: Document) -> list[Item]:
    """Read with feedparser."""
    headers = {"content-location": document.url, "content-type": document.content_type or "application/xml"}
    entries = feedparser.parse(unpack(document.body)[0], response_headers=headers).entries
    items = []
    for entry in entries:
        date = next((at for name in ("published", "created", "updated") if (at := entry.get(f"{name}_parsed"))), None)
        link = canonical_or_none(entry.get("link"), document.url)
        items.append(Item(link, _title(entry.get("title")), calendar.timegm(date) if date else None))
    return items


def by_trafilatura(document: Document) -> list[Item]:
    """Read with trafilatura, which gives links only."""
    text, _ = read_text(document.body, document.content_type)
    if document.is_sitemap:
        sitemap = SitemapObject(document.url, "", [], external=True)
        sitemap.content, sitemap.current_url = text, document.url
        sitemap.process()
        links = [*sitemap.urls, *sitemap.sitemap_urls]
    else:
        links = extract_links(text, FeedParameters(document.url, "", document.url, external=True))
    return [Item(canonical_or_none(link, document.url), None, None) for link in links]


def by_scrapy(document: Document) -> list[Item]:
    """Read with Scrapy's sitemap reader or the iterator behind XMLFeedSpider."""
    body = unpack(document.body)[0]
    if document.is_sitemap:
        return [_of_found(Found(each["loc"], "", None, None, None, each.get("lastmod"))) for each in Sitemap(body)]
    response = XmlResponse(document.url, body=body)
    nodes = [node for name in ("item", "entry") for node in xmliter_lxml(response, name)]
    return [
        Item(
            canonical_or_none(node.xpath("*[local-name()='link']/text()|*[local-name()='link']/@href").get()),
            _title(node.xpath("string(*[local-name()='title'])").get()),
            None,
        )
        for node in nodes
    ]


def _title(text: str | None) -> str | None:
    """Compare letters and digits only: readers differ in what they leave of markup and blanks."""
    plain = re.sub(r"</?[A-Za-z!][^<>]*>", "", html.unescape(html.unescape(text or "")))
    return "".join(char for char in plain if char.isalnum())[:200].lower() or None


Reader = Callable[[Document], list[Item]]
READERS: dict[str, Reader] = {
    "armswatch": armswatch,
    "feedparser": by_feedparser,
    "trafilatura": by_trafilatura,
    "scrapy": by_scrapy,
}


def read(reader: Reader, document: Document) -> list[Item]:
    """Give the items, none where the reader itself fails on the document."""
    try:
        return reader(document)
    except Exception as error:  # noqa: BLE001  # peers raise what they like: that too is a result
        logger.info("%s: %s", document.name, error)
        return []


def missing(ours: list[Item], theirs: list[Item]) -> Iterator[str]:
    """Yield what a peer says and we do not: a link, or another or no title or date at a link both have."""
    links = {item.link for item in ours}
    titles = {(item.link, item.title) for item in ours}
    dates = {(item.link, item.at) for item in ours}
    seen: set[str | None] = {None}
    for item in theirs:
        if item.link in seen:  # several items at one link: the first is the article
            continue
        seen.add(item.link)
        if item.link not in links:
            yield f"link {item.link}"
            continue
        if item.title and (item.link, item.title) not in titles:
            yield f"title {item.title[:60]!r} of {item.link}, ours {[t for link, t in titles if link == item.link]}"
        if item.at is not None and (item.link, item.at) not in dates:
            yield f"date {item.at} of {item.link}, ours {[at for link, at in dates if link == item.link]}"


def main() -> None:
    """Print a line for each reader: files with items, items, links, titles, dates, what only it has, CPU time."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--folder", type=Path, required=True)
    arguments.add_argument("--show", choices=list(READERS)[1:])
    options = arguments.parse_args()
    logging.disable(logging.WARNING)
    counts = {name: Counter[str]() for name in READERS}
    for document in documents(options.folder):
        counts["armswatch"]["files"] += 1
        ours: list[Item] = []
        for name, reader in READERS.items():
            started = time.process_time()
            items = read(reader, document)
            count = counts[name]
            count["cpu_ms"] += int(1_000_000 * (time.process_time() - started))
            ours = items if name == "armswatch" else ours
            links = {item.link: item for item in items if item.link}
            count["readable"] += bool(links)
            count["links"] += len(links)
            count["titles"] += sum(item.title is not None for item in links.values())
            count["dates"] += sum(item.at is not None for item in links.values())
            gaps = list(missing(ours, items))
            count["more or other"] += len(gaps)
            for gap in gaps if name == options.show else ():
                print(f"{document.name}: {gap}")
    files = counts["armswatch"]["files"]
    columns = ("readable", "links", "titles", "dates", "more or other")
    print(f"{files} files\n{'reader':12} {' '.join(f'{name:>13}' for name in columns)}  CPU ms a file")
    for name, count in counts.items():
        cells = " ".join(f"{count[column]:13}" for column in columns)
        print(f"{name:12} {cells} {count['cpu_ms'] / 1000 / max(files, 1):14.2f}")


if __name__ == "__main__":
    main()
