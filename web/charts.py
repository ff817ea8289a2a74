"""Drawings by name: each turns rows into a Vega-Lite chart."""

from typing import Any

import altair as alt

from web.chart_counts import draw_bars, draw_matrix, draw_series, draw_years
from web.chart_flows import draw_flows, draw_map
from web.chart_look import THEMES, Look
from web.chart_times import draw_coverage, draw_ladder, draw_timeline

PADDING = {"left": 6, "right": 10, "top": 6, "bottom": 6}
CHARTS = {
    "bars": draw_bars,
    "years": draw_years,
    "matrix": draw_matrix,
    "series": draw_series,
    "map": draw_map,
    "flows": draw_flows,
    "ladder": draw_ladder,
    "coverage": draw_coverage,
    "timeline": draw_timeline,
}


def draw_chart(request: dict[str, Any]) -> dict[str, Any]:
    """Give the Vega-Lite specification of a requested plot; its whole size is that of the request."""
    look = Look(THEMES[request["theme"]], request["width"], request["height"], request["narrow"])
    with alt.data_transformers.disable_max_rows():
        chart = CHARTS[request["chart"]](request["rows"], look, request["options"])
    title, under = request["caption"] or (None, None)
    if title:
        chart = chart.properties(title=alt.TitleParams(title, subtitle=under))
    chart = chart.properties(width=look.width, height=look.height, padding=PADDING)
    return chart.configure(autosize=alt.AutoSizeParams(type="fit", contains="padding"), **look.config()).to_dict()
