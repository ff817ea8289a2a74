"""transfers with their ladder, claims with day and case, rows of registers"""

from alembic import op
import sqlalchemy as sa
from models.base import BigId, Json, UtcDateTime

revision = '0002'
down_revision = '0001'


def upgrade() -> None:
    op.add_column('claim', sa.Column('happened_on', sa.Date(), nullable=True))
    op.add_column('claim', sa.Column('case_number', sa.String(), nullable=True))
    op.add_column('claim', sa.Column('value_parts', Json, nullable=True))
    op.add_column('claim', sa.Column('in_faq', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index(op.f('ix_claim_case_number'), 'claim', ['case_number'], unique=False)
    # The first revision never filled these two.
    op.drop_table('transfer_claim')
    op.drop_table('transfer')
    op.create_table('transfer',
    sa.Column('id', BigId, nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('supplier', sa.String(), nullable=True),
    sa.Column('recipient', sa.String(), nullable=True),
    sa.Column('weapon', sa.String(), nullable=True),
    sa.Column('category', sa.String(), nullable=True),
    sa.Column('items', Json, nullable=False),
    sa.Column('case_number', sa.String(), nullable=True),
    sa.Column('year_min', sa.Integer(), nullable=True),
    sa.Column('year_max', sa.Integer(), nullable=True),
    sa.Column('first_reported_at', UtcDateTime(), nullable=True),
    sa.Column('first_seen_at', UtcDateTime(), nullable=True),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('beside', Json, nullable=False),
    sa.Column('quantity_min', BigId, nullable=True),
    sa.Column('quantity_max', BigId, nullable=True),
    sa.Column('value_min', sa.Double(), nullable=True),
    sa.Column('value_max', sa.Double(), nullable=True),
    sa.Column('currency', sa.String(), nullable=True),
    sa.Column('value_kind', sa.String(), nullable=True),
    sa.Column('independent_origins', sa.Integer(), nullable=False),
    sa.Column('rungs', Json, nullable=False),
    sa.Column('quantities', Json, nullable=False),
    sa.Column('amounts', Json, nullable=False),
    sa.Column('origins', Json, nullable=False),
    sa.Column('contradictions', Json, nullable=False),
    sa.Column('agreements', Json, nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_transfer')),
    sa.UniqueConstraint('key', name=op.f('uq_transfer_key'))
    )
    op.create_index(op.f('ix_transfer_recipient'), 'transfer', ['recipient'], unique=False)
    op.create_index(op.f('ix_transfer_supplier'), 'transfer', ['supplier'], unique=False)
    op.create_table('transfer_claim',
    sa.Column('transfer_id', BigId, nullable=False),
    sa.Column('claim_id', BigId, nullable=False),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('role', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['claim_id'], ['claim.id'], name=op.f('fk_transfer_claim_claim_id')),
    sa.ForeignKeyConstraint(['transfer_id'], ['transfer.id'], name=op.f('fk_transfer_claim_transfer_id')),
    sa.PrimaryKeyConstraint('transfer_id', 'claim_id', name=op.f('pk_transfer_claim')),
    sa.UniqueConstraint('claim_id', name=op.f('uq_transfer_claim_claim_id'))
    )
    op.create_table('register_row',
    sa.Column('id', BigId, nullable=False),
    sa.Column('register', sa.String(), nullable=False),
    sa.Column('file', sa.String(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('imported_at', UtcDateTime(), nullable=False),
    sa.Column('line', sa.Integer(), nullable=False),
    sa.Column('reporter', sa.String(), nullable=True),
    sa.Column('supplier', sa.String(), nullable=True),
    sa.Column('supplier_raw', sa.String(), nullable=True),
    sa.Column('recipient', sa.String(), nullable=True),
    sa.Column('recipient_raw', sa.String(), nullable=True),
    sa.Column('weapon', sa.String(), nullable=True),
    sa.Column('weapon_raw', sa.String(), nullable=True),
    sa.Column('description', sa.String(), nullable=True),
    sa.Column('category', sa.String(), nullable=True),
    sa.Column('register_category', sa.String(), nullable=True),
    sa.Column('year', sa.Integer(), nullable=True),
    sa.Column('quantity', BigId, nullable=True),
    sa.Column('delivered', BigId, nullable=True),
    sa.Column('delivery_years', Json, nullable=False),
    sa.Column('condition', sa.String(), nullable=True),
    sa.Column('value', sa.Double(), nullable=True),
    sa.Column('currency', sa.String(), nullable=True),
    sa.Column('value_kind', sa.String(), nullable=True),
    sa.Column('tiv', sa.Double(), nullable=True),
    sa.Column('comments', sa.String(), nullable=True),
    sa.Column('uncertain', Json, nullable=False),
    sa.CheckConstraint("register IN ('sipri', 'unroca', 'licences')", name=op.f('ck_register_row_register')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_register_row')),
    sa.UniqueConstraint('register', 'sha256', 'line', name=op.f('uq_register_row_register_sha256_line'))
    )
    op.create_index('ix_register_row_pair', 'register_row', ['supplier', 'recipient'], unique=False)
