"""Reads damaged JSON in one pass: every bracket, quote and comma is weighed by what stands around it.

The pass never recurses and looks ahead no further than one key, so it stays linear and bounded.
"""

import re
from typing import Any

from pipelines.extract.json_tokens import (
    BLANK,
    DOUBLE,
    KEY,
    SINGLE,
    bare_value,
    match_key,
    string_end,
    unescape_string,
)

MAX_DEPTH = 60

_BARE_VALUE = re.compile(r"[^,}\]\n\r<]*")
_JUNK = re.compile(rf"[^,}}\]{{\[{DOUBLE}{SINGLE}]+")
_MARKUP = re.compile(r"</?(?:p|br|div|span|li)\b[^<>]{0,200}>", re.IGNORECASE)
# Said of articles: where such a key stands inside what can only be a part of one, a bracket is missing before it.
_ARTICLE_KEYS = frozenset({
    "headline", "datePublished", "dateModified", "dateCreated", "articleBody", "articleSection", "mainEntityOfPage",
    "isAccessibleForFree", "author", "publisher", "wordCount", "keywords", "hasPart", "speakable", "isPartOf",
})  # fmt: skip
_PARTS = frozenset({
    "Person", "Organization", "NewsMediaOrganization", "ImageObject", "WebPage", "WebSite", "ListItem", "Thing",
    "BreadcrumbList", "CreativeWork", "Product", "Place", "PostalAddress", "ContactPoint", "WebPageElement",
    "SpeakableSpecification",
})  # fmt: skip


class TooDeepError(ValueError):
    """Raised by TolerantReader and parse_strict when brackets nest deeper than any honest page needs."""


def read_tolerantly(text: str) -> tuple[list[Any], tuple[str, ...]]:
    """Give every object or list of the text, in order, and what had to be forgiven; raises TooDeepError only."""
    reader = TolerantReader(text, by_meaning=False)
    reader.read()
    if "missing closing bracket" in reader.repairs:
        # Somewhere a bracket is missing: once more, now asking of each key whether it can belong where it stands.
        reader = TolerantReader(text, by_meaning=True)
        reader.read()
    return reader.values, tuple(reader.repairs)


