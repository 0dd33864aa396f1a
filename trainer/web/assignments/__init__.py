"""Pages on assignments: setting work, seeing how far the class is, taking work back."""

from flask import Blueprint

bp = Blueprint("assignments", __name__)

from trainer.web.assignments import pages  # noqa: E402

__all__ = ["bp", "pages"]
