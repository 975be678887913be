"""Service of papers, consent to electronic service, and views that factories state."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_INDEX = "ix_notices_county_code_kind_state_issued_at"


def upgrade() -> None:
    """Take the step."""
    op.create_index(_INDEX, "notices", ["county_code", "kind", "state", "issued_at"])
    op.create_table(
        "service_consents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("factory_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("given_at", _MOMENT, nullable=False),
        sa.Column("revoked_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["factory_id"], ["factories.id"], name=op.f("fk_service_consents_factory_id_factories")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name=op.f("fk_service_consents_officer_id_officers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_consents")),
    )
    op.create_index(op.f("ix_service_consents_factory_id"), "service_consents", ["factory_id"])
    _create_services()
    op.create_table(
        "statements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_key", sa.String(length=36), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("stated_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notices.id"], name=op.f("fk_statements_notice_id_notices")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name=op.f("fk_statements_officer_id_officers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statements")),
        sa.UniqueConstraint("client_key", name=op.f("uq_statements_client_key")),
    )
    op.create_index(op.f("ix_statements_notice_id"), "statements", ["notice_id"])


def _create_services() -> None:
    op.create_table(
        "services",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("receipt_id", sa.Integer(), nullable=False),
        sa.Column("manner", sa.String(length=40), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("received_at", _MOMENT, nullable=True),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("receiver", sa.String(length=40), nullable=False),
        sa.Column("relation", sa.String(length=40), nullable=False),
        sa.Column("ink_sha256", sa.String(length=64), nullable=False),
        sa.Column("photos", sa.JSON(), nullable=False),
        sa.Column("refusal", sa.String(length=200), nullable=False),
        sa.Column("witness", sa.String(length=80), nullable=False),
        sa.Column("tracking_number", sa.String(length=40), nullable=False),
        sa.Column("consent_id", sa.Integer(), nullable=True),
        sa.Column("servers", sa.JSON(), nullable=False),
        sa.Column("remark", sa.String(length=200), nullable=False),
        sa.Column("as_filled", sa.Text(), nullable=False),
        sa.Column("pdf_key", sa.String(length=120), nullable=True),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=True),
        sa.Column("recorded_at", _MOMENT, nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consent_id"],
            ["service_consents.id"],
            name=op.f("fk_services_consent_id_service_consents"),
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notices.id"], name=op.f("fk_services_notice_id_notices")
        ),
        sa.ForeignKeyConstraint(
            ["receipt_id"], ["notices.id"], name=op.f("fk_services_receipt_id_notices")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["officers.id"], name=op.f("fk_services_recorded_by_id_officers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_services")),
        sa.UniqueConstraint("notice_id", name=op.f("uq_services_notice_id")),
        sa.UniqueConstraint("receipt_id", name=op.f("uq_services_receipt_id")),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("statements")
    op.drop_table("services")
    op.drop_table("service_consents")
    op.drop_index(_INDEX, table_name="notices")
