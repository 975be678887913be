"""Orders: a second body of a county that may order, and which findings an order names."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step.

    Until now a county had one body, whose kind decided nothing: it is the county's office.
    """
    with op.batch_alter_table("issuers") as issuers:
        issuers.drop_constraint(op.f("uq_issuers_county_code"), type_="unique")
        issuers.create_unique_constraint(
            op.f("uq_issuers_county_code_type"), ["county_code", "type"]
        )
    op.execute("UPDATE issuers SET type = 'department'")
    op.create_table(
        "ordered_findings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("offence", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notices.id"], name=op.f("fk_ordered_findings_notice_id_notices")
        ),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["findings.id"], name=op.f("fk_ordered_findings_finding_id_findings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ordered_findings")),
        sa.UniqueConstraint("finding_id", name=op.f("uq_ordered_findings_finding_id")),
    )
    op.create_index(op.f("ix_ordered_findings_notice_id"), "ordered_findings", ["notice_id"])


def downgrade() -> None:
    """Take it back, as long as no county has a second body: its papers would lose their issuer."""
    op.drop_table("ordered_findings")
    with op.batch_alter_table("issuers") as issuers:
        issuers.drop_constraint(op.f("uq_issuers_county_code_type"), type_="unique")
        issuers.create_unique_constraint(op.f("uq_issuers_county_code"), ["county_code"])
