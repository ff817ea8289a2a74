"""Paragraphs cut where claims begin and end, so that a page can mark the words that say so."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from models.listing_claims import ClaimRow
from models.listing_detail import ArticleDetail, CandidateRow, ParagraphRow

FIELDS_OF_DATES = {"published": "published_at", "modified": "modified_at"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a paragraph; ``claims`` are the numbers of those it is evidence for, ``ends`` of those ending here."""

    text: str
    claims: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkedParagraph:
    """A numbered paragraph in pieces."""

    number: int
    kind: str
    pieces: tuple[Piece, ...]


def mark_claims(paragraphs: Sequence[ParagraphRow], claims: Sequence[ClaimRow]) -> tuple[MarkedParagraph, ...]:
    """Cut each paragraph at its claims; claims are numbered from 1 in their order."""
    spans: dict[int, list[tuple[int, int, int]]] = {}
    for number, claim in enumerate(claims, 1):
        if claim.paragraph is not None and claim.start is not None and claim.end is not None:
            spans.setdefault(claim.paragraph, []).append((claim.start, claim.end, number))
    return tuple(
        MarkedParagraph(each.number, each.kind, _pieces(each.text, spans.get(each.number, []))) for each in paragraphs
    )


def claims_of_cells(claims: Sequence[ClaimRow]) -> dict[tuple[int, int, int], list[int]]:
    """Give the numbers of the claims a table's cell is evidence for, by table, row and column."""
    cells: dict[tuple[int, int, int], list[int]] = {}
    for number, claim in enumerate(claims, 1):
        if claim.table is not None and claim.row is not None and claim.column is not None:
            cells.setdefault((claim.table, claim.row, claim.column), []).append(number)
    return cells


def verified_claims(detail: ArticleDetail) -> set[int]:
    """Give the numbers of the claims whose quote is what the article has at the place that the claim names."""
    texts = {each.number: each.text for each in detail.paragraphs}
    cells = {
        (table.position, row, column): text
        for table in detail.tables
        for row, texts_of_row in enumerate(table.rows)
        for column, text in enumerate(texts_of_row)
    }
    return {
        number
        for number, claim in enumerate(detail.claims, 1)
        if claim.quote
        in (
            texts.get(claim.paragraph, "")[claim.start : claim.end] if claim.paragraph is not None else None,
            cells.get((claim.table, claim.row, claim.column)),
        )
    }


def offers_by_field(detail: ArticleDetail) -> dict[str, list[CandidateRow]]:
    """Give what the page offered for each field beside what was taken, by the name the field has here."""
    taken = {(field.name, str(field.raw or field.value)): field.origin for field in detail.fields}
    offers: dict[str, list[CandidateRow]] = {}
    for each in detail.candidates:
        name = FIELDS_OF_DATES.get(each.field, each.field)
        if taken.get((name, each.value), "") not in (each.origin, None):
            offers.setdefault(name, []).append(each)
    return offers


def origins_by_field(detail: ArticleDetail) -> dict[str, str]:
    """Give where each field's value stood: as kept, or else where the page offers just that."""
    offered = {(FIELDS_OF_DATES.get(each.field, each.field), each.value): each.origin for each in detail.candidates}
    found = {field.name: field.origin or offered.get((field.name, str(field.raw))) for field in detail.fields}
    return {name: origin for name, origin in found.items() if origin is not None}


def _pieces(text: str, spans: list[tuple[int, int, int]]) -> tuple[Piece, ...]:
    cuts = sorted({0, len(text), *(min(at, len(text)) for start, end, _ in spans for at in (start, end))})
    return tuple(
        Piece(
            text[start:end],
            tuple(number for first, last, number in spans if first <= start and end <= last),
            tuple(number for _, last, number in spans if last == end),
        )
        for start, end in pairwise(cuts)
    )
