"""From what was asked to what the index is asked: words and filters as a query, and snippets with the hits marked."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tantivy import Document, FieldType, Occur, Query, Searcher, SnippetGenerator

from models.search_schema import (
    PLAIN_FIELDS,
    STEMMED_FIELDS,
    STEMMERS,
    VALUE_DIGITS,
    VALUE_STEPS,
    exact_value,
    fact,
    plain_analyzer,
    schema,
    searchable,
    stem_analyzer,
    stems,
    value_step,
    whole_value,
)
from models.search_words import CLAIM_FIELDS, QuerySyntaxError, Term, Wanted

HEADLINE_WEIGHT = 2.0
SNIPPET_LENGTH = 240  # characters
_INDEX_FIELDS = {"outlet": "publisher"}  # what people call otherwise than the index does
_MARKED_FORMS = 64  # so many words with one beginning are marked in snippets; all are found


@dataclass(frozen=True, slots=True)
class IndexFilters:
    """Facts an article must meet, as the index holds them; None asks nothing. ``until`` does not count itself.

    ``facts`` are the article's own, ``claim_facts`` and the value those of one and the same claim.
    """

    since: datetime | None = None
    until: datetime | None = None
    facts: tuple[str, ...] = ()
    claim_facts: tuple[str, ...] = ()
    value_min: float | None = None
    value_max: float | None = None
    currency: str | None = None


def whole_query(wanted: Wanted | None, filters: IndexFilters, searcher: Searcher) -> Query:
    """Make the query of words and filters. Raises QuerySyntaxError where nothing in the words can be searched for."""
    return narrowed(None if wanted is None else words_query(wanted, searcher), filters)


def words_query(wanted: Wanted, searcher: Searcher) -> Query:
    """Make the query of words. Raises QuerySyntaxError where nothing in them can be searched for."""
    words = _query(wanted, searcher)
    if words is None:
        raise QuerySyntaxError("there is no word to search for, only signs")
    return words


def narrowed(words: Query | None, filters: IndexFilters) -> Query:
    """Make the query of words and filters: all articles where there is neither."""
    parts = [*([] if words is None else [words]), *_filters_query(filters)]
    if not parts:
        return Query.all_query()
    return parts[0] if len(parts) == 1 else Query.boolean_query([(Occur.Must, part) for part in parts])


def _query(wanted: Wanted, searcher: Searcher) -> Query | None:
    """Make a query; None for a term of signs alone, which asks nothing."""
    if isinstance(wanted, Term):
        return _text_query(wanted, searcher) if wanted.is_text else _facts_query([wanted])
    if wanted.kind == "all":
        return _all_query(wanted.parts, searcher)
    parts = [query for part in wanted.parts if (query := _query(part, searcher)) is not None]
    if not parts:
        return None
    if wanted.kind == "none":
        return Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, parts[0])])
    return Query.boolean_query([(Occur.Should, part) for part in parts])


def _all_query(parts: Sequence[Wanted], searcher: Searcher) -> Query | None:
    """Ask for all parts; facts of claims that stand together are asked of one and the same claim."""
    claimed = [part for part in parts if isinstance(part, Term) and part.field in CLAIM_FIELDS]
    found = [_query(part, searcher) for part in parts if part not in claimed]
    found.append(_facts_query(claimed) if claimed else None)
    asked = [(Occur.Must, query) for query in found if query is not None]
    return Query.boolean_query(asked) if asked else None


def _facts_query(terms: Sequence[Term]) -> Query | None:
    """Ask for facts that are true of an article, or together of one claim; they say nothing about relevance."""
    facts = [fact(term.field or "", value) for term in terms if (value := " ".join(term.text.split()))]
    if not facts:
        return None
    asked = one_claim_query(facts) if terms[0].field in CLAIM_FIELDS else _fact_query(facts[0])
    return Query.const_score_query(asked, 0.0)


def _fact_query(asked: str) -> Query:
    return Query.term_query(schema(), "facts", asked, "basic")


def one_claim_query(facts: Sequence[str]) -> Query:
    """Ask for all facts of one and the same claim: they stand at the same position."""
    if len(facts) == 1:
        return Query.term_query(schema(), "claims", facts[0], "basic")
    return Query.phrase_query(schema(), "claims", [(0, each) for each in facts])


def _valued_claim_query(filters: IndexFilters) -> Query:
    """Ask for all facts of one and the same claim whose value may lie between two ends."""
    bounds = list(_value_bounds((filters.currency or "").lower(), filters.value_min, filters.value_max))
    terms = [*filters.claim_facts, *(term for term, beside in bounds if not beside)]
    patterns = [f"{_literally(term)}|{beside}" for term, beside in bounds if beside]
    if not bounds:
        terms.append(fact("currency", filters.currency or ""))
    if not patterns:
        return one_claim_query(terms)
    patterns += [_literally(term) for term in terms]
    if len(patterns) == 1:
        return Query.regex_query(schema(), "claims", patterns[0])
    return Query.regex_phrase_query(schema(), "claims", [(0, each) for each in patterns])


def _value_bounds(currency: str, least: float | None, most: float | None) -> Iterator[tuple[str, str]]:
    """Give for each end the term of the next step that lies inside, and the pattern of the values before that step.

    The pattern is empty where the end is a step itself.
    """
    if least is not None:
        low = whole_value(least)
        step = next((each for each in VALUE_STEPS if each >= low), 10**VALUE_DIGITS)
        yield value_step("reaches", currency, step), _values_between("most", currency, low, step - 1)
    if most is not None:
        high = whole_value(most)
        step = next((each for each in reversed(VALUE_STEPS) if each <= high), -1)
        yield value_step("within", currency, step), _values_between("least", currency, step + 1, high)


def _values_between(end: Literal["least", "most"], currency: str, low: int, high: int) -> str:
    """Give the pattern of the terms of such values; empty where there is none."""
    if low > high:
        return ""
    lowest, highest = (exact_value(end, currency, value) for value in (low, high))
    return _literally(lowest[:-VALUE_DIGITS]) + _between(lowest[-VALUE_DIGITS:], highest[-VALUE_DIGITS:])


def _literally(text: str) -> str:
    return re.sub(r"[\\.+*?()|\[\]{}^$]", r"\\\g<0>", text)


def _between(low: str, high: str) -> str:
    """Give the pattern of numbers of that many digits from one to another."""
    if low == high:
        return low
    if not low.strip("0") and not high.strip("9"):
        return "[0-9]*"
    if low[0] == high[0]:
        return low[0] + _between(low[1:], high[1:])
    first, last, rest = int(low[0]), int(high[0]), len(low) - 1
    parts = [low[0] + _between(low[1:], "9" * rest), high[0] + _between("0" * rest, high[1:])]
    if last - first > 1:
        parts.append(f"[{first + 1}-{last - 1}][0-9]*")
    return f"({'|'.join(parts)})"


def _text_query(term: Term, searcher: Searcher) -> Query | None:
    words = plain_analyzer().analyze(searchable(term.text))
    if not words:
        return None
    fields = PLAIN_FIELDS if term.field is None else (_INDEX_FIELDS.get(term.field, term.field),)
    found = [_weighed(field, _plain_query(field, words, term.kind)) for field in fields]
    if term.kind == "word" and len(words) == 1:
        found += _stem_queries(term.text, [field for field in fields if field in STEMMED_FIELDS], searcher)
    return found[0] if len(found) == 1 else Query.disjunction_max_query(found)


def _plain_query(field: str, words: list[str], kind: str) -> Query:
    if kind == "prefix":
        patterns = [*words[:-1], f"{words[-1]}.*"]  # words are letters and digits: nothing to escape
        if len(words) == 1:
            return Query.regex_query(schema(), field, patterns[0])
        return Query.regex_phrase_query(schema(), field, list(patterns))
    if len(words) == 1:
        return Query.term_query(schema(), field, words[0])
    return Query.phrase_query(schema(), field, list(words))


def _stem_queries(word: str, fields: Sequence[str], searcher: Searcher) -> list[Query]:
    """Look for the word's stems in each language, where the index has them at all."""
    return [
        _weighed(field, Query.term_query(schema(), f"{field}_{language}", stem, "freq"))
        for language in STEMMERS
        for stem in stems(language, word)
        for field in fields
        if searcher.doc_freq(f"{field}_{language}", stem)
    ]


