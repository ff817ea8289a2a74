"""checks of texts against the tables of the same page"""

from alembic import op
import sqlalchemy as sa
from models.base import BigId

revision = '0012'
down_revision = '0011'


def upgrade() -> None:
    op.create_table('table_check',
    sa.Column('id', BigId, nullable=False),
    sa.Column('revision_id', BigId, nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('claim', sa.Integer(), nullable=False),
    sa.Column('cell', sa.Integer(), nullable=True),
    sa.Column('agrees', sa.Boolean(), nullable=True),
    sa.Column('note', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['revision_id'], ['revision.id'], name=op.f('fk_table_check_revision_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_table_check')),
    sa.UniqueConstraint('revision_id', 'position', name=op.f('uq_table_check_revision_id_position'))
    )
