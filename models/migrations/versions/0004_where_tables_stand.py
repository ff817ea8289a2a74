"""where in the text a table stands"""

from alembic import op
import sqlalchemy as sa

revision = '0004'
down_revision = '0003'


def upgrade() -> None:
    op.add_column('article_table', sa.Column('paragraph', sa.Integer(), nullable=True))
