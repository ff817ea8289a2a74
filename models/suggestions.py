"""Did you mean: other spellings of what was asked, where little was found."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from sqlalchemy.orm import Session

from models.search_index import SearchIndex
from models.search_question import SearchQuestion, index_filters
from models.search_words import Term, Wanted, parse_words
from models.spellings import Name, near, plain, spellings_of, states, stored, weapons

MOST = 5


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What may have been meant: the filter (``words`` for the query itself), what to set it to, and what that finds."""

    name: str
    value: str
    label: str
    count: int


def find_suggestions(
    session: Session, index: SearchIndex, question: SearchQuestion, found: int
) -> tuple[Suggestion, ...]:
    """Give the changes of one filter or word that find more, the most first. Raises QuerySyntaxError."""
    candidates = {
        (each.filter, each.value): each for each in (*_of_filters(session, question), *_of_words(session, question))
    }
    counted = []
    for name in candidates.values():
        changed = _changed(question, name)
        (count,) = index.count_each(changed.words, [index_filters(changed.filters)])
        counted.append(Suggestion(name.filter, name.value, name.label, count))
    better = [each for each in counted if each.count > found]
    return tuple(sorted(better, key=lambda each: -each.count)[:MOST])


def _changed(question: SearchQuestion, name: Name) -> SearchQuestion:
    if name.filter == "words":
        return replace(question, words=name.value)
    changed: dict[str, Any] = {name.filter: name.value}
    return replace(question, filters=replace(question.filters, **changed))


def _of_filters(session: Session, question: SearchQuestion) -> Iterator[Name]:
    for each in fields(question.filters):
        asked = getattr(question.filters, each.name)
        if isinstance(asked, str):
            meant = near(asked, spellings_of(session, each.name))
            yield from (name for name in meant if name.value.lower() != asked.lower())


def _of_words(session: Session, question: SearchQuestion) -> Iterator[Name]:
    wanted = parse_words(question.words)
    for term in _terms(wanted) if wanted else ():
        for replacement, label in _meant(session, term):
            words = _replaced(question.words, term, replacement)
            if words != question.words:
                yield Name(term.text, "words", words, label)


def _terms(wanted: Wanted) -> list[Term]:
    """Give the facts that were asked, and the words; plain words that stand together are also taken as one name."""
    if isinstance(wanted, Term):
        return [wanted]
    terms = [term for part in wanted.parts for term in _terms(part)]
    words = [term.text for term in terms if term.kind == "word" and term.field is None]
    together = [Term(" ".join(words))] if wanted.kind == "all" and 1 < len(words) == len(wanted.parts) else []
    return [*together, *terms]


def _meant(session: Session, term: Term) -> Iterator[tuple[str, str]]:
    """Give what may be put in a term's place, as the query language writes it, each with a name for people."""
    if term.field is not None:
        values = [] if term.is_text else near(term.text, spellings_of(session, term.field))
        for name in values:
            if name.value.lower() != term.text.lower():
                yield f"{term.field}:{_quoted(name.value)}", name.label
        return
    for spellings in (states("supplier"), weapons(), stored(session, "outlet")):
        for name in near(term.text, spellings):
            is_written_so = plain(name.written) == plain(term.text)
            yield _as_fact(name) if is_written_so else _quoted(name.written), name.label


def _as_fact(name: Name) -> str:
    """Ask for what claims state, in whatever language they name it."""
    if name.filter == "supplier":
        return f"(supplier:{name.value} OR recipient:{name.value})"
    return f"{name.filter}:{_quoted(name.value)}"


def _quoted(text: str) -> str:
    return f'"{text}"' if " " in text else text


def _replaced(words: str, term: Term, replacement: str) -> str:
    field = f"{term.field}:" if term.field else ""
    asked = rf'(?<![\w:])(?:{field})?"?{re.escape(term.text)}"?(?!\w)'
    return re.sub(asked, lambda _: replacement, words, count=1, flags=re.IGNORECASE)
