"""What is measured, and against what; the figures go into the README."""
