"""Drawings of who supplies whom: bands between states, and a map."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import altair as alt

from web.chart_look import SHAPES, Look

Rows = list[dict[str, Any]]
STEPS = 24  # points along the edge of a band
LABEL = 16  # pixels a name needs
SPACE = 0.35  # between two states of one side, in transfers, the least


def draw_map(rows: Rows, look: Look, _options: dict[str, Any]) -> alt.LayerChart:
    """Draw the world, states darker with more transfers; what is no state of the map is not in it."""
    shapes = json.loads(SHAPES.read_text())
    numbers = {row["code"]: row["transfers"] for row in rows}
    for shape in shapes["objects"]["countries"]["geometries"]:
        shape["properties"] |= {"transfers": numbers.get(shape["properties"]["code"], 0)}
    data = alt.Data(values=shapes, format=alt.TopoDataFormat(type="topojson", feature="countries"))
    ours, most = look.colours, max(numbers.values(), default=1)
    scale = (look.width - 16) / 4.8  # of 5.41 in this projection: the edges are sea
    world = alt.Chart(data).mark_geoshape(stroke=ours.card, strokeWidth=0.6)
    colour = (
        alt.Color("properties.transfers:Q", title="transfers")
        .scale(type="sqrt", domain=[min(1, most - 1), most], range=[ours.tint, ours.bar])
        .legend(orient="bottom-left", format=",d", values=sorted({1, most}), gradientLength=90)
    )
    return alt.layer(
        world.encode(color=alt.value(ours.line)),
        world.encode(color=colour).transform_filter("datum.properties.transfers > 0"),
    ).project(type="equalEarth", scale=scale, translate=[look.width / 2 - 6, 1.31 * scale + 4])


@dataclass
class Node:
    """A state on one side of the bands: how high it is, where it begins, and how much of it is taken."""

    size: float = 0.0
    start: float = 0.0
    out: float = 0.0
    into: float = 0.0


@dataclass(frozen=True)
class Band:
    """A band from a point to a point, its width downwards; ``side`` is "in" where it goes into the centre."""

    start: tuple[float, float]
    end: tuple[float, float]
    width: float
    side: str


def draw_flows(rows: Rows, look: Look, options: dict[str, Any]) -> alt.LayerChart:
    """Draw bands from suppliers to recipients, as wide as there are transfers; ``centre`` stands between both sides."""
    centre = options.get("centre")
    columns = _columns(rows, centre, look.height - 44)
    bands = [point for number, band in enumerate(_bands(rows, columns, centre)) for point in _edge(number, band)]
    nodes = [
        {"x": place, "y": node.start, "y2": node.start + node.size, "name": name, "transfers": node.size}
        for place, column in enumerate(columns)
        for name, node in column.items()
    ]
    last, room = len(columns) - 1, 0.62 if look.is_narrow else 0.34
    x = alt.X("x:Q", axis=None).scale(domain=[-room * last, (1 + room) * last], nice=False)
    y = alt.Y("y:Q", axis=None).scale(reverse=True, nice=False, zero=False)
    areas = alt.Chart(alt.Data(values=bands)).mark_area(opacity=0.42)
    areas = areas.encode(x=x, y=y, y2="y2:Q", detail="band:N", color=alt.Color("side:N", legend=None).scale(
        domain=["in", "out"], range=[look.colours.other, look.colours.bar]))  # fmt: skip
    blocks = alt.Chart(alt.Data(values=nodes)).encode(x=x, y=y, y2="y2:Q").mark_bar(width=7, color=look.colours.ink)
    return alt.layer(areas, blocks, *_labels(nodes, x, last, look))


def _labels(nodes: Rows, x: alt.X, last: int, look: Look) -> Iterator[alt.Chart]:
    """Write names outside on both sides, and that of the centre above it."""
    limit, y = 110 if look.is_narrow else 190, alt.Y("at:Q", axis=None).scale(reverse=True)
    for place in range(last + 1):
        is_centre = 0 < place < last
        own = [
            {
                "x": place,
                "at": node["y"] if is_centre else (node["y"] + node["y2"]) / 2,
                "text": node["name"] if is_centre else f"{node['name']}  {node['transfers']:,.0f}",
            }
            for node in nodes
            if node["x"] == place
        ]
        mark = alt.Chart(alt.Data(values=own)).mark_text(
            align="center" if is_centre else "right" if place == 0 else "left",
            dx=0 if is_centre else -9 if place == 0 else 9,
            dy=-10 if is_centre else 0,
            limit=limit,
            fontWeight="bold" if is_centre else "normal",
        )
        yield mark.encode(x=x, y=y, text="text:N")


def _columns(rows: Rows, centre: str | None, height: float) -> list[dict[str, Node]]:
    """Give suppliers and recipients, the centre between them; a side of the centre without any is left out."""
    columns: list[dict[str, Node]] = [defaultdict(Node), defaultdict(Node)]
    for row in rows:
        for column, side in zip(columns, ("supplier", "recipient"), strict=True):
            if row[side] != centre or centre is None:
                column[row[side]].size += row["transfers"]
    if centre is not None:
        largest = max(sum(node.size for node in column.values()) for column in columns)
        columns = [column for column in (columns[0], {centre: Node(size=largest)}, columns[1]) if column]
    space = max(_space(column, height) for column in columns)
    highest = max(_height(column, space) for column in columns)
    for column in columns:
        start = (highest - _height(column, space)) / 2
        for node in column.values():
            node.start = start
            start += node.size + space
    return columns


def _space(column: dict[str, Node], height: float) -> float:
    """Give the space between states, in transfers, that leaves room for the name of one with a single transfer."""
    total, gaps = sum(node.size for node in column.values()), len(column) - 1
    return max(SPACE, (LABEL * total - height) / max(1.0, height - LABEL * gaps))


def _height(column: dict[str, Node], space: float) -> float:
    return sum(node.size for node in column.values()) + space * (len(column) - 1)


def _bands(rows: Rows, columns: list[dict[str, Node]], centre: str | None) -> Iterator[Band]:
    """Give each band, from top to bottom as its ends stand."""
    middle = next((place for place, column in enumerate(columns) if centre in column), 0)
    for row in rows:
        is_in = centre is not None and row["recipient"] == centre
        x = middle - 1 if is_in else middle
        start, end = columns[x][row["supplier"]], columns[x + 1][row["recipient"]]
        width = row["transfers"]
        yield Band((x, start.start + start.out), (x + 1, end.start + end.into), width, "in" if is_in else "out")
        start.out += width
        end.into += width


def _edge(number: int, band: Band) -> Iterator[dict[str, Any]]:
    (x, y), (x2, y2) = band.start, band.end
    for step in range(STEPS + 1):
        way = step / STEPS
        height = y + (y2 - y) * way * way * (3 - 2 * way)
        yield {"band": number, "x": x + (x2 - x) * way, "y": height, "y2": height + band.width, "side": band.side}
