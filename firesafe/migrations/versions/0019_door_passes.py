"""Codes for doors, with which somebody of a factory sends proof, and the locks of doors."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "door_passes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=200), nullable=False),
        sa.Column("factory_id", sa.Integer(), nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=False),
        sa.Column("given_at", _MOMENT, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.Column("revoked_at", _MOMENT, nullable=True),
        sa.Column("used_at", _MOMENT, nullable=True),
        sa.Column("bearer_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["given_by_id"], ["officers.id"], name=op.f("fk_door_passes_given_by_id_officers")
        ),
        sa.ForeignKeyConstraint(
            ["bearer_id"], ["officers.id"], name=op.f("fk_door_passes_bearer_id_officers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_door_passes")),
    )
    op.create_index(op.f("ix_door_passes_factory_id"), "door_passes", ["factory_id"])
    op.create_index(op.f("ix_door_passes_bearer_id"), "door_passes", ["bearer_id"])
    op.create_table(
        "door_locks",
        sa.Column("factory_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("failed_count", sa.Integer(), nullable=False),
        sa.Column("locked_until", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("factory_id", name=op.f("pk_door_locks")),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("door_locks")
    op.drop_table("door_passes")
