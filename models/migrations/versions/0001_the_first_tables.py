"""the first tables"""

from alembic import op
import sqlalchemy as sa
from models.base import BigId, Json, UtcDateTime

revision = '0001'
down_revision = None


def upgrade() -> None:
    op.create_table('alert',
    sa.Column('id', BigId, nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('query', Json, nullable=False),
    sa.Column('channel', sa.String(), nullable=False),
    sa.Column('last_run_at', UtcDateTime(), nullable=True),
    sa.CheckConstraint("channel IN ('mail', 'webhook', 'feed')", name=op.f('ck_alert_channel')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_alert')),
    sa.UniqueConstraint('name', name=op.f('uq_alert_name'))
    )
    op.create_table('lease',
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('holder', sa.String(), nullable=False),
    sa.Column('expires_at', UtcDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_lease'))
    )
    op.create_table('outlet',
    sa.Column('id', BigId, nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('homepage', sa.String(), nullable=True),
    sa.Column('country', sa.String(), nullable=True),
    sa.Column('languages', Json, nullable=False),
    sa.Column('kind', sa.String(), nullable=True),
    sa.Column('owner', sa.String(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outlet')),
    sa.UniqueConstraint('name', name=op.f('uq_outlet_name'))
    )
    op.create_table('transfer',
    sa.Column('id', BigId, nullable=False),
    sa.Column('supplier', sa.String(), nullable=True),
    sa.Column('recipient', sa.String(), nullable=True),
    sa.Column('weapon', sa.String(), nullable=True),
    sa.Column('category', sa.String(), nullable=True),
    sa.Column('first_reported_at', UtcDateTime(), nullable=True),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('quantity_min', BigId, nullable=True),
    sa.Column('quantity_max', BigId, nullable=True),
    sa.Column('value_min', sa.Double(), nullable=True),
    sa.Column('value_max', sa.Double(), nullable=True),
    sa.Column('currency', sa.String(), nullable=True),
    sa.Column('value_kind', sa.String(), nullable=True),
    sa.Column('independent_origins', sa.Integer(), nullable=False),
    sa.Column('contradictions', Json, nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_transfer'))
    )
    op.create_index(op.f('ix_transfer_recipient'), 'transfer', ['recipient'], unique=False)
    op.create_index(op.f('ix_transfer_supplier'), 'transfer', ['supplier'], unique=False)
    op.create_table('delivery',
    sa.Column('id', BigId, nullable=False),
    sa.Column('alert_id', BigId, nullable=False),
    sa.Column('item', sa.String(), nullable=False),
    sa.Column('sent_at', UtcDateTime(), nullable=False),
    sa.Column('outcome', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['alert_id'], ['alert.id'], name=op.f('fk_delivery_alert_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_delivery')),
    sa.UniqueConstraint('alert_id', 'item', name=op.f('uq_delivery_alert_id_item'))
    )
    op.create_table('source',
    sa.Column('id', BigId, nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('outlet_id', BigId, nullable=False),
    sa.Column('enabled', sa.Boolean(), nullable=False),
    sa.Column('interval', sa.Integer(), nullable=False),
    sa.Column('expect', sa.Integer(), nullable=True),
    sa.Column('next_crawl_at', UtcDateTime(), nullable=True),
    sa.Column('last_success_at', UtcDateTime(), nullable=True),
    sa.Column('failures', sa.Double(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=True),
    sa.CheckConstraint("state IN ('healthy', 'late', 'failing', 'blocked', 'silent', 'disabled')", name=op.f('ck_source_state')),
    sa.ForeignKeyConstraint(['outlet_id'], ['outlet.id'], name=op.f('fk_source_outlet_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_source')),
    sa.UniqueConstraint('name', name=op.f('uq_source_name'))
    )
    op.create_index(op.f('ix_source_next_crawl_at'), 'source', ['next_crawl_at'], unique=False)
    op.create_table('article',
    sa.Column('id', BigId, nullable=False),
    sa.Column('canonical_url', sa.String(), nullable=False),
    sa.Column('canonical_origin', sa.String(), nullable=False),
    sa.Column('amp_url', sa.String(), nullable=True),
    sa.Column('source_id', BigId, nullable=False),
    sa.Column('outlet_id', BigId, nullable=False),
    sa.Column('headline', sa.String(), nullable=True),
    sa.Column('headline_origin', sa.String(), nullable=True),
    sa.Column('authors', Json, nullable=False),
    sa.Column('published_at', UtcDateTime(), nullable=True),
    sa.Column('published_origin', sa.String(), nullable=True),
    sa.Column('published_precision', sa.String(), nullable=True),
    sa.Column('published_raw', sa.String(), nullable=True),
    sa.Column('published_flag', sa.String(), nullable=True),
    sa.Column('modified_at', UtcDateTime(), nullable=True),
    sa.Column('modified_raw', sa.String(), nullable=True),
    sa.Column('first_seen_at', UtcDateTime(), nullable=False),
    sa.Column('gone_at', UtcDateTime(), nullable=True),
    sa.Column('language', sa.String(), nullable=True),
    sa.Column('access', sa.String(), nullable=False),
    sa.Column('description', sa.String(), nullable=True),
    sa.Column('section', sa.String(), nullable=True),
    sa.Column('keywords', Json, nullable=False),
    sa.Column('image', sa.String(), nullable=True),
    sa.Column('publisher', sa.String(), nullable=True),
    sa.Column('agency', sa.String(), nullable=True),
    sa.Column('relevance', sa.Double(), nullable=False),
    sa.Column('relevance_reasons', Json, nullable=False),
    sa.Column('candidates', Json, nullable=False),
    sa.Column('problems', Json, nullable=False),
    sa.Column('body_reader', sa.String(), nullable=True),
    sa.Column('body_confidence', sa.Double(), nullable=True),
    sa.Column('fingerprint', sa.LargeBinary(), nullable=True),
    sa.Column('origin_group', BigId, nullable=True),
    sa.Column('current_revision_id', BigId, nullable=True),
    sa.CheckConstraint("published_precision IN ('minute', 'day', 'none')", name=op.f('ck_article_precision')),
    sa.ForeignKeyConstraint(['current_revision_id'], ['revision.id'], name='fk_article_current_revision_id', use_alter=True),
    sa.ForeignKeyConstraint(['outlet_id'], ['outlet.id'], name=op.f('fk_article_outlet_id')),
    sa.ForeignKeyConstraint(['source_id'], ['source.id'], name=op.f('fk_article_source_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_article')),
    sa.UniqueConstraint('canonical_url', name=op.f('uq_article_canonical_url'))
    )
    op.create_index(op.f('ix_article_first_seen_at'), 'article', ['first_seen_at'], unique=False)
    op.create_index(op.f('ix_article_origin_group'), 'article', ['origin_group'], unique=False)
    op.create_index(op.f('ix_article_outlet_id'), 'article', ['outlet_id'], unique=False)
    op.create_index(op.f('ix_article_published_at'), 'article', ['published_at'], unique=False)
    op.create_index(op.f('ix_article_source_id'), 'article', ['source_id'], unique=False)
    op.create_table('crawl_run',
    sa.Column('id', BigId, nullable=False),
    sa.Column('source_id', BigId, nullable=False),
    sa.Column('slot', UtcDateTime(), nullable=False),
    sa.Column('started_at', UtcDateTime(), nullable=False),
    sa.Column('heartbeat_at', UtcDateTime(), nullable=False),
    sa.Column('finished_at', UtcDateTime(), nullable=True),
    sa.Column('outcome', sa.String(), nullable=True),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('counts', Json, nullable=False),
    sa.CheckConstraint("outcome IN ('finished', 'incomplete', 'failed', 'killed', 'lost')", name=op.f('ck_crawl_run_outcome')),
    sa.ForeignKeyConstraint(['source_id'], ['source.id'], name=op.f('fk_crawl_run_source_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_crawl_run')),
    sa.UniqueConstraint('source_id', 'slot', name=op.f('uq_crawl_run_source_id_slot'))
    )
    op.create_index('ix_crawl_run_running', 'crawl_run', ['source_id'], unique=True, sqlite_where=sa.text('finished_at IS NULL'), postgresql_where=sa.text('finished_at IS NULL'))
    op.create_table('fingerprint_band',
    sa.Column('article_id', BigId, nullable=False),
    sa.Column('key', BigId, nullable=False),
    sa.ForeignKeyConstraint(['article_id'], ['article.id'], name=op.f('fk_fingerprint_band_article_id')),
    sa.PrimaryKeyConstraint('article_id', 'key', name=op.f('pk_fingerprint_band'))
    )
    op.create_index('ix_fingerprint_band_key', 'fingerprint_band', ['key'], unique=False)
    op.create_table('page',
    sa.Column('id', BigId, nullable=False),
    sa.Column('url', sa.String(), nullable=False),
    sa.Column('source_id', BigId, nullable=False),
    sa.Column('article_id', BigId, nullable=True),
    sa.Column('found_at', UtcDateTime(), nullable=False),
    sa.Column('found_in', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=True),
    sa.Column('published_raw', sa.String(), nullable=True),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('relevance', sa.Double(), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('next_fetch_at', UtcDateTime(), nullable=True),
    sa.Column('etag', sa.String(), nullable=True),
    sa.Column('last_modified', sa.String(), nullable=True),
    sa.CheckConstraint("state IN ('wanted', 'kept', 'done', 'irrelevant', 'failed', 'gone', 'refused')", name=op.f('ck_page_state')),
    sa.ForeignKeyConstraint(['article_id'], ['article.id'], name=op.f('fk_page_article_id')),
    sa.ForeignKeyConstraint(['source_id'], ['source.id'], name=op.f('fk_page_source_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_page')),
    sa.UniqueConstraint('url', name=op.f('uq_page_url'))
    )
    op.create_index(op.f('ix_page_article_id'), 'page', ['article_id'], unique=False)
    op.create_index('ix_page_due', 'page', ['source_id', 'next_fetch_at'], unique=False)
    op.create_table('capture',
    sa.Column('id', BigId, nullable=False),
    sa.Column('page_id', BigId, nullable=False),
    sa.Column('crawl_run_id', BigId, nullable=True),
    sa.Column('fetched_at', UtcDateTime(), nullable=False),
    sa.Column('final_url', sa.String(), nullable=False),
    sa.Column('status', sa.Integer(), nullable=True),
    sa.Column('sha256', sa.String(), nullable=True),
    sa.Column('bytes', sa.Integer(), nullable=True),
    sa.Column('warc_file', sa.String(), nullable=True),
    sa.Column('warc_offset', BigId, nullable=True),
    sa.Column('warc_length', BigId, nullable=True),
    sa.Column('error', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['crawl_run_id'], ['crawl_run.id'], name=op.f('fk_capture_crawl_run_id')),
    sa.ForeignKeyConstraint(['page_id'], ['page.id'], name=op.f('fk_capture_page_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_capture'))
    )
    op.create_index(op.f('ix_capture_crawl_run_id'), 'capture', ['crawl_run_id'], unique=False)
    op.create_index(op.f('ix_capture_page_id'), 'capture', ['page_id'], unique=False)
    op.create_table('revision',
    sa.Column('id', BigId, nullable=False),
    sa.Column('article_id', BigId, nullable=False),
    sa.Column('capture_id', BigId, nullable=False),
    sa.Column('seen_at', UtcDateTime(), nullable=False),
    sa.Column('headline', sa.String(), nullable=True),
    sa.Column('published_at', UtcDateTime(), nullable=True),
    sa.Column('modified_at', UtcDateTime(), nullable=True),
    sa.Column('paragraphs', Json, nullable=False),
    sa.Column('text_sha256', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['article_id'], ['article.id'], name=op.f('fk_revision_article_id')),
    sa.ForeignKeyConstraint(['capture_id'], ['capture.id'], name=op.f('fk_revision_capture_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_revision')),
    sa.UniqueConstraint('article_id', 'capture_id', name=op.f('uq_revision_article_id_capture_id'))
    )
    op.create_table('article_table',
    sa.Column('id', BigId, nullable=False),
    sa.Column('revision_id', BigId, nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('caption', sa.String(), nullable=True),
    sa.Column('columns', Json, nullable=False),
    sa.Column('rows', Json, nullable=False),
    sa.Column('cells', Json, nullable=False),
    sa.Column('unit', sa.String(), nullable=True),
    sa.Column('scale', sa.Double(), nullable=False),
    sa.Column('notes', Json, nullable=False),
    sa.Column('truncated', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['revision_id'], ['revision.id'], name=op.f('fk_article_table_revision_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_article_table')),
    sa.UniqueConstraint('revision_id', 'position', name=op.f('uq_article_table_revision_id_position'))
    )
    op.create_table('claim',
    sa.Column('id', BigId, nullable=False),
    sa.Column('revision_id', BigId, nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('supplier', sa.String(), nullable=True),
    sa.Column('recipient', sa.String(), nullable=True),
    sa.Column('weapon', sa.String(), nullable=True),
    sa.Column('weapon_raw', Json, nullable=False),
    sa.Column('category', sa.String(), nullable=True),
    sa.Column('register_category', sa.String(), nullable=True),
    sa.Column('quantity', BigId, nullable=True),
    sa.Column('quantity_qualifier', sa.String(), nullable=True),
    sa.Column('value_min', sa.Double(), nullable=True),
    sa.Column('value_max', sa.Double(), nullable=True),
    sa.Column('value_qualifier', sa.String(), nullable=True),
    sa.Column('currency', sa.String(), nullable=True),
    sa.Column('value_kind', sa.String(), nullable=True),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('modality', sa.String(), nullable=False),
    sa.Column('attributed_to', sa.String(), nullable=True),
    sa.Column('year', sa.Integer(), nullable=True),
    sa.Column('quote', sa.String(), nullable=False),
    sa.Column('paragraph', sa.Integer(), nullable=True),
    sa.Column('start', sa.Integer(), nullable=True),
    sa.Column('end', sa.Integer(), nullable=True),
    sa.Column('table', sa.Integer(), nullable=True),
    sa.Column('row', sa.Integer(), nullable=True),
    sa.Column('column', sa.Integer(), nullable=True),
    sa.Column('rule', sa.String(), nullable=False),
    sa.Column('confidence', sa.Double(), nullable=False),
    sa.CheckConstraint("modality IN ('asserted', 'attributed', 'hypothetical', 'negated', 'historical')", name=op.f('ck_claim_modality')),
    sa.CheckConstraint("status IN ('rumoured', 'offered', 'requested', 'negotiating', 'approved', 'contracted', 'in_production', 'delivering', 'delivered', 'donated', 'licensed_production', 'suspended', 'cancelled', 'denied', 'seized', 'general')", name=op.f('ck_claim_status')),
    sa.ForeignKeyConstraint(['revision_id'], ['revision.id'], name=op.f('fk_claim_revision_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_claim')),
    sa.UniqueConstraint('revision_id', 'position', name=op.f('uq_claim_revision_id_position'))
    )
    op.create_index('ix_claim_pair', 'claim', ['supplier', 'recipient'], unique=False)
    op.create_table('structured_data',
    sa.Column('id', BigId, nullable=False),
    sa.Column('revision_id', BigId, nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('type', sa.String(), nullable=True),
    sa.Column('data', Json, nullable=True),
    sa.Column('found_in', sa.String(), nullable=False),
    sa.Column('repairs', Json, nullable=False),
    sa.Column('raw', sa.String(), nullable=True),
    sa.Column('error', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['revision_id'], ['revision.id'], name=op.f('fk_structured_data_revision_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_structured_data')),
    sa.UniqueConstraint('revision_id', 'position', name=op.f('uq_structured_data_revision_id_position'))
    )
    op.create_table('series',
    sa.Column('id', BigId, nullable=False),
    sa.Column('table_id', BigId, nullable=False),
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
    sa.UniqueConstraint('table_id', 'column', name=op.f('uq_series_table_id_column'))
    )
    op.create_table('transfer_claim',
    sa.Column('transfer_id', BigId, nullable=False),
    sa.Column('claim_id', BigId, nullable=False),
    sa.ForeignKeyConstraint(['claim_id'], ['claim.id'], name=op.f('fk_transfer_claim_claim_id')),
    sa.ForeignKeyConstraint(['transfer_id'], ['transfer.id'], name=op.f('fk_transfer_claim_transfer_id')),
    sa.PrimaryKeyConstraint('transfer_id', 'claim_id', name=op.f('pk_transfer_claim'))
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
    sa.ForeignKeyConstraint(['series_id'], ['series.id'], name=op.f('fk_observation_series_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_observation')),
    sa.UniqueConstraint('series_id', 'position', name=op.f('uq_observation_series_id_position'))
    )
    # The two tables point at each other: SQLite takes the key above before its target exists, PostgreSQL only here.
    if op.get_bind().dialect.name != "sqlite":
        op.create_foreign_key("fk_article_current_revision_id", "article", "revision", ["current_revision_id"], ["id"])
