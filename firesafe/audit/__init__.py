"""The trail: who did what, when, in the same transaction as the deed."""
