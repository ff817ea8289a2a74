"""What an address asks of transfers: filters, the page of the list, and how a plot is to be drawn."""

from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import Path
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from models.listing_transfers import TransferFilters
from web.questions import LAST_PAGE, PAGE_SIZE, Day, Line, Text, midnight

FILTERS = tuple(TransferFilters.__dataclass_fields__)


def _none_if_blank(value: object) -> object:
    """Take a form field that was left empty for one that was not there."""
    return None if isinstance(value, str) and not value.strip() else value


def _capitals(name: object) -> object:
    """Write codes of states in capitals; names of groups stay as they are."""
    return name.upper() if isinstance(name, str) and len(name) == 3 and name.isalpha() else name


State = Annotated[Text, BeforeValidator(_capitals)]
StateInPath = Annotated[Line, BeforeValidator(_capitals), Path(min_length=1)]
NameInPath = Annotated[Line, Path(min_length=1)]


class FlowQuestion(BaseModel):
    """Filters of transfers; a name it does not know is the user's mistake. States take "unknown" as well."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    supplier: Annotated[State, Field(description="ISO alpha-3, the name of a group, or unknown.")] = None
    recipient: Annotated[State, Field(description="Likewise.")] = None
    state: Annotated[State, Field(description="Supplier or recipient.")] = None
    weapon: Annotated[Text, Field(description="A designation or a category.")] = None
    category: Annotated[Text, Field(description="Category of the item.")] = None
    status: Annotated[Text, Field(description="The stage reached, or a state beside it.")] = None
    year: Annotated[
        Annotated[int, Field(ge=1, le=9999)] | None,
        BeforeValidator(_none_if_blank),
        Field(description="Year of the transfer."),
    ] = None
    origins: Annotated[
        Annotated[int, Field(ge=0, le=1000)] | None,
        BeforeValidator(_none_if_blank),
        Field(description="Least number of independent origins."),
    ] = None
    level: Annotated[
        Annotated[int, Field(ge=0, le=5)] | None,
        BeforeValidator(_none_if_blank),
        Field(description="How strong the stage reached is at least, 0 to 5."),
    ] = None
    contradicted: Annotated[
        bool | None, BeforeValidator(_none_if_blank), Field(description="With, or without, a contradiction.")
    ] = None
    since: Annotated[Day, Field(description="First reported from this day on; days begin at midnight UTC.")] = None
    until: Annotated[Day, Field(description="First reported before this day.")] = None

    @property
    def filters(self) -> TransferFilters:
        """Give the filters; days begin at midnight UTC."""
        values = {name: getattr(self, name) for name in FILTERS}
        return TransferFilters(**values | {"since": midnight(self.since), "until": midnight(self.until)})

    def chosen(self) -> dict[str, Any]:
        """Give the filters that are set, as an address writes them."""
        return self.model_dump(mode="json", exclude_none=True, include=set(FILTERS))

    def address(self, path: str, **changed: Any) -> str:
        """Give the address of a path under these filters, some of them changed; None takes one away."""
        asked = {name: value for name, value in (self.chosen() | changed).items() if value is not None}
        words = urlencode({name: _word(value) for name, value in asked.items()})
        return f"{path}?{words}" if words else path


class TransferQuestion(FlowQuestion):
    """The part of the address of a list of transfers behind the question mark."""

    page: Annotated[int, Field(ge=1, le=LAST_PAGE)] = 1

    @property
    def offset(self) -> int:
        """Say how many rows come before the page."""
        return (self.page - 1) * PAGE_SIZE


class Drawing(BaseModel):
    """How a plot is to be drawn; ``caption`` writes into the picture what it shows, for those who save it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    theme: Literal["light", "dark"] = "light"
    size: Literal["wide", "narrow"] = "wide"
    caption: bool = False


class PlotQuestion(FlowQuestion, Drawing):
    """The part of the address of a plot of counts behind the question mark."""

    @property
    def drawing(self) -> Drawing:
        """Give how it is to be drawn."""
        return Drawing(theme=self.theme, size=self.size, caption=self.caption)


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
