"""Pages on questions: reports, decisions and quality, and the own questions of a program."""

from flask import Blueprint

bp = Blueprint("bank", __name__)

from trainer.web.bank import (  # noqa: E402
    corrections,
    editor,
    overview,
    own,
    publishing,
    questions,
    reporting,
    second_reading,
)

__all__ = [
    "bp", "corrections", "editor", "overview", "own", "publishing", "questions", "reporting",
    "second_reading",
]  # fmt: skip
