"""The confirmations of service, frozen as factories agreed to them."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step; agreements of before have no paper, for nothing was frozen of them."""
    op.create_table(
        "consent_papers",
        sa.Column("consent_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("as_given", sa.Text(), nullable=False),
        sa.Column("pdf_key", sa.String(length=120), nullable=True),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["consent_id"],
            ["service_consents.id"],
            name=op.f("fk_consent_papers_consent_id_service_consents"),
        ),
        sa.PrimaryKeyConstraint("consent_id", name=op.f("pk_consent_papers")),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("consent_papers")
