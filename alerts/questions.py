"""What an alert asks: articles that a search finds, or transfers that reach a state. Its row keeps it as JSON."""

import re
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from models.claim import STATUSES
from models.filters import ArticleFilters
from models.listing_transfers import TransferFilters

# What people call the stages, beside their own names.
STAGE_WORDS = {
    "delivery": "delivered", "deliveries": "delivered", "order": "contracted", "contract": "contracted",
    "approval": "approved", "offer": "offered", "request": "requested", "donation": "donated",
    "suspension": "suspended", "cancellation": "cancelled", "denial": "denied", "seizure": "seized",
}  # fmt: skip
ORDINALS = {"first": 1, "a": 1, "second": 2, "two": 2, "third": 3, "three": 3, "fourth": 4, "four": 4}
_ORIGINS = re.compile(
    rf"\b({'|'.join(ORDINALS)}|\d+)\s+(?:more\s+)?independent\s+(?:origins?|outlets?|sources?)", re.IGNORECASE
)
_STAGE = re.compile(rf"\b({'|'.join((*STAGE_WORDS, *STATUSES))})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ArticleQuestion:
    """Articles that words of the query language and filters find, as they come and as their facts change."""

    words: str
    filters: ArticleFilters


@dataclass(frozen=True, slots=True)
class TransferQuestion:
    """Transfers that meet the filters, as they come and change; with a ``stage``, once each when it is reached.

    ``origins`` is the least number of independent origins, of that stage where one is asked for.
    """

    filters: TransferFilters
    stage: str | None = None
    origins: int = 1


Question = ArticleQuestion | TransferQuestion


def read_stage(text: str) -> str | None:
    """Read which stage a watch question is about: its name, or a noun for it."""
    match = _STAGE.search(text)
    return STAGE_WORDS.get(match[1].lower(), match[1].lower()) if match else None


def read_origins(text: str) -> int:
    """Read how many independent origins a watch question asks for, one where it does not say."""
    match = _ORIGINS.search(text)
    return int(ORDINALS.get(match[1].lower(), match[1])) if match else 1


def as_json(question: Question) -> dict[str, Any]:
    """Give a question as the alert's row keeps it."""
    kind = "articles" if isinstance(question, ArticleQuestion) else "transfers"
    rest = {each.name: getattr(question, each.name) for each in fields(question) if each.name != "filters"}
    asked = {name: value for name, value in asdict(question.filters).items() if value is not None}
    days = {name: value.isoformat() for name, value in asked.items() if isinstance(value, datetime)}
    return {"kind": kind, **rest, "filters": asked | days}


def from_json(kept: dict[str, Any]) -> Question:
    """Give the question that a row keeps."""
    asked = dict(kept["filters"])
    asked |= {name: datetime.fromisoformat(asked[name]) for name in ("since", "until") if name in asked}
    if kept["kind"] == "articles":
        return ArticleQuestion(kept["words"], ArticleFilters(**asked))
    return TransferQuestion(TransferFilters(**asked), kept["stage"], kept["origins"])
