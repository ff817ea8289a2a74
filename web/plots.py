"""Plots as data: what is drawn, where it can be had as SVG, PNG and CSV, and what it says in words."""

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from importlib.metadata import version
from io import StringIO
from typing import Any
from urllib.parse import urlencode

from web.flow_questions import Drawing

Row = Mapping[str, Any]
FULL, HALF, NARROW = 1084, 516, 328  # pixels: what a page gives a plot, and a phone
CAPTION_HEIGHT = 44
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run what begins with these


@dataclass(frozen=True)
class Plot:
    """One plot: ``chart`` names the drawing in web.charts, ``rows`` are its data, ``beside`` says what is not in it.

    ``width`` and ``height`` are in pixels, ``narrow`` is the height on a phone. ``place`` is its address without an
    ending, ``asked`` what its address asks for.
    """

    chart: str
    place: str
    title: str
    text: str
    rows: Sequence[Row]
    width: int = HALF
    height: int = 260
    narrow: int | None = None
    beside: str | None = None
    source: str = "transfers joined from the press"
    asked: Mapping[str, Any] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)

    def address(self, form: str, **drawing: Any) -> str:
        """Give its address in a form: "svg", "png" or "csv"."""
        words = urlencode({**self.asked, **drawing})
        return f"{self.place}.{form}" + (f"?{words}" if words else "")

    def room(self, size: str) -> tuple[int, int]:
        """Say how wide and how high it is, "wide" or "narrow"."""
        if size == "wide":
            return self.width, self.height
        return NARROW, self.height if self.narrow is None else self.narrow


def drawing_request(plot: Plot, form: str, drawing: Drawing, day: date) -> dict[str, Any]:
    """Write down a plot for the process that draws; a picture with a caption has title, day and source in it."""
    width, height = plot.room(drawing.size)
    return {
        "chart": plot.chart,
        "rows": list(plot.rows),
        "options": dict(plot.options),
        "form": form,
        "theme": drawing.theme,
        "narrow": drawing.size == "narrow",
        "width": width,
        "height": height + CAPTION_HEIGHT * drawing.caption,
        "caption": [plot.title, f"armswatch, {day}; {plot.source}"] if drawing.caption else None,
    }


def digest_of(request: Any) -> str:
    """Give the tag that changes when a drawing does: with its data, its form, or the program."""
    text = json.dumps([version("armswatch"), request], sort_keys=True, ensure_ascii=False, default=str)
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


def as_csv(rows: Sequence[Row]) -> str:
    """Write rows as CSV; a cell that a spreadsheet would take for a formula gets an apostrophe before it."""
    text = StringIO()
    names = list(rows[0]) if rows else []
    writer = csv.writer(text)
    writer.writerow(names)
    writer.writerows([_cell(row[name]) for name in names] for row in rows)
    return text.getvalue()


def _cell(value: Any) -> Any:
    is_formula = isinstance(value, str) and value.startswith(FORMULA_SIGNS)
    return f"'{value}" if is_formula else value
