"""Bringing a class list in: paste or upload, look, confirm, print the codes."""

from typing import Any

from flask import render_template, request
from werkzeug.wrappers import Response

from trainer.services import access
from trainer.services.cohorts import importing
from trainer.web.cohorts import bp
from trainer.web.cohorts.forms import RosterForm
from trainer.web.request import actor, db, kit, now

Answer = str | Response | tuple[str, int]


@bp.route("/cohorts/<id:cohort_id>/roster", methods=["GET", "POST"])
def roster(cohort_id: int) -> Answer:
    """First a look at the list, then all of it or nothing."""
    cohort = access.get_cohort(db(), actor(), cohort_id)
    form = RosterForm()
    text = form.attempt(form.list_text) if form.validate_on_submit() else None
    if text is None:
        page = render_template("cohorts/roster_import.html", cohort=cohort, form=form, rows=None)
        return page, 422 if form.errors else 200
    if request.form.get("confirm") == "yes":
        return _import(cohort, form, text)
    return _preview(cohort, form, text)


def _preview(cohort: Any, form: RosterForm, text: str) -> Answer:
    found = importing.preview(db(), actor(), cohort.id, text)
    form.text.data = text
    wrong: dict[int, list[str]] = {}
    for problem in found.problems:
        wrong.setdefault(problem.line, []).append(problem.message)
    read = {row.line: row for row in found.rows}
    page = render_template(
        "cohorts/roster_import.html",
        cohort=cohort,
        form=form,
        rows=[(n, read.get(n), wrong.get(n, [])) for n in sorted({*read, *wrong}) if n],
        whole=wrong.get(0, []),
        wrong=len(wrong),
    )
    return page, 422 if wrong or form.errors else 200


def _import(cohort: Any, form: RosterForm, text: str) -> Answer:
    issued = form.attempt(
        lambda: importing.import_roster(db(), actor(), cohort.id, text, kit().new_code, now=now())
    )
    if issued is None:
        return _preview(cohort, form, text)
    return render_template("cohorts/codes.html", cohort=cohort, issued=issued)
