"""The applications for more time, frozen as factories sent them."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step; applications of before have no paper, for nothing was frozen of them."""
    op.create_table(
        "application_papers",
        sa.Column("extension_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("as_given", sa.Text(), nullable=False),
        sa.Column("pdf_key", sa.String(length=120), nullable=True),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["extension_id"],
            ["extensions.id"],
            name=op.f("fk_application_papers_extension_id_extensions"),
        ),
        sa.PrimaryKeyConstraint("extension_id", name=op.f("pk_application_papers")),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("application_papers")
