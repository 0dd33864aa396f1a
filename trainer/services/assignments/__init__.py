"""Work set for a cohort: making it, and how far everybody is. Progress is read, never stored."""
