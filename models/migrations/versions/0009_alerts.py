"""alerts with channel and template, deliveries with their state"""

from alembic import op
import sqlalchemy as sa
from models.base import BigId, Json, UtcDateTime

revision = '0009'
down_revision = '0008'


def upgrade() -> None:
    # No earlier revision filled these two.
    op.drop_table('delivery')
    op.drop_table('alert')
    op.create_table('alert',
    sa.Column('id', BigId, nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('query', Json, nullable=False),
    sa.Column('channel', sa.String(), nullable=False),
    sa.Column('target', sa.String(), nullable=True),
    sa.Column('template', sa.String(), nullable=True),
    sa.Column('every', sa.Integer(), nullable=False),
    sa.Column('enabled', sa.Boolean(), nullable=False),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.Column('seen_change', BigId, nullable=False),
    sa.Column('last_run_at', UtcDateTime(), nullable=True),
    sa.Column('next_send_at', UtcDateTime(), nullable=False),
    sa.CheckConstraint("channel IN ('mail', 'webhook', 'feed')", name=op.f('ck_alert_channel')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_alert')),
    sa.UniqueConstraint('name', name=op.f('uq_alert_name'))
    )
    op.create_table('delivery',
    sa.Column('id', BigId, nullable=False),
    sa.Column('alert_id', BigId, nullable=False),
    sa.Column('item', sa.String(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('facts', Json, nullable=False),
    sa.Column('found_at', UtcDateTime(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('sent_at', UtcDateTime(), nullable=True),
    sa.Column('outcome', sa.String(), nullable=True),
    sa.CheckConstraint("state IN ('known', 'waiting', 'sent', 'failed')", name=op.f('ck_delivery_state')),
    sa.ForeignKeyConstraint(['alert_id'], ['alert.id'], name=op.f('fk_delivery_alert_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_delivery')),
    sa.UniqueConstraint('alert_id', 'item', name=op.f('uq_delivery_alert_id_item'))
    )
    op.create_index(op.f('ix_delivery_alert_id'), 'delivery', ['alert_id'], unique=False)
