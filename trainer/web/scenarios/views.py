"""Requests on scenarios. Each view hands over to a service and shows a page."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import TextAreaField
from wtforms.validators import Length

from trainer.core.errors import Conflict
from trainer.core.names import MAX_TEXT
from trainer.core.scenario import play as engine
from trainer.services.scenarios import ending, listing, playing
from trainer.web.forms import Form
from trainer.web.request import actor, db, kit, now
from trainer.web.scenarios import bp
from trainer.web.scenarios.debrief_page import debrief_page
from trainer.web.scenarios.list_page import list_page
from trainer.web.scenarios.play_page import play_page
from trainer.web.scenarios.transcript import transcript_page

Answer = str | Response | tuple[str, int]


class ReflectForm(Form):
    """The two questions before the score."""

    went_well = TextAreaField("What went well?", validators=[Length(max=MAX_TEXT)])
    would_change = TextAreaField(
        "What would you do differently?", validators=[Length(max=MAX_TEXT)]
    )


@bp.get("/scenarios")
def index() -> Answer:
    """All scenarios with the student's own results."""
    rows = listing.list_scenarios(db(), actor())
    return render_template("scenarios/list.html", page=list_page(rows))


@bp.post("/scenarios/<code:code>/start")
def start(code: str) -> Response:
    """Begin a scenario, or go on with the open play of it."""
    play = playing.start(db(), actor(), code, seed=kit().new_seed(), now=now())
    return redirect(url_for("scenarios.play", play_id=play.id), 303)


@bp.post("/scenarios/targets/<id:target_id>/start")
def start_target(target_id: int) -> Response:
    """Begin the scenario of an assignment."""
    play = playing.start_target(db(), actor(), target_id, seed=kit().new_seed(), now=now())
    return redirect(url_for("scenarios.play", play_id=play.id), 303)


@bp.get("/plays/<id:play_id>")
def play(play_id: int) -> Answer:
    """Where the play stands now."""
    running = playing.get_running(db(), actor(), play_id)
    if running.play.ended_at is not None:
        return redirect(_after_end(running))
    page = play_page(running, moved=running.play.steps > 0)
    return render_template("scenarios/play.html", page=page)


@bp.post("/plays/<id:play_id>")
def choose(play_id: int) -> Answer:
    """Make a choice; a stale page is told where the play stands, and changes nothing."""
    running = playing.get_running(db(), actor(), play_id)
    chosen, step = request.form.get("choice", ""), request.form.get("step", "")
    if not chosen and not engine.ended(running.scenario, running.state):
        page = play_page(running, error="Choose what you do first.")
        return render_template("scenarios/play.html", page=page), 422
    try:
        running = playing.choose(db(), actor(), play_id, _number(step), chosen, now=now())
    except Conflict as stale:
        flash(stale.message)
        return redirect(url_for("scenarios.play", play_id=play_id), 303)
    if running.play.ended_at is not None:
        return redirect(_after_end(running), 303)
    return redirect(url_for("scenarios.play", play_id=play_id), 303)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _after_end(running: playing.Running) -> str:
    seen = running.play.reflected_at is not None
    page = "scenarios.debrief" if seen else "scenarios.reflect"
    return url_for(page, play_id=running.play.id)


@bp.route("/plays/<id:play_id>/reflect", methods=["GET", "POST"])
def reflect(play_id: int) -> Answer:
    """Two optional questions before any score."""
    running = playing.get_running(db(), actor(), play_id)
    form = ReflectForm()
    if form.validate_on_submit():
        well, change = form.went_well.data or "", form.would_change.data or ""
        kept = form.attempt(
            lambda: playing.reflect(db(), actor(), play_id, well, change, now=now())
        )
        if kept is not None:
            return redirect(url_for("scenarios.debrief", play_id=play_id), 303)
    if running.play.ended_at is None:
        return redirect(url_for("scenarios.play", play_id=play_id))
    end = running.scenario.nodes[running.state.node]
    text = engine.scene_text(end, running.state.facts)
    page = {
        "overline": running.scenario.title, "ending": end.title, "text": text,
        "skip_url": url_for("scenarios.debrief", play_id=play_id),
    }  # fmt: skip
    return render_template("scenarios/reflect.html", form=form, page=page), (
        422 if form.errors else 200
    )


@bp.get("/plays/<id:play_id>/debrief")
def debrief(play_id: int) -> Answer:
    """What was expected, what was done, what it adds up to, what comes back."""
    best = request.args.get("best") == "yes"
    page = debrief_page(ending.get_debrief(db(), actor(), play_id), show_best=best)
    return render_template("scenarios/debrief.html", page=page)


@bp.get("/plays/<id:play_id>/transcript")
def transcript(play_id: int) -> Answer:
    """What happened so far, as a page: without script, and for printing."""
    running = playing.get_running(db(), actor(), play_id)
    return render_template("scenarios/transcript.html", page=transcript_page(running))
