"""Reads damaged JSON in one pass: every bracket, quote and comma is weighed by what stands around it.

Strings are the hard part: a quote ends a string only where what follows can follow a string, so quotes inside a value
stay in it. The pass never looks back further than one key and never recurses, so it stays linear and bounded.
"""

import re
from typing import Any

DOUBLE = '"“”„‟«»″＂〝〞'
SINGLE = "'‘’‚‛‹›′`´"
MAX_DEPTH = 60

# Comments and tags are bounded: without that, hostile text makes every quote look ahead to the end.
_BLANK = re.compile(
    r"(?:[\s\ufeff\u200b-\u200f\u2060\x00-\x1f]+|/\*[^*]{0,400}\*/|//[^\n]{0,300}(?=\n|$)|</?[a-zA-Z][^<>]{0,200}>)+",
)
_QUOTE = f"[{DOUBLE}{SINGLE}]"
_KEY = re.compile(rf"{_QUOTE}\s*([@\w$][\w$:./#@-]{{0,100}})\s*{_QUOTE}\s*:")
_KEY_WITHOUT_COLON = re.compile(rf"{_QUOTE}([@a-zA-Z]\w{{1,40}}){_QUOTE}\s*(?=[{{\[{DOUBLE}])")
_BARE_KEY = re.compile(rf"([@\w$][\w$@-]{{0,60}}){_QUOTE}?\s*:(?!//)")
_HALF_KEY = re.compile(rf"{_QUOTE}([@\w$][\w$@-]{{0,60}})\s*:(?!//)")
_BARE_VALUE = re.compile(r"[^,}\]\n\r]*")
_NUMBER = re.compile(r"-?\d{1,300}(?:\.\d{1,300})?(?:[eE][+-]?\d{1,3})?")
_ENDS = {quote: re.compile(rf"\\.|[{group}]", re.DOTALL) for group in (DOUBLE, SINGLE) for quote in group}
_CLOSERS = re.compile(r"[}\]\s;)>-]*")
_LAST_SEMICOLON = re.compile(r";\s*(?:$|<|//)")
_JUNK = re.compile(rf"[^,}}\]{{\[{DOUBLE}{SINGLE}]+")
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_PLAIN_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_LITERALS = {
    "true": True,
    "false": False,
    "null": None,
    "none": None,
    "undefined": None,
    "nan": None,
    "infinity": None,
    "-infinity": None,
    "nil": None,
}
# Said of articles, never of a person or an organization: where such a key stands inside one, a bracket is missing.
_ARTICLE_KEYS = frozenset({
    "headline", "datePublished", "dateModified", "articleBody", "articleSection", "mainEntityOfPage",
    "isAccessibleForFree", "author", "publisher",
})  # fmt: skip
_AGENTS = frozenset({"Person", "Organization", "NewsMediaOrganization"})


class TooDeepError(ValueError):
    """Raised by TolerantReader when brackets nest deeper than any honest page needs."""


def unescape_string(raw: str) -> str:
    """Give the text a JSON string stands for; unknown escapes keep their character."""
    if "\\" not in raw:
        return raw
    text = _ESCAPE.sub(_escape, raw)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _escape(match: re.Match[str]) -> str:
    """Turn one escape sequence as the character it stands for."""
    code = match[1]
    return chr(int(code[1:], 16)) if len(code) == 5 else _PLAIN_ESCAPES.get(code, code)


