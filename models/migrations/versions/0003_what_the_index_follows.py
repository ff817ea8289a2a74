"""one line for each change of an article, which the search index follows; keys for lists of a million articles"""

from alembic import op
import sqlalchemy as sa
from models.base import BigId

revision = '0003'
down_revision = '0002'


def upgrade() -> None:
    op.create_table('article_change',
    sa.Column('id', BigId, nullable=False),
    sa.Column('article_id', BigId, nullable=False),
    sa.ForeignKeyConstraint(['article_id'], ['article.id'], name=op.f('fk_article_change_article_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_article_change'))
    )
    op.create_index('ix_article_change_article', 'article_change', ['article_id', 'id'], unique=False)
    op.create_index(op.f('ix_article_current_revision_id'), 'article', ['current_revision_id'], unique=False)
    op.create_index('ix_page_state', 'page', ['source_id', 'state'], unique=False)
    op.drop_index(op.f('ix_article_source_id'), 'article')
    op.create_index('ix_article_seen', 'article', ['source_id', 'first_seen_at'], unique=False)
    if op.get_bind().dialect.name == 'postgresql':
        op.execute('CREATE INDEX ix_article_newest ON article (published_at DESC NULLS LAST, id DESC)')
    op.create_index(op.f('ix_capture_warc_file'), 'capture', ['warc_file'], unique=False)
    op.create_index('ix_claim_value', 'claim', ['currency', 'value_min', 'value_max', 'revision_id'], unique=False)
    op.execute('INSERT INTO article_change (article_id) SELECT id FROM article ORDER BY current_revision_id')
