"""One address that says whether the server can answer and reach its database."""

from flask import Blueprint

from trainer.web.request import db

bp = Blueprint("health", __name__)


@bp.get("/health")
def health() -> tuple[dict[str, str], int]:
    """200 with `ok` when the database answers; an unreachable one becomes a 503 page."""
    db().connection()
    return {"status": "ok"}, 200
