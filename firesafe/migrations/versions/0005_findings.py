"""Findings."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "findings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("factory_id", sa.Integer(), nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column("edition_code", sa.String(length=12), nullable=False),
        sa.Column("checkpoint_code", sa.String(length=8), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("grade", sa.String(length=20), nullable=False),
        sa.Column("bases", sa.JSON(), nullable=False),
        sa.Column("requirement", sa.Text(), nullable=False),
        sa.Column("grace_days", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("photos", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("put_right_on_the_spot", sa.Boolean(), nullable=False),
        sa.Column("is_suspected_major", sa.Boolean(), nullable=False),
        sa.Column("referred_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["factory_id"], ["factories.id"], name=op.f("fk_findings_factory_id_factories")
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspections.id"],
            name=op.f("fk_findings_inspection_id_inspections"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
        sa.UniqueConstraint(
            "inspection_id",
            "checkpoint_code",
            name=op.f("uq_findings_inspection_id_checkpoint_code"),
        ),
    )
    op.create_index(
        "ix_findings_county_code_due_on", "findings", ["county_code", "due_on", "id"], unique=False
    )
    op.create_index(
        "ix_findings_county_code_grade_due_on",
        "findings",
        ["county_code", "grade", "due_on", "id"],
        unique=False,
    )
    op.create_index(
        "ix_findings_county_code_state_due_on",
        "findings",
        ["county_code", "state", "due_on", "id"],
        unique=False,
    )
    op.create_index(op.f("ix_findings_factory_id"), "findings", ["factory_id"], unique=False)


def downgrade() -> None:
    """Take it back."""
    op.drop_index(op.f("ix_findings_factory_id"), table_name="findings")
    op.drop_index("ix_findings_county_code_state_due_on", table_name="findings")
    op.drop_index("ix_findings_county_code_grade_due_on", table_name="findings")
    op.drop_index("ix_findings_county_code_due_on", table_name="findings")
    op.drop_table("findings")
