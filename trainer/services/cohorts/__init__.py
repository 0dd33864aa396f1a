"""Cohorts: making them, filling them, showing them. Knows nothing of what was answered."""
