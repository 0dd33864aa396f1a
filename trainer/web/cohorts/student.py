"""One student of a cohort, for its staff."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from trainer.services import access
from trainer.services.cohorts import manage
from trainer.services.progress.student import student_page
from trainer.web.cohorts import bp
from trainer.web.request import actor, db, kit, now

Answer = str | Response | tuple[str, int]


def _page(cohort_id: int, person_id: int, code: str = "", purpose: str = "") -> Answer:
    return render_template(
        "cohorts/student.html",
        student=student_page(db(), actor(), cohort_id, person_id, now=now()),
        code=code,
        purpose=purpose,
    )


@bp.get("/cohorts/<id:cohort_id>/students/<id:person_id>")
def student(cohort_id: int, person_id: int) -> Answer:
    """What one student did, and where they stand."""
    return _page(cohort_id, person_id)


@bp.post("/cohorts/<id:cohort_id>/students/<id:person_id>/code")
def student_code(cohort_id: int, person_id: int) -> Answer:
    """A code to be handed over in person, shown once."""
    code = kit().new_code()
    _, purpose = manage.issue_student_code(db(), actor(), cohort_id, person_id, code, now=now())
    return _page(cohort_id, person_id, code, purpose)


@bp.get("/cohorts/<id:cohort_id>/students/<id:person_id>/remove")
def ask_remove(cohort_id: int, person_id: int) -> Answer:
    """Say what removing means before it is done."""
    cohort, person = access.get_student(db(), actor(), cohort_id, person_id)
    return render_template("cohorts/remove.html", cohort=cohort, person=person)


@bp.post("/cohorts/<id:cohort_id>/students/<id:person_id>/remove")
def remove_student(cohort_id: int, person_id: int) -> Response:
    """End the enrolment; the work is kept."""
    person = manage.end_enrolment(db(), actor(), cohort_id, person_id, now=now())
    flash(f"{person.name} is no longer in this cohort. The work done is kept.")
    return redirect(url_for("cohorts.detail", cohort_id=cohort_id), 303)
