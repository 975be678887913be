"""Phones: what they may send with, what they have sent, and their own clocks."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "upload_tokens",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("phone", sa.String(length=36), nullable=False),
        sa.Column("device", sa.String(length=200), nullable=False),
        sa.Column("issued_at", _MOMENT, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.Column("revoked_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name=op.f("fk_upload_tokens_officer_id_officers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload_tokens")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_upload_tokens_token_hash")),
    )
    op.create_index(op.f("ix_upload_tokens_officer_id"), "upload_tokens", ["officer_id"])
    op.create_table(
        "parcels",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=36), nullable=False),
        sa.Column("visit_key", sa.String(length=36), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("phone", sa.String(length=36), nullable=False),
        sa.Column("device", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("written_at", _MOMENT, nullable=False),
        sa.Column("sent_at", _MOMENT, nullable=False),
        sa.Column("received_at", _MOMENT, nullable=False),
        sa.Column("outcome", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name=op.f("fk_parcels_officer_id_officers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parcels")),
        sa.UniqueConstraint("key", name=op.f("uq_parcels_key")),
    )
    op.create_index(op.f("ix_parcels_visit_key"), "parcels", ["visit_key"])
    op.add_column("photos", sa.Column("original_sha256", sa.String(length=64), nullable=True))
    op.add_column("photos", sa.Column("drawn_over_sha256", sa.String(length=64), nullable=True))
    _index_bands(only_developed=True)
    for name in ("handed_in_at", "opened_on_phone_at", "closed_on_phone_at"):
        op.add_column("inspections", sa.Column(name, _MOMENT, nullable=True))
    with op.batch_alter_table("inspections") as inspections:
        inspections.add_column(sa.Column("handed_in_by_id", sa.Integer(), nullable=True))
        inspections.create_foreign_key(
            op.f("fk_inspections_handed_in_by_id_officers"), "officers", ["handed_in_by_id"], ["id"]
        )
    op.add_column("inspections", sa.Column("clock_ahead_seconds", sa.Integer(), nullable=True))
    op.add_column(
        "inspections",
        sa.Column("signed_on", sa.String(length=36), nullable=False, server_default=""),
    )
    op.add_column(
        "inspections",
        sa.Column("phone_device", sa.String(length=200), nullable=False, server_default=""),
    )


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("inspections") as inspections:
        inspections.drop_column("phone_device")
        inspections.drop_column("signed_on")
        inspections.drop_column("clock_ahead_seconds")
        inspections.drop_constraint(
            op.f("fk_inspections_handed_in_by_id_officers"), type_="foreignkey"
        )
        inspections.drop_column("handed_in_by_id")
        for name in ("closed_on_phone_at", "opened_on_phone_at", "handed_in_at"):
            inspections.drop_column(name)
    _index_bands(only_developed=False)
    with op.batch_alter_table("photos") as photos:
        photos.drop_column("drawn_over_sha256")
        photos.drop_column("original_sha256")
    op.drop_table("parcels")
    op.drop_table("upload_tokens")


def _index_bands(*, only_developed: bool) -> None:
    """Make the indexes of the bands anew, for all photographs or for those that have any."""
    for number in range(1, 5):
        band = f"band_{number}"
        having = sa.text(f"{band} IS NOT NULL") if only_developed else None
        op.drop_index(op.f(f"ix_photos_{band}"), table_name="photos")
        op.create_index(
            op.f(f"ix_photos_{band}"),
            "photos",
            [band],
            sqlite_where=having,
            postgresql_where=having,
        )
