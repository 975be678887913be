"""Fire-safety inspections of community factories by the four-fours standard (四个四)."""

__version__ = "0.1.0"
