"""Alembic's folder: every step from an empty database to the present tables."""