def _weighed(field: str, query: Query) -> Query:
    return Query.boost_query(query, HEADLINE_WEIGHT) if field == "headline" else query


def _filters_query(filters: IndexFilters) -> list[Query]:
    """Make one query for each filter that is set; none of them counts in the order of relevance."""
    found = [_fact_query(each) for each in filters.facts]
    if filters.since is not None or filters.until is not None:
        found.append(_published_query(filters.since, filters.until))
    if filters.currency is not None:
        found.append(_valued_claim_query(filters))
    elif filters.claim_facts:
        found.append(one_claim_query(filters.claim_facts))
    return [Query.const_score_query(query, 0.0) for query in found]


def _published_query(since: datetime | None, until: datetime | None) -> Query:
    return Query.range_query(
        schema(),
        "published",
        FieldType.Integer,
        None if since is None else int(since.timestamp()),
        None if until is None else int(until.timestamp()),
        include_upper=until is None,
    )


def marked_terms(wanted: Wanted) -> list[Term]:
    """Give the words that hits are marked for: not those that were excluded, and no facts."""
    if isinstance(wanted, Term):
        return [wanted] if wanted.is_text else []
    return [] if wanted.kind == "none" else [term for part in wanted.parts for term in marked_terms(part)]


def snippet_generator(terms: list[Term], language: str | None, searcher: Searcher) -> SnippetGenerator:
    """Prepare snippets for articles in one language; None for those without a stemmer."""
    field = f"text_{language}" if language in STEMMERS else "text"
    option = "position" if field == "text" else "freq"
    words = {word for term in terms for word in _marked_words(term, language, searcher)}
    query = Query.boolean_query(
        [(Occur.Should, Query.term_query(schema(), field, word, option)) for word in sorted(words)]
    )
    generator = SnippetGenerator.create(searcher, query, schema(), field)
    generator.set_max_num_chars(SNIPPET_LENGTH)
    return generator


