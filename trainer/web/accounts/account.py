"""A person's own account: settings, password, signed-in browsers, theme."""

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from trainer.services import access, catalogue
from trainer.services.accounts import profile, sessions
from trainer.services.accounts.profile import Profile
from trainer.web.accounts import bp
from trainer.web.accounts.forms import PasswordForm, ProfileForm
from trainer.web.forms import SelectChoice
from trainer.web.request import actor, browser, db, keep_writes, kit, now
from trainer.web.safety import safe_next

Answer = str | Response | tuple[str, int]


def _profile_form(filled: bool) -> ProfileForm:
    present = profile.get_profile(db(), actor())
    form = ProfileForm(None if not filled else request.form, obj=present)
    exams = catalogue.current(db()).exams.values()
    form.exam_code.choices = [
        SelectChoice("", "Not decided yet"), *(SelectChoice(e.code, e.credential) for e in exams)
    ]  # fmt: skip
    if not filled:
        form.exam_code.data = present.exam_code or ""
    return form


def _page(form: ProfileForm, passwords: PasswordForm) -> Answer:
    bad = bool(form.errors or passwords.errors)
    page = render_template(
        "accounts/account.html",
        form=form,
        passwords=passwords,
        sessions=sessions.list_sessions(db(), actor(), now=now()),
        changes=profile.list_changes(db(), actor()),
    )
    return page, 422 if bad else 200


@bp.get("/account")
def account() -> Answer:
    """Own settings and signed-in browsers."""
    access.signed_in(actor())
    return _page(_profile_form(False), PasswordForm(None))


@bp.post("/account/settings")
def settings() -> Answer:
    """Save own settings."""
    access.signed_in(actor())
    form = _profile_form(True)
    if form.validate():
        wanted = Profile(
            form.zone.data, form.keys_on.data, form.confidence_on.data,
            form.exam_code.data or None, form.exam_date.data,
            form.minutes_a_day.data or 0,
        )  # fmt: skip
        form.attempt(lambda: profile.set_profile(db(), actor(), wanted, now=now()))
    if form.errors:
        return _page(form, PasswordForm(None))
    flash("Saved.")
    return redirect(url_for("accounts.account"), 303)


@bp.post("/account/password")
def change_password() -> Answer:
    """Change the own password; other browsers are signed out."""
    access.signed_in(actor())
    form = PasswordForm()
    if form.validate():
        form.attempt(
            lambda: sessions.change_password(
                db(), actor(), form.old_password.data or "", form.new_password.data or "",
                browser(), kit().hasher, now=now(),
            )
        )  # fmt: skip
    if form.errors:
        keep_writes()
        return _page(_profile_form(False), form)
    flash("Your password is changed. Your other browsers were signed out.")
    return redirect(url_for("accounts.account"), 303)


@bp.post("/account/sessions/<id:session_id>/end")
def end_session(session_id: int) -> Response:
    """Sign out one of one's own browsers."""
    sessions.end_session(db(), actor(), session_id, now=now())
    flash("That browser is signed out.")
    return redirect(url_for("accounts.account"), 303)


@bp.post("/theme")
def theme() -> Response:
    """Switch between light and dark; kept in a cookie, so the page never flashes."""
    wanted = request.form.get("theme", "")
    if wanted not in {"light", "dark", "system"}:
        abort(400, "The theme is light, dark or system.")
    back = safe_next(request.form.get("next"), url_for("accounts.home"))
    response = redirect(back, 303)
    response.set_cookie(
        "theme", wanted, max_age=31536000, samesite="Lax", httponly=True, secure=kit().secure
    )
    return response
