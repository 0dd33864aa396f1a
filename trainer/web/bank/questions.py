"""One question for staff: as a student sees it, its log and its reports, and decisions about it."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from trainer.core.outline.concepts import bank_name
from trainer.services.access import writes_questions
from trainer.services.bank import decisions, inbox, item_page
from trainer.services.bank.item_page import ItemPage
from trainer.services.bank.states import Act
from trainer.web.bank import bp
from trainer.web.bank.editor_words import TYPES
from trainer.web.bank.forms import ABOUT, ASK, DONE, STATES, CloseForm, DecisionForm
from trainer.web.bank.taught import previews
from trainer.web.filters import plural
from trainer.web.request import actor, db, now

Answer = str | Response | tuple[str, int]


@bp.get("/bank/items/<code:item>")
def item(item: str) -> Answer:
    """Everything about a question; an older version by its number."""
    asked = request.args.get("version", "")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 7 else 0
    return _page(item, number=number)


def _is_copyable(page: item_page.ItemPage) -> bool:
    """Who writes questions may begin one as a copy; templates are edited in their files."""
    return writes_questions(actor()) and not page.is_template


def _page(code: str, *, number: int = 0, report_id: int = 0, close: CloseForm | None = None) -> str:
    """The page of a question; a refused answer to a report comes back with what was written."""
    page = item_page.get_page(db(), actor(), code, number)
    return render_template(
        "bank/item.html", page=page, seen=previews(page.item, "staff"),
        copyable=_is_copyable(page), about=ABOUT, states=STATES, done=DONE, words=ASK,
        item_facts=_facts(page), close=close, report_id=report_id,
    )  # fmt: skip


def _facts(page: ItemPage) -> list[tuple[str, str]]:
    item = page.item
    found = [
        ("Idea", page.concept), ("Bank", bank_name(item.bank)),
        ("Type", TYPES.get(item.type, item.type)), ("Difficulty", f"{item.difficulty} of 3"),
        ("Second reading", f"agreed, {item.checked.on}" if item.checked else "none recorded"),
        ("Review by", item.review_by), ("Answered by", plural(page.students, "student")),
        ("Open now", plural(page.open_now, "set")),
    ]  # fmt: skip
    return [(label, text) for label, text in found if text]


@bp.post("/bank/reports/<id:report_id>/close")
def close_report(report_id: int) -> Answer:
    """Answer a report. It leaves the inbox."""
    form = CloseForm()
    code = inbox.code_of(db(), actor(), report_id)
    if form.validate():
        closed = form.attempt(
            lambda: inbox.close(db(), actor(), report_id, form.outcome.data or "", now=now())
        )
        if closed is not None:
            flash("The report is closed. Its student reads your answer.", "success")
            return redirect(url_for("bank.item", item=code, _anchor="reports"), 303)
    return _page(code, report_id=report_id, close=form), 422


@bp.route("/bank/items/<code:item>/quarantine", methods=["GET", "POST"])
def quarantine(item: str) -> Answer:
    """Stop asking a question, in one action."""
    return _decide(item, Act.QUARANTINE)


@bp.route("/bank/items/<code:item>/release", methods=["GET", "POST"])
def release(item: str) -> Answer:
    """Ask a question again."""
    return _decide(item, Act.RELEASE)


@bp.route("/bank/items/<code:item>/retire", methods=["GET", "POST"])
def retire(item: str) -> Answer:
    """Take a question out of use."""
    return _decide(item, Act.RETIRE)


@bp.route("/bank/items/<code:item>/correct", methods=["GET", "POST"])
def correct(item: str) -> Answer:
    """Tell who answered a question what was corrected."""
    return _decide(item, Act.CORRECT)


def _decide(code: str, act: Act) -> Answer:
    form = DecisionForm()
    if form.validate_on_submit():
        made = form.attempt(
            lambda: decisions.decide(db(), actor(), code, form.value(act), now=now())
        )
        if made is not None:
            flash(ASK[act]["done"], "success")
            return redirect(url_for("bank.item", item=code), 303)
    standing = decisions.standing(db(), actor(), code, act)
    if not form.is_submitted():
        form.seen.data = standing.seen
    page = render_template(
        "bank/decide.html", form=form, code=code, lead_in=standing.lead_in, ask=ASK[act],
        students=standing.students,
    )  # fmt: skip
    return page, 422 if form.errors or form.form_errors else 200
