"""The register of factories, its search and its imports."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


# What SQLite needs to find a factory by any part of its name.
SEARCH = (
    "CREATE VIRTUAL TABLE factory_search USING fts5(search_text, content='factories', content_rowid='id', tokenize='unicode61 remove_diacritics 0')",
    "CREATE TRIGGER factory_search_added AFTER INSERT ON factories BEGIN INSERT INTO factory_search (rowid, search_text) VALUES (new.id, new.search_text); END",
    "CREATE TRIGGER factory_search_removed AFTER DELETE ON factories BEGIN INSERT INTO factory_search (factory_search, rowid, search_text) VALUES ('delete', old.id, old.search_text); END",
    "CREATE TRIGGER factory_search_changed AFTER UPDATE OF search_text ON factories WHEN old.search_text IS NOT new.search_text BEGIN INSERT INTO factory_search (factory_search, rowid, search_text) VALUES ('delete', old.id, old.search_text); INSERT INTO factory_search (rowid, search_text) VALUES (new.id, new.search_text); END",
)


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "factories",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column("former_county_code", sa.String(length=6), nullable=True),
        sa.Column("zone_code", sa.String(length=20), nullable=True),
        sa.Column("town_id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("point_number", sa.String(length=20), nullable=False),
        sa.Column("door_code", sa.String(length=16), nullable=False),
        sa.Column("credit_code", sa.String(length=18), nullable=True),
        sa.Column("address", sa.String(length=120), nullable=False),
        sa.Column("trade", sa.String(length=40), nullable=False),
        sa.Column("responsible_name", sa.String(length=40), nullable=False),
        sa.Column("responsible_phone", sa.String(length=20), nullable=False),
        sa.Column("fire_manager_name", sa.String(length=40), nullable=False),
        sa.Column("fire_manager_phone", sa.String(length=20), nullable=False),
        sa.Column("is_key_unit", sa.Boolean(), nullable=False),
        sa.Column("is_labour_intensive", sa.Boolean(), nullable=False),
        sa.Column("workers_on_shift", sa.Integer(), nullable=False),
        sa.Column("most_on_shift", sa.Integer(), nullable=False),
        sa.Column("building_use", sa.String(length=40), nullable=False),
        sa.Column("is_below_housing", sa.Boolean(), nullable=False),
        sa.Column("is_high_rise", sa.Boolean(), nullable=False),
        sa.Column("storeys", sa.Integer(), nullable=True),
        sa.Column("on_floor", sa.Integer(), nullable=True),
        sa.Column("floor_area_m2", sa.Integer(), nullable=True),
        sa.Column("largest_floor_m2", sa.Integer(), nullable=True),
        sa.Column("total_area_m2", sa.Integer(), nullable=True),
        sa.Column("footprint_m2", sa.Integer(), nullable=True),
        sa.Column("dormitory_area_m2", sa.Integer(), nullable=True),
        sa.Column("fire_resistance", sa.String(length=1), nullable=False),
        sa.Column("has_hydrant", sa.Boolean(), nullable=False),
        sa.Column("has_sprinkler", sa.Boolean(), nullable=False),
        sa.Column("has_filling_machine", sa.Boolean(), nullable=False),
        sa.Column("has_solvents", sa.Boolean(), nullable=False),
        sa.Column("has_dormitory", sa.Boolean(), nullable=False),
        sa.Column("latitude", sa.Numeric(precision=9, scale=6), nullable=True),
        sa.Column("longitude", sa.Numeric(precision=9, scale=6), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_factories_community_id_communities")
        ),
        sa.ForeignKeyConstraint(["town_id"], ["towns.id"], name=op.f("fk_factories_town_id_towns")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_factories")),
        sa.UniqueConstraint(
            "county_code", "point_number", name=op.f("uq_factories_county_code_point_number")
        ),
        sa.UniqueConstraint("door_code", name=op.f("uq_factories_door_code")),
    )
    op.create_index(op.f("ix_factories_community_id"), "factories", ["community_id"], unique=False)
    op.create_index(
        "ix_factories_county_code_name",
        "factories",
        [
            "county_code",
            "name",
            "id",
            "state",
            "town_id",
            "building_use",
            "is_below_housing",
            "is_key_unit",
        ],
        unique=False,
    )
    op.create_index(
        "ix_factories_county_code_town_id_name",
        "factories",
        [
            "county_code",
            "town_id",
            "name",
            "id",
            "state",
            "building_use",
            "is_below_housing",
            "is_key_unit",
        ],
        unique=False,
    )
    op.create_index(
        "ix_factories_county_code_building_use_name",
        "factories",
        [
            "county_code",
            "building_use",
            "name",
            "id",
            "state",
            "town_id",
            "is_below_housing",
            "is_key_unit",
        ],
        unique=False,
    )
    op.create_index(
        "ix_factories_county_code_is_below_housing_name",
        "factories",
        [
            "county_code",
            "is_below_housing",
            "name",
            "id",
            "state",
            "town_id",
            "building_use",
            "is_key_unit",
        ],
        unique=False,
    )
    op.create_index(
        "ix_factories_county_code_is_key_unit_name",
        "factories",
        [
            "county_code",
            "is_key_unit",
            "name",
            "id",
            "state",
            "town_id",
            "building_use",
            "is_below_housing",
        ],
        unique=False,
    )
    op.create_index(op.f("ix_factories_credit_code"), "factories", ["credit_code"], unique=False)
    op.create_index(op.f("ix_factories_town_id"), "factories", ["town_id"], unique=False)
    op.create_table(
        "register_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("header", sa.JSON(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("undo", sa.JSON(), nullable=True),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("new_count", sa.Integer(), nullable=False),
        sa.Column("changed_count", sa.Integer(), nullable=False),
        sa.Column("committed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"], ["officers.id"], name=op.f("fk_register_imports_by_id_officers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_imports")),
    )
    op.create_index(
        op.f("ix_register_imports_county_code"), "register_imports", ["county_code"], unique=False
    )
    op.create_table(
        "factory_managers",
        sa.Column("factory_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["factory_id"], ["factories.id"], name=op.f("fk_factory_managers_factory_id_factories")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name=op.f("fk_factory_managers_officer_id_officers")
        ),
        sa.PrimaryKeyConstraint("factory_id", "officer_id", name=op.f("pk_factory_managers")),
    )
    op.create_index(
        op.f("ix_factory_managers_officer_id"), "factory_managers", ["officer_id"], unique=False
    )
    if op.get_bind().dialect.name == "sqlite":
        for statement in SEARCH:
            op.execute(statement)


def downgrade() -> None:
    """Take it back."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE factory_search")
    op.drop_index(op.f("ix_factory_managers_officer_id"), table_name="factory_managers")
    op.drop_table("factory_managers")
    op.drop_index(op.f("ix_register_imports_county_code"), table_name="register_imports")
    op.drop_table("register_imports")
    op.drop_index(op.f("ix_factories_town_id"), table_name="factories")
    op.drop_index(op.f("ix_factories_credit_code"), table_name="factories")
    op.drop_index("ix_factories_county_code_town_id_name", table_name="factories")
    op.drop_index("ix_factories_county_code_name", table_name="factories")
    op.drop_index("ix_factories_county_code_is_key_unit_name", table_name="factories")
    op.drop_index("ix_factories_county_code_is_below_housing_name", table_name="factories")
    op.drop_index("ix_factories_county_code_building_use_name", table_name="factories")
    op.drop_index(op.f("ix_factories_community_id"), table_name="factories")
    op.drop_table("factories")
