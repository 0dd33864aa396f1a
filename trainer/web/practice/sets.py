"""One set of questions: the open question, answering it, its feedback, the end."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from trainer.core.errors import Conflict, Invalid
from trainer.services.practice import answering, asked, sittings
from trainer.services.practice import feedback as lessons
from trainer.web.practice import bp
from trainer.web.practice.forms import AnswerFields
from trainer.web.practice.set_page import (
    answer_page,
    finished_page,
    focus_of,
    question_page,
    withdrawn_page,
)
from trainer.web.request import actor, db, kit, now

Answer = str | Response | tuple[str, int]


@bp.get("/practice/<id:sitting_id>")
def sitting(sitting_id: int) -> Answer:
    """The open question, or the summary of a set that is over. Changes nothing."""
    return _present(sitting_id)


def _present(sitting_id: int, form: AnswerFields | None = None, error: str = "") -> str:
    """Where the set stands now; with what was chosen, when the form comes back."""
    question = asked.question(db(), actor(), sitting_id)
    if question is None:
        page = finished_page(lessons.summary(db(), actor(), sitting_id))
        return render_template("practice/finished.html", page=page)
    focus = focus_of(question.progress, question.step, question.step - 1)
    if question.withdrawn:
        page = withdrawn_page(question)
        return render_template("practice/withdrawn.html", page=page, focus=focus)
    page = question_page(question, kit().new_seed(), form, error)
    return render_template("practice/question.html", page=page, focus=focus)


@bp.post("/practice/<id:sitting_id>/answer")
def answer(sitting_id: int) -> Answer:
    """Take an answer; a question that is not open any more shows where the set stands."""
    form = AnswerFields()
    if not form.validate():
        raise Invalid("answer", "This form did not arrive whole. Load the question again.")
    if form.move.data:
        return _present(sitting_id, form)
    try:
        step = answering.answer(db(), actor(), sitting_id, form.value(), now=now())
    except Invalid as refused:
        return _present(sitting_id, form, refused.message), 422
    except Conflict as stale:
        # What was written before the conflict showed must not be seen by the page.
        db().rollback()
        flash(stale.message, "warning")
        return _present(sitting_id), 409
    return redirect(url_for("practice.feedback", sitting_id=sitting_id, step=step), 303)


@bp.get("/practice/<id:sitting_id>/<id:step>")
def feedback(sitting_id: int, step: int) -> Answer:
    """What an answered question teaches."""
    found = lessons.feedback(db(), actor(), sitting_id, step)
    focus = focus_of(found.progress, step, step)
    return render_template("practice/answer.html", page=answer_page(found), focus=focus)


@bp.post("/practice/<id:sitting_id>/pass")
def pass_over(sitting_id: int) -> Response:
    """Go on without a question that was withdrawn while it was open."""
    asked.pass_over(db(), actor(), sitting_id, now=now())
    return redirect(url_for("practice.sitting", sitting_id=sitting_id), 303)


@bp.post("/practice/<id:sitting_id>/end")
def end(sitting_id: int) -> Response:
    """Stop here. Assigned questions stay open, to be gone on with from Today."""
    if sittings.end(db(), actor(), sitting_id, now=now()):
        return redirect(url_for("practice.sitting", sitting_id=sitting_id), 303)
    flash("Your answers are saved. Go on from here whenever you like.", "success")
    return redirect(url_for("practice.today"), 303)
