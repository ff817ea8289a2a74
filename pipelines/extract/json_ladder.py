"""Reads the text of one JSON-LD block: strictly where it can, else by ever more forgiving rungs, each one named."""

import html
import json
import re
from dataclasses import dataclass
from typing import Any

import json_repair

from pipelines.extract.json_tokens import DOUBLE, SINGLE, unescape_string
from pipelines.extract.tolerant_json import MAX_DEPTH, TooDeepError, read_tolerantly

MAX_BLOCK = 2_000_000  # characters; the largest block on real pages is a tenth of that
MAX_DAMAGED = 500_000  # damaged text costs fifty times more to read

_WRAPPERS = re.compile(r"(?://|/\*)?\s{0,20}(?:<!\[CDATA\[|<!--|\]\]>|-->)\s{0,20}(?:\*/)?")
_ENTITY_QUOTE = re.compile(r"[\[{]\s*&(?:amp;)*(?:quot|#0*34|#[xX]0*22|[lrb]dquo|[lr]aquo|#0*39|apos|#822[0-9]);")
_ESCAPED_QUOTE = re.compile(r'^[^"“]{0,200}\{(?:\s|\\[nrt])*\\+"')
_HALF_SURROGATE = re.compile("[\ud800-\udfff\x00]")


@dataclass(frozen=True, slots=True)
class Reading:
    """What one block says: the values in order, the repairs it took, or why it stayed unreadable."""

    values: tuple[Any, ...] = ()
    repairs: tuple[str, ...] = ()
    error: str | None = None


def read_json(text: str) -> Reading:
    """Read one block; never raises, whatever stands in it."""
    if len(text) > MAX_BLOCK:
        return Reading(error=f"larger than {MAX_BLOCK} characters")
    try:
        strict = parse_strict(text)
        if not isinstance(strict, str):
            return Reading((strict,))
        return _read_damaged(strict, {"JSON inside a JSON string": None})
    except TooDeepError as error:
        return Reading(error=str(error))
    except ValueError:
        return _read_damaged(text, {})


def parse_strict(text: str) -> Any:
    """Read well-formed JSON; NaN and endless integers become None. Raises ValueError, never RecursionError."""
    try:
        value = json.loads(text, parse_constant=_no_number, parse_int=_bounded_int)
    except RecursionError:
        raise TooDeepError(f"nested deeper than {MAX_DEPTH}") from None
    if text.count("{") + text.count("[") > MAX_DEPTH:
        _check_depth(value)
    return clean_strings(value) if "\\u" in text else value


def clean_strings(value: Any) -> Any:
    """Give the same value without halves of surrogate pairs and NUL, which no database stores."""
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, list):
        return [clean_strings(item) for item in value]
    if isinstance(value, dict):
        return {_clean(key): clean_strings(item) for key, item in value.items()}
    return value


def _clean(text: str) -> str:
    return _HALF_SURROGATE.sub("\ufffd", text)


def _no_number(_name: str) -> None:
    """NaN and Infinity say that a value is unknown."""


def _bounded_int(digits: str) -> int | None:
    """Read an integer of sane length; longer ones are no information (and CPython refuses them)."""
    return int(digits) if len(digits) <= 300 else None


def _check_depth(value: Any) -> None:
    """Raise TooDeepError where containers nest too deep for whoever walks them later."""
    level = [value]
    for _ in range(MAX_DEPTH):
        containers = [item for item in level if isinstance(item, dict | list)]
        if not containers:
            return
        level = [item for held in containers for item in (held.values() if isinstance(held, dict) else held)]
    raise TooDeepError(f"nested deeper than {MAX_DEPTH}")


def _read_damaged(text: str, repairs: dict[str, None]) -> Reading:
    """Climb the forgiving rungs: unwrap, read tolerantly, and only then leave it to json_repair."""
    if len(text) > MAX_DAMAGED:
        return Reading(error=f"damaged and larger than {MAX_DAMAGED} characters")
    text = _unwrap(text, repairs)
    if repairs:
        try:
            return Reading((parse_strict(text),), tuple(repairs))
        except TooDeepError as error:
            return Reading(error=str(error))
        except ValueError:
            pass  # unwrapping was not all it needs: on to the next rung
    try:
        values, forgiven = read_tolerantly(text)
    except TooDeepError as error:
        return Reading(error=str(error))
    if any(_says_something(value) for value in values):
        return Reading(tuple(clean_strings(value) for value in values), (*repairs, *forgiven))
    return _read_by_json_repair(text)


def _unwrap(text: str, repairs: dict[str, None]) -> str:
    """Take off what was put around or over the whole text; note each layer."""
    bare = text.lstrip("\ufeff\u200b \t\r\n")
    if bare[:1] == "\ufeff" or "\ufeff" in text[:5]:
        repairs["byte order mark"] = None
    unwrapped = _WRAPPERS.sub(" ", bare) if bare[:1] in "<-/]" or "]]>" in bare or "-->" in bare else bare
    if unwrapped != bare:
        repairs["CDATA or HTML comment around it"] = None
    for _ in range(4):
        if not _ENTITY_QUOTE.search(unwrapped[:2000]):
            break
        unwrapped = html.unescape(unwrapped)
        repairs["HTML entities"] = None
    for _ in range(3):
        if not _ESCAPED_QUOTE.match(unwrapped[:500]):
            break
        unwrapped = unescape_string(unwrapped)
        repairs["escaped twice"] = None
    return unwrapped


def _says_something(value: Any) -> bool:
    """Tell whether a value holds at least one named thing."""
    if isinstance(value, list):
        return any(_says_something(item) for item in value)
    return isinstance(value, dict) and bool(value)


def _read_by_json_repair(text: str) -> Reading:
    """Try the last rung; bounded, because the library recurses and backtracks."""
    if (
        len(text) > 20_000
        or text.count("{") + text.count("[") > 500
        or not any(quote in text for quote in DOUBLE + SINGLE)
    ):
        return Reading(error="unreadable")
    try:
        value = json_repair.loads(text, skip_json_loads=True)
        _check_depth(value)
    except (RecursionError, ValueError):
        return Reading(error="unreadable")
    if not _says_something(value):
        return Reading(error="unreadable")
    return Reading((clean_strings(value),), ("json_repair",))
