"""How many of the articles found fall to each value of a filter."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from sqlalchemy.orm import Session

from models.filters import ArticleFilters
from models.names import country_name, language_name
from models.search_index import SearchIndex
from models.search_query import IndexFilters
from models.search_question import SearchQuestion, index_filters
from models.search_schema import CLAIM_FACETS, fact

MOST_VALUES = 30  # of one facet, those with most articles
MOST_CLAIMED = 12  # of one facet where each is asked for again, by the claim that meets the other filters


@dataclass(frozen=True, slots=True)
class FacetCount:
    """One value a filter can be set to: what stands in the address, what people read, how many articles there are."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts for each filter, the most frequent value first; ``year`` is that of publication, the latest first.

    A filter that is set does not narrow its own facet, so that the other values stay to be chosen. An article may
    count for several values of supplier, recipient, category and status; the claim it counts for meets all the other
    filters of claims too.
    """

    outlet: tuple[FacetCount, ...]
    country: tuple[FacetCount, ...]
    language: tuple[FacetCount, ...]
    kind: tuple[FacetCount, ...]
    access: tuple[FacetCount, ...]
    supplier: tuple[FacetCount, ...]
    recipient: tuple[FacetCount, ...]
    category: tuple[FacetCount, ...]
    status: tuple[FacetCount, ...]
    year: tuple[FacetCount, ...]


_LABELS: dict[str, Callable[[str], str]] = {
    "country": country_name,
    "supplier": country_name,
    "recipient": country_name,
    "language": language_name,
    "status": lambda status: status.replace("_", " "),
}


def find_facets(_session: Session, index: SearchIndex, question: SearchQuestion) -> Facets:
    """Count the articles that match by the values of each filter; asked as search_articles() is.

    All of it stands in the index. Raises QuerySyntaxError.
    """
    by_filters: defaultdict[ArticleFilters, list[str]] = defaultdict(list)
    for each in fields(Facets):
        by_filters[_without(question.filters, each.name)].append(each.name)
    facets = {}
    for filters, names in by_filters.items():
        counting = _Counting(index, question.words, filters, index_filters(filters))
        for name, counts in counting.by_field(names).items():
            facets[name] = _facet(name, counts, getattr(question.filters, name, None))
    return Facets(**facets)


def _without(filters: ArticleFilters, name: str) -> ArticleFilters:
    """Give the filters a facet is counted under: all but its own."""
    own = {"since": None, "until": None} if name == "year" else {name: None}
    return replace(filters, **own)


@dataclass(frozen=True, slots=True)
class _Counting:
    """Articles that are counted together: one set of filters."""

    index: SearchIndex
    words: str
    filters: ArticleFilters
    asked: IndexFilters

    def by_field(self, names: Sequence[str]) -> dict[str, Mapping[str, int]]:
        """Count by the values of each field."""
        found: dict[str, Mapping[str, int]] = dict(self.index.count_values(self.words, self.asked, names))
        claimed = [name for name in CLAIM_FACETS if name in names]
        if claimed and self.filters.asks_for_claims:
            found |= {name: self._by_claim(name, found[name]) for name in claimed}
        return found

    def _by_claim(self, name: str, candidates: Mapping[str, int]) -> dict[str, int]:
        """Count again the values an article has anywhere: here those of the claim that meets the other filters."""
        values = sorted(candidates, key=lambda value: -candidates[value])[:MOST_CLAIMED]
        asked = [replace(self.asked, claim_facts=(*self.asked.claim_facts, fact(name, value))) for value in values]
        return dict(zip(values, self.index.count_each(self.words, asked), strict=True))


def _facet(name: str, counts: Mapping[str, int], chosen: str | None) -> tuple[FacetCount, ...]:
    """Put the values in order; the one that is chosen is among them wherever it stands."""
    read = _LABELS.get(name, str)
    every = [FacetCount(value, read(value), count) for value, count in counts.items() if count]
    every.sort(key=lambda each: (-int(each.value) if name == "year" else -each.count, each.value))
    kept = every[:MOST_VALUES]
    return (*kept, *(each for each in every[MOST_VALUES:] if chosen and each.value.lower() == chosen.lower()))
