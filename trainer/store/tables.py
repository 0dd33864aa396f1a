"""Loads every table, so that metadata is complete for migrations and tests."""

from trainer.store import (
    accounts,
    assignments,
    audit,
    bank,
    catalogue,
    cohorts,
    practice,
    scenarios,
)
from trainer.store.base import Base

__all__ = [
    "Base", "accounts", "assignments", "audit", "bank", "catalogue", "cohorts", "practice",
    "scenarios",
]  # fmt: skip
