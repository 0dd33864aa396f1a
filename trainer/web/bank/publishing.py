"""Publishing a draft: what it means is said first."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from trainer.core.errors import Invalid
from trainer.services.bank import publishing
from trainer.web.bank import bp
from trainer.web.bank.editor_forms import edit_of
from trainer.web.request import actor, db, now

Answer = str | Response | tuple[str, int]


@bp.get("/bank/drafts/<id:draft_id>/publish")
def ask_publish(draft_id: int) -> Answer:
    """Say what publishing means, or what comes first."""
    return _page(draft_id)


def _page(draft_id: int, error: str = "") -> str:
    found = publishing.ready(db(), actor(), draft_id)
    return render_template("bank/editor_publish.html", ready=found, error=error)


@bp.post("/bank/drafts/<id:draft_id>/publish")
def publish(draft_id: int) -> Answer:
    """Let the program's students be asked this question."""
    alone = request.form.get("alone") == "yes"
    try:
        version = publishing.publish(
            db(), actor(), draft_id, edit_of(request.form), alone=alone, now=now()
        )
    except Invalid as refused:
        return _page(draft_id, refused.message), 422
    flash(f"Published as version {version}. Your program's students can get it now.", "success")
    return redirect(url_for("bank.own"), 303)
