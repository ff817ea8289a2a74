"""What the head of a page says: its meta elements, links and title, read in one pass for all who need them."""

import re
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from pipelines.items import Page

MAX_VALUE = 5000
_SPACE = re.compile(r"[ \t\r\n\f\v\u00a0]+")


@dataclass(frozen=True, slots=True)
class Head:
    """Meta values by lower-case name, links by relation, the title and the declared language."""

    metas: dict[str, list[str]] = field(default_factory=dict)
    links: dict[str, list[str]] = field(default_factory=dict)
    title: str | None = None
    language: str | None = None

    def meta(self, *names: str) -> str | None:
        """Return the first value of the first of these names that has one."""
        return next(iter(self.all_metas(*names)), None)

    def all_metas(self, *names: str) -> list[str]:
        """Return all values of these names, in the order of the names."""
        return [value for name in names for value in self.metas.get(name, ())]

    def link(self, relation: str) -> str | None:
        """Return the address of the first link with this relation."""
        return next(iter(self.links.get(relation, ())), None)


@dataclass(frozen=True, slots=True)
class Sources:
    """What every field reader looks at: the page, its tree, its head, and the JSON-LD object that is the article."""

    page: Page
    tree: HtmlElement
    head: Head
    article: dict[str, object]

    @property
    def url(self) -> str:
        """The URL the page answered at."""
        return self.page.final_url


def read_head(tree: HtmlElement) -> Head:
    """Return metas, links, title and language of the tree; microdata metas in the body count too."""
    metas: dict[str, list[str]] = {}
    links: dict[str, list[str]] = {}
    title = None
    for element in tree.iter("meta", "link", "title"):
        if element.tag == "meta":
            _add_meta(metas, element)
        elif element.tag == "link":
            _add_link(links, element)
        elif title is None and not _is_in_drawing(element):
            title = one_line(element.text)
    return Head(metas, links, title, tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang"))


def one_line(text: str | None) -> str | None:
    """Return a text with white space made single blanks, None where nothing is left; ideographic blanks stay."""
    return _SPACE.sub(" ", text[:MAX_VALUE]).strip() or None if text else None


def _is_in_drawing(element: HtmlElement) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag in ("svg", "g", "symbol", "path")


def _add_meta(metas: dict[str, list[str]], element: HtmlElement) -> None:
    value = one_line(element.get("content"))
    if value is None:
        return
    for attribute in ("property", "name", "itemprop", "http-equiv"):
        name = element.get(attribute)
        if name:
            metas.setdefault(name.strip().lower(), []).append(value)


def _add_link(links: dict[str, list[str]], element: HtmlElement) -> None:
    href = element.get("href")
    if href and href.strip():
        for relation in (element.get("rel") or "").lower().split():
            links.setdefault(relation, []).append(href.strip())
