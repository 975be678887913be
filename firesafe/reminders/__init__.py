"""Reminders (提醒): who is told that a last day is near or past, in the service and by message."""
