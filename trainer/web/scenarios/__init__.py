"""Pages of scenarios: the list, one step of a play, the transcript, the debrief."""

from flask import Blueprint

bp = Blueprint("scenarios", __name__)

from trainer.web.scenarios import views  # noqa: E402

__all__ = ["bp", "views"]
