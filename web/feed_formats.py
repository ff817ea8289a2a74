"""Feeds as Atom, RSS 2.0 and JSON Feed 1.1; all text comes from strangers and is escaped in each as it asks for."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from uuid import NAMESPACE_URL, uuid5

from feedgen.feed import FeedGenerator

NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # a feed without entries has not changed since
_NOT_IN_XML = re.compile(
    "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)  # https://www.w3.org/TR/xml/#charsets


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; ``lines`` are plain text, ``name`` stays the same for the same thing."""

    name: str
    title: str
    link: str
    author: str
    published_at: datetime
    updated_at: datetime
    lines: tuple[str, ...]

    @property
    def id(self) -> str:
        """Give an identity that is an address whatever the name holds."""
        return permanent_id(self.name)


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed; ``name`` is what makes it this one, ``home`` the page and ``address`` the feed itself (absolute)."""

    name: str
    title: str
    home: str
    address: str
    entries: tuple[Entry, ...]

    @property
    def updated_at(self) -> datetime:
        """Say when the newest entry came: the clock would make every answer a new one."""
        return max((entry.updated_at for entry in self.entries), default=NEVER)


def permanent_id(name: str) -> str:
    """Give the same identity for the same name for ever."""
    return uuid5(NAMESPACE_URL, name.encode("utf-8", "replace").decode()).urn


def write_atom(feed: Feed) -> bytes:
    """Write Atom (RFC 4287): titles are text, contents HTML."""
    return bytes(_generator(feed, "application/atom+xml", is_rss=False).atom_str())


def write_rss(feed: Feed) -> bytes:
    """Write RSS 2.0, where titles and contents alike are taken for HTML."""
    return bytes(_generator(feed, "application/rss+xml", is_rss=True).rss_str())


def write_json(feed: Feed) -> bytes:
    """Write JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/) with contents as text."""
    items = [
        {
            "id": entry.id,
            "url": entry.link,
            "title": entry.title,
            "content_text": "\n".join(entry.lines),
            "date_published": entry.published_at.isoformat(),
            "date_modified": entry.updated_at.isoformat(),
            "authors": [{"name": entry.author}],
        }
        for entry in feed.entries
    ]
    whole = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.address,
        "items": items,
    }
    return json.dumps(whole).encode()  # what is no ASCII is escaped, also halves of characters that UTF-8 has not


def _generator(feed: Feed, kind: str, *, is_rss: bool) -> FeedGenerator:
    made = FeedGenerator()
    made.id(permanent_id(feed.name))
    made.title(_shown(feed.title, is_html=is_rss))
    made.description(_shown(feed.title, is_html=is_rss))
    made.author(name="armswatch")
    made.generator("armswatch")
    made.link(href=feed.address, rel="self", type=kind)
    made.link(href=feed.home, rel="alternate", type="text/html")
    for entry in feed.entries:
        _add(made, entry, is_rss=is_rss)
    made.updated(feed.updated_at)
    return made


def _add(made: FeedGenerator, entry: Entry, *, is_rss: bool) -> None:
    added = made.add_entry(order="append")
    added.id(entry.id)
    added.title(_shown(entry.title, is_html=is_rss))
    added.link(href=xml_text(entry.link), rel="alternate")
    added.author(name=xml_text(entry.author))
    added.published(entry.published_at)
    added.updated(entry.updated_at)
    added.content("".join(f"<p>{escape(xml_text(line))}</p>" for line in entry.lines), type="html")


def _shown(text: str, *, is_html: bool) -> str:
    return escape(xml_text(text)) if is_html else xml_text(text)


def xml_text(text: str) -> str:
    """Put a space where a character is that no XML may hold."""
    return _NOT_IN_XML.sub(" ", text)
