"""how strong the stage, the number and the value of a transfer are; rows get it when they are joined anew"""

from alembic import op
import sqlalchemy as sa

revision = '0013'
down_revision = '0012'

COUNTED = [
    'supplier', 'recipient', 'category', 'status', 'year', 'weapon', 'independent_origins', 'level', 'contradicted',
    'first_reported_at', 'key',
]


def upgrade() -> None:
    for name in ('level', 'quantity_level', 'value_level'):
        op.add_column('transfer', sa.Column(name, sa.Integer(), nullable=True))
    op.drop_index('ix_transfer_counts', table_name='transfer')
    op.create_index('ix_transfer_counts', 'transfer', COUNTED, unique=False)
