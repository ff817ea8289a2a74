"""The rail of filters: every value that narrows a list, with how many articles it leaves, as links."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from pydantic import ValidationError

from models.facets import FacetCount, Facets
from models.suggestions import Suggestion
from web.questions import ArticleQuestion
from web.shown import show_number

# The order of the rail: what a transfer is about, then who writes. ``year`` is set as a span of days.
GROUPS = {
    "supplier": "Supplier",
    "recipient": "Recipient",
    "status": "Status",
    "category": "Category",
    "year": "Published",
    "outlet": "Outlet",
    "kind": "Kind of outlet",
    "country": "Outlet's country",
    "language": "Language",
    "access": "Access",
}
# Filters that no facet counts, as people name them.
TYPED = {
    "since": "Published since",
    "until": "Published before",
    "weapon": "Weapon",
    "source": "Source",
    "currency": "Currency",
    "value_min": "Value at least",
    "value_max": "Value at most",
}
NAMES = {"words": "q"}  # what a suggestion changes, as addresses call it


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter; following ``address`` sets it, or takes it back where it is chosen.

    A value that no address can ask for (too long, with control characters) has none.
    """

    label: str
    count: int
    address: str | None
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """One filter with its values."""

    name: str
    label: str
    choices: tuple[Choice, ...]

    @property
    def is_chosen(self) -> bool:
        """Tell whether one of the values is chosen."""
        return any(choice.is_chosen for choice in self.choices)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter that is set, and the address without it."""

    label: str
    value: str
    address: str


@dataclass(frozen=True, slots=True)
class Meant:
    """What may have been meant, how many articles it finds, and its address."""

    label: str
    count: int
    address: str


def filter_groups(question: ArticleQuestion, facets: Facets) -> tuple[Group, ...]:
    """Give the filters that have something to choose."""
    groups = (Group(name, label, tuple(_choices(question, name, facets))) for name, label in GROUPS.items())
    return tuple(group for group in groups if group.choices)


def _choices(question: ArticleQuestion, name: str, facets: Facets) -> Iterator[Choice]:
    for each in getattr(facets, name):
        asked = _asked(name, each)
        is_chosen = all(_is_same(getattr(question, filter_name), value) for filter_name, value in asked.items())
        changes = dict.fromkeys(asked) if is_chosen else asked
        address = article_address(question, **changes) if _can_be_asked(asked) else None
        yield Choice(each.label, each.count, address, is_chosen)


def _can_be_asked(asked: dict[str, Any]) -> bool:
    try:
        ArticleQuestion.model_validate(asked)
    except ValidationError:
        return False
    return True


def _asked(name: str, each: FacetCount) -> dict[str, Any]:
    if name != "year":
        return {name: each.value}
    return {"since": date(int(each.value), 1, 1), "until": date(int(each.value) + 1, 1, 1)}


def _is_same(asked: Any, value: Any) -> bool:
    return str(asked).lower() == str(value).lower()


def chosen_filters(question: ArticleQuestion, facets: Facets) -> tuple[Chosen, ...]:
    """Give the filters that are set, each with what people call its value."""
    return tuple(
        Chosen(label, _label(facets, name, value), article_address(question, **{name: None}))
        for name, label in (GROUPS | TYPED).items()
        if (value := getattr(question, name, None)) is not None
    )


def _label(facets: Facets, name: str, value: Any) -> str:
    counts: tuple[FacetCount, ...] = getattr(facets, name, ())
    written = show_number(value) if isinstance(value, float) else str(value)
    return next((each.label for each in counts if _is_same(each.value, value)), written)


def meant_addresses(question: ArticleQuestion, suggestions: Sequence[Suggestion]) -> tuple[Meant, ...]:
    """Give where what may have been meant is asked instead; of spellings people read alike, the one that finds most."""
    first = {each.label: each for each in reversed(suggestions)}
    return tuple(
        Meant(each.label, each.count, article_address(question, **{NAMES.get(each.name, each.name): each.value}))
        for each in suggestions
        if first[each.label] is each
    )


def article_address(question: ArticleQuestion, **changes: Any) -> str:
    """Give the address of a list of articles that asks the same but for some changes; it begins at the first page."""
    told = fields_beside(question, changes) | {name: value for name, value in changes.items() if _says(name, value)}
    return "/articles" + (f"?{urlencode(told)}" if told else "")


def fields_beside(question: ArticleQuestion, names: Iterable[str]) -> dict[str, Any]:
    """Give what is asked but for some names and the page, as a form has to keep it."""
    left_out = {"page", *names}
    return {name: value for name, value in question if name not in left_out and _says(name, value)}


def _says(name: str, value: Any) -> bool:
    return value is not None and value != ArticleQuestion.model_fields[name].default
