"""Putting right: the proof that managers send, and the re-checks of the county."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_ON_FINDINGS = ("answered_on", "rechecked_on", "failed_rechecks")


def upgrade() -> None:
    """Take the step."""
    op.add_column("findings", sa.Column("answered_on", sa.Date(), nullable=True))
    op.add_column("findings", sa.Column("rechecked_on", sa.Date(), nullable=True))
    failed = sa.Column("failed_rechecks", sa.Integer(), server_default="0", nullable=False)
    op.add_column("findings", failed)
    _create_evidence()
    _create_rechecks()
    with op.batch_alter_table("notices") as notices:
        notices.add_column(sa.Column("recheck_id", sa.Integer(), nullable=True))
        notices.create_foreign_key(
            op.f("fk_notices_recheck_id_rechecks"), "rechecks", ["recheck_id"], ["id"]
        )
        notices.create_unique_constraint(op.f("uq_notices_recheck_id"), ["recheck_id"])


def _create_evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_key", sa.String(length=36), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("photos", sa.JSON(), nullable=False),
        sa.Column("sent_at", _MOMENT, nullable=False),
        sa.Column("sent_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["findings.id"], name=op.f("fk_evidence_finding_id_findings")
        ),
        sa.ForeignKeyConstraint(
            ["sent_by_id"], ["officers.id"], name=op.f("fk_evidence_sent_by_id_officers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("client_key", name=op.f("uq_evidence_client_key")),
        sa.UniqueConstraint("finding_id", "round", name=op.f("uq_evidence_finding_id_round")),
    )


def _create_rechecks() -> None:
    op.create_table(
        "rechecks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_key", sa.String(length=36), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("manner", sa.String(length=40), nullable=False),
        sa.Column("occasion", sa.String(length=40), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("rechecked_at", _MOMENT, nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspections.id"],
            name=op.f("fk_rechecks_inspection_id_inspections"),
        ),
        sa.ForeignKeyConstraint(
            ["lead_id"], ["officers.id"], name=op.f("fk_rechecks_lead_id_officers")
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["officers.id"], name=op.f("fk_rechecks_second_id_officers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rechecks")),
        sa.UniqueConstraint("client_key", name=op.f("uq_rechecks_client_key")),
    )
    op.create_index(op.f("ix_rechecks_inspection_id"), "rechecks", ["inspection_id"])
    op.create_table(
        "recheck_results",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recheck_id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("result", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("photos", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recheck_id"], ["rechecks.id"], name=op.f("fk_recheck_results_recheck_id_rechecks")
        ),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["findings.id"], name=op.f("fk_recheck_results_finding_id_findings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recheck_results")),
        sa.UniqueConstraint(
            "recheck_id", "finding_id", name=op.f("uq_recheck_results_recheck_id_finding_id")
        ),
    )
    op.create_index(op.f("ix_recheck_results_finding_id"), "recheck_results", ["finding_id"])


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("notices") as notices:
        notices.drop_constraint(op.f("uq_notices_recheck_id"), type_="unique")
        notices.drop_constraint(op.f("fk_notices_recheck_id_rechecks"), type_="foreignkey")
        notices.drop_column("recheck_id")
    op.drop_table("recheck_results")
    op.drop_table("rechecks")
    op.drop_table("evidence")
    for name in _ON_FINDINGS:
        op.drop_column("findings", name)
