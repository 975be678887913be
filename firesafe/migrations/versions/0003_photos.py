"""Photographs."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "photos",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("fault", sa.String(length=40), nullable=True),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("byte_count", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("width_px", sa.Integer(), nullable=True),
        sa.Column("height_px", sa.Integer(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_zone_assumed", sa.Boolean(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("accuracy_m", sa.Double(), nullable=True),
        sa.Column("fingerprint", sa.String(length=16), nullable=True),
        sa.Column("band_1", sa.Integer(), nullable=True),
        sa.Column("band_2", sa.Integer(), nullable=True),
        sa.Column("band_3", sa.Integer(), nullable=True),
        sa.Column("band_4", sa.Integer(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_from_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["received_from_id"], ["officers.id"], name=op.f("fk_photos_received_from_id_officers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photos")),
        sa.UniqueConstraint("sha256", name=op.f("uq_photos_sha256")),
    )
    op.create_index(op.f("ix_photos_band_1"), "photos", ["band_1"], unique=False)
    op.create_index(op.f("ix_photos_band_2"), "photos", ["band_2"], unique=False)
    op.create_index(op.f("ix_photos_band_3"), "photos", ["band_3"], unique=False)
    op.create_index(op.f("ix_photos_band_4"), "photos", ["band_4"], unique=False)


def downgrade() -> None:
    """Take it back."""
    op.drop_index(op.f("ix_photos_band_4"), table_name="photos")
    op.drop_index(op.f("ix_photos_band_3"), table_name="photos")
    op.drop_index(op.f("ix_photos_band_2"), table_name="photos")
    op.drop_index(op.f("ix_photos_band_1"), table_name="photos")
    op.drop_table("photos")
