"""Finds what is new for an alert: each item has a name made of facts, so a change of bytes alone makes no new one."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from alerts.questions import Question, TransferQuestion
from models.article import Article
from models.claim import Claim
from models.listing_transfers import TransferRow, list_transfers
from models.search_index import SearchIndex
from models.search_question import index_filters

CHUNK = 500  # articles read at a time
EVERYTHING = 1_000_000
_CLAIM_FACTS = (
    "supplier", "recipient", "weapon", "category", "status", "modality", "quantity", "value_min", "value_max",
    "currency", "year",
)  # fmt: skip
_TRANSFER_FACTS = (
    "status", "beside", "quantity_min", "quantity_max", "value_min", "value_max", "currency", "value_kind",
    "independent_origins",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """Something to tell: ``name`` is the same as long as its facts are; ``facts`` are what a message says of it.

    ``thing`` names the article or transfer, whatever is said of it.
    """

    thing: str
    name: str
    facts: dict[str, Any]


def find_items(session: Session, index: SearchIndex, question: Question, after: int) -> Iterator[Item]:
    """Yield the items that articles give which changed after that change, or transfers as they are now."""
    if isinstance(question, TransferQuestion):
        yield from _of_transfers(session, question)
        return
    ids = index.changed(question.words, index_filters(question.filters), after)
    for at in range(0, len(ids), CHUNK):
        wanted = select(Article).where(Article.id.in_(ids[at : at + CHUNK])).order_by(Article.id)
        yield from (_article_item(session, article) for article in session.scalars(wanted))


def _article_item(session: Session, article: Article) -> Item:
    claims = session.scalars(
        select(Claim).where(Claim.revision_id == article.current_revision_id).order_by(Claim.position)
    ).all()
    stated = sorted({json.dumps([getattr(claim, name) for name in _CLAIM_FACTS]) for claim in claims})
    facts = {
        "kind": "article",
        "id": article.id,
        "headline": article.headline,
        "outlet": article.outlet.name,
        "outlet_kind": article.outlet.kind,
        "published_at": article.published_at.isoformat() if article.published_at else None,
        "url": article.canonical_url,
        "claims": [{name: getattr(claim, name) for name in _CLAIM_FACTS} | {"quote": claim.quote} for claim in claims],
    }
    return Item(f"article {article.canonical_url}", f"article {article.canonical_url} {_digest(stated)}", facts)


def _of_transfers(session: Session, question: TransferQuestion) -> Iterator[Item]:
    for row in list_transfers(session, question.filters, EVERYTHING).rows:
        if question.stage is None:
            if row.independent_origins >= question.origins:
                yield _transfer_item(row, _digest(_plain_facts(row)))
        elif any(each["status"] == question.stage and each["origins"] >= question.origins for each in row.rungs):
            yield _transfer_item(row, f"{question.stage} by {question.origins}")


def _plain_facts(row: TransferRow) -> dict[str, Any]:
    facts = {name: getattr(row, name) for name in _TRANSFER_FACTS}
    return facts | {"contradicted": sorted({each["field"] for each in row.contradictions})}


def _transfer_item(row: TransferRow, state: str) -> Item:
    facts = {
        "kind": "transfer",
        "id": row.id,
        "key": row.key,
        "supplier": row.supplier,
        "recipient": row.recipient,
        "item": row.weapon or ", ".join(row.items) or row.category,
        **_plain_facts(row),
        "rungs": {each["status"]: each["origins"] for each in row.rungs},
        "outlets": sorted({name for origin in row.origins for name in origin["outlets"]}),
    }
    return Item(f"transfer {row.key}", f"transfer {row.key} {state}", facts)


def _digest(facts: Any) -> str:
    return hashlib.sha256(json.dumps(facts, sort_keys=True, default=str).encode()).hexdigest()[:12]
