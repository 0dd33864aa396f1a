"""Setting work for a cohort, and how far it is."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from trainer.services import access
from trainer.services.assignments import make, view
from trainer.web.assignments import bp
from trainer.web.assignments.forms import AssignForm
from trainer.web.forms import SelectChoice
from trainer.web.request import actor, db, kit, now

Answer = str | Response | tuple[str, int]


@bp.route("/cohorts/<id:cohort_id>/assignments/new", methods=["GET", "POST"])
def new(cohort_id: int) -> Answer:
    """Set work for a cohort."""
    cohort = access.get_cohort(db(), actor(), cohort_id)
    zone = access.signed_in(actor()).zone
    form, details = _form()
    if form.validate_on_submit() and _assign(form, cohort_id, zone):
        return redirect(url_for("cohorts.detail", cohort_id=cohort_id, _anchor="assignments"), 303)
    if form.op_id.errors:
        form.op_id.data = kit().new_seed()
    page = render_template(
        "assignments/new.html", cohort=cohort, form=form, zone=zone, details=details
    )
    return page, 422 if form.errors else 200


def _form() -> tuple[AssignForm, dict[str, str]]:
    """The form with everything that can be assigned, and a few words on each."""
    form = AssignForm(op_id=kit().new_seed())
    scenarios, banks = make.list_scenarios(db()), make.list_banks(db())
    form.scenarios.choices = [SelectChoice(s.code, s.name) for s in scenarios]
    form.banks.choices = [SelectChoice(b.code, b.name) for b in banks]
    return form, {choice.code: choice.detail for choice in (*scenarios, *banks)}


def _assign(form: AssignForm, cohort_id: int, zone: str) -> bool:
    made = form.attempt(
        lambda: make.assign(
            db(), actor(), cohort_id, form.draft(zone), form.op_id.data or "", now=now()
        )
    )
    if made is None:
        return False
    flash(f"{made.title} is assigned.", "success")
    return True


@bp.get("/assignments/<id:assignment_id>")
def detail(assignment_id: int) -> Answer:
    """Who has started, finished, passed."""
    page = view.get_page(db(), actor(), assignment_id, now=now())
    return render_template("assignments/detail.html", page=page)


@bp.get("/assignments/<id:assignment_id>/withdraw")
def ask_withdraw(assignment_id: int) -> Answer:
    """Say what taking back means before it is done."""
    assignment, cohort = access.get_assignment(db(), actor(), assignment_id)
    return render_template("assignments/withdraw.html", assignment=assignment, cohort=cohort)


@bp.post("/assignments/<id:assignment_id>/withdraw")
def withdraw(assignment_id: int) -> Response:
    """Take the work back; what students did for it is kept."""
    cohort_id = make.withdraw(db(), actor(), assignment_id, now=now())
    flash("The assignment is taken back. Work already done for it is kept.")
    return redirect(url_for("cohorts.detail", cohort_id=cohort_id), 303)
