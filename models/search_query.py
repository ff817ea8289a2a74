"""From what was asked to what the index is asked: words and filters as a query, and snippets with the hits marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tantivy import Document, FieldType, Occur, Query, Searcher, SnippetGenerator

from models.search_schema import (
    PLAIN_FIELDS,
    STEMMERS,
    plain_analyzer,
    schema,
    searchable,
    stem_analyzer,
)
from models.search_words import QuerySyntaxError, Term, Wanted

HEADLINE_WEIGHT = 2.0
SNIPPET_LENGTH = 240  # characters
_MARKED_FORMS = 64  # so many words with one beginning are marked in snippets; all are found


@dataclass(frozen=True, slots=True)
class IndexFilters:
    """Facts an article must meet, as the index holds them; None asks nothing. ``until`` does not count itself.

    ``claim_facts`` are those of one and the same claim.
    """

    since: datetime | None = None
    until: datetime | None = None
    language: str | None = None
    access: str | None = None
    outlet_ids: tuple[int, ...] | None = None
    source_ids: tuple[int, ...] | None = None
    claim_facts: tuple[str, ...] = ()
    revision_ids: tuple[int, ...] | None = None


def words_query(wanted: Wanted, searcher: Searcher) -> Query:
    """Make the query of what was asked. Raises QuerySyntaxError where nothing in it can be searched for."""
    query = _query(wanted, searcher)
    if query is None:
        raise QuerySyntaxError("there is no word to search for, only signs")
    return query


def _query(wanted: Wanted, searcher: Searcher) -> Query | None:
    """Make a query; None for a term of signs alone, which asks nothing."""
    if isinstance(wanted, Term):
        return _term_query(wanted, searcher)
    parts = [query for query in (_query(part, searcher) for part in wanted.parts) if query is not None]
    if not parts:
        return None
    if wanted.kind == "none":
        return Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, parts[0])])
    return Query.boolean_query([(Occur.Must if wanted.kind == "all" else Occur.Should, part) for part in parts])


def _term_query(term: Term, searcher: Searcher) -> Query | None:
    words = plain_analyzer().analyze(searchable(term.text))
    if not words:
        return None
    fields = ("headline",) if term.in_headline else PLAIN_FIELDS
    found = [_weighed(field, _plain_query(field, words, term.kind)) for field in fields]
    if term.kind == "word" and len(words) == 1:
        found += _stem_queries(term, searcher)
    return Query.disjunction_max_query(found)


def _plain_query(field: str, words: list[str], kind: str) -> Query:
    if kind == "prefix":
        patterns = [*words[:-1], f"{words[-1]}.*"]  # words are letters and digits: nothing to escape
        if len(words) == 1:
            return Query.regex_query(schema(), field, patterns[0])
        return Query.regex_phrase_query(schema(), field, list(patterns))
    if len(words) == 1:
        return Query.term_query(schema(), field, words[0])
    return Query.phrase_query(schema(), field, list(words))


def _stem_queries(term: Term, searcher: Searcher) -> list[Query]:
    """Look for the word's stem in each language, where the index has it at all."""
    found = []
    for language in STEMMERS:
        stem = _stem(language, term.text)
        fields = (f"headline_{language}",) if term.in_headline else (f"headline_{language}", f"body_{language}")
        found += [
            _weighed(field, Query.term_query(schema(), field, stem, "freq"))
            for field in fields
            if stem and searcher.doc_freq(field, stem)
        ]
    return found


def _stem(language: str, word: str) -> str | None:
    stems = stem_analyzer(language).analyze(searchable(word))
    return stems[0] if len(stems) == 1 else None


def _weighed(field: str, query: Query) -> Query:
    return Query.boost_query(query, HEADLINE_WEIGHT) if field.startswith("headline") else query


def filters_query(filters: IndexFilters) -> list[Query]:
    """Make one query for each filter that is set; none of them counts in the order of relevance."""
    found = []
    if filters.since is not None or filters.until is not None:
        found.append(_published_query(filters.since, filters.until))
    for field, text in (("language", filters.language), ("access", filters.access)):
        if text is not None:
            found.append(Query.term_query(schema(), field, text, "basic"))
    sets = (("outlet_id", filters.outlet_ids), ("source_id", filters.source_ids), ("revision_id", filters.revision_ids))
    found += [Query.term_set_query(schema(), field, list(ids)) for field, ids in sets if ids is not None]
    if filters.claim_facts:
        found.append(one_claim_query(filters.claim_facts))
    return [Query.const_score_query(query, 0.0) for query in found]


def one_claim_query(facts: Sequence[str]) -> Query:
    """Ask for all facts of one and the same claim: they stand at the same position."""
    if len(facts) == 1:
        return Query.term_query(schema(), "claims", facts[0])
    return Query.phrase_query(schema(), "claims", [(0, each) for each in facts])


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
    """Give the terms that hits are marked for: all but those that were excluded."""
    if isinstance(wanted, Term):
        return [wanted]
    return [] if wanted.kind == "none" else [term for part in wanted.parts for term in marked_terms(part)]


def snippet_generator(terms: list[Term], language: str | None, searcher: Searcher) -> SnippetGenerator:
    """Prepare snippets for articles in one language; None for those without a stemmer."""
    field = f"body_{language}" if language in STEMMERS else "body"
    option = "position" if field == "body" else "freq"
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
        words[-1:] = [word for word, _ in searcher.terms_with_prefix("body", words[-1], limit=_MARKED_FORMS)]
    if language not in STEMMERS:
        return words
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
    document.add_text(f"body_{language}" if language in STEMMERS else "body", searchable(shown))
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
