"""First run, signing in and out, resetting a password, joining."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from trainer.core import roles
from trainer.core.errors import Conflict, NotFound
from trainer.services.accounts import codes, sessions, setup
from trainer.services.cohorts import joining
from trainer.services.people import BAD_CODE
from trainer.web.accounts import bp
from trainer.web.accounts.forms import (
    InvitedForm,
    JoinCodeForm,
    JoinForm,
    ResetForm,
    SetUpForm,
    SignInForm,
)
from trainer.web.frame import tabs
from trainer.web.request import (
    actor,
    browser,
    clear_sign_in_cookie,
    db,
    keep_writes,
    kit,
    now,
    own_transaction,
    renew_form_token,
    set_sign_in_cookie,
)
from trainer.web.safety import safe_next

Answer = str | Response | tuple[str, int]


def _signed_in(person: object, target: str) -> Response:
    """Answer with a fresh session for the person."""
    token = kit().new_token()
    before = actor()
    if before is not None:
        sessions.end_session(db(), before, before.session_id, now=now())
    sessions.open_session(db(), person, browser(), token, now=now())  # type: ignore[arg-type]
    renew_form_token()
    response = redirect(target, 303)
    set_sign_in_cookie(response, token)
    return response


@bp.get("/")
def home() -> Answer:
    """The first page of the person's navigation; somebody without a role sees the account."""
    if not setup.is_set_up(db()):
        return redirect(url_for("accounts.set_up"))
    who = actor()
    if who is None:
        return redirect(url_for("accounts.sign_in"))
    first = next(iter(tabs(who)), None)
    return redirect(first.url if first else url_for("accounts.account"))


@bp.route("/set-up", methods=["GET", "POST"])
def set_up() -> Answer:
    """The first-run page; after that it only says that the work is done."""
    if setup.is_set_up(db()):
        raise Conflict("This installation is set up already. Please sign in.")
    form = SetUpForm(code=request.args.get("code", ""))
    if form.validate_on_submit():
        person = form.attempt(
            lambda: setup.set_up(
                db(), code=form.code.data or "", program_name=form.program_name.data or "",
                name=form.name.data or "", login=form.login.data or "",
                password=form.password.data or "",
                zone=form.zone.data or "", also_staff=form.also_staff.data,
                hasher=kit().hasher, now=now(),
            )
        )  # fmt: skip
        if person is not None:
            if form.sample.data:
                kit().fill_sample(db(), person.id, now())
            return _signed_in(person, url_for("accounts.home"))
    return render_template("accounts/set_up.html", form=form), 422 if form.errors else 200


@bp.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Answer:
    """One message for an unknown name and a wrong password."""
    form = SignInForm()
    if form.validate_on_submit():
        person = sessions.check_password(
            db(),
            form.login.data or "",
            form.password.data or "",
            browser(),
            kit().hasher,
            now=now(),
        )
        if person is not None:
            return _signed_in(person, safe_next(request.args.get("next"), url_for("accounts.home")))
        keep_writes()
        form.form_errors.append(sessions.WRONG)
    return render_template("accounts/sign_in.html", form=form), 422 if form.errors else 200


@bp.get("/enter/<string(length=43):secret>")
def enter(secret: str) -> Response:
    """A sign-in link of the demo, whose database is thrown away; nobody has one elsewhere."""
    person_id = kit().demo_links.get(secret)
    if person_id is None:
        raise NotFound
    token = kit().new_token()
    with own_transaction() as session:
        sessions.open_session_of(session, person_id, browser(), token, now=now())
    renew_form_token()
    response = redirect(url_for("accounts.home"))
    set_sign_in_cookie(response, token)
    return response


@bp.post("/sign-out")
def sign_out() -> Response:
    """End this browser's session."""
    who = actor()
    if who is not None:
        sessions.end_session(db(), who, who.session_id, now=now())
        flash("You are signed out.", "success")
    renew_form_token()
    response = redirect(url_for("accounts.sign_in"), 303)
    clear_sign_in_cookie(response)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@bp.route("/reset", methods=["GET", "POST"])
def reset() -> Answer:
    """A new password with a code from an instructor or administrator."""
    form = ResetForm()
    if form.validate_on_submit():
        person = form.attempt(
            lambda: codes.reset_password(
                db(), login=form.login.data or "", code=form.code.data or "",
                password=form.password.data or "",
                browser=browser(), hasher=kit().hasher, now=now(),
            )
        )  # fmt: skip
        if person is not None:
            flash("Your password is changed. All other browsers were signed out.")
            return _signed_in(person, url_for("accounts.home"))
        if not form.errors:
            keep_writes()
            form.form_errors.append("This sign-in name and code do not fit together.")
    return render_template("accounts/reset.html", form=form), 422 if form.errors else 200


@bp.route("/join", methods=["GET", "POST"])
def join() -> Answer:
    """First the code; what it is for decides what is asked next."""
    form = JoinCodeForm(code=request.args.get("code", ""))
    if form.validate_on_submit():
        found = joining.look_up(db(), form.code.data or "", browser().network, now=now())
        if found is not None and found.personal:
            return _invited(found)
        if found is not None:
            return _join_class(found)
        keep_writes()
        form.code.errors = [BAD_CODE]
    return render_template("accounts/join.html", form=form, found=None), (
        422 if form.errors else 200
    )


def _is_second_step() -> bool:
    return "password" in request.form


def _join_class(found: joining.Invitation) -> Answer:
    who = actor()
    if who is not None and who.is_a(roles.STUDENT):
        joining.join_as(db(), who, request.form["code"], now=now())
        flash(f"You joined {found.cohort_name}.")
        return redirect(url_for("accounts.home"), 303)
    form = JoinForm() if _is_second_step() else JoinForm(formdata=None, code=request.form["code"])
    if _is_second_step() and form.validate():
        person = form.attempt(
            lambda: joining.join(
                db(), code=form.code.data or "", name=form.name.data or "",
                login=form.login.data or "",
                password=form.password.data or "", hasher=kit().hasher, now=now(),
            )
        )  # fmt: skip
        if person is not None:
            return _signed_in(person, url_for("accounts.home"))
    return render_template("accounts/join.html", form=form, found=found), (
        422 if form.errors else 200
    )


def _invited(found: joining.Invitation) -> Answer:
    form = (
        InvitedForm()
        if _is_second_step()
        else InvitedForm(formdata=None, code=request.form["code"])
    )
    if _is_second_step() and form.validate():
        person = form.attempt(
            lambda: codes.accept_invitation(
                db(), code=form.code.data or "", password=form.password.data or "",
                browser=browser(), hasher=kit().hasher, now=now(),
            )
        )  # fmt: skip
        if person is not None:
            return _signed_in(person, url_for("accounts.home"))
        if not form.errors:
            form.form_errors.append(BAD_CODE)
    return render_template("accounts/join.html", form=form, found=found), (
        422 if form.errors else 200
    )