class TolerantReader:
    """One pass over one text; ``values`` are the objects and lists read, ``repairs`` what had to be forgiven."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.values: list[Any] = []
        self.repairs: dict[str, None] = {}
        self.stack: list[dict[str, Any] | list[Any]] = []
        self.key: str | None = None

    def read(self) -> list[Any]:
        """Give every object or list of the text, in order."""
        while self._skip_blank():
            if self.stack:
                self._step()
            else:
                self._start()
        if self.stack:
            self._note("missing closing bracket")
        return self.values

    def _note(self, repair: str) -> None:
        self.repairs[repair] = None

    def _skip_blank(self) -> bool:
        """Move to the next meaningful character; False at the end."""
        blank = _BLANK.match(self.text, self.at)
        if blank:
            if blank[0].strip():
                self._note("comment or markup between values")
            self.at = blank.end()
        return self.at < len(self.text)

    def _start(self) -> None:
        """Handle what stands between top-level values: a bracket, or a key left outside by a bracket too many."""
        character = self.text[self.at]
        if character in "{[":
            if self.values:
                self._note("several values in a row")
            self._open(character)
        elif self.values and isinstance(self.values[-1], dict) and _KEY.match(self.text, self.at):
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
            self._read_key()
        elif character in "{[":
            self._open(character)
        elif isinstance(self.stack[-1], list) and _KEY.match(self.text, self.at):
            self._key_in_list()
        else:
            self._read_value(character)

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

    def _key_in_list(self) -> None:
        """Handle a key inside a list: its last object was closed too early, or the list was never closed."""
        items: Any = self.stack[-1]
        match = _KEY.match(self.text, self.at)
        outer = any(isinstance(value, dict) for value in self.stack)
        last = items[-1] if items else None
        misplaced = match is not None and match[1] in _ARTICLE_KEYS and _is_agent(last)
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
        match = _KEY.match(self.text, self.at)
        if not match:
            match = self._odd_key()
        if not match:
            self._note("unreadable text dropped")
            junk = _JUNK.match(self.text, self.at)
            self.at = junk.end() if junk else self.at + 1
            return
        self.key = match[1]
        self.at = match.end()
        if self.key in _ARTICLE_KEYS and len(self.stack) > 1 and _is_agent(self.stack[-1]):
            self._leave_agent()

    def _odd_key(self) -> re.Match[str] | None:
        """Match a key without its colon, its quotes or one of them."""
        for pattern, repair in (
            (_KEY_WITHOUT_COLON, "missing colon"),
            (_BARE_KEY, "unquoted key"),
            (_HALF_KEY, "missing quote"),
        ):
            match = pattern.match(self.text, self.at)
            if match:
                self._note(repair)
                return match
        return None

    def _leave_agent(self) -> None:
        """Close the person or organization (and the list around it) an article's own key was found in."""
        self._note("missing closing bracket")
        self.stack.pop()
        while len(self.stack) > 1 and isinstance(self.stack[-1], list):
            self.stack.pop()

    def _read_value(self, character: str) -> None:
        """Read a string, number or literal."""
        if character in _ENDS:
            self._read_string(character)
            return
        match = _BARE_VALUE.match(self.text, self.at)
        raw = match[0] if match else ""
        self.at += max(len(raw), 1)
        self._put(self._bare_value(raw.strip()))

    def _bare_value(self, raw: str) -> Any:
        """Say what an unquoted value means."""
        if raw.lower() in _LITERALS:
            if raw not in {"true", "false", "null"}:
                self._note("foreign literal")
            return _LITERALS[raw.lower()]
        if _NUMBER.fullmatch(raw):
            return float(raw) if any(mark in raw for mark in ".eE") else int(raw)
        if raw.isdigit():
            self._note("number too long")
            return None
        self._note("unquoted value")
        return raw.rstrip(DOUBLE + SINGLE + " ") or None

    def _read_string(self, quote: str) -> None:
        """Read a quoted value up to the quote that can end it."""
        if quote != '"':
            self._note("single quotes" if quote in SINGLE else "typographic quotes")
        start = self.at + 1
        end, after = self._string_end(start, quote)
        raw = self.text[start:end]
        if any(character < " " for character in raw):
            self._note("control characters")
        self.at = after
        cut_off = after >= len(self.text) and end == len(self.text)
        if cut_off:
            self._note("missing closing quote")
        if cut_off and self.key is not None and self.key.lower().startswith("date"):
            self.key = None  # half a date would read as another date
            return
        self._put(unescape_string(raw.replace('\\\\"', '\\"')))

    def _string_end(self, start: int, quote: str) -> tuple[int, int]:
        """Find where the string's text ends, and where reading goes on."""
        in_list = isinstance(self.stack[-1], list)
        for match in _ENDS[quote].finditer(self.text, start):
            if match[0][0] == "\\":
                continue
            if self._ends_string(match.end(), in_list):
                return match.start(), match.end()
            comma = self._comma_before_key(start, match.start())
            if comma is not None:
                self._note("missing closing quote")
                return comma, comma
            self._note("unescaped quote inside a value")
        return len(self.text), len(self.text)

    def _ends_string(self, at: int, in_list: bool) -> bool:
        """Tell whether what follows here can follow a string."""
        at = self._past_blank(at)
        following = self.text[at : at + 1]
        if not following or _LAST_SEMICOLON.match(self.text, at):
            return True
        if following in "}]":
            rest = _CLOSERS.match(self.text, at)
            after = rest.end() if rest else at
            return self.text[after : after + 1] in set(',{<"/') | {""} or self._is_key(after)
        if following == ",":
            at = self._past_blank(at + 1)
            following = self.text[at : at + 1]
            if in_list:
                return following in {"", *"{[]}-0123456789tfnN", *DOUBLE, *SINGLE}
            return following in {"", *"}],"} or self._is_key(at)
        if in_list:
            return following == "{" or following in _ENDS
        return bool(_KEY.match(self.text, at))

    def _is_key(self, at: int) -> bool:
        """Tell whether a key begins here (bare ones count only in a text that has shown bare keys)."""
        if _KEY.match(self.text, at) or _KEY_WITHOUT_COLON.match(self.text, at):
            return True
        bare = "unquoted key" in self.repairs or self.text[at - 1 : at] in "\n\t"
        return bool((bare and _BARE_KEY.match(self.text, at)) or _HALF_KEY.match(self.text, at))

    def _past_blank(self, at: int) -> int:
        blank = _BLANK.match(self.text, at)
        return blank.end() if blank else at

    def _comma_before_key(self, start: int, at: int) -> int | None:
        """Find the comma before the key that begins at ``at``: a string whose quote is missing ended there."""
        if not _KEY.match(self.text, at):
            return None
        head = self.text[max(start, at - 200) : at].rstrip()
        return at - len(self.text[max(start, at - 200) : at]) + len(head) - 1 if head.endswith(",") else None


def _is_agent(value: object) -> bool:
    """Tell whether it is the object of a person or an organization."""
    return isinstance(value, dict) and isinstance(value.get("@type"), str) and value["@type"] in _AGENTS
