"""The standfirst: the sentence or two under the headline that often stand outside the text's own element."""

from collections.abc import Iterator
from itertools import dropwhile, islice

from lxml.html import HtmlElement

from pipelines.extract.boilerplate import BLOCK_TAGS, is_image_name, is_lead_name, name_of
from pipelines.extract.boilerplate_lines import is_boilerplate_line
from pipelines.extract.shingles import Shingles, shingles

_LEAD_TAGS = ("p", "div", "h2", "h3", "h4", "h5", "section", "li", "header", "blockquote")


def find_lead(root: HtmlElement, description: str | None, first: list[str]) -> str | None:
    """Return the standfirst, None where there is none or the text begins with it already."""
    start = next(root.iter("h1"), None)
    if start is None:
        return None
    known = shingles(" ".join(first))
    above: list[tuple[HtmlElement, str]] = []
    for element in islice(_following(start), 60):
        if text := _text_of(element):
            above.append((element, text))
            if known.share(text) > 0.7:
                break
    lead = _described(above, shingles(description or "")) or _named(above)
    return None if lead is None or is_boilerplate_line(lead) or known.share(lead) > 0.5 else lead


def _described(texts: list[tuple[HtmlElement, str]], about: Shingles) -> str | None:
    """Return the first text that the page's description repeats."""
    return next((text for _, text in texts if about.share(text) > 0.6), None)


def _named(texts: list[tuple[HtmlElement, str]]) -> str | None:
    """Return the first text whose element is named as standfirsts are."""
    return next((text for element, text in texts if is_lead_name(name_of(element))), None)


def _text_of(element: HtmlElement) -> str | None:
    text = element.text if len(element) == 0 else element.text_content()
    text = " ".join(text.split()) if text else ""
    return text if 40 <= len(text) <= 700 else None


def _following(start: HtmlElement) -> Iterator[HtmlElement]:
    """Blocks without blocks in them that come after ``start``, pictures and their captions left out."""
    places = start.getroottree().getroot().iter("h1", *_LEAD_TAGS)
    for element in islice(dropwhile(lambda each: each is not start, places), 1, None):
        if element.tag != "h1" and not (len(element) and BLOCK_TAGS.intersection(child.tag for child in element)):
            near = (element, *islice(element.iterancestors(), 2))
            if not any(parent.tag == "figure" or is_image_name(name_of(parent)) for parent in near):
                yield element
