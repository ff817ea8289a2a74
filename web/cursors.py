"""Cursors: where a list is read on, as text that means nothing to others and cannot be changed unnoticed."""

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fastapi import HTTPException


@dataclass(frozen=True, slots=True)
class Cursor:
    """How long the list was when it was begun, and the place of the last row handed out."""

    total: int
    place: tuple[Any, ...]


def write_cursor(question: str, cursor: Cursor) -> str:
    """Give the cursor as text that belongs to this question."""
    body = json.dumps([cursor.total, cursor.place], default=_tagged, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(_seal(question, body) + body).decode().rstrip("=")


def read_cursor(question: str, text: str) -> Cursor:
    """Read a cursor. Raises HTTPException 400 for one that was changed or belongs to another question."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        raw = b""
    seal, body = raw[:8], raw[8:]
    # Comparing the text too leaves one spelling only: the last sign of base64 has bits that nobody reads.
    if seal != _seal(question, body) or base64.urlsafe_b64encode(raw).decode().rstrip("=") != text:
        raise HTTPException(400, "cursor: is not one that was given out for this question")
    total, place = json.loads(body, object_hook=_untagged)
    return Cursor(total, tuple(place))


def _seal(question: str, body: bytes) -> bytes:
    """Digest the question and the place. No secret: a place tells nothing that the list itself does not."""
    return hashlib.blake2b(question.encode() + b"\0" + body, digest_size=8, person=b"cursor").digest()


def _tagged(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"at": value.isoformat()}
    raise TypeError(type(value))


def _untagged(value: dict[str, str]) -> datetime:
    return datetime.fromisoformat(value["at"])
