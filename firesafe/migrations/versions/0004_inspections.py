"""Visits: answers, photographs, signatures, corrections, and the editions they used."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "used_editions",
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("first_used_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_used_editions")),
    )
    op.create_table(
        "inspections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_key", sa.String(length=36), nullable=False),
        sa.Column("factory_id", sa.Integer(), nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column("edition_code", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("workers_on_shift", sa.Integer(), nullable=False),
        sa.Column("cards_shown", sa.Boolean(), nullable=False),
        sa.Column("refusal_reason", sa.Text(), nullable=False),
        sa.Column("refusal_witness", sa.String(length=80), nullable=False),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("mark", sa.String(length=20), nullable=True),
        sa.Column("item_scores", sa.JSON(), nullable=True),
        sa.Column("as_closed", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["factory_id"], ["factories.id"], name=op.f("fk_inspections_factory_id_factories")
        ),
        sa.ForeignKeyConstraint(
            ["lead_id"], ["officers.id"], name=op.f("fk_inspections_lead_id_officers")
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["officers.id"], name=op.f("fk_inspections_second_id_officers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspections")),
        sa.UniqueConstraint("client_key", name=op.f("uq_inspections_client_key")),
    )
    op.create_index(op.f("ix_inspections_closed_at"), "inspections", ["closed_at"], unique=False)
    op.create_index(
        "ix_inspections_county_code_kind_opened_at",
        "inspections",
        ["county_code", "kind", "opened_at", "id", "state"],
        unique=False,
    )
    op.create_index(
        "ix_inspections_county_code_opened_at",
        "inspections",
        ["county_code", "opened_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_inspections_county_code_state_opened_at",
        "inspections",
        ["county_code", "state", "opened_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_inspections_factory_id_closed_at",
        "inspections",
        ["factory_id", "closed_at"],
        unique=False,
    )
    op.create_index(op.f("ix_inspections_lead_id"), "inspections", ["lead_id"], unique=False)
    op.create_index(op.f("ix_inspections_second_id"), "inspections", ["second_id"], unique=False)
    op.create_table(
        "answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("checkpoint_code", sa.String(length=8), nullable=False),
        sa.Column("verdict", sa.String(length=40), nullable=True),
        sa.Column("is_preset", sa.Boolean(), nullable=False),
        sa.Column("not_applicable_reason", sa.Text(), nullable=False),
        sa.Column("seen", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("grade", sa.String(length=20), nullable=True),
        sa.Column("escalated", sa.Boolean(), nullable=False),
        sa.Column("grace_days", sa.Integer(), nullable=True),
        sa.Column("requirement", sa.Text(), nullable=False),
        sa.Column("put_right_on_the_spot", sa.Boolean(), nullable=False),
        sa.Column("asked_count", sa.Integer(), nullable=True),
        sa.Column("correct_count", sa.Integer(), nullable=True),
        sa.Column("drill_seconds", sa.Integer(), nullable=True),
        sa.Column("drill_steps", sa.JSON(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["officers.id"], name=op.f("fk_answers_changed_by_id_officers")
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_answers_inspection_id_inspections")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers")),
        sa.UniqueConstraint(
            "inspection_id",
            "checkpoint_code",
            name=op.f("uq_answers_inspection_id_checkpoint_code"),
        ),
    )
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("was", sa.Text(), nullable=False),
        sa.Column("should_be", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["officers.id"], name=op.f("fk_corrections_by_id_officers")
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspections.id"],
            name=op.f("fk_corrections_inspection_id_inspections"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
    )
    op.create_index(
        op.f("ix_corrections_inspection_id"), "corrections", ["inspection_id"], unique=False
    )
    op.create_table(
        "signatures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_later", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspections.id"],
            name=op.f("fk_signatures_inspection_id_inspections"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signatures")),
        sa.UniqueConstraint("inspection_id", "role", name=op.f("uq_signatures_inspection_id_role")),
    )
    op.create_table(
        "answer_photos",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("moment", sa.String(length=40), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answers.id"], name=op.f("fk_answer_photos_answer_id_answers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_photos")),
        sa.UniqueConstraint(
            "answer_id", "sha256", "moment", name=op.f("uq_answer_photos_answer_id_sha256_moment")
        ),
    )
    op.create_index(op.f("ix_answer_photos_sha256"), "answer_photos", ["sha256"], unique=False)


def downgrade() -> None:
    """Take it back."""
    op.drop_index(op.f("ix_answer_photos_sha256"), table_name="answer_photos")
    op.drop_table("answer_photos")
    op.drop_table("signatures")
    op.drop_index(op.f("ix_corrections_inspection_id"), table_name="corrections")
    op.drop_table("corrections")
    op.drop_table("answers")
    op.drop_index(op.f("ix_inspections_second_id"), table_name="inspections")
    op.drop_index(op.f("ix_inspections_lead_id"), table_name="inspections")
    op.drop_index("ix_inspections_factory_id_closed_at", table_name="inspections")
    op.drop_index("ix_inspections_county_code_state_opened_at", table_name="inspections")
    op.drop_index("ix_inspections_county_code_opened_at", table_name="inspections")
    op.drop_index("ix_inspections_county_code_kind_opened_at", table_name="inspections")
    op.drop_index(op.f("ix_inspections_closed_at"), table_name="inspections")
    op.drop_table("inspections")
    op.drop_table("used_editions")
