"""The list of cohorts, and one cohort with its codes and colleagues."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from trainer.services import access, catalogue
from trainer.services.assignments import view
from trainer.services.cohorts import manage
from trainer.services.progress.roster import cohort_roster
from trainer.web.cohorts import bp
from trainer.web.cohorts.forms import CohortForm, ColleagueForm, SeatsForm
from trainer.web.forms import SelectChoice
from trainer.web.request import actor, db, kit, now

Answer = str | Response | tuple[str, int]


@bp.get("/cohorts")
def index() -> Answer:
    """The cohorts that this person may open."""
    return render_template("cohorts/list.html", cohorts=manage.list_cohorts(db(), actor()))


@bp.route("/cohorts/new", methods=["GET", "POST"])
def new() -> Answer:
    """Make a cohort."""
    access.program_of_instructor(db(), actor())
    form = CohortForm()
    form.exam_code.choices = [
        SelectChoice(e.code, f"{e.credential}: {e.full_name}")
        for e in catalogue.current(db()).exams.values()
    ]
    if form.validate_on_submit():
        made = form.attempt(
            lambda: manage.make_cohort(
                db(), actor(), form.name.data or "", form.exam_code.data, now=now()
            )
        )
        if made is not None:
            return redirect(url_for("cohorts.detail", cohort_id=made.id), 303)
    return render_template("cohorts/new.html", form=form), 422 if form.errors else 200


def _page(cohort_id: int, seats: SeatsForm, colleague: ColleagueForm) -> Answer:
    free = manage.list_colleagues(db(), actor(), cohort_id)
    colleague.person_id.choices = [
        SelectChoice("", "Choose a colleague"), *(SelectChoice(c.id, c.name) for c in free)
    ]  # fmt: skip
    page = render_template(
        "cohorts/detail.html",
        cohort=cohort_roster(db(), actor(), cohort_id, now=now()),
        assignments=view.list_of_cohort(db(), actor(), cohort_id, now=now()),
        invites=manage.list_invites(db(), actor(), cohort_id, now=now()),
        staff=manage.list_staff(db(), actor(), cohort_id),
        has_colleagues=bool(free),
        seats=seats,
        colleague=colleague,
    )
    return page, 422 if seats.errors or colleague.errors else 200


@bp.get("/cohorts/<id:cohort_id>")
def detail(cohort_id: int) -> Answer:
    """One cohort: students, assignments, class codes, colleagues."""
    return _page(cohort_id, SeatsForm(None), ColleagueForm(None))


@bp.post("/cohorts/<id:cohort_id>/invites")
def make_invite(cohort_id: int) -> Answer:
    """A class code, shown once for the board."""
    access.get_cohort(db(), actor(), cohort_id)
    form = SeatsForm()
    code = kit().new_code()
    if form.validate():
        made = form.attempt(
            lambda: manage.make_invite(
                db(), actor(), cohort_id, form.seats.data or 0, code, now=now()
            )
        )
        if made is not None:
            cohort = access.get_cohort(db(), actor(), cohort_id)
            return render_template("cohorts/invite.html", cohort=cohort, invite=made, code=code)
    return _page(cohort_id, form, ColleagueForm(None))


@bp.post("/cohorts/<id:cohort_id>/invites/<id:invite_id>/end")
def end_invite(cohort_id: int, invite_id: int) -> Response:
    """Make a class code useless."""
    manage.end_invite(db(), actor(), cohort_id, invite_id, now=now())
    flash("That class code no longer works.")
    return redirect(url_for("cohorts.detail", cohort_id=cohort_id, _anchor="codes"), 303)


@bp.post("/cohorts/<id:cohort_id>/colleagues")
def add_colleague(cohort_id: int) -> Answer:
    """Let a colleague teach this cohort, too."""
    access.get_cohort(db(), actor(), cohort_id)
    form = ColleagueForm()
    if not form.validate():
        return _page(cohort_id, SeatsForm(None), form)
    manage.add_colleague(db(), actor(), cohort_id, form.person_id.data, now=now())
    flash("Your colleague can open this cohort now.")
    return redirect(url_for("cohorts.detail", cohort_id=cohort_id, _anchor="colleagues"), 303)
