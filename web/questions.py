"""What an address asks for: search words, filters and the page of the list."""

from datetime import UTC, date, datetime, time
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from models.article_search import SearchQuestion
from models.filters import ArticleFilters

PAGE_SIZE = 20
LAST_PAGE = 500


def _none_if_blank(value: object) -> object:
    """Take a form field that was left empty for one that was not there."""
    return None if isinstance(value, str) and not value.strip() else value


Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]
Text = Annotated[Line | None, BeforeValidator(_none_if_blank)]
Day = Annotated[date | None, BeforeValidator(_none_if_blank)]
Amount = Annotated[Annotated[float, Field(allow_inf_nan=False)] | None, BeforeValidator(_none_if_blank)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000, pattern=r"^[^\x00]*$")]


class FilterQuestion(BaseModel):
    """The filters in an address; a name it does not know is the user's mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    since: Annotated[Day, Field(description="Published from this day on; days begin at midnight UTC.")] = None
    until: Annotated[Day, Field(description="Published before this day.")] = None
    outlet: Annotated[Text, Field(description="Name of the outlet.")] = None
    country: Annotated[Text, Field(description="The outlet's country, ISO alpha-2.")] = None
    language: Annotated[Text, Field(description="ISO 639-1.")] = None
    supplier: Annotated[Text, Field(description="A claim names this supplier, ISO alpha-3.")] = None
    recipient: Annotated[Text, Field(description="A claim names this recipient, ISO alpha-3.")] = None
    status: Annotated[Text, Field(description="A claim is of this stage.")] = None
    access: Annotated[Text, Field(description="How much of the article could be read: full, teaser ...")] = None
    source: Annotated[Text, Field(description="Name of the source it came by.")] = None
    kind: Annotated[Text, Field(description="The outlet's kind: government, newspaper ...")] = None
    weapon: Annotated[Text, Field(description="A claim is about this designation; its first words do.")] = None
    category: Annotated[Text, Field(description="A claim is about this category.")] = None
    value_min: Annotated[Amount, Field(description="A claim's value may be this or more, in full units.")] = None
    value_max: Annotated[Amount, Field(description="A claim's value may be this or less.")] = None
    currency: Annotated[Text, Field(description="ISO 4217; values need it.")] = None

    @model_validator(mode="after")
    def _is_clear(self) -> Self:
        """Refuse filters that do not say what is meant, such as a value without its currency."""
        _ = self.filters
        return self

    @property
    def filters(self) -> ArticleFilters:
        """Give the filters; days begin at midnight UTC."""
        asked = {name: getattr(self, name) for name in ArticleFilters.__dataclass_fields__}
        return ArticleFilters(**asked | {"since": midnight(self.since), "until": midnight(self.until)})


class ArticleQuestion(FilterQuestion):
    """The part of an address behind the question mark: words, filters, which come first, the page of the list."""

    q: Annotated[Words, Field(description="Words, phrases, AND, OR, NOT, prefix*, headline:word.")] = ""
    order: Literal["relevance", "date"] = "relevance"
    page: Annotated[int, Field(ge=1, le=LAST_PAGE)] = 1

    @property
    def search(self) -> SearchQuestion:
        """Give the question for the search."""
        return SearchQuestion(self.q, self.filters, self.order)

    @property
    def is_filtered(self) -> bool:
        """Tell whether more than words is asked."""
        return self.order != "relevance" or self.filters != ArticleFilters()

    @property
    def offset(self) -> int:
        """Say how many rows come before the page."""
        return (self.page - 1) * PAGE_SIZE


def midnight(day: date | None) -> datetime | None:
    """Give the instant a day begins, UTC."""
    return None if day is None else datetime.combine(day, time(), UTC)
