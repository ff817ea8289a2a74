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
    found = (name for own, text in offers if own == origin for name in split_names(text))
    return tuple({letters(name): name for name in reversed(list(found))}.values())[::-1]


def _ruled(sources: Sources) -> list[tuple[str, str]]:
    selector = sources.page.rules.authors
    elements = sources.tree.cssselect(selector) if selector else []
    return [("rules", text) for element in elements[:20] if (text := one_line(element.text_content()))]


def _structured(sources: Sources) -> list[tuple[str, str]]:
    found = names(sources.article.get("author")) or names(sources.article.get("creator"))
    return [("json-ld", name) for name in found]


def _metas(sources: Sources) -> list[tuple[str, str]]:
    return [(f"meta {name}", text) for name in _METAS for text in sources.head.metas.get(name, ())[:10]]
