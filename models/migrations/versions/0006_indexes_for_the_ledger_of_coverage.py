"""indexes by which the web pages find what is new and count what was watched"""

from alembic import op
import sqlalchemy as sa

revision = '0006'
down_revision = '0005'


def upgrade() -> None:
    op.create_index('ix_crawl_run_started', 'crawl_run', ['source_id', 'started_at', 'outcome'], unique=False)
    op.create_index('ix_page_found', 'page', ['source_id', 'found_at', 'state'], unique=False)
    lost = sa.text("state IN ('kept', 'failed', 'gone', 'refused')")
    op.create_index('ix_page_lost', 'page', ['source_id', 'found_at', 'state', 'reason'], unique=False,
                    sqlite_where=lost, postgresql_where=lost)
    op.create_index(op.f('ix_revision_seen_at'), 'revision', ['seen_at'], unique=False)
    op.create_index(op.f('ix_transfer_first_seen_at'), 'transfer', ['first_seen_at'], unique=False)
