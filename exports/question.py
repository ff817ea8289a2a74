"""Reads the question of a dossier: fields such as ``supplier:FRA``, and the states, weapons and years it names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from models.filters import ArticleFilters
from pipelines.claims.gazetteer import scan
from pipelines.claims.places import StateMention, find_states

FIELDS = ("supplier", "recipient", "weapon", "category", "status", "outlet", "country", "language", "kind")
_FIELD = re.compile(rf"\b({'|'.join((*FIELDS, 'since', 'until'))}):(?:\"([^\"]*)\"|(\S+))", re.IGNORECASE)
_TO = re.compile(r"\b(?:to|for|into|towards)\s+(?:the\s+)?$", re.IGNORECASE)
_FROM = re.compile(r"\b(?:from|by|of)\s+(?:the\s+)?$", re.IGNORECASE)
_GIVES = re.compile(
    r"^(?:'s)?\s*(?:\w+\s+)?(?:suppl|sell|sold|deliver|export|give|gave|donat|send|sent|offer)", re.IGNORECASE
)
_TAKES = re.compile(
    r"^(?:'s)?\s*(?:\w+\s+)?(?:buy|bought|receiv|import|order|acquir|get\b|got\b|procur)", re.IGNORECASE
)
_YEARS = re.compile(r"\b(?:between|from)\s+((?:19|20)\d\d)\s+(?:and|to)\s+((?:19|20)\d\d)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(since|after|before|until|in)\s+((?:19|20)\d\d)\b", re.IGNORECASE)


class UnclearQuestionError(ValueError):
    """A question does not say what is meant; the message is one line. Raised by read_question()."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question as asked, and as it was read."""

    text: str
    filters: ArticleFilters


def read_question(text: str) -> Question:
    """Read a question. Raises UnclearQuestionError where it names nothing, or a state on no side."""
    values = _fields(text)
    words = _FIELD.sub(" ", text)
    for name, value in (*_sides(words, values), *_weapons(words), *_spans(words)):
        values.setdefault(name, value)
    if not values:
        raise UnclearQuestionError("the question names no state, weapon, year or field such as supplier:FRA")
    return Question(" ".join(text.split()), ArticleFilters(**values))


def _fields(text: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for match in _FIELD.finditer(text):
        name, value = match[1].lower(), match[2] if match[2] is not None else match[3]
        values[name] = _day(name, value) if name in {"since", "until"} else value
    return values


def _day(name: str, text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError as error:
        raise UnclearQuestionError(f"{name}:{text} is not an ISO date such as 2026-01-31") from error


def _sides(text: str, known: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Tell the sides of the states by the words around them, and of two by their order."""
    states = list({each.iso3: each for each in reversed(find_states(text))}.values())[::-1]
    told = {each.iso3: side for each in states if (side := _side(text, each))}
    told |= {str(code).upper(): side for side, code in known.items() if side in {"supplier", "recipient"}}
    if len(states) > 2:
        raise UnclearQuestionError("more than two states: ask about one pair at a time")
    open_sides = [side for side in ("supplier", "recipient") if side not in told.values()]
    for each in states:
        if each.iso3 not in told and len(states) == 1 and len(open_sides) == 2:
            raise UnclearQuestionError(
                f"say on which side {each.name} is: supplier:{each.iso3} or recipient:{each.iso3}"
            )
        if each.iso3 not in told and open_sides:
            told[each.iso3] = open_sides.pop(0)
        yield told[each.iso3], each.iso3


def _side(text: str, state: StateMention) -> str | None:
    before, after = text[max(0, state.start - 15) : state.start], text[state.end : state.end + 40]
    if _TO.search(before) or _TAKES.match(after):
        return "recipient"
    return "supplier" if _FROM.search(before) or _GIVES.match(after) else None


def _weapons(text: str) -> Iterator[tuple[str, str]]:
    yield from (("weapon", hit.entry.value) for hit in scan(text) if hit.entry.kind == "designation")


def _spans(text: str) -> Iterator[tuple[str, datetime]]:
    """Give the instants that named years begin and end with."""
    if years := _YEARS.search(text):
        yield from (("since", _new_year(int(years[1]))), ("until", _new_year(int(years[2]) + 1)))
    for word, digits in _YEAR.findall(text.lower()):
        year = int(digits)
        if word in {"since", "in", "after"}:
            yield "since", _new_year(year + (word == "after"))
        if word in {"before", "until", "in"}:
            yield "until", _new_year(year + (word != "before"))


def _new_year(year: int) -> datetime:
    return datetime(year, 1, 1, tzinfo=UTC)
