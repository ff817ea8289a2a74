"""Alembic's entry: runs the migrations on the connection that upgrade() hands over."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from models import Base
from models.base import BigId, Json, UtcDateTime


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Write our own column types by their names in new revisions."""
    if kind != "type":
        return False
    name = (
        "UtcDateTime()" if isinstance(item, UtcDateTime) else {repr(Json): "Json", repr(BigId): "BigId"}.get(repr(item))
    )
    if name is None:
        return False
    autogen.imports.add("from models.base import BigId, Json, UtcDateTime")
    return name


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transaction_per_migration=False,
    render_item=render_item,
)
context.run_migrations()
