"""Pages on cohorts: the list, one cohort, its codes and class list, its students."""

from flask import Blueprint

bp = Blueprint("cohorts", __name__)

from trainer.web.cohorts import cohort, roster, student  # noqa: E402

__all__ = ["bp", "cohort", "roster", "student"]