class TolerantReader:
    """One pass over one text; ``values`` are the objects and lists read, ``repairs`` what had to be forgiven."""

    def __init__(self, text: str, *, by_meaning: bool) -> None:
        self.text = text
        self.by_meaning = by_meaning
        self.at = 0
        self.values: list[Any] = []
        self.repairs: dict[str, None] = {}
        self.stack: list[dict[str, Any] | list[Any]] = []
        self.key: str | None = None

    def read(self) -> None:
        """Read the text to its end."""
        while self._skip_blank():
            if self.stack:
                self._step()
            else:
                self._start()
        if self.stack:
            self._note("missing closing bracket")

    def _note(self, repair: str | None) -> None:
        if repair:
            self.repairs[repair] = None

    def _skip_blank(self) -> bool:
        """Move to the next meaningful character; False at the end."""
        blank = BLANK.match(self.text, self.at)
        if blank:
            if blank[0].strip():
                self._note("markup between values" if "<" in blank[0] else "comment or control characters")
            self.at = blank.end()
        return self.at < len(self.text)

    def _start(self) -> None:
        """Handle what stands between top-level values: a bracket, or a key left outside by a bracket too many."""
        character = self.text[self.at]
        if character in "{[":
            if self.values:
                self._note("several values in a row")
            self._open(character)
        elif self.values and isinstance(self.values[-1], dict) and KEY.match(self.text, self.at):
            self._note("extra closing bracket")
            self.stack.append(self.values[-1])
        else:
            if character != ",":
                self._note("text around the value")
            self.at += 1

    def _open(self, character: str) -> None:
        """Begin an object or a list where the text stands."""
        if len(self.stack) >= MAX_DEPTH:
            raise TooDeepError(f"nested deeper than {MAX_DEPTH}")
        value: dict[str, Any] | list[Any] = {} if character == "{" else []
        self._put(value)
        self.stack.append(value)
        self.at += 1

    def _put(self, value: Any) -> None:
        """Hang a value where it belongs; of doubled keys the last one with a value wins."""
        if not self.stack:
            self.values.append(value)
        elif isinstance(self.stack[-1], list):
            self.stack[-1].append(value)
        elif self.key is not None:
            if self.stack[-1].get(self.key) is None or value is not None:
                self.stack[-1][self.key] = value
            self.key = None
        else:
            self._note("value without a key dropped")

    def _step(self) -> None:
        """Read one token inside a bracket."""
        character = self.text[self.at]
        if character in "}]":
            self._close(character)
        elif character in ",:;":
            self.at += 1
        elif isinstance(self.stack[-1], dict) and self.key is None:
            if character in "{[":
                self._open_without_key(character)
            else:
                self._read_key()
        elif character in "{[":
            self._open(character)
        elif isinstance(self.stack[-1], list) and KEY.match(self.text, self.at):
            self._key_in_list()
        else:
            self._read_value()

    def _close(self, character: str) -> None:
        """End the innermost bracket of that kind; one that was never opened is ignored."""
        wanted = dict if character == "}" else list
        self.at += 1
        self.key = None
        if not any(isinstance(value, wanted) for value in self.stack):
            self._note("extra closing bracket")
            return
        while not isinstance(self.stack.pop(), wanted):
            self._note("missing closing bracket")

    def _open_without_key(self, character: str) -> None:
        """Handle a bracket where a key was due: the object before it, an item of a list, was never closed."""
        if any(isinstance(value, list) for value in self.stack):
            self._note("missing closing bracket")
            while not isinstance(self.stack[-1], list):
                self.stack.pop()
        self._open(character)

    def _key_in_list(self) -> None:
        """Handle a key inside a list: its last object was closed too early, or the list was never closed."""
        items: Any = self.stack[-1]
        match = KEY.match(self.text, self.at)
        outer = any(isinstance(value, dict) for value in self.stack)
        last = items[-1] if items else None
        misplaced = match is not None and match[1] in _ARTICLE_KEYS and _is_part(last)
        if isinstance(last, dict) and not (outer and misplaced):
            self._note("extra closing bracket")
            self.stack.append(last)
        elif outer:
            self._note("missing closing bracket")
            self.stack.pop()
        else:
            self._note("value without a key dropped")
            self.at = match.end() if match else self.at + 1

    def _read_key(self) -> None:
        """Read the name before a colon, quoted or not."""
        match, repair = match_key(self.text, self.at)
        if match is None:
            self._note("unreadable text dropped")
            junk = _JUNK.match(self.text, self.at)
            self.at = junk.end() if junk else self.at + 1
            return
        self._note(repair)
        self.at = match.end()
        self.key = match[1]
        if self.by_meaning:
            self._leave_parts(match[1])

    def _leave_parts(self, key: str) -> None:
        """Close what cannot carry this key, where an object around it can."""
        while self._is_misplaced(key):
            self._note("missing closing bracket")
            self.stack.pop()
            while len(self.stack) > 1 and isinstance(self.stack[-1], list):
                self.stack.pop()

    def _is_misplaced(self, key: str) -> bool:
        """Tell whether a key stands in a part of an article although it is said of the article."""
        inner: Any = self.stack[-1]
        outer: Any = next((value for value in reversed(self.stack[:-1]) if isinstance(value, dict)), None)
        if outer is None or key in outer:
            return False
        if key in inner:  # no part says a thing twice
            return key == "@type" or _is_part(inner)
        nameless = "@type" not in inner and self.stack[-2] is outer
        return key in _ARTICLE_KEYS and (_is_part(inner) or nameless) and "@graph" not in outer

    def _read_value(self) -> None:
        """Read a string, number or literal."""
        if self.text[self.at] in DOUBLE + SINGLE:
            self._read_string()
            return
        match = _BARE_VALUE.match(self.text, self.at)
        raw = match[0] if match else ""
        self.at += max(len(raw), 1)
        value, repair = bare_value(raw.strip())
        self._note(repair)
        self._put(value)

    def _read_string(self) -> None:
        """Read a quoted value up to the quote that can end it."""
        quote = self.text[self.at]
        if quote != '"':
            self._note("single quotes" if quote in SINGLE else "typographic quotes")
        start = self.at + 1
        end, self.at, repair = string_end(self.text, start, isinstance(self.stack[-1], list))
        self._note(repair)
        raw = self.text[start:end]
        if quote in "«»":
            raw = raw.strip("\u00a0\u202f ")  # French typography sets blanks inside guillemets
        if any(character < " " for character in raw):
            self._note("control characters")
        if end == len(self.text) and self.key is not None and self.key.lower().startswith("date"):
            self.key = None  # half a date would read as another date
            return
        if "markup between values" in self.repairs:
            raw = _MARKUP.sub(" ", raw)
        self._put(unescape_string(raw.replace('\\\\"', '\\"')))


def _is_part(value: object) -> bool:
    """Tell whether an object can only be a part of an article: a person, a picture, a page."""
    types = value.get("@type") if isinstance(value, dict) else None
    listed = types if isinstance(types, list) else [types]
    return bool(listed) and all(isinstance(name, str) and name in _PARTS for name in listed)
