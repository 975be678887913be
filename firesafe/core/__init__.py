"""What every room stands on: the database, columns, the clock, errors, permissions, settings."""
