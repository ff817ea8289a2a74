"""What the addresses of pages about crawling and revisions ask for."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from web.questions import Day, Text

PAGE_SIZE = 50
OUTLETS_SHOWN = 100  # in the ledger of coverage
LAST_PAGE = 2000
LARGEST_ID = 2**63 - 1

Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]


class CrawlQuestion(BaseModel):
    """Which crawls are listed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: Text = None
    outcome: Literal["finished", "incomplete", "failed", "killed", "lost", "running"] | None = None
    page: Annotated[int, Field(ge=1, le=LAST_PAGE)] = 1

    @property
    def offset(self) -> int:
        """Say how many rows come before the page."""
        return (self.page - 1) * PAGE_SIZE


class CoverageQuestion(BaseModel):
    """Which part of the ledger is shown: so many weeks, the last one begins before ``until``; of one outlet or all.

    Of many outlets a page shows some.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    until: Day = None
    weeks: Annotated[int, Field(ge=1, le=26)] = 8
    outlet: Id | None = None
    page: Annotated[int, Field(ge=1, le=LAST_PAGE)] = 1

    @property
    def offset(self) -> int:
        """Say how many outlets come before the page."""
        return (self.page - 1) * OUTLETS_SHOWN


class ChangesQuestion(BaseModel):
    """Which two revisions are compared; the last two where nothing is said."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    before: Id | None = None
    after: Id | None = None
