"""Who wrote an article: people before desks, never addresses."""

from pipelines.extract.bylines import find_bylines
from pipelines.extract.head import Sources, one_line
from pipelines.extract.headline import letters, site_names
from pipelines.extract.names import split_names
from pipelines.extract.structured import names
from pipelines.items import Candidate

_METAS = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "citation_author",
    "cxenseparse:author",
)
_OFFICE = "json-ld office"


def read_authors(sources: Sources) -> tuple[tuple[str, ...], tuple[Candidate, ...]]:
    """Return the authors and all candidates, each with where it stood."""
    offers = _ruled(sources) or [*_structured(sources), *_metas(sources)]
    sites = site_names(sources)
    if not _people(offers, sites):
        offers += find_bylines(sources.tree)
    candidates = tuple(Candidate("authors", text, origin) for origin, text in offers)
    return _people(offers, sites) or _first_names(offers), candidates


def _people(offers: list[tuple[str, str]], sites: set[str]) -> tuple[str, ...]:
    """Return the names of the first origin that names somebody beside the site itself."""
    for origin in dict.fromkeys(origin for origin, _ in offers):
        found = _names_from(offers, origin)
        if len(found) > 1:
            found = tuple(name for name in found if letters(name) not in sites)
        if any(not is_site(name, sites) for name in found):
            return found
    return ()


def is_site(name: str, sites: set[str]) -> bool:
    """Say whether a name is the publisher's own."""
    own = letters(name)
    return any(own == site or (len(own) > 4 and own in site) or (len(site) > 4 and site in own) for site in sites)


def _first_names(offers: list[tuple[str, str]]) -> tuple[str, ...]:
    for origin in dict.fromkeys(origin for origin, _ in offers):
        if found := _names_from(offers, origin):
            return found
    return ()


def _names_from(offers: list[tuple[str, str]], origin: str) -> tuple[str, ...]:
    found = (name for own, text in offers if own == origin for name in _split(origin, text))
    return tuple({letters(name): name for name in reversed(list(found))}.values())[::-1]


def _split(origin: str, text: str) -> tuple[str, ...]:
    """Part joined names; an office is one, whatever commas stand in its name."""
    return (text,) if origin == _OFFICE else split_names(text)


def _ruled(sources: Sources) -> list[tuple[str, str]]:
    selector = sources.page.rules.authors
    elements = sources.tree.cssselect(selector) if selector else []
    return [("rules", text) for element in elements[:20] if (text := one_line(element.text_content()))]


def _structured(sources: Sources) -> list[tuple[str, str]]:
    for value in (sources.article.get("author"), sources.article.get("creator")):
        if found := names(value):
            return [(_OFFICE if _is_office(value, name) else "json-ld", name) for name in found]
    return []


def _is_office(value: object, name: str) -> bool:
    """Say whether an author is marked as an organisation of state, whose name may read like several."""
    types = value.get("@type") if isinstance(value, dict) and value.get("name") == name else None
    return types in ("Organization", "GovernmentOrganization") and "," in name and " & " in name


def _metas(sources: Sources) -> list[tuple[str, str]]:
    return [(f"meta {name}", text) for name in _METAS for text in sources.head.metas.get(name, ())[:10]]
