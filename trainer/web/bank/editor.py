"""One draft: its fields, its checks, how students will see it, deleting it, taking it away."""

from typing import Any

from flask import Response as FlaskResponse
from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from trainer.core.errors import Conflict, Invalid
from trainer.services.bank import checking, drafts, fields, own, reading
from trainer.services.bank.drafts import Saved, Stored
from trainer.services.bank.fields import Entry
from trainer.web.bank import bp
from trainer.web.bank.editor_forms import edit_of, entry_from, move_of
from trainer.web.bank.editor_page import checks, editor_page, saved_words
from trainer.web.bank.editor_words import notes_of
from trainer.web.bank.taught import previews
from trainer.web.request import actor, db, now, only_look

Answer = str | Response | tuple[str, int]


@bp.get("/bank/drafts/<id:draft_id>")
def draft(draft_id: int) -> Answer:
    """The editor with what is kept."""
    stored = drafts.get(db(), actor(), draft_id)
    return _page(stored, stored.entry)


def _page(stored: Stored, entry: Entry, **more: Any) -> str:
    page = editor_page(stored, entry, **more)
    return render_template("bank/editor.html", page=page, standing=saved_words(stored))


@bp.post("/bank/drafts/<id:draft_id>")
def save_draft(draft_id: int) -> Answer:
    """Keep what was typed, whatever button was pressed; then do what the button says."""
    before = drafts.get(db(), actor(), draft_id)
    entry = _sent(before)
    move = move_of(request.form)
    if move is not None:
        fields.arrange(entry, move)
    try:
        saved = drafts.save(db(), actor(), draft_id, edit_of(request.form), entry, now=now())
    except Invalid as refused:
        return _page(before, entry, refused=refused), 422
    if saved.refused is not None:
        # What was typed stays on the page, beside what somebody has saved meanwhile.
        return _page(saved.stored, saved.refused, conflict=True), 409
    return redirect(_next_page(saved, request.form.get("act", "")), 303)


def _sent(before: Stored) -> Entry:
    return entry_from(request.form, before.entry, drafts.local_day(actor(), now()))


def _next_page(saved: Saved, act: str) -> str:
    """Where the pressed button leads."""
    draft_id = saved.stored.id
    move = move_of(request.form)
    if move is not None:
        last = len(fields.rows_of(saved.stored.entry, move.rows)) - 1
        place = max(0, {"add": last, "up": move.index - 1}.get(move.verb, move.index - 1))
        start = "number-errors" if move.rows == "errors" else move.rows
        return url_for("bank.draft", draft_id=draft_id, _anchor=f"{start}-{place}")
    if act == "preview":
        return url_for("bank.preview", draft_id=draft_id)
    if act == "publish":
        return url_for("bank.ask_publish", draft_id=draft_id)
    if act == "send":
        return _send(saved.stored)
    return url_for("bank.draft", draft_id=draft_id)


def _send(stored: Stored) -> str:
    try:
        reading.send(db(), actor(), stored.id, stored.edit, now=now())
    except (Invalid, Conflict) as refused:
        flash(f"Saved, but not sent. {refused.message}", "warning")
        return url_for("bank.draft", draft_id=stored.id, _anchor="checks")
    flash("Sent. A colleague who has not written in it can answer it blind now.", "success")
    return url_for("bank.own")


@bp.post("/bank/drafts/<id:draft_id>/checks")
def draft_checks(draft_id: int) -> Answer:
    """The checks of what is typed so far; nothing is kept."""
    only_look()
    before = drafts.get(db(), actor(), draft_id)
    entry = drafts.fitted(db(), actor(), draft_id, _sent(before))
    return render_template("bank/editor_checks.html", page=checks(before, entry))


@bp.get("/bank/drafts/<id:draft_id>/preview")
def preview(draft_id: int) -> Answer:
    """The question as students see it, before and after answering; or what keeps it from that."""
    stored = drafts.get(db(), actor(), draft_id)
    found = checking.check(db(), actor(), draft_id, stored.entry)
    # Numbers that are none cannot be graded, and the preview shows graded answers.
    item = None if any(remark.rule == "N01" for remark in found.errors) else found.item
    page = previews(item, f"preview-{draft_id}") if item else None
    return render_template(
        "bank/editor_preview.html", draft=stored, page=page,
        notes=[n for n in notes_of(stored.entry, found.remarks) if n.kind == "fix"],
    )  # fmt: skip


@bp.get("/bank/drafts/<id:draft_id>/delete")
def ask_delete(draft_id: int) -> Answer:
    """Say what deleting means before it is done."""
    stored = drafts.get(db(), actor(), draft_id)
    return render_template("bank/editor_delete.html", draft=stored)


@bp.post("/bank/drafts/<id:draft_id>/delete")
def delete(draft_id: int) -> Response:
    """Delete a draft that was never published."""
    code = drafts.drop(db(), actor(), draft_id, now=now())
    flash(f"The draft {code} is deleted.")
    return redirect(url_for("bank.own"), 303)


@bp.get("/bank/drafts/<id:draft_id>/yaml")
def export(draft_id: int) -> Answer:
    """The question as a file of its own."""
    try:
        return as_file(*own.export_one(db(), actor(), draft_id))
    except Invalid as refused:
        flash(refused.message, "warning")
        return redirect(url_for("bank.draft", draft_id=draft_id, _anchor="checks"), 303)


def as_file(name: str, text: str) -> FlaskResponse:
    """A download. The name is made of a code, so it holds nothing that a header could trip on."""
    answer = make_response(text)
    answer.headers["Content-Type"] = "application/yaml; charset=utf-8"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
