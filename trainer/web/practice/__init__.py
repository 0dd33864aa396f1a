"""Pages of practice: Today, free practice, one question, its feedback, the end of a set."""

from flask import Blueprint

bp = Blueprint("practice", __name__)

from trainer.web.practice import days, sets  # noqa: E402

__all__ = ["bp", "days", "sets"]
