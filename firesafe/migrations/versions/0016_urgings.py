"""Urgings: letters to factories about what is overdue, and which findings they name."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "urgings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("urged_at", _MOMENT, nullable=False),
        sa.Column("urged_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_urgings_inspection_id_inspections")
        ),
        sa.ForeignKeyConstraint(
            ["urged_by_id"], ["officers.id"], name=op.f("fk_urgings_urged_by_id_officers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_urgings")),
    )
    op.create_index(op.f("ix_urgings_inspection_id"), "urgings", ["inspection_id"])
    op.create_table(
        "urged_findings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("urging_id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["urging_id"], ["urgings.id"], name=op.f("fk_urged_findings_urging_id_urgings")
        ),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["findings.id"], name=op.f("fk_urged_findings_finding_id_findings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_urged_findings")),
        sa.UniqueConstraint(
            "finding_id", "due_on", name=op.f("uq_urged_findings_finding_id_due_on")
        ),
    )
    op.create_index(op.f("ix_urged_findings_urging_id"), "urged_findings", ["urging_id"])
    with op.batch_alter_table("notices") as notices:
        notices.add_column(sa.Column("urging_id", sa.Integer(), nullable=True))
        notices.create_foreign_key(
            op.f("fk_notices_urging_id_urgings"), "urgings", ["urging_id"], ["id"]
        )
        notices.create_unique_constraint(op.f("uq_notices_urging_id"), ["urging_id"])


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("notices") as notices:
        notices.drop_constraint(op.f("uq_notices_urging_id"), type_="unique")
        notices.drop_constraint(op.f("fk_notices_urging_id_urgings"), type_="foreignkey")
        notices.drop_column("urging_id")
    op.drop_table("urged_findings")
    op.drop_table("urgings")
