"""How Alembic runs the migrations: on the connection it is handed."""

from alembic import context
from sqlalchemy import Connection

from firesafe.core.db import Base

connection: Connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite changes a table by making it anew
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
