"""The people of a program, for its administrator."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from trainer.core.errors import Invalid
from trainer.services.accounts import codes, roster
from trainer.web.accounts import bp
from trainer.web.accounts.forms import RolesForm, StaffForm
from trainer.web.request import actor, db, kit, now

Answer = str | Response | tuple[str, int]


def _page(form: StaffForm, issued: tuple[str, str, str] | None = None) -> Answer:
    """The list; `issued` is (name, purpose, code), shown once."""
    page = render_template(
        "accounts/people.html",
        form=form,
        people=roster.list_people(db(), actor()),
        issued=issued,
    )
    return page, 422 if form.errors else 200


@bp.get("/people")
def people() -> Answer:
    """Everybody of the program."""
    return _page(StaffForm(None))


@bp.post("/people")
def add_staff() -> Answer:
    """An account for a colleague; the code is shown once and handed over in person."""
    form = StaffForm()
    code = kit().new_code()
    roster.list_people(db(), actor())
    if form.validate():
        person = form.attempt(
            lambda: roster.add_staff(
                db(), actor(), name=form.name.data or "", login=form.login.data or "",
                role=form.role.data, code=code, now=now(),
            )
        )  # fmt: skip
        if person is not None:
            return _page(StaffForm(None), (person.name, "invitation", code))
    return _page(form)


@bp.post("/people/<id:person_id>/reset-code")
def reset_code(person_id: int) -> Answer:
    """A reset code, good for ten minutes, to be handed over in person."""
    code = kit().new_code()
    person = codes.issue_reset_code(db(), actor(), person_id, code, now=now())
    return _page(StaffForm(None), (person.name, "reset", code))


@bp.post("/people/<id:person_id>/roles")
def set_roles(person_id: int) -> Response:
    """Give and take roles; the person is signed out everywhere."""
    form = RolesForm()
    wanted = set(form.roles.data or [])
    if not wanted:
        flash("Choose at least one role. To keep somebody out, switch the account off.", "error")
        return redirect(url_for("accounts.people"), 303)
    roster.set_roles(db(), actor(), person_id, wanted, now=now())
    flash("The roles are saved. The person signs in anew.")
    return redirect(url_for("accounts.people"), 303)


@bp.post("/people/<id:person_id>/active")
def set_active(person_id: int) -> Response:
    """Disable or enable an account."""
    wanted = request.form.get("active", "")
    if wanted not in {"yes", "no"}:
        raise Invalid("active", "Say yes or no.")
    person = roster.set_active(db(), actor(), person_id, wanted == "yes", now=now())
    flash(f"{person.name} can {'sign in again' if person.active else 'no longer sign in'}.")
    return redirect(url_for("accounts.people"), 303)
