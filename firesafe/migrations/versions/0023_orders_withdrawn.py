"""Orders may be withdrawn: what a withdrawn one named can be ordered anew."""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    with op.batch_alter_table("ordered_findings") as ordered:
        ordered.drop_constraint(op.f("uq_ordered_findings_finding_id"), type_="unique")
        ordered.create_unique_constraint(
            op.f("uq_ordered_findings_notice_id_finding_id"), ["notice_id", "finding_id"]
        )
    op.create_index(op.f("ix_ordered_findings_finding_id"), "ordered_findings", ["finding_id"])


def downgrade() -> None:
    """Take it back; of the orders that named a finding the last one is kept in mind."""
    op.drop_index(op.f("ix_ordered_findings_finding_id"), "ordered_findings")
    op.execute(
        "DELETE FROM ordered_findings WHERE id NOT IN"
        " (SELECT max(id) FROM ordered_findings GROUP BY finding_id)"
    )
    with op.batch_alter_table("ordered_findings") as ordered:
        ordered.drop_constraint(op.f("uq_ordered_findings_notice_id_finding_id"), type_="unique")
        ordered.create_unique_constraint(op.f("uq_ordered_findings_finding_id"), ["finding_id"])
