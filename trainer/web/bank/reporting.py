"""A student reports a problem with a question, and reads what became of it."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from trainer.services.bank import reports
from trainer.services.bank.reports import Place
from trainer.web.bank import bp
from trainer.web.bank.forms import ABOUT, Kept, ReportForm, kept_answer
from trainer.web.request import actor, db, kit, now

Answer = str | Response | tuple[str, int]
THANKS = "Thank you. Staff read your report, and the answer appears under Your reports."


@bp.get("/practice/<id:sitting_id>/<id:step>/report")
def report(sitting_id: int, step: int) -> Answer:
    """The form, with the question it is about."""
    where = reports.place(db(), actor(), sitting_id, step)
    return _form(where, ReportForm(None, op_id=kit().new_seed()), None)


@bp.post("/practice/<id:sitting_id>/<id:step>/report")
def send_report(sitting_id: int, step: int) -> Answer:
    """Keep the report. Opened from the question itself, the form carries the answer in progress."""
    where = reports.place(db(), actor(), sitting_id, step)
    kept = None if where.answered else kept_answer()
    if "send" not in request.form:
        return _form(where, ReportForm(None, op_id=kit().new_seed()), kept)
    form = ReportForm()
    if form.validate():
        sent = form.attempt(lambda: reports.send(db(), actor(), where, form.value(), now=now()))
        if sent is not None:
            return _thank(where, kept)
    if form.op_id.errors:
        form.op_id.data = kit().new_seed()
    return _form(where, form, kept), 422


def _form(where: Place, form: ReportForm, kept: Kept | None) -> str:
    return render_template("bank/report.html", form=form, back=_back(where, kept), where=where)


def _thank(where: Place, kept: Kept | None) -> Answer:
    """Back to the question; with an answer in progress by a button that carries it."""
    if kept is not None:
        return render_template("bank/reported.html", back=_back(where, kept))
    flash(THANKS, "success")
    return redirect(_home(where), 303)


def _home(where: Place) -> str:
    """The page of the question: with its feedback when it was answered."""
    if where.answered:
        return url_for("practice.feedback", sitting_id=where.sitting_id, step=where.step)
    return url_for("practice.sitting", sitting_id=where.sitting_id)


def _back(where: Place, kept: Kept | None) -> dict[str, Any]:
    """The way back to the question: a link, or a form with what was chosen there."""
    if kept is None:
        return {"url": _home(where), "kept": None}
    return {
        "url": url_for("practice.answer", sitting_id=where.sitting_id), "kept": kept,
        "step": where.step, "op_id": kit().new_seed(),
    }  # fmt: skip


@bp.get("/reports")
def own_reports() -> Answer:
    """The own reports with the answers of staff."""
    found = reports.list_own(db(), actor())
    return render_template("bank/own_reports.html", reports=found, about=ABOUT)
