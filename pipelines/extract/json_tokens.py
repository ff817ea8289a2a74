"""Tells the pieces of damaged JSON apart: where a key begins, which quote ends a string, what a bare word means.

Every look ahead is bounded, so that hostile text costs no more than its length.
"""

import re
from typing import Any

DOUBLE = '"“”„‟«»″＂〝〞'
SINGLE = "'‘’‚‛‹›′`´"

_QUOTE = f"[{DOUBLE}{SINGLE}]"
BLANK = re.compile(
    r"(?:[\s\ufeff\u200b-\u200f\u2060\x00-\x1f]+|/\*[^*]{0,300}(?:\*(?!/)[^*]{0,300}){0,3}\*/|"
    r"//[^\n]{0,200}(?=\n|$)|</?[a-zA-Z][^<>]{0,200}>)+",
)
KEY = re.compile(rf"{_QUOTE}\s*([@\w$][\w$:./#@-]{{0,100}})\s*{_QUOTE}\s*:")
_KEY_WITHOUT_COLON = re.compile(rf"{_QUOTE}([@a-zA-Z]\w{{1,40}}){_QUOTE}\s*(?=[{{\[{DOUBLE}]|\d|true|false|null)")
_BARE_KEY = re.compile(rf"([@\w$][\w$@-]{{0,60}}){_QUOTE}?\s*:(?!//)")
_HALF_KEY = re.compile(rf"{_QUOTE}([@\w$][\w$@-]{{0,60}})\s*:(?!//)")
# Inside a text "word:" is common; only before something that begins a value is it taken for a key.
_SURE_BARE_KEY = re.compile(
    rf"[A-Za-z_$@][\w$@-]{{0,60}}\s*:\s*(?:[{DOUBLE}{SINGLE}{{\[\d-]|true|false|null|undefined|None|True|False|NaN)",
)
_QUOTES_OR_ESCAPES = {quote: re.compile(rf"\\.|[{group}]", re.DOTALL) for group in (DOUBLE, SINGLE) for quote in group}
_CLOSERS = re.compile(r"[}\]\s;)>-]*")
_LAST_SEMICOLON = re.compile(r";\s*(?:$|<|//)")
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_PLAIN_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_NUMBER = re.compile(r"-?\d{1,300}(?:\.\d{1,300})?(?:[eE][+-]?\d{1,3})?")
_LITERALS = {
    "true": True, "false": False, "null": None, "none": None, "undefined": None, "nil": None, "nan": None,
    "infinity": None, "-infinity": None,
}  # fmt: skip


def unescape_string(raw: str) -> str:
    """Give the text a JSON string stands for; unknown escapes keep their character."""
    if "\\" not in raw:
        return raw
    text = _ESCAPE.sub(_escape, raw)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _escape(match: re.Match[str]) -> str:
    """Turn one escape sequence into the character it stands for."""
    code = match[1]
    return chr(int(code[1:], 16)) if len(code) == 5 else _PLAIN_ESCAPES.get(code, code)


def bare_value(raw: str) -> tuple[Any, str | None]:
    """Say what an unquoted value means, and which repair that took."""
    if raw.lower() in _LITERALS:
        return _LITERALS[raw.lower()], None if raw in {"true", "false", "null"} else "foreign literal"
    if _NUMBER.fullmatch(raw):
        return (float(raw) if any(mark in raw for mark in ".eE") else int(raw)), None
    if raw.lstrip("-").isdigit():
        return None, "number too long"
    return raw.rstrip(DOUBLE + SINGLE + " ") or None, "unquoted value"


def match_key(text: str, at: int) -> tuple[re.Match[str] | None, str | None]:
    """Match the key that begins here, and name the repair where its quotes or colon are amiss."""
    for pattern, repair in (
        (KEY, None),
        (_KEY_WITHOUT_COLON, "missing colon"),
        (_BARE_KEY, "unquoted key"),
        (_HALF_KEY, "missing quote"),
    ):
        match = pattern.match(text, at)
        if match:
            return match, repair
    return None, None


def past_blank(text: str, at: int) -> int:
    """Give the place after blanks, comments and tags."""
    blank = BLANK.match(text, at)
    return blank.end() if blank else at


def string_end(text: str, start: int, in_list: bool) -> tuple[int, int, str | None]:
    """Find where the string that begins at ``start`` ends, where reading goes on, and what had to be forgiven."""
    repair = None
    looked = 0
    for match in _QUOTES_OR_ESCAPES[text[start - 1]].finditer(text, start):
        if match[0][0] == "\\":
            continue
        if _can_end(text, match.end(), in_list):
            return match.start(), match.end(), repair
        comma = _comma_before_key(text, start, match.start())
        if comma is not None:
            return comma, comma, "missing closing quote"
        repair = "unescaped quote inside a value"
        looked += 1
        if looked > 5_000:
            break
    return len(text), len(text), "missing closing quote"


def _can_end(text: str, at: int, in_list: bool) -> bool:
    """Tell whether what follows here can follow a string."""
    at = past_blank(text, at)
    following = text[at : at + 1]
    if not following or _LAST_SEMICOLON.match(text, at):
        return True
    if following in "}]":
        at = _past_closers(text, at)
        return text[at : at + 1] in {"", ",", "{", "<", "/"} or _is_key(text, at)
    if following == ",":
        at = past_blank(text, at + 1)
        following = text[at : at + 1]
        if in_list:
            return following in {"", *"{[]}-0123456789tfnN", *DOUBLE, *SINGLE}
        return following in {"", *"{}],"} or _is_key(text, at)
    if in_list:
        return following in {"{", *DOUBLE, *SINGLE}
    return bool(KEY.match(text, at))


def _past_closers(text: str, at: int) -> int:
    """Give the place after closing brackets and what stands between them."""
    for _ in range(20):
        rest = _CLOSERS.match(text, at)
        after = past_blank(text, rest.end() if rest else at)
        if after == at:
            break
        at = after
    return at


def _is_key(text: str, at: int) -> bool:
    """Tell whether a key begins here."""
    return any(pattern.match(text, at) for pattern in (KEY, _KEY_WITHOUT_COLON, _SURE_BARE_KEY, _HALF_KEY))


def _comma_before_key(text: str, start: int, at: int) -> int | None:
    """Find the comma before the key that begins at ``at``: a string whose quote is missing ended there."""
    if not KEY.match(text, at):
        return None
    begin = max(start, at - 200)
    head = text[begin:at].rstrip()
    return begin + len(head) - 1 if head.endswith(",") else None
