"""Who has read the views that factories stated, and when."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step; what was stated until now counts as unread."""
    with op.batch_alter_table("statements") as statements:
        statements.add_column(sa.Column("read_at", sa.DateTime(timezone=True), nullable=True))
        statements.add_column(sa.Column("read_by_id", sa.Integer(), nullable=True))
        statements.create_foreign_key(
            op.f("fk_statements_read_by_id_officers"), "officers", ["read_by_id"], ["id"]
        )
        statements.create_index(op.f("ix_statements_read_at"), ["read_at"])


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("statements") as statements:
        statements.drop_index(op.f("ix_statements_read_at"))
        statements.drop_constraint(op.f("fk_statements_read_by_id_officers"), type_="foreignkey")
        statements.drop_column("read_by_id")
        statements.drop_column("read_at")
