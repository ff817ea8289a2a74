"""Tells data tables from layout tables by looking at the tree alone: cheap, so that most tables cost nothing more."""

import re
from collections import Counter
from dataclasses import dataclass, field

from lxml.html import HtmlElement

_LOOK_AT = 4_000  # elements: enough to judge a table by
_NOT_DATA = re.compile(
    r"calendar|recentcomments|gsc-|search|pagination|social|share|cookie|login|newsletter|subscri|toolbar|toc\b|navbox",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"sidebar|widget|footer|\bnav|menu|related|comment|leaderboard|toplist|\bwm-ipp|cookie|consent|\bads?\b|banner",
    re.IGNORECASE,
)
_CONTROLS = frozenset({"input", "select", "textarea", "button", "iframe", "video", "object", "embed", "form"})
_SPAN = re.compile(r"\s*(\d{1,3})(?!\d)")
_NUMERIC = re.compile(r"[^\w]{0,3}(?:[A-Z]{2,3})?\s?[^\w]{0,2}\d[\d.,'’\s%]*")


@dataclass(slots=True)
class _Look:
    """What a glance at a table shows."""

    cells: list[list[str]] = field(default_factory=list)
    widths: list[int] = field(default_factory=list)
    heads: int = 0
    links: int = 0
    images: int = 0
    blocks: int = 0
    refused: bool = False


def is_data_table(table: HtmlElement) -> bool:
    """Tell whether a table element holds data rather than layout, navigation or a form."""
    named = f"{table.get('class') or ''} {table.get('id') or ''}"
    if table.get("role") in {"presentation", "none"} or table.get("datatable") == "0" or _NOT_DATA.search(named):
        return False
    look = _glance(table)
    return not look.refused and _has_shape(look) and _holds_data(look) and not stands_aside(table)


def stands_aside(table: HtmlElement) -> bool:
    """Tell whether the table stands in a sidebar, menu, footer or comment."""
    for depth, element in enumerate(table.iterancestors()):
        if element.tag in {"aside", "nav", "footer"}:
            return True
        if element.tag in {"body", "html", "article", "main"} or depth > 25:
            return False
        if _ASIDE.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            return True
    return False


def _glance(table: HtmlElement) -> _Look:
    """Count rows, cells, links, pictures; give up at once on what no data table contains."""
    look = _Look()
    for seen, element in enumerate(table.iter()):
        tag = element.tag
        if seen > _LOOK_AT:
            break
        if (tag == "table" and seen) or (tag in _CONTROLS and element.get("type") != "hidden"):
            look.refused = True
            break
        if tag == "tr":
            look.cells.append([])
            look.widths.append(0)
        elif tag in {"td", "th"} and look.cells:
            look.cells[-1].append(" ".join(element.text_content().split()))
            look.heads += tag == "th"
            span = _SPAN.match(element.get("colspan") or "")
            look.widths[-1] += int(span[1]) if span else 1
        elif tag in {"caption", "thead"}:
            look.heads += 1
        elif tag == "a":
            look.links += len(element.text_content())
        elif tag in {"img", "svg"}:
            look.images += 1
        elif tag in {"h1", "h2", "h3", "h4", "blockquote", "article", "section"}:
            look.blocks += 1
    return look


def _has_shape(look: _Look) -> bool:
    """Tell whether there are rows and columns of mostly one width, with short texts in most cells."""
    rows = [row for row in look.cells if row]
    filled = [text for row in rows for text in row if text]
    if len(rows) < 2 or max(map(len, rows)) < 2 or len(filled) < 4:
        return False
    widths = Counter(width for width in look.widths if width > 1)
    usual = widths.most_common(1)[0][1] if widths else 0
    if usual < 2 or usual < 0.4 * len(rows):
        return False
    total = sum(map(len, filled))
    longest = max(map(len, filled))
    return longest < 400 or (longest < 0.4 * total and total / len(filled) < 200)


def _holds_data(look: _Look) -> bool:
    """Tell whether headings, numbers or many short cells speak for data; links and pictures speak against it."""
    filled = [text for row in look.cells for text in row if text]
    cells = sum(map(len, look.cells))
    text = sum(map(len, filled))
    numeric = sum(1 for item in filled if _NUMERIC.fullmatch(item)) / len(filled)
    if look.images > 0.34 * cells or look.blocks > 2 or len(filled) < 0.3 * cells:
        return False
    if look.links > 0.6 * text and numeric < 0.2:
        return False
    short = sorted(map(len, filled))[len(filled) // 2] <= 40
    if look.heads:
        return short or numeric > 0.2
    if numeric >= 0.25:
        return len(filled) >= 6
    return short and len(look.cells) >= 3 and max(map(len, look.cells)) >= 3 and not look.links
