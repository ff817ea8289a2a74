"""A source's volume drawn: a bar for each day, the days without a finished crawl marked, a line at what is expected."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.source_detail import DayVolume

WIDTH, HEIGHT = 720.0, 120.0


@dataclass(frozen=True, slots=True)
class DayBar:
    """One day as drawn; ``middle`` is the place of its label."""

    volume: DayVolume
    x: float
    middle: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class VolumeChart:
    """The chart; ``expected`` is the height of the line at what a day should bring, None without expectation."""

    bars: tuple[DayBar, ...]
    highest: float
    expected: float | None


def draw_volume(days: Sequence[DayVolume], expected_a_day: float | None) -> VolumeChart:
    """Place the bars, the most articles of a day as high as the chart unless more are expected."""
    highest = max([float(day.articles) for day in days] + [expected_a_day or 0.0, 1.0])
    step = WIDTH / max(1, len(days))
    bars = tuple(
        DayBar(
            volume=day,
            x=round(at * step + 1, 1),
            middle=round((at + 0.5) * step, 1),
            y=round(HEIGHT * (1 - day.articles / highest), 1),
            width=round(step - 2, 1),
            height=round(HEIGHT * day.articles / highest, 1),
        )
        for at, day in enumerate(days)
    )
    line = None if expected_a_day is None else round(HEIGHT * (1 - expected_a_day / highest), 1)
    return VolumeChart(bars, highest, line)
