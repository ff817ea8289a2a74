"""Drawings of numbers: by year, as bars, as a matrix, and as printed series."""

from typing import Any

import altair as alt

from web.chart_look import Look

Rows = list[dict[str, Any]]
# A number as people write it: 1.125B, not 1.125G, and 0.5, not 500m.
SHORT = "abs(datum.value) < 1000 ? format(datum.value, '.4~r') : replace(format(datum.value, '.4~s'), 'G', 'B')"
WHOLE = {"format": ",d", "tickMinStep": 1}


def _data(rows: Rows) -> alt.Data:
    return alt.Data(values=rows)


def draw_years(rows: Rows, look: Look, options: dict[str, Any]) -> alt.Chart:
    """Draw transfers by year, stacked by a second column; years without any keep their place."""
    names = options["order"]
    first, last = min(row["year"] for row in rows), max(row["year"] for row in rows)
    colours = look.palette(names)
    return (
        alt.Chart(_data(rows))
        .mark_bar(size=max(3, min(34, 0.6 * (look.width - 80) / (last - first + 1))))
        .encode(
            x=alt.X("year:Q", title=None, axis=alt.Axis(format="d", tickMinStep=1, grid=False)).scale(
                domain=[first - 0.6, last + 0.6], nice=False
            ),
            y=alt.Y("sum(transfers):Q", title="transfers", axis=alt.Axis(**WHOLE, tickCount=4, domain=False)),
            color=alt.Color("group:N")
            .scale(domain=names, range=colours)
            .legend(None if len(names) == 1 else alt.Legend()),
            order=alt.Order("place:Q"),
        )
        .transform_calculate(place=f"indexof({names!r}, datum.group)")
    )


def draw_bars(rows: Rows, look: Look, options: dict[str, Any]) -> alt.LayerChart:
    """Draw a bar for each label in the order of the rows, its number at its end."""
    names = list(dict.fromkeys(row["label"] for row in rows))
    sides = options.get("order") or []
    bars = alt.Chart(_data(rows)).encode(
        y=alt.Y("label:N", title=None, sort=names, axis=alt.Axis(domain=False, ticks=False)),
        x=alt.X("transfers:Q", title=None, axis=None).scale(domainMin=0),
    )
    if not sides:
        shapes = bars.mark_bar(color=look.colours.bar, height=14, cornerRadiusEnd=2)
        return shapes + bars.mark_text(align="left", dx=5).encode(text=alt.Text("transfers:Q", format=",d"))
    offset = alt.YOffset("side:N", sort=sides)
    colour = alt.Color("side:N").scale(domain=sides, range=look.palette(sides))
    shapes = bars.mark_bar(cornerRadiusEnd=2).encode(yOffset=offset, color=colour)
    bars = bars.transform_filter("datum.transfers > 0")
    return shapes + bars.mark_text(align="left", dx=5).encode(yOffset=offset, text=alt.Text("transfers:Q", format=",d"))


def draw_matrix(rows: Rows, look: Look, _options: dict[str, Any]) -> alt.LayerChart:
    """Draw who supplies whom: a field for each pair, darker with more transfers, the number in it."""
    suppliers = list(dict.fromkeys(row["supplier"] for row in rows))
    recipients = sorted({row["recipient"] for row in rows})
    most = max(row["transfers"] for row in rows)
    base = alt.Chart(_data(rows)).encode(
        x=alt.X("recipient:N", title=None, sort=recipients, axis=alt.Axis(
            labelAngle=-50, orient="top", domain=False, ticks=False, labelLimit=90)),
        y=alt.Y("supplier:N", title=None, sort=suppliers, axis=alt.Axis(
            domain=False, ticks=False)),
    )  # fmt: skip
    fields = base.mark_rect(stroke=look.colours.card, strokeWidth=2, cornerRadius=2).encode(
        color=alt.Color("transfers:Q", legend=None).scale(
            type="sqrt", domain=[0, most], range=[look.colours.faint, look.colours.field]
        )
    )
    return fields + base.mark_text(fontSize=11).encode(text=alt.Text("transfers:Q", format=",d"))


def draw_series(rows: Rows, look: Look, options: dict[str, Any]) -> alt.LayerChart:
    """Draw a series of a table: a bar for each period, and a shaded field where there is no value."""
    periods = [row["period"] for row in rows]
    step = (look.width - 70) / max(1, len(periods))
    every = max(1, round(44 / step))
    axis = alt.Axis(values=periods[::every], labelAngle=0, ticks=False)
    x = alt.X("period:O", title=None, sort=periods, axis=axis).scale(domain=periods)
    y = alt.Y("value:Q", title=options["unit"], axis=alt.Axis(tickCount=5, domain=False, labelExpr=SHORT))
    held = [row for row in rows if row["value"] is not None]
    bars = alt.Chart(_data(held)).encode(x=x, y=y)
    chart = alt.layer(bars.mark_bar(color=look.colours.bar, size=min(56, step * 0.72)))
    if every == 1:
        words = bars.transform_calculate(said=SHORT)
        chart += words.mark_text(dy=-7, fontSize=11).encode(text="said:N")
    gaps = alt.Chart(_data([row for row in rows if row["value"] is None])).encode(x=x)
    shade = gaps.mark_bar(color=look.colours.gap).encode(y=alt.value(0), y2=alt.value("height"))
    words = gaps.mark_text(color=look.colours.soft, fontSize=11, angle=0 if step > 60 else 270, text="no value")
    return alt.layer(shade, chart, words)
