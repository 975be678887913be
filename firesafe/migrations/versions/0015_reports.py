"""Reports: hazards that strangers tell of at a factory's door."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "hazard_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_key", sa.String(length=36), nullable=False),
        sa.Column("factory_id", sa.Integer(), nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=100), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("photos", sa.JSON(), nullable=False),
        sa.Column("reported_at", _MOMENT, nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("inspector_id", sa.Integer(), nullable=True),
        sa.Column("inspection_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("settled_at", _MOMENT, nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["factory_id"], ["factories.id"], name=op.f("fk_hazard_reports_factory_id_factories")
        ),
        sa.ForeignKeyConstraint(
            ["inspector_id"], ["officers.id"], name=op.f("fk_hazard_reports_inspector_id_officers")
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspections.id"],
            name=op.f("fk_hazard_reports_inspection_id_inspections"),
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"],
            ["officers.id"],
            name=op.f("fk_hazard_reports_settled_by_id_officers"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hazard_reports")),
        sa.UniqueConstraint("client_key", name=op.f("uq_hazard_reports_client_key")),
    )
    for name, columns in (
        ("county_code_state", ["county_code", "state", "reported_at", "id"]),
        ("factory_id_reported_at", ["factory_id", "reported_at"]),
        ("reported_at", ["reported_at"]),
        ("inspector_id", ["inspector_id"]),
    ):
        op.create_index(op.f(f"ix_hazard_reports_{name}"), "hazard_reports", columns)


def downgrade() -> None:
    """Take it back."""
    op.drop_table("hazard_reports")
