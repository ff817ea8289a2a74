"""What addresses of the API ask for beside what the pages know: where to read on, and how many rows."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from models.listing_transfers import TransferFilters, state_code
from web.questions import PAGE_SIZE, ArticleQuestion, Day, FilterQuestion, Text, midnight

MOST_ROWS = 200


class ReadOn(BaseModel):
    """Where a list is read on, and how many rows are wanted at once."""

    cursor: Annotated[str | None, Field(max_length=4000, description="From `next` of the answer before.")] = None
    limit: Annotated[int, Field(ge=1, le=MOST_ROWS, description="Rows in one answer.")] = PAGE_SIZE


class ArticlesAsked(ReadOn, ArticleQuestion):
    """Articles: the same as the page asks, read on by cursor."""


class ClaimsAsked(ReadOn, FilterQuestion):
    """Claims that meet the filters, in articles that meet them."""


class SeriesAsked(ReadOn, FilterQuestion):
    """Series; supplier and recipient are the series' own."""


class TransferQuestion(BaseModel):
    """Filters of transfers; days are those of the first report, ``origins`` the least number of independent ones."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    supplier: Text = None
    recipient: Text = None
    weapon: Text = None
    status: Text = None
    since: Day = None
    until: Day = None
    origins: Annotated[int | None, Field(ge=0, le=1_000_000)] = None
    contradicted: bool | None = None

    @property
    def filters(self) -> TransferFilters:
        """Give the filters; days begin at midnight UTC."""
        return TransferFilters(
            supplier=state_code(self.supplier),
            recipient=state_code(self.recipient),
            weapon=self.weapon,
            status=self.status,
            since=midnight(self.since),
            until=midnight(self.until),
            origins=self.origins,
            contradicted=self.contradicted,
        )


class TransfersAsked(ReadOn, TransferQuestion):
    """Transfers, those reported first most recently on top."""
