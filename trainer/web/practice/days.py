"""Today and free practice: what there is to do, and starting it."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from trainer.services.assignments import view as assignments
from trainer.services.bank import errata
from trainer.services.practice import sittings
from trainer.services.practice import today as plans
from trainer.services.practice.sittings import PLAY, TARGET, Wanted
from trainer.services.scenarios import listing
from trainer.web.practice import bp
from trainer.web.practice.day_page import browse_page, today_page
from trainer.web.practice.forms import StartForm
from trainer.web.request import actor, db, kit, now

Answer = str | Response | tuple[str, int]
NOTHING = "There is nothing to ask in this set right now."


@bp.get("/today")
def today() -> Answer:
    """What to do now."""
    plan = plans.today(db(), actor(), now=now())
    assigned = assignments.list_own(db(), actor(), now=now())
    plays = listing.list_open(db(), actor())
    told = errata.notices(db(), actor(), now=now())
    page = today_page(plan, assigned, plays)
    return render_template("practice/today.html", page=page, notices=told)


@bp.get("/practice")
def browse() -> Answer:
    """The question banks, with what was met and what is due."""
    return _browse(StartForm(None))


def _browse(form: StartForm) -> Answer:
    plan = plans.today(db(), actor(), now=now())
    banks = plans.list_banks(db(), actor(), now=now())
    page = browse_page(plan, banks, form)
    return render_template("practice/browse.html", page=page), 422 if form.errors else 200


def _begin(wanted: Wanted) -> Response:
    sitting = sittings.start(db(), actor(), wanted, seed=kit().new_seed(), now=now())
    if sitting is None:
        flash(NOTHING)
        return redirect(url_for("practice.today"), 303)
    return redirect(url_for("practice.sitting", sitting_id=sitting), 303)


@bp.post("/practice/start")
def start() -> Answer:
    """Begin reviews, new ideas or free practice, or go on with the open set of that kind."""
    form = StartForm()
    if form.validate():
        begun: Response | None = form.attempt(lambda: _begin(form.wanted()))
        if begun is not None:
            return begun
    return _browse(form)


@bp.post("/practice/targets/<id:target_id>")
def start_target(target_id: int) -> Response:
    """Begin the questions of an assignment, or go on with them."""
    return _begin(Wanted(TARGET, target_id=target_id))


@bp.post("/practice/plays/<id:play_id>")
def start_after_play(play_id: int) -> Response:
    """Questions on what a scenario sent back to be reviewed."""
    return _begin(Wanted(PLAY, play_id=play_id))
