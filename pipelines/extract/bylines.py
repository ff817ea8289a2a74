"""Names printed as the author's: by link relation, microdata, class names, and the words "by" in front."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from pipelines.extract.boilerplate import is_beside
from pipelines.extract.head import one_line
from pipelines.extract.names import split_names

_CLASS = re.compile(
    r"(?:^|[\s_-])(?:authors?|byline|by-author|avtor[iy]?|yazar|forfatter|skribent|autor(?:e|es|en)?|auteurs?|writers?|contributors?|verfasser|redakteur"
    r"|fn|username|nickname|authorname|author-?link|source-?author|article-?author)(?:$|[\s_-]|names?\b|links?\b)",
    re.IGNORECASE,
)
_NOT_CLASS = re.compile(
    r"comment|avatar|image|photo|bio\b|social|follow|desc|date|time|title\b.*post|related|count", re.IGNORECASE
)
_HREF = re.compile(
    r"/(?:authors?|autor(?:en|es|in)?|auteurs?|redaktion|by|writers?|contributors?|journalists?|profile"
    r"|people)/[^/]+",
    re.IGNORECASE,
)
_BY = re.compile(
    r"^(?:(?:written |posted |published |reported |geschrieben |veröffentlicht |publié |story )?(?:by|von|por|par"
    r"|av|di)|автор(?:ы)?:"
    r"|autor(?:in|es)?:|author:|text:|yazan:|بقلم)\s+(?=\S)",
    re.IGNORECASE,
)
_ON_BY = re.compile(
    r"(?:\d{4}|\d{1,2}:\d{2}(?: uhr)?)\s*(?:,|by|von|por|par|-|–|\|)?\s*(?:by|von|por|par)\s+([^\d,"
    r"|]{3,40}?)(?:\s+(?:in|am|on|um|at|\||-|–|·)\b.*)?$",
    re.IGNORECASE,
)


def find_bylines(tree: HtmlElement) -> list[tuple[str, str]]:
    """Return pairs of origin and printed name, from the surest way of finding them that finds any."""
    marked = [element for element in islice(_marked(tree), 300) if not is_beside(element)]
    for origin, test in (("rel=author", _is_rel), ("itemprop=author", _is_itemprop), ("byline", _is_classed)):
        found = _names_of([element for element in marked if test(element)], origin)
        if found:
            return found
    links = [a for a in islice(tree.iter("a"), 1500) if _HREF.search(a.get("href") or "") and not is_beside(a)]
    return _names_of(links[:20], "author link") or list(_by_words(tree))


def _names_of(elements: list[HtmlElement], origin: str) -> list[tuple[str, str]]:
    """Return the names in the first of these elements that has any, and in those right beside it."""
    found: dict[str, None] = {}
    first: HtmlElement | None = None
    for element in elements:
        if first is not None and not _are_near(first, element):
            continue
        text = _name_text(element)
        names = split_names(text) if text else ()
        if names and first is None:
            first = element
        found.update(dict.fromkeys(names))
    return [(origin, name) for name in islice(found, 12)]


def _name_text(element: HtmlElement) -> str | None:
    inner = next(
        (e for e in element.iterdescendants() if e.get("itemprop") == "name" or e.get("rel") == "author"), None
    )
    links = [a for a in element.iterdescendants("a") if _HREF.search(a.get("href") or "")]
    if inner is None and links and element.tag != "a":
        return "; ".join(one_line(a.text_content()) or "" for a in links[:8])
    text = one_line((inner if inner is not None else element).text_content())
    return text if text and len(text) <= 120 else None


def _are_near(first: HtmlElement, second: HtmlElement) -> bool:
    near = set(islice(first.iterancestors(), 3))
    return any(parent in near for parent in islice(second.iterancestors(), 3))


def _marked(tree: HtmlElement) -> Iterator[HtmlElement]:
    for element in tree.iter("*"):
        name = element.get("class")
        if (name and is_author_class(name) and element.tag != "article") or _is_rel(element) or _is_itemprop(element):
            yield element


def _is_rel(element: HtmlElement) -> bool:
    relation = element.get("rel")
    return relation is not None and element.tag != "link" and "author" in relation.split()


def _is_itemprop(element: HtmlElement) -> bool:
    properties = element.get("itemprop")
    return properties is not None and "author" in properties.split() and element.tag != "meta"


def _is_classed(element: HtmlElement) -> bool:
    name = element.get("class")
    return name is not None and is_author_class(name) and element.tag != "article"


@lru_cache(maxsize=20_000)
def is_author_class(name: str) -> bool:
    """Say whether a class marks an author's name, not a picture, a date or a comment."""
    return _CLASS.search(name) is not None and not _NOT_CLASS.search(name)


def _by_words(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    """Find a short line that begins with "by", or a date line that ends in a name."""
    for element in islice(
        tree.iter("p", "span", "div", "address", "small", "em", "li", "strong", "h4", "h5", "td"), 2500
    ):
        if len(element) > 4:
            continue
        raw = element.text_content() if len(element) else element.text
        text = one_line(raw) if raw and len(raw) < 600 else None
        if not text or len(text) > 90:
            continue
        match = _BY.match(text) or _ON_BY.search(text)
        if match and not is_beside(element):
            names = split_names(match[1] if match.re is _ON_BY else text)
            if names and all(name[0].isupper() or not name[0].isascii() for name in names) and len(names) < 6:
                yield from (("by", name) for name in names)
                return
