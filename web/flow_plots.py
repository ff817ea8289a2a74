"""Plots of counts of transfers under any filters, by name: what is drawn, and what it says in words."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy.orm import Session

from models.listing_flows import Count, count_transfers
from models.listing_transfers import UNKNOWN
from web.chart_look import GROUP_OF, GROUPS, SHAPES, SIDES
from web.flow_questions import FlowQuestion
from web.plots import FULL, Plot
from web.state_names import state_name
from web.transfer_words import STAGES, stage_words, under_filters

MOST_BANDS = 12  # states on one side
MOST_FIELDS = (14, 18)  # suppliers and recipients of a matrix


def years_plot(session: Session, question: FlowQuestion) -> Plot | None:
    """Give transfers by year: of one state by its side, else by what their stages mean."""
    if question.state is not None:
        counts = [(year, side, number) for (year, side), number in _by_side(session, question, "year")]
        order: Sequence[str] = SIDES
    else:
        found = count_transfers(session, question.filters, ("year", "status"))
        counts = [(count.values[0], GROUP_OF.get(str(count.values[1]), GROUPS[0]), count.transfers) for count in found]
        order = GROUPS
    numbers: Counter[tuple[int, str]] = Counter()
    for year, group, number in counts:
        if year is not None:
            numbers[int(year), group] += number
    undated = sum(number for year, _, number in counts if year is None)
    rows = [{"year": year, "group": group, "transfers": number} for (year, group), number in sorted(numbers.items())]
    if not rows:
        return None
    shown = [name for name in order if any(row["group"] == name for row in rows)]
    options = {"order": shown}
    years: Counter[str] = Counter()
    for row in rows:
        years[str(row["year"])] += row["transfers"]
    text = f"Bar chart of transfers by year: {_listed(years)}"
    named = _named(question, "years", "Transfers by year")
    beside = f"Without a year: {undated:,}." if undated else None
    return Plot("years", text=text, rows=rows, width=FULL, height=210, beside=beside, options=options, **named)


@dataclass(frozen=True, slots=True)
class BarKind:
    """What bars are of: a dimension, its values in words, their order where they have one of their own."""

    dimension: str
    name: str
    title: str
    words: Callable[[Any], str]
    order: Sequence[str] = ()


CATEGORIES = BarKind("category", "categories", "Transfers by category", lambda name: name or "category unknown")
STAGE_BARS = BarKind("status", "stages", "Transfers by stage reached", stage_words, STAGES)


def categories_plot(session: Session, question: FlowQuestion) -> Plot | None:
    """Give transfers by category of arms."""
    return _bars(session, question, CATEGORIES)


def stages_plot(session: Session, question: FlowQuestion) -> Plot | None:
    """Give transfers by the stage they have reached, in the order of the trade."""
    return _bars(session, question, STAGE_BARS)


def _bars(session: Session, question: FlowQuestion, kind: BarKind) -> Plot | None:
    sides: Sequence[str] = ("",)
    if question.state is not None:
        numbers = dict(_by_side(session, question, kind.dimension))
        sides = [side for side in SIDES if any(own == side for _, own in numbers)]
    else:
        counts = count_transfers(session, question.filters, (kind.dimension,))
        numbers = {(count.values[0], ""): count.transfers for count in counts}
    total: Counter[Any] = Counter()
    for (value, _), number in numbers.items():
        total[value] += number
    values = sorted(total, key=lambda value: kind.order.index(value) if value in kind.order else -total[value])
    rows = [
        {"label": kind.words(value), **({"side": side} if side else {}), "transfers": numbers.get((value, side), 0)}
        for value in values
        for side in sides
    ]
    if not rows:
        return None
    text = f"Bar chart. {kind.title}: {_listed(Counter({kind.words(value): total[value] for value in values}))}"
    height = len(values) * (20 + 12 * len(sides)) + (50 if sides[0] else 20)
    options = {"order": list(sides)} if sides[0] else {}
    named = _named(question, kind.name, kind.title)
    return Plot("bars", text=text, rows=rows, height=height, options=options, **named)


def _by_side(session: Session, question: FlowQuestion, dimension: str) -> list[tuple[tuple[Any, str], int]]:
    """Count by a dimension for each side of the state that is asked for."""
    plain = replace(question.filters, state=None)
    asked = {"supplies": replace(plain, supplier=question.state), "receives": replace(plain, recipient=question.state)}
    return [
        ((count.values[0], side), count.transfers)
        for side, filters in asked.items()
        for count in count_transfers(session, filters, (dimension,))
    ]


def matrix_plot(session: Session, question: FlowQuestion) -> Plot | None:
    """Give suppliers against recipients, the busiest of both."""
    counts = count_transfers(session, question.filters, ("supplier", "recipient"))
    suppliers, recipients = (_busiest(counts, side, most) for side, most in enumerate(MOST_FIELDS))
    order = {code: place for place, code in enumerate(suppliers)}
    kept = [count for count in counts if count.values[0] in order and count.values[1] in recipients]
    kept.sort(key=lambda count: (order[count.values[0]], -count.transfers))
    if not kept:
        return None
    text = f"Matrix of suppliers and recipients, numbers are transfers: {_listed(_pairs(kept))}"
    left_out = sum(count.transfers for count in counts) - sum(count.transfers for count in kept)
    beside = f"Not shown: {left_out:,} transfers between other states." if left_out else None
    named, height = _named(question, "matrix", "Suppliers in rows, recipients in columns"), 27 * len(order) + 100
    return Plot("matrix", text=text, rows=_pair_rows(kept), width=FULL, height=height, beside=beside, **named)


def flows_plot(session: Session, question: FlowQuestion) -> Plot | None:
    """Give bands from suppliers to recipients; those beyond the busiest are put together."""
    found = count_transfers(session, question.filters, ("supplier", "recipient"))
    # Within the state that stands in the middle no band leads anywhere.
    counts = [count for count in found if question.state is None or count.values[0] != count.values[1]]
    if not counts:
        return None
    centre = [] if question.state is None else [None if question.state == UNKNOWN else question.state]
    busiest = [{*_busiest(counts, side, MOST_BANDS), *centre} for side in (0, 1)]
    numbers: Counter[tuple[Any, Any]] = Counter()
    for count in counts:
        ends = tuple(end if end in kept else "others" for end, kept in zip(count.values, busiest, strict=True))
        numbers[ends] += count.transfers
    ordered = sorted(numbers, key=lambda ends: ("others" in ends, -numbers[ends]))
    rows = _pair_rows([Count(ends, numbers[ends]) for ends in ordered])
    sides = [len({ends[0] for ends in numbers}), len({ends[1] for ends in numbers})]
    options = {"centre": state_name(question.state)} if question.state else {}
    text = f"Bands from suppliers to recipients, as wide as there are transfers: {_listed(_pairs(counts))}"
    height = max(150, 24 * max(sides) + 60)
    named = _named(question, "flows", "Flows from suppliers to recipients")
    return Plot("flows", text=text, rows=rows, width=FULL, height=height, options=options, **named)


def suppliers_map(session: Session, question: FlowQuestion) -> Plot | None:
    """Give a map of where the goods come from."""
    return _map(session, question, "supplier", "Where it comes from")


def recipients_map(session: Session, question: FlowQuestion) -> Plot | None:
    """Give a map of where the goods go."""
    return _map(session, question, "recipient", "Where it goes")


def _map(session: Session, question: FlowQuestion, side: str, title: str) -> Plot | None:
    counts = count_transfers(session, question.filters, (side,))
    rows = [
        {side: state_name(_text(count.values[0])), "code": count.values[0], "transfers": count.transfers}
        for count in counts
        if count.values[0] is not None
    ]
    if not rows:
        return None
    present = Counter({row[side]: row["transfers"] for row in rows})
    absent = Counter(
        {
            state_name(_text(code)): count.transfers
            for count in counts
            if (code := count.values[0]) not in codes_of_map()
        }
    )
    text = f"World map of {side}s, darker with more transfers: {_listed(present)}"
    beside = f"Not on the map: {_listed(absent)}" if absent else None
    named = _named(question, f"{side}s-map", title)
    return Plot("map", text=text, rows=rows, height=250, narrow=160, beside=beside, **named)


@lru_cache(maxsize=1)
def codes_of_map() -> frozenset[str]:
    """Give the codes of the states that the map has; the smallest are not among them."""
    shapes = json.loads(SHAPES.read_text())
    codes = {each["properties"]["code"] for each in shapes["objects"]["countries"]["geometries"]}
    return frozenset(codes - {None})


PLOTS: dict[str, Callable[[Session, FlowQuestion], Plot | None]] = {
    "years": years_plot,
    "categories": categories_plot,
    "stages": stages_plot,
    "matrix": matrix_plot,
    "flows": flows_plot,
    "suppliers-map": suppliers_map,
    "recipients-map": recipients_map,
}


def _named(question: FlowQuestion, name: str, title: str) -> dict[str, Any]:
    """Give what a plot is called under the filters, and where it is."""
    asked = question.chosen()
    return {"place": f"/plots/{name}", "title": title + under_filters(asked), "asked": asked}


def _busiest(counts: Sequence[Count], side: int, most: int) -> list[Any]:
    total: Counter[Any] = Counter()
    for count in counts:
        total[count.values[side]] += count.transfers
    return [value for value, _ in total.most_common(most)]


def _pair_rows(counts: Sequence[Count]) -> list[dict[str, Any]]:
    return [
        {
            "supplier": state_name(_text(count.values[0])),
            "recipient": state_name(_text(count.values[1])),
            "transfers": count.transfers,
            "supplier_code": count.values[0],
            "recipient_code": count.values[1],
        }
        for count in counts
    ]


def _pairs(counts: Sequence[Count]) -> Counter[str]:
    return Counter({f"{row['supplier']} to {row['recipient']}": row["transfers"] for row in _pair_rows(counts)})


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _listed(numbers: Counter[str], most: int = 8) -> str:
    """Say the numbers in words, the highest first."""
    words = "; ".join(f"{name} {number:,}" for name, number in numbers.most_common(most))
    return words + (f"; and {len(numbers) - most} more" if len(numbers) > most else "") + "."
