"""The own questions of a program: the list, beginning a new one, taking all of them away."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import HiddenField, SelectField
from wtforms.validators import InputRequired, Length

from trainer.services import access
from trainer.services.bank import drafts
from trainer.services.bank import own as questions
from trainer.web.bank import bp
from trainer.web.bank.editor import as_file
from trainer.web.bank.editor_words import STATES, TYPES
from trainer.web.forms import Form, SelectChoice
from trainer.web.request import actor, db, now

Answer = str | Response | tuple[str, int]
_LONGEST_SEARCH = 200


class BeginForm(Form):
    """What a new question is about, and how it is answered."""

    concept = SelectField(
        "Idea", validate_choice=False, validators=[InputRequired("Choose an idea.")],
        description="What the question is about. Ideas stand by area; the number is that of "
        "questions there are.",
    )  # fmt: skip
    type = SelectField("How it is answered", validate_choice=False, default="single_best_answer")


class CopyForm(Form):
    """The question that a draft begins as."""

    code = HiddenField("Code", validators=[InputRequired("Choose a question."), Length(max=120)])


@bp.get("/bank/own")
def own() -> Answer:
    """Drafts and published questions of the program."""
    rows = questions.list_own(db(), actor())
    return render_template("bank/own.html", rows=rows, types=TYPES, states=STATES)


def _begin_page(form: BeginForm, copying: CopyForm) -> Answer:
    ideas = questions.ideas(db(), actor())
    form.concept.choices = {
        area: [SelectChoice(one.code, f"{one.name} ({one.questions})") for one in listed]
        for area, listed in ideas
    }
    form.type.choices = [SelectChoice(code, name) for code, name in TYPES.items()]
    words = request.args.get("q", "")[:_LONGEST_SEARCH]
    found, count = questions.search(db(), actor(), words)
    page = render_template(
        "bank/editor_new.html", form=form, copying=copying, words=words, found=found, count=count
    )
    return page, 422 if form.errors or copying.errors else 200


@bp.get("/bank/own/new")
def new() -> Answer:
    """Begin a question: an empty one, or a copy of one that was looked for."""
    access.programs_written_for(actor())
    return _begin_page(BeginForm(None), CopyForm(None))


@bp.post("/bank/own/new")
def make() -> Answer:
    """An empty draft."""
    access.programs_written_for(actor())
    form = BeginForm()
    if form.validate():
        made = form.attempt(
            lambda: drafts.make(
                db(), actor(), form.concept.data or "", form.type.data or "", now=now()
            )
        )
        if made is not None:
            return redirect(url_for("bank.draft", draft_id=made.id), 303)
    return _begin_page(form, CopyForm(None))


@bp.post("/bank/own/copy")
def copy() -> Answer:
    """A draft that begins as a question in use."""
    access.programs_written_for(actor())
    form = CopyForm()
    if form.validate():
        made = form.attempt(lambda: drafts.copy(db(), actor(), form.code.data or "", now=now()))
        if made is not None:
            flash("This is a copy. Change it: two questions that say the same are refused.")
            return redirect(url_for("bank.draft", draft_id=made.id), 303)
    return _begin_page(BeginForm(None), form)


@bp.get("/bank/own/yaml")
def export_all() -> Answer:
    """All published questions of the program as one file."""
    return as_file(*questions.export_all(db(), actor()))
