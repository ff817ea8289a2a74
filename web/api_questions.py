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

    supplier: Annotated[Text, Field(description="ISO alpha-3, or the name of a group.")] = None
    recipient: Annotated[Text, Field(description="Likewise.")] = None
    weapon: Annotated[Text, Field(description="A designation or a category.")] = None
    status: Annotated[Text, Field(description="The stage reached, or a state beside it.")] = None
    since: Annotated[Day, Field(description="First reported from this day on.")] = None
    until: Annotated[Day, Field(description="First reported before this day.")] = None
    origins: Annotated[int | None, Field(ge=0, le=1_000_000, description="Least number of independent ones.")] = None
    contradicted: Annotated[bool | None, Field(description="Only those with, or without, a contradiction.")] = None

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
