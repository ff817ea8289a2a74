"""Claims without a database: lines with passages in, lines with the claims they make out."""

import json
from pathlib import Path
from typing import Any

from pipelines.claims.from_text import find_passage_claims
from pipelines.claims.relevance import judge_relevance
from pipelines.items import ClaimDraft


def find_claims_lines(source: Path, target: Path) -> None:
    """Read each line {"id", "text"} and write what it claims; a bad line gives an "error"."""
    with source.open(encoding="utf-8") as lines, target.open("w", encoding="utf-8") as out:
        for line in lines:
            if line.strip():
                out.write(json.dumps(_find_line(line), ensure_ascii=False) + "\n")


def _find_line(line: str) -> dict[str, Any]:
    try:
        wanted = json.loads(line)
    except (ValueError, RecursionError) as error:
        return _failed(None, f"unreadable line: {error}")
    if not isinstance(wanted, dict):
        return _failed(None, "unreadable line: not an object")
    try:
        return _record(wanted)
    except Exception as error:  # noqa: BLE001  # one bad passage is one line; its error stands there
        return _failed(wanted.get("id"), f"{type(error).__name__}: {error}")


def _record(wanted: dict[str, Any]) -> dict[str, Any]:
    """Judge and read one passage: a text, or a headline with its first sentence."""
    language = wanted.get("language")
    parts = [wanted.get("headline"), wanted.get("first_sentence")]
    text = wanted.get("text") or "\n".join(part for part in parts if part)
    if not isinstance(text, str) or not text:
        return _failed(wanted.get("id"), "no text")
    relevance = judge_relevance(parts[0], parts[1], wanted.get("text") or "", language)
    claims = find_passage_claims(text, language, wanted.get("published"))
    return {
        "id": wanted.get("id"),
        "relevant": relevance.is_relevant,
        "score": relevance.score,
        "claims": [_claim(claim) for claim in claims],
    }


def _failed(identity: object, error: str) -> dict[str, Any]:
    return {"id": identity, "relevant": None, "score": None, "claims": [], "error": error}


def _claim(claim: ClaimDraft) -> dict[str, Any]:
    amount = claim.value_max if claim.value_min is None else claim.value_min
    return {
        "supplier": claim.supplier,
        "recipient": claim.recipient,
        "equipment": list(claim.weapon_raw),
        "category": claim.category,
        "quantity": claim.quantity,
        "value_amount": amount,
        "value_currency": claim.currency,
        "value_qualifier": claim.value_qualifier,
        "status": claim.status,
        "year": claim.year,
        "modality": claim.modality,
        "quote": claim.evidence.quote,
        "start": claim.evidence.start,
        "end": claim.evidence.end,
    }
