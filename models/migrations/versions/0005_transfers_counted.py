"""transfers with their year and whether they are contradicted, to be counted by"""

from alembic import op
import sqlalchemy as sa

revision = '0005'
down_revision = '0004'

COUNTED = [
    'supplier', 'recipient', 'category', 'status', 'year', 'weapon', 'independent_origins', 'contradicted',
    'first_reported_at', 'key',
]


def upgrade() -> None:
    op.add_column('transfer', sa.Column('year', sa.Integer(), nullable=True))
    op.add_column('transfer', sa.Column('contradicted', sa.Boolean(), server_default=sa.false(), nullable=False))
    reported = 'coalesce(first_reported_at, first_seen_at)'
    is_sqlite = op.get_bind().dialect.name == 'sqlite'
    year = f"strftime('%Y', {reported})" if is_sqlite else f"extract(year from {reported} at time zone 'UTC')"
    op.execute(
        f"UPDATE transfer SET year = coalesce(year_min, CAST({year} AS INTEGER)), "
        "contradicted = (CAST(contradictions AS VARCHAR) <> '[]')"
    )
    op.create_index('ix_transfer_counts', 'transfer', COUNTED, unique=False)
    op.create_index(op.f('ix_transfer_category'), 'transfer', ['category'], unique=False)
    op.create_index(op.f('ix_transfer_weapon'), 'transfer', ['weapon'], unique=False)
