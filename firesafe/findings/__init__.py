"""What was wrong at a closed visit, and whether it was put right."""
