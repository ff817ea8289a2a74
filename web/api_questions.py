"""What addresses of the API ask for beside what the pages know: where to read on, and how many rows."""

from typing import Annotated

from pydantic import BaseModel, Field

from web.flow_questions import FlowQuestion
from web.questions import PAGE_SIZE, ArticleQuestion, FilterQuestion

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


class TransfersAsked(ReadOn, FlowQuestion):
    """Transfers, those reported first most recently on top."""
