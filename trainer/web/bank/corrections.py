"""Corrected questions: the list for everybody, one correction for who answered the question."""

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from trainer.core.items.given import key_of, shown_order
from trainer.services.bank import errata
from trainer.web.bank import bp
from trainer.web.bank.taught import as_taught
from trainer.web.items import drawing
from trainer.web.request import actor, db, now

Answer = str | Response


@bp.get("/corrections")
def corrections() -> Answer:
    """All corrections."""
    return render_template("bank/corrections.html", errata=errata.list_errata(db(), actor()))


@bp.get("/corrections/<id:decision_id>")
def correction(decision_id: int) -> Answer:
    """One correction, with the question and the own answers. Changes nothing."""
    page = errata.get_erratum(db(), actor(), decision_id)
    item = page.item
    taught = as_taught(item, key_of(item), shown_order(item, "")) if page.in_use else None
    return render_template("bank/correction.html", page=page, picture=drawing(item), taught=taught)


@bp.post("/corrections/<id:decision_id>/open")
def open_correction(decision_id: int) -> Answer:
    """Open a correction: Today does not tell about it any more."""
    errata.open_erratum(db(), actor(), decision_id, now=now())
    return redirect(url_for("bank.correction", decision_id=decision_id), 303)
