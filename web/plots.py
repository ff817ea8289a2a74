"""Small bar charts of series, drawn on the server: a bar for each period, a marked place for each gap."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from models.listing_series import ObservationRow

WIDTH, HEIGHT = 720.0, 160.0
LABEL_WIDTH = 48.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One period as drawn; a gap is as high as the chart. Where bars stand close, not all are labelled."""

    x: float
    y: float
    width: float
    height: float
    period: int
    value: float | None
    is_labelled: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """A bar chart; ``zero`` is the height of the base line."""

    bars: tuple[Bar, ...]
    zero: float
    lowest: float
    highest: float


def draw_bars(observations: Sequence[ObservationRow]) -> Chart | None:
    """Place the bars of a series; None where it has no value at all."""
    values = [each.value for each in observations if each.value is not None]
    if not values:
        return None
    lowest, highest = min(0.0, *values), max(0.0, *values)
    scale = HEIGHT / ((highest - lowest) or 1.0)
    step = WIDTH / len(observations)
    zero = highest * scale
    every = ceil(LABEL_WIDTH / step)
    bars = tuple(
        _bar(each, index * step, step, (zero, scale), index % every == 0) for index, each in enumerate(observations)
    )
    return Chart(bars, round(zero, 1), lowest, highest)


def _bar(observation: ObservationRow, x: float, step: float, base: tuple[float, float], is_labelled: bool) -> Bar:
    value, (zero, scale) = observation.value, base
    top, height = (0.0, HEIGHT) if value is None else (min(zero, zero - value * scale), abs(value * scale))
    gap = min(step * 0.2, 6.0)
    return Bar(
        round(x + gap / 2, 1),
        round(top, 1),
        round(step - gap, 1),
        round(height, 1),
        observation.period,
        value,
        is_labelled,
    )
