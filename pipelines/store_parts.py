"""Writes the parts of one revision: structured data, tables, claims and how these agree; each set replaces the last."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from models.article import ArticleChange, Revision
from models.claim import Claim
from models.structured import StructuredData
from models.table import ArticleTable, Observation, Series, TableCheck
from models.transfer import transfer_claim
from pipelines.items import ClaimDraft, SeriesDraft, StructuredDraft, TableDraft
from pipelines.table_checks import TableCheckDraft


def store_structured_data(session: Session, revision_id: int, drafts: Sequence[StructuredDraft]) -> None:
    """Write the JSON-LD and other objects of a revision in their order."""
    session.execute(delete(StructuredData).where(StructuredData.revision_id == revision_id))
    session.add_all(
        StructuredData(
            revision_id=revision_id,
            position=position,
            type=" ".join(draft.types) or None,
            data=draft.data,
            found_in=draft.found_in,
            repairs=list(draft.repairs),
            raw=draft.raw,
            error=draft.error,
        )
        for position, draft in enumerate(drafts)
    )


def store_tables(session: Session, revision_id: int, drafts: Sequence[TableDraft]) -> None:
    """Write the data tables of a revision, and the series in them."""
    _delete_tables(session, revision_id)
    for position, draft in enumerate(drafts):
        table = ArticleTable(
            revision_id=revision_id,
            position=position,
            caption=draft.caption,
            columns=list(draft.columns),
            rows=[[cell.text for cell in row] for row in draft.rows],
            cells=[[_typed(cell) for cell in row] for row in draft.rows],
            unit=draft.unit,
            scale=draft.scale,
            notes=list(draft.notes),
            truncated=draft.truncated,
            paragraph=draft.paragraph,
        )
        session.add(table)
        session.flush()
        session.add_all(_series(table.id, place, each) for place, each in enumerate(draft.series))


def _typed(cell: Any) -> dict[str, Any]:
    return {name: value for name, value in asdict(cell).items() if name != "text" and value is not None}


def _delete_tables(session: Session, revision_id: int) -> None:
    tables = select(ArticleTable.id).where(ArticleTable.revision_id == revision_id).scalar_subquery()
    series = select(Series.id).where(Series.table_id.in_(tables)).scalar_subquery()
    session.execute(delete(Observation).where(Observation.series_id.in_(series)))
    session.execute(delete(Series).where(Series.table_id.in_(tables)))
    session.execute(delete(ArticleTable).where(ArticleTable.revision_id == revision_id))


def _series(table_id: int, place: int, draft: SeriesDraft) -> Series:
    fields = {name: getattr(draft, name) for name in _SERIES_FIELDS}
    observations = [Observation(position=position, **asdict(each)) for position, each in enumerate(draft.observations)]
    return Series(table_id=table_id, position=place, observations=observations, **fields)


_SERIES_FIELDS = ("column", "label", "supplier", "recipient", "measure", "unit", "scale", "value_kind")


def store_claims(session: Session, revision_id: int, drafts: Sequence[ClaimDraft]) -> None:
    """Write the claims of a revision in their order, each with the place where it stands; the same ones stay."""
    if has_claims(session, revision_id, drafts):
        return
    ids = select(Claim.id).where(Claim.revision_id == revision_id).scalar_subquery()
    session.execute(transfer_claim.delete().where(transfer_claim.c.claim_id.in_(ids)))
    session.execute(delete(Claim).where(Claim.revision_id == revision_id))
    columns = map(_claim_columns, drafts)
    session.add_all(Claim(revision_id=revision_id, position=at, **each) for at, each in enumerate(columns))
    article = select(Revision.article_id).where(Revision.id == revision_id)
    session.execute(insert(ArticleChange).from_select(["article_id"], article))


def has_claims(session: Session, revision_id: int, drafts: Sequence[ClaimDraft]) -> bool:
    """Answer whether the claims of a revision are these already."""
    held = session.scalars(select(Claim).where(Claim.revision_id == revision_id).order_by(Claim.position)).all()
    return len(held) == len(drafts) and all(map(_is_held, held, map(_claim_columns, drafts)))


def store_table_checks(session: Session, revision_id: int, drafts: Sequence[TableCheckDraft]) -> None:
    """Write how the text of a revision compares with its tables."""
    session.execute(delete(TableCheck).where(TableCheck.revision_id == revision_id))
    session.add_all(
        TableCheck(revision_id=revision_id, position=at, **asdict(draft)) for at, draft in enumerate(drafts)
    )


def _claim_columns(draft: ClaimDraft) -> dict[str, Any]:
    fields = {name: getattr(draft, name) for name in draft.__dataclass_fields__ if name != "evidence"}
    fields["weapon_raw"] = list(draft.weapon_raw)
    fields["value_parts"] = None if draft.value_parts is None else [list(part) for part in draft.value_parts]
    return {**fields, **asdict(draft.evidence)}  # as the database gives it back: JSON has no tuples


def _is_held(claim: Claim, columns: dict[str, Any]) -> bool:
    return all(getattr(claim, name) == value for name, value in columns.items())
