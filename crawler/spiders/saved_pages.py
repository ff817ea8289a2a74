"""A folder of saved HTML pages, read as if they had just been fetched; nothing goes over the network."""

import csv
import gzip
import re
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote

from crawler.base_spiders import ArticleSpider
from crawler.base_spiders.article import UnusableArgumentError
from pipelines.extract.urls import canonical_or_none
from pipelines.items import Found, Outlet, Page, Received

MAX_BYTES = 12_000_000
_SUFFIXES = (".html", ".htm", ".html.gz")
_LINK = re.compile(rb"<(?:link|meta)\s[^<>]{0,2000}>", re.IGNORECASE)
_NAMES_THE_PAGE = re.compile(rb"""(?:rel|property)\s{0,9}=\s{0,9}["']?(?:canonical|og:url)\b""", re.IGNORECASE)
_ADDRESS = re.compile(rb"""(?:href|content)\s{0,9}=\s{0,9}["']?(https?://[^"'\s<>]{1,2000})""", re.IGNORECASE)


class SavedPagesSpider(ArticleSpider):
    """Makes a page of each ``.html``, ``.htm`` and ``.html.gz`` below a folder.

    1. Argument ``folder``: where the files are.
    2. A page's URL is the one ``urls.csv`` in that folder gives (columns ``file`` and ``url``), else its canonical
       link or ``og:url``, else ``https://saved.invalid/`` and the file's name.
    3. ``limit`` reads only so many.
    """

    name = "saved_pages"
    outlet = Outlet("Saved pages", kind="archive")
    is_source = False
    start_urls: ClassVar[list[str]] = []

    def __init__(self, *args: Any, folder: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not folder or not Path(folder).is_dir():
            raise UnusableArgumentError(f"folder={folder!r} is not a folder of saved pages")
        self.folder = Path(folder)

    def fetch_due_pages(self) -> None:
        """Fetch nothing: what the frontier holds lies on the network."""

    async def start(self) -> AsyncIterator[Any]:
        """Yield the page of each file."""
        urls = read_urls(self.folder / "urls.csv")
        for path in islice(find_files(self.folder), self.limit):
            try:
                body = read_body(path)
            except (OSError, EOFError, gzip.BadGzipFile) as error:
                self.logger.warning("cannot read %s: %s", path, error)
                self.count("found/saved/unreadable")
                continue
            self.count("found/saved/items")
            yield make_page(path.relative_to(self.folder).as_posix(), body, urls, datetime.now(UTC))


def find_files(folder: Path) -> Iterator[Path]:
    """Yield the files with saved pages in the order of their names."""
    yield from sorted(path for path in folder.rglob("*") if path.name.lower().endswith(_SUFFIXES) and path.is_file())


def read_body(path: Path) -> bytes:
    """Return a file's HTML, unpacked where needed and cut at ``MAX_BYTES``."""
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
        return file.read(MAX_BYTES)


def read_urls(path: Path) -> dict[str, str]:
    """Return the URL of each file that ``urls.csv`` names; empty where there is no such file."""
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        return {row["file"]: row["url"] for row in rows if row.get("file") and row.get("url")}


def make_page(name: str, body: bytes, urls: dict[str, str], now: datetime) -> Page:
    """Return the page of one file with an answer as a server would have sent it."""
    url = canonical_or_none(urls.get(name)) or find_own_url(body) or f"https://saved.invalid/{quote(name)}"
    headers = ((b"Content-Type", b"text/html"),)
    return Page(
        url=url,
        final_url=url,
        status=200,
        body=body,
        fetched_at=now,
        content_type="text/html",
        found=Found(url, found_in=name),
        received=Received(url, 200, headers, body, now),
    )


def find_own_url(body: bytes) -> str | None:
    """Return the address a page gives as its own, canonical link before ``og:url``."""
    tags = [tag for tag in _LINK.findall(body[:500_000]) if _NAMES_THE_PAGE.search(tag)]
    for tag in sorted(tags, key=lambda tag: b"canonical" not in tag.lower()):
        if (match := _ADDRESS.search(tag)) and (
            url := canonical_or_none(match[1].decode("utf-8", "replace").replace("&amp;", "&"))
        ):
            return url
    return None
