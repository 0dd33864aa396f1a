"""The second reading of a draft: answer it blind, look at the key, agree or send it back."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask import session as form_cookie
from werkzeug.wrappers import Response
from wtforms import TextAreaField
from wtforms.validators import Length

from trainer.core.errors import Invalid
from trainer.core.items.given import written
from trainer.services import access
from trainer.services.access import signed_in
from trainer.services.bank import reading
from trainer.services.bank.reading import Blind
from trainer.web.bank import bp
from trainer.web.bank.taught import as_taught, sources_of
from trainer.web.forms import Form
from trainer.web.items import moved, shown
from trainer.web.request import actor, db, now

Answer = str | Response | tuple[str, int]
_KEPT = "reading"
"""The blind answer waits in the signed cookie, so that it cannot be changed after the key."""


class OpinionForm(Form):
    """What the second reader thinks."""

    note = TextAreaField(
        "Note", description="Needed when you send it back: say what should change.",
        validators=[Length(max=2000, message="At most 2000 characters.")],
    )  # fmt: skip


def _kept_answer(draft_id: int) -> tuple[int, str] | None:
    """The edit and the blind answer that this reader has given to a draft."""
    kept = form_cookie.get(_KEPT)
    if isinstance(kept, list) and kept[:2] == [signed_in(actor()).person_id, draft_id]:
        return int(kept[2]), str(kept[3])
    return None


def _blind_answer(question: Blind) -> str:
    """What this reader has answered to this edit; "" before that."""
    edit, given = _kept_answer(question.draft_id) or (0, "")
    return given if edit == question.edit else ""


@bp.get("/bank/drafts/<id:draft_id>/reading")
def second_reading(draft_id: int) -> Answer:
    """The question without its key; once answered, with it."""
    question = reading.blind(db(), actor(), draft_id)
    given = _blind_answer(question)
    return _with_key(question, given, OpinionForm(None)) if given else _asked(question)


def _asked(question: Blind, given: tuple[str, ...] = (), error: str = "") -> str:
    page: dict[str, Any] = {
        **shown(question.item, question.order, given),
        "draft_id": question.draft_id, "edit": question.edit, "error": error,
    }  # fmt: skip
    return render_template("bank/editor_reading.html", page=page)


@bp.post("/bank/drafts/<id:draft_id>/reading")
def answer_blind(draft_id: int) -> Answer:
    """Take the blind answer. The first one stays."""
    question = reading.blind(db(), actor(), draft_id)
    sent = tuple(value[:80] for value in request.form.getlist("choice")[:20])
    move = request.form.get("move", "")[:20]
    if move:
        return _asked(question, moved(sent, move))
    if not _blind_answer(question):
        given = written(sent)
        try:
            reading.accept_answer(question, given)
        except Invalid as refused:
            return _asked(question, sent, refused.message), 422
        me = signed_in(actor()).person_id
        form_cookie[_KEPT] = [me, draft_id, question.edit, given]
    return redirect(url_for("bank.second_reading", draft_id=draft_id), 303)


def _with_key(question: Blind, given: str, form: OpinionForm) -> str:
    return render_template(
        "bank/editor_opinion.html", question=question, form=form,
        agrees=reading.is_key(question, given), sources=sources_of(question.item),
        asked=shown(question.item, question.order, ()),
        page=as_taught(question.item, given, question.order),
    )  # fmt: skip


@bp.post("/bank/drafts/<id:draft_id>/opinion")
def give_opinion(draft_id: int) -> Answer:
    """Agree with the question, or send it back with a note."""
    access.get_draft(db(), actor(), draft_id)
    answer = _kept_answer(draft_id)
    if answer is None:
        return redirect(url_for("bank.second_reading", draft_id=draft_id), 303)
    form, agreed = OpinionForm(), request.form.get("opinion") == "agree"
    done = form.validate() and form.attempt(
        lambda: reading.finish(
            db(), actor(), draft_id, answer, agreed, form.note.data or "", now=now()
        )
    )
    if not done:
        return _with_key(reading.blind(db(), actor(), draft_id), answer[1], form), 422
    form_cookie.pop(_KEPT, None)
    flash("Thank you. Your reading is kept." + (" It can be published now." if agreed else ""))
    return redirect(url_for("bank.own"), 303)
