"""From what was asked to what the index is asked: words and filters as a query, and snippets with the hits marked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tantivy import Document, FieldType, Occur, Query, Searcher, SnippetGenerator

from models.search_schema import (
    PLAIN_FIELDS,
    STEMMED_FIELDS,
    STEMMERS,
    fact,
    plain_analyzer,
    schema,
    searchable,
    stem_analyzer,
    stems,
    value_digits,
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
    words = Query.all_query() if wanted is None else _query(wanted, searcher)
    if words is None:
        raise QuerySyntaxError("there is no word to search for, only signs")
    parts = [words, *_filters_query(filters)]
    return words if len(parts) == 1 else Query.boolean_query([(Occur.Must, part) for part in parts])


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
    currency = (filters.currency or "").lower()
    patterns = [_literally(each) for each in (*filters.claim_facts, fact("currency", currency))]
    if filters.value_min is not None:
        patterns.append(_literally(fact(f"most {currency}", "")) + _at_least(value_digits(filters.value_min)))
    if filters.value_max is not None:
        patterns.append(_literally(fact(f"least {currency}", "")) + _at_most(value_digits(filters.value_max)))
    if len(patterns) == 1:
        return Query.regex_query(schema(), "claims", patterns[0])
    return Query.regex_phrase_query(schema(), "claims", [(0, each) for each in patterns])


def _literally(text: str) -> str:
    return re.sub(r"[\\.+*?()|\[\]{}^$]", r"\\\g<0>", text)


def _at_least(digits: str) -> str:
    """Give the pattern of numbers of that many digits that are not below."""
    above = (f"{digits[:at]}[{int(digit) + 1}-9].*" for at, digit in enumerate(digits) if digit != "9")
    return f"({'|'.join((digits, *above))})"


def _at_most(digits: str) -> str:
    """Give the pattern of numbers of that many digits that are not above."""
    below = (f"{digits[:at]}[0-{int(digit) - 1}].*" for at, digit in enumerate(digits) if digit != "0")
    return f"({'|'.join((digits, *below))})"


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
