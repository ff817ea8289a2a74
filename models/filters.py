"""Which articles are asked for: the same filters for lists, search, command line and web pages."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from models.article import Article
from models.claim import Claim
from models.outlet import Outlet, Source


class UnclearFilterError(ValueError):
    """Filters do not say what is meant; the message says why in one line. Raised by ArticleFilters()."""


@dataclass(frozen=True, slots=True)
class ArticleFilters:
    """What an article must meet; None asks nothing. ``since`` counts, ``until`` is the first instant that does not.

    ``country`` (alpha-2) and ``kind`` are the outlet's. ``supplier`` and ``recipient`` (alpha-3), ``weapon`` (a
    designation, or its first words), ``category``, ``status`` and the value are those of one and the same claim. A
    claim has a value between ``value_min`` and ``value_max`` (full units of ``currency``, alpha-3) if what it states
    may lie there. Raises UnclearFilterError for a value without its currency.
    """

    since: datetime | None = None
    until: datetime | None = None
    outlet: str | None = None
    country: str | None = None
    language: str | None = None
    supplier: str | None = None
    recipient: str | None = None
    status: str | None = None
    access: str | None = None
    source: str | None = None
    kind: str | None = None
    weapon: str | None = None
    category: str | None = None
    value_min: float | None = None
    value_max: float | None = None
    currency: str | None = None

    def __post_init__(self) -> None:
        if self.currency is None and (self.value_min is not None or self.value_max is not None):
            raise UnclearFilterError("a value needs its currency, such as USD")

    @property
    def asks_for_claims(self) -> bool:
        """Tell whether only articles with a certain claim are wanted."""
        return any(getattr(self, name) is not None for name in CLAIM_FILTERS)


Condition = Callable[[Any], ColumnElement[bool]]

_ARTICLE_CONDITIONS: dict[str, Condition] = {
    "since": lambda since: Article.published_at >= since,
    "until": lambda until: Article.published_at < until,
    "access": lambda access: Article.access == access,
    "language": lambda language: or_(
        func.lower(Article.language) == language.lower(),
        func.lower(Article.language).startswith(f"{language.lower()}-", autoescape=True),
    ),
    "outlet": lambda name: Article.outlet_id.in_(_outlet_ids(func.lower(Outlet.name) == name.lower())),
    "country": lambda country: Article.outlet_id.in_(_outlet_ids(Outlet.country == country.upper())),
    "kind": lambda kind: Article.outlet_id.in_(_outlet_ids(func.lower(Outlet.kind) == kind.lower())),
    "source": lambda name: Article.source_id.in_(select(Source.id).where(Source.name == name).scalar_subquery()),
}

_CLAIM_CONDITIONS: dict[str, Condition] = {
    "supplier": lambda state: Claim.supplier == state.upper(),
    "recipient": lambda state: Claim.recipient == state.upper(),
    "status": lambda status: Claim.status == status.lower(),
    "weapon": lambda weapon: or_(
        func.lower(Claim.weapon) == weapon.lower(),
        func.lower(Claim.weapon).startswith(f"{weapon.lower()} ", autoescape=True),
    ),
    "category": lambda category: func.lower(Claim.category) == category.lower(),
    "currency": lambda currency: (
        (Claim.currency == currency.upper()) & or_(Claim.value_min.is_not(None), Claim.value_max.is_not(None))
    ),
    "value_min": lambda least: or_(Claim.value_max >= least, Claim.value_max.is_(None)),
    "value_max": lambda most: or_(Claim.value_min <= most, Claim.value_min.is_(None)),
}
CLAIM_FILTERS = tuple(_CLAIM_CONDITIONS)


def _outlet_ids(condition: ColumnElement[bool]) -> Any:
    return select(Outlet.id).where(condition).scalar_subquery()


def _chosen(conditions: dict[str, Condition], filters: ArticleFilters) -> list[ColumnElement[bool]]:
    return [give(getattr(filters, name)) for name, give in conditions.items() if getattr(filters, name) is not None]


def claim_conditions(filters: ArticleFilters) -> list[ColumnElement[bool]]:
    """Give the conditions on the claim's own row."""
    return _chosen(_CLAIM_CONDITIONS, filters)


def own_conditions(filters: ArticleFilters) -> list[ColumnElement[bool]]:
    """Give the conditions on an article's own row, whatever it claims."""
    return _chosen(_ARTICLE_CONDITIONS, filters)


def article_conditions(filters: ArticleFilters) -> list[ColumnElement[bool]]:
    """Give the conditions on an article: its own row's, and that it makes such a claim as it reads now."""
    conditions = own_conditions(filters)
    if filters.asks_for_claims:
        revisions = select(Claim.revision_id).where(*claim_conditions(filters)).scalar_subquery()
        conditions.append(Article.current_revision_id.in_(revisions))
    return conditions
