"""Referrals: suspected major hazards, their letters, and what the fire service did."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Take the step; what was suspected before is entered as flagged when it was found."""
    _create_referrals()
    _create_steps()
    with op.batch_alter_table("findings") as findings:
        findings.add_column(sa.Column("referral_id", sa.Integer(), nullable=True))
        findings.add_column(sa.Column("concluded_at", _MOMENT, nullable=True))
        findings.create_foreign_key(
            op.f("fk_findings_referral_id_referrals"), "referrals", ["referral_id"], ["id"]
        )
        findings.create_index(op.f("ix_findings_referral_id"), ["referral_id"])
    with op.batch_alter_table("notices") as notices:
        notices.add_column(sa.Column("referral_id", sa.Integer(), nullable=True))
        notices.create_foreign_key(
            op.f("fk_notices_referral_id_referrals"), "referrals", ["referral_id"], ["id"]
        )
        notices.create_unique_constraint(op.f("uq_notices_referral_id"), ["referral_id"])
    _flag_what_was_suspected()


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("notices") as notices:
        notices.drop_constraint(op.f("uq_notices_referral_id"), type_="unique")
        notices.drop_constraint(op.f("fk_notices_referral_id_referrals"), type_="foreignkey")
        notices.drop_column("referral_id")
    with op.batch_alter_table("findings") as findings:
        findings.drop_index(op.f("ix_findings_referral_id"))
        findings.drop_constraint(op.f("fk_findings_referral_id_referrals"), type_="foreignkey")
        findings.drop_column("concluded_at")
        findings.drop_column("referral_id")
    op.drop_table("referral_steps")
    op.drop_table("referrals")


def _create_referrals() -> None:
    op.create_table(
        "referrals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("flagged_at", _MOMENT, nullable=False),
        sa.Column("referred_at", _MOMENT, nullable=True),
        sa.Column("referred_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspections.id"],
            name=op.f("fk_referrals_inspection_id_inspections"),
        ),
        sa.ForeignKeyConstraint(
            ["referred_by_id"], ["officers.id"], name=op.f("fk_referrals_referred_by_id_officers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referrals")),
    )
    op.create_index(op.f("ix_referrals_inspection_id"), "referrals", ["inspection_id"])
    columns = ["county_code", "state", "flagged_at"]
    op.create_index("ix_referrals_county_code_state_flagged_at", "referrals", columns)


def _create_steps() -> None:
    op.create_table(
        "referral_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_key", sa.String(length=36), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("document_number", sa.String(length=60), nullable=False),
        sa.Column("receiver", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("scan_key", sa.String(length=120), nullable=True),
        sa.Column("recorded_at", _MOMENT, nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_referral_steps_referral_id_referrals")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"],
            ["officers.id"],
            name=op.f("fk_referral_steps_recorded_by_id_officers"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_steps")),
        sa.UniqueConstraint("client_key", name=op.f("uq_referral_steps_client_key")),
    )
    op.create_index(op.f("ix_referral_steps_referral_id"), "referral_steps", ["referral_id"])


def _flag_what_was_suspected() -> None:
    op.execute(
        "INSERT INTO referrals (inspection_id, county_code, state, flagged_at, version) "
        "SELECT inspection_id, min(county_code), 'suspected', min(found_at), 1 FROM findings "
        "WHERE is_suspected_major GROUP BY inspection_id"
    )
    op.execute(
        "UPDATE findings SET referral_id = (SELECT referrals.id FROM referrals "
        "WHERE referrals.inspection_id = findings.inspection_id) WHERE is_suspected_major"
    )
