"""Issuers, number series and papers."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "issuers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("department", sa.String(length=80), nullable=False),
        sa.Column("abbreviation", sa.String(length=20), nullable=False),
        sa.Column("contact", sa.String(length=40), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("address", sa.String(length=120), nullable=False),
        sa.Column("issues_on_the_spot", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issuers")),
        sa.UniqueConstraint("county_code", name=op.f("uq_issuers_county_code")),
    )
    op.create_table(
        "number_series",
        sa.Column("issuer_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["issuer_id"], ["issuers.id"], name=op.f("fk_number_series_issuer_id_issuers")
        ),
        sa.PrimaryKeyConstraint("issuer_id", "kind", "year", name=op.f("pk_number_series")),
    )
    op.create_table(
        "issue_drafts",
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("interim_measures", sa.Text(), nullable=False),
        sa.Column("copied_to", sa.JSON(), nullable=False),
        sa.Column("joined_by", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspections.id"],
            name=op.f("fk_issue_drafts_inspection_id_inspections"),
        ),
        sa.PrimaryKeyConstraint("inspection_id", name=op.f("pk_issue_drafts")),
    )
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("issuer_id", sa.Integer(), nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("refers_to_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("as_issued", sa.Text(), nullable=False),
        sa.Column("check_code", sa.String(length=16), nullable=False),
        sa.Column("pdf_key", sa.String(length=120), nullable=True),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=True),
        sa.Column("page_count", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_notices_inspection_id_inspections")
        ),
        sa.ForeignKeyConstraint(
            ["issued_by_id"], ["officers.id"], name=op.f("fk_notices_issued_by_id_officers")
        ),
        sa.ForeignKeyConstraint(
            ["issuer_id"], ["issuers.id"], name=op.f("fk_notices_issuer_id_issuers")
        ),
        sa.ForeignKeyConstraint(
            ["refers_to_id"], ["notices.id"], name=op.f("fk_notices_refers_to_id_notices")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("check_code", name=op.f("uq_notices_check_code")),
        sa.UniqueConstraint(
            "issuer_id",
            "kind",
            "year",
            "sequence",
            name=op.f("uq_notices_issuer_id_kind_year_sequence"),
        ),
        sa.UniqueConstraint("number", name=op.f("uq_notices_number")),
    )
    op.create_index(
        "ix_notices_county_code_issued_at", "notices", ["county_code", "issued_at"], unique=False
    )
    op.create_index(op.f("ix_notices_inspection_id"), "notices", ["inspection_id"], unique=False)
    op.create_index(op.f("ix_notices_refers_to_id"), "notices", ["refers_to_id"], unique=False)


def downgrade() -> None:
    """Take it back."""
    op.drop_index(op.f("ix_notices_refers_to_id"), table_name="notices")
    op.drop_index(op.f("ix_notices_inspection_id"), table_name="notices")
    op.drop_index("ix_notices_county_code_issued_at", table_name="notices")
    op.drop_table("notices")
    op.drop_table("issue_drafts")
    op.drop_table("number_series")
    op.drop_table("issuers")
