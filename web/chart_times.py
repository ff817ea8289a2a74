"""Drawings at true scale of time: one transfer's ladder, its coverage, and the transfers of a pair."""

from datetime import date, timedelta
from typing import Any

import altair as alt

from web.chart_look import GROUP_SHAPES, GROUPS, Look

Rows = list[dict[str, Any]]
MARKS = ("reported", "happened", "planned", "denied", "repeated")
MARK_SHAPES = ("circle", "diamond", "triangle-up", "cross", "stroke")


def _axis(look: Look, rows: Rows) -> alt.X:
    """Give the axis of time in UTC, from the first day to the last, a week at least, with some room."""
    days = sorted(date.fromisoformat(day[:10]) for row in rows for day in (row["at"], row.get("until")) if day)
    length = max((days[-1] - days[0]).days, 7)
    room = timedelta(days=max(1, length // 25))
    domain = [(days[0] - room).isoformat(), (days[0] + timedelta(days=length) + room * 2).isoformat()]
    form = "%Y" if length > 4 * 365 else "%b %Y" if length > 150 else "%-d %b %Y"
    count = min(3 if look.is_narrow else 8, max(2, length // 365) if form == "%Y" else 8)
    axis = alt.Axis(format=form, tickCount=count, labelOverlap=True, domain=False)
    return alt.X("at:T", title=None, axis=axis).scale(type="utc", domain=domain, nice=False)


def _places(names: list[str]) -> alt.Y:
    axis = alt.Axis(grid=True, domain=False, ticks=False)
    return alt.Y("label:N", title=None, sort=names, axis=axis).scale(domain=names)


def draw_ladder(rows: Rows, look: Look, options: dict[str, Any]) -> alt.LayerChart:
    """Draw the stages, the highest on top: when reported, and when it is said to have happened (a year is a bar)."""
    names, dated, ours = options["order"], [row for row in rows if row["at"]], look.colours
    x, y = _axis(look, dated), _places(names)
    colours = dict(zip(MARKS, (ours.bar, ours.other, ours.soft, ours.groups[3], ours.soft), strict=True))
    shapes = dict(zip(MARKS, MARK_SHAPES, strict=True))
    kinds = [kind for kind in MARKS if any(row["what"] == kind for row in dated)]
    colour = alt.Color("what:N").scale(domain=kinds, range=[colours[kind] for kind in kinds])
    shape = alt.Shape("what:N").scale(domain=kinds, range=[shapes[kind] for kind in kinds])
    spans = [row for row in dated if row["until"]]
    marks = alt.Chart(alt.Data(values=[row for row in dated if not row["until"]]))
    marks = marks.mark_point(filled=True, size=90, opacity=0.9).encode(x=x, y=y, color=colour, shape=shape)
    layers = [alt.Chart(alt.Data(values=spans)).mark_bar(height=8, opacity=0.55, cornerRadius=3).encode(
        x=x, x2="until:T", y=y, color=colour)] if spans else []  # fmt: skip
    return alt.layer(*layers, marks)


def draw_coverage(rows: Rows, look: Look, options: dict[str, Any]) -> alt.LayerChart:
    """Draw each outlet's articles at their times."""
    dated = [row for row in rows if row["at"]]
    points = alt.Chart(alt.Data(values=dated)).mark_point(filled=True, size=80, opacity=0.8, color=look.colours.bar)
    return alt.layer(points.encode(x=_axis(look, dated), y=_places(options["order"])))


def draw_timeline(rows: Rows, look: Look, options: dict[str, Any]) -> alt.LayerChart:
    """Draw transfers one below the other, each with its stages at their times."""
    names, dated = options["order"], [row for row in rows if row["at"]]
    groups = [group for group in GROUPS if any(row["group"] == group for row in dated)]
    x, y = _axis(look, dated), _places(names)
    shapes = dict(zip(GROUPS, GROUP_SHAPES, strict=True))
    base = alt.Chart(alt.Data(values=dated)).encode(y=y)
    lines = base.mark_rule(color=look.colours.soft, opacity=0.5).encode(
        x=alt.X("min(at):T", title=None), x2="max(at):T"
    )
    points = base.mark_point(filled=True, size=90).encode(
        x=x,
        color=alt.Color("group:N").scale(domain=groups, range=look.palette(groups)),
        shape=alt.Shape("group:N").scale(domain=groups, range=[shapes[group] for group in groups]),
    )
    return alt.layer(lines, points)