def _marked_words(term: Term, language: str | None, searcher: Searcher) -> list[str]:
    words = plain_analyzer().analyze(searchable(term.text))
    if term.kind == "prefix" and words:
        words[-1:] = [word for word, _ in searcher.terms_with_prefix("text", words[-1], limit=_MARKED_FORMS)]
    if language not in STEMMERS:
        return words
    if term.kind == "word" and len(words) == 1:
        return stems(language, term.text)
    asked = words if term.kind == "prefix" else [term.text]
    return [stem for text in asked for stem in stem_analyzer(language).analyze(searchable(text))]


@dataclass(frozen=True, slots=True)
class SnippetPart:
    """A piece of text in a snippet, a hit or what stands around it."""

    text: str
    is_hit: bool = False


def snippet(generator: SnippetGenerator, language: str | None, shown: str) -> tuple[SnippetPart, ...]:
    """Cut the part of the text with most hits; the beginning where it has none."""
    document = Document()
    document.add_text(f"text_{language}" if language in STEMMERS else "text", searchable(shown))
    found = generator.snippet_from_doc(document)
    if not found.highlighted():
        return (SnippetPart(_beginning(shown)),)
    fragment = shown.encode()[found.fragment_range().start : found.fragment_range().end]
    parts, at = [], 0
    for hit in found.highlighted():
        parts += [SnippetPart(_text(fragment[at : hit.start])), SnippetPart(_text(fragment[hit.start : hit.end]), True)]
        at = hit.end
    return tuple(part for part in (*parts, SnippetPart(_text(fragment[at:]))) if part.text)


def _beginning(shown: str) -> str:
    return shown if len(shown) <= SNIPPET_LENGTH else shown[:SNIPPET_LENGTH].rsplit(maxsplit=1)[0] + " …"


def _text(piece: bytes) -> str:
    return piece.decode(errors="replace")
