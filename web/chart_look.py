"""How plots look: the colours of the style sheet, light and dark, and what all drawings share."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

SHAPES = Path(__file__).parent / "data" / "countries.json"
FONT = "system-ui, 'Noto Sans', 'DejaVu Sans', sans-serif"


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one theme; ``groups`` are those of stages, in the order of ``GROUPS``."""

    card: str
    ink: str
    soft: str
    line: str
    bar: str
    other: str
    faint: str
    tint: str
    field: str
    gap: str
    groups: tuple[str, ...]


LIGHT = Colours(
    "#ffffff", "#20262b", "#59636b", "#e6e3dc", "#3d8496", "#b5793a", "#eef2f2", "#b9d8de", "#7fb8c5", "#efe6cc",
    ("#8d9aa3", "#c99a3c", "#2d7f92", "#b2483f"),
)  # fmt: skip
DARK = Colours(
    "#1c2226", "#e3e6e8", "#a2adb5", "#333c42", "#5ba7ba", "#d39a5b", "#262e33", "#2f5661", "#346c7c", "#3f3a28",
    ("#8795a0", "#d9ae58", "#5bb0c4", "#e0786d"),
)  # fmt: skip
THEMES = {"light": LIGHT, "dark": DARK}

# Stages in the order of the trade, by what they mean for the goods.
GROUPS = ("talked of", "agreed", "handed over", "stopped")
SIDES = ("supplies", "receives")
GROUP_SHAPES = ("circle", "square", "diamond", "cross")
GROUP_OF = {
    "rumoured": "talked of", "offered": "talked of", "requested": "talked of", "negotiating": "talked of",
    "general": "talked of", "approved": "agreed", "donated": "agreed", "contracted": "agreed",
    "in_production": "agreed", "licensed_production": "agreed", "delivering": "handed over",
    "delivered": "handed over", "suspended": "stopped", "cancelled": "stopped", "denied": "stopped",
    "seized": "stopped",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """The theme and the room there is, in pixels."""

    colours: Colours
    width: int
    height: int
    is_narrow: bool

    def palette(self, values: list[str]) -> list[str]:
        """Give the colours of groups of stages, or of a state's sides, the same wherever they are drawn."""
        ours = self.colours
        known = dict(zip(GROUPS, ours.groups, strict=True)) | dict(zip(SIDES, (ours.bar, ours.other), strict=True))
        return [known[value] for value in values]

    def config(self) -> dict[str, Any]:
        """Give the settings of Vega-Lite that make all plots alike."""
        ours = self.colours
        axis = {
            "labelColor": ours.soft, "titleColor": ours.soft, "gridColor": ours.line, "domainColor": ours.line,
            "tickColor": ours.line, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal",
            "labelFont": FONT, "titleFont": FONT, "labelLimit": 120 if self.is_narrow else 220, "labelPadding": 6,
        }  # fmt: skip
        text = {"labelColor": ours.ink, "titleColor": ours.soft, "labelFont": FONT, "titleFont": FONT}
        return {
            "background": ours.card,
            "font": FONT,
            "axis": axis,
            "view": {"stroke": None},
            "legend": {**text, "labelFontSize": 12, "orient": "top", "title": None, "symbolStrokeWidth": 0},
            "title": {
                "color": ours.ink, "subtitleColor": ours.soft, "anchor": "start", "font": FONT, "subtitleFont": FONT,
                "fontSize": 14, "subtitleFontSize": 11, "offset": 10,
            },
            "text": {"color": ours.ink, "font": FONT, "fontSize": 12},
        }  # fmt: skip
