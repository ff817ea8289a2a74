"""indexes by which the pages of an outlet, a weapon and a source count without reading every row"""

from alembic import op
import sqlalchemy as sa

revision = '0010'
down_revision = '0009'


def upgrade() -> None:
    op.create_index('ix_article_outlet', 'article', ['outlet_id', 'current_revision_id'], unique=False)
    op.drop_index(op.f('ix_article_outlet_id'), table_name='article')
    op.create_index('ix_transfer_designation', 'transfer', [sa.text('lower(weapon)')], unique=False)
    reason = sa.text("reason IS NOT NULL AND state <> 'irrelevant'")
    op.create_index('ix_page_reason', 'page', ['source_id', 'state', 'reason'], unique=False,
                    sqlite_where=reason, postgresql_where=reason)
