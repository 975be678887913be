"""Extensions: more time that managers ask for, and the papers that answer them."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "extensions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_key", sa.String(length=36), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.Column("photos", sa.JSON(), nullable=False),
        sa.Column("was_due_on", sa.Date(), nullable=False),
        sa.Column("wished_on", sa.Date(), nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("required_measures", sa.Text(), nullable=False),
        sa.Column("decided_at", _MOMENT, nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["findings.id"], name=op.f("fk_extensions_finding_id_findings")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["officers.id"], name=op.f("fk_extensions_asked_by_id_officers")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["officers.id"], name=op.f("fk_extensions_decided_by_id_officers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extensions")),
        sa.UniqueConstraint("client_key", name=op.f("uq_extensions_client_key")),
        sa.UniqueConstraint("finding_id", name=op.f("uq_extensions_finding_id")),
    )
    op.create_index(op.f("ix_extensions_state"), "extensions", ["state"])
    with op.batch_alter_table("notices") as notices:
        notices.add_column(sa.Column("extension_id", sa.Integer(), nullable=True))
        notices.create_foreign_key(
            op.f("fk_notices_extension_id_extensions"), "extensions", ["extension_id"], ["id"]
        )
        notices.create_unique_constraint(op.f("uq_notices_extension_id"), ["extension_id"])


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("notices") as notices:
        notices.drop_constraint(op.f("uq_notices_extension_id"), type_="unique")
        notices.drop_constraint(op.f("fk_notices_extension_id_extensions"), type_="foreignkey")
        notices.drop_column("extension_id")
    op.drop_table("extensions")
