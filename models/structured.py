"""JSON-LD and other structured data as pages carried it."""

from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, BigId, Identity


class StructuredData(Base):
    """One JSON-LD (or microdata) object; several types are joined by a space in ``type``."""

    __tablename__ = "structured_data"
    __table_args__ = (UniqueConstraint("revision_id", "position"),)

    id: Mapped[Identity]
    revision_id: Mapped[int] = mapped_column(BigId, ForeignKey("revision.id"))
    position: Mapped[int]
    type: Mapped[str | None]
    data: Mapped[dict[str, Any] | None]
    found_in: Mapped[str]
    repairs: Mapped[list[str]]
    raw: Mapped[str | None]
    error: Mapped[str | None]
