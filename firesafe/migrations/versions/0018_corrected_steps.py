"""What was wrongly entered of a referral is replaced by another entry, with its reason."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    with op.batch_alter_table("referral_steps") as steps:
        steps.add_column(sa.Column("replaces_id", sa.Integer(), nullable=True))
        steps.add_column(sa.Column("reason", sa.Text(), server_default="", nullable=False))
        steps.create_foreign_key(
            op.f("fk_referral_steps_replaces_id_referral_steps"),
            "referral_steps",
            ["replaces_id"],
            ["id"],
        )
        steps.create_unique_constraint(op.f("uq_referral_steps_replaces_id"), ["replaces_id"])


def downgrade() -> None:
    """Take it back; what replaced something stays, beside what it replaced."""
    with op.batch_alter_table("referral_steps") as steps:
        steps.drop_constraint(op.f("uq_referral_steps_replaces_id"), type_="unique")
        steps.drop_constraint(
            op.f("fk_referral_steps_replaces_id_referral_steps"), type_="foreignkey"
        )
        steps.drop_column("reason")
        steps.drop_column("replaces_id")
