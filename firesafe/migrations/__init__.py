"""Counted migrations; run by Alembic from `firesafe db`."""
