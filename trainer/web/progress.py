"""The program at a glance, for its director."""

from flask import Blueprint, render_template

from trainer.services.progress.program import program_overview
from trainer.web.request import actor, db, now

bp = Blueprint("progress", __name__)


@bp.get("/program")
def program() -> str:
    """Cohorts side by side."""
    overview = program_overview(db(), actor(), now=now())
    return render_template("progress/program.html", program=overview)
