"""series along rows and of one partner: several of them may share a column"""

from alembic import op
import sqlalchemy as sa
from models.base import BigId

revision = '0011'
down_revision = '0010'

FIELDS = (
    'id', 'table_id', '"column"', 'label', 'supplier', 'recipient', 'measure', 'unit', 'scale', 'value_kind',
)


def upgrade() -> None:
    op.add_column('observation', sa.Column('column', sa.Integer(), nullable=True))
    cell = '(SELECT s."column" FROM series s WHERE s.id = observation.series_id)'
    op.execute(f'UPDATE observation SET "column" = {cell} WHERE "row" IS NOT NULL')
    if op.get_bind().dialect.name == 'sqlite':
        _rebuild()
        return
    op.add_column('series', sa.Column('position', sa.Integer(), nullable=True))
    op.execute('UPDATE series SET position = "column"')
    op.alter_column('series', 'position', nullable=False)
    op.drop_constraint('uq_series_table_id_column', 'series', type_='unique')
    op.create_unique_constraint('uq_series_table_id_position', 'series', ['table_id', 'position'])


def _rebuild() -> None:
    """SQLite drops no constraint: both tables are made anew, first the one that points to the other."""
    op.execute('CREATE TEMPORARY TABLE kept_observation AS SELECT * FROM observation')
    op.execute('CREATE TEMPORARY TABLE kept_series AS SELECT * FROM series')
    op.drop_table('observation')
    op.drop_table('series')
    op.create_table('series',
    sa.Column('id', BigId, nullable=False),
    sa.Column('table_id', BigId, nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('column', sa.Integer(), nullable=False),
    sa.Column('label', sa.String(), nullable=False),
    sa.Column('supplier', sa.String(), nullable=True),
    sa.Column('recipient', sa.String(), nullable=True),
    sa.Column('measure', sa.String(), nullable=True),
    sa.Column('unit', sa.String(), nullable=True),
    sa.Column('scale', sa.Double(), nullable=False),
    sa.Column('value_kind', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['table_id'], ['article_table.id'], name=op.f('fk_series_table_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_series')),
    sa.UniqueConstraint('table_id', 'position', name=op.f('uq_series_table_id_position'))
    )
    op.create_table('observation',
    sa.Column('id', BigId, nullable=False),
    sa.Column('series_id', BigId, nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('period', sa.Integer(), nullable=False),
    sa.Column('value', sa.Double(), nullable=True),
    sa.Column('raw', sa.String(), nullable=True),
    sa.Column('missing', sa.Boolean(), nullable=False),
    sa.Column('row', sa.Integer(), nullable=True),
    sa.Column('column', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['series_id'], ['series.id'], name=op.f('fk_observation_series_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_observation')),
    sa.UniqueConstraint('series_id', 'position', name=op.f('uq_observation_series_id_position'))
    )
    names = ', '.join(FIELDS)
    op.execute(f'INSERT INTO series ({names}, position) SELECT {names}, "column" FROM kept_series')
    names = 'id, series_id, position, period, value, raw, missing, "row", "column"'
    op.execute(f'INSERT INTO observation ({names}) SELECT {names} FROM kept_observation')
    op.execute('DROP TABLE kept_observation')
    op.execute('DROP TABLE kept_series')
