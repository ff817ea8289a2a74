"""The query language: words (all wanted), "phrases", AND, OR, NOT, (groups), prefix*, field:word; else literal."""

import re
from dataclasses import dataclass

LONGEST_QUERY = 1000  # characters
DEEPEST_GROUP = 20
SHORTEST_PREFIX = 2

TEXT_FIELDS = ("headline", "text", "author", "outlet")
ARTICLE_FIELDS = ("country", "kind", "language", "source", "access", "year")
CLAIM_FIELDS = ("supplier", "recipient", "weapon", "category", "status")

_FIELD = "|".join((*TEXT_FIELDS, *ARTICLE_FIELDS, *CLAIM_FIELDS))
_TOKEN = re.compile(
    rf"""(?:(?P<field>{_FIELD}):)?(?:"(?P<phrase>[^"]*)"|(?P<open>\()|(?P<word>[^\s()"]+))|(?P<close>\))|(?P<quote>")""",
    re.IGNORECASE,
)


class QuerySyntaxError(ValueError):
    """A search cannot be understood; the message says why in one line. Raised by parse_words() and search()."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word, a phrase (its words in that order), or a prefix (a word of which the end is open).

    ``field`` says where it must stand, None where any text will do; other fields than texts hold whole values.
    """

    text: str
    kind: str = "word"
    field: str | None = None

    @property
    def is_text(self) -> bool:
        """Tell whether words of texts are asked for, not a fact."""
        return self.field is None or self.field in TEXT_FIELDS


@dataclass(frozen=True, slots=True)
class Group:
    """Parts joined: "all" wants each of them, "any" at least one, "none" not the one it has."""

    kind: str
    parts: tuple["Term | Group", ...]


Wanted = Term | Group


def parse_words(query: str) -> Wanted | None:
    """Read a query; None where it asks for nothing. Raises QuerySyntaxError."""
    if len(query) > LONGEST_QUERY:
        raise QuerySyntaxError(f"the query is longer than {LONGEST_QUERY} characters")
    reader = _Reader(list(_TOKEN.finditer(re.sub("[“”„]", '"', query))))
    if reader.next is None:
        return None
    wanted = reader.read_any(depth=0, field=None)
    if reader.next is not None:
        raise QuerySyntaxError("a closing parenthesis has no opening one")
    return wanted


class _Reader:
    """Reads the tokens of one query from left to right."""

    def __init__(self, tokens: list[re.Match[str]]) -> None:
        self._tokens = tokens
        self._at = 0

    @property
    def next(self) -> re.Match[str] | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _take(self, operator: str) -> bool:
        """Step over the operator if it comes next."""
        if self.next is None or self.next[0] != operator:
            return False
        self._at += 1
        return True

    def read_any(self, depth: int, field: str | None) -> Wanted:
        parts = [self._read_all(depth, field)]
        while self._take("OR"):
            parts.append(self._read_all(depth, field))
        return parts[0] if len(parts) == 1 else Group("any", tuple(parts))

    def _read_all(self, depth: int, field: str | None) -> Wanted:
        parts = [self._read_one(depth, field)]
        while self._take("AND") or (self.next is not None and self.next[0] not in {")", "OR"}):
            parts.append(self._read_one(depth, field))
        return parts[0] if len(parts) == 1 else Group("all", tuple(parts))

    def _read_one(self, depth: int, field: str | None) -> Wanted:
        if self._take("NOT"):
            return Group("none", (self._read_one(depth, field),))
        token = self.next
        if token is None or token[0] in {"AND", "OR", ")"}:
            before = self._tokens[self._at - 1][0] if self._at else "the beginning"
            raise QuerySyntaxError(f"something to search for is missing after {before}")
        if token["quote"]:
            raise QuerySyntaxError("a quotation mark is not closed")
        self._at += 1
        field = token["field"].lower() if token["field"] else field
        return self._read_group(depth + 1, field) if token["open"] else _term(token, field)

    def _read_group(self, depth: int, field: str | None) -> Wanted:
        if depth > DEEPEST_GROUP:
            raise QuerySyntaxError(f"parentheses are nested deeper than {DEEPEST_GROUP}")
        inside = self.read_any(depth, field)
        if not self._take(")"):
            raise QuerySyntaxError("a parenthesis is not closed")
        return inside


def _term(token: re.Match[str], field: str | None) -> Term:
    if token["phrase"] is not None:
        return Term(token["phrase"], "phrase", field)
    word: str = token["word"]
    if not word.endswith("*"):
        return Term(word, "word", field)
    if sum(letter.isalnum() for letter in word) < SHORTEST_PREFIX:
        raise QuerySyntaxError(f"{word} needs at least {SHORTEST_PREFIX} letters before the asterisk")
    prefix = Term(word.rstrip("*"), "prefix", field)
    if not prefix.is_text:
        raise QuerySyntaxError(f"{field}: takes a whole value, {word} has an asterisk")
    return prefix
