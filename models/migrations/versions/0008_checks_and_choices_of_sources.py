"""checks of sources, and what the operator chose for them"""

from alembic import op
import sqlalchemy as sa
from models.base import BigId, Json, UtcDateTime

revision = '0008'
down_revision = '0007'

VERDICTS = (
    'alive', 'moved', 'undated', 'wall', 'blocked', 'robots', 'changed', 'replaced', 'empty', 'stale', 'gone',
    'certificate', 'DNS', 'unreachable',
)


def upgrade() -> None:
    op.add_column('source', sa.Column('operator_interval', sa.Integer(), nullable=True))
    op.add_column('source', sa.Column('operator_expect', sa.Integer(), nullable=True))
    op.add_column('source', sa.Column('operator_delay', sa.Double(), nullable=True))
    op.add_column('source', sa.Column('adapted_interval', sa.Integer(), nullable=True))
    op.add_column('source', sa.Column('validators', Json, nullable=True))
    op.create_table('source_check',
    sa.Column('id', BigId, nullable=False),
    sa.Column('source_id', BigId, nullable=False),
    sa.Column('checked_at', UtcDateTime(), nullable=False),
    sa.Column('verdict', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('proposal', sa.String(), nullable=True),
    sa.Column('moved_to', sa.String(), nullable=True),
    sa.Column('items', sa.Integer(), nullable=False),
    sa.Column('newest_at', UtcDateTime(), nullable=True),
    sa.Column('seconds', sa.Double(), nullable=False),
    sa.CheckConstraint(f'verdict IN {VERDICTS}', name=op.f('ck_source_check_verdict')),
    sa.ForeignKeyConstraint(['source_id'], ['source.id'], name=op.f('fk_source_check_source_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_source_check'))
    )
    op.create_index('ix_source_check_source_id_checked_at', 'source_check', ['source_id', 'checked_at'], unique=False)
