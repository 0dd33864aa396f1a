"""The question bank for staff: its health, its questions, the inbox of reports."""

from typing import Any

from flask import render_template, request, url_for
from werkzeug.wrappers import Response

from trainer.services.access import writes_questions
from trainer.services.bank import inbox, listing
from trainer.services.bank import overview as bank
from trainer.services.bank.listing import ALL, IN_PLACE, Filters, Found
from trainer.services.bank.states import State
from trainer.web.bank import bp
from trainer.web.bank.editor_words import TYPES
from trainer.web.bank.forms import ABOUT, STATES
from trainer.web.request import actor, db, now

Answer = str | Response
CHECKS = {
    "unread": "Without a second reading", "due": "Review due within 60 days, or past",
    "reported": "With open reports",
}  # fmt: skip


@bp.get("/bank")
def index() -> Answer:
    """Whether the bank fills the exams, and what has to be looked after."""
    found = bank.overview(db(), actor(), now=now())
    counts = dict(found.states)
    facts = [
        ("Questions", str(counts[State.IN_USE])), ("Ideas", str(found.ideas)),
        *((TYPES.get(code, code), str(count)) for code, count in found.types),
        ("Retired", str(counts[State.RETIRED])), ("Written by your program", str(found.own)),
    ]  # fmt: skip
    return render_template(
        "bank/overview.html", bank=found, states=STATES, states_count=counts, count_facts=facts,
        writes=writes_questions(actor()),
    )  # fmt: skip


@bp.get("/bank/items")
def items() -> Answer:
    """All questions: search, filters and page stand in the address."""
    filters = _filters()
    due = bank.due_day(actor(), now=now())
    found = listing.find(db(), actor(), filters, due=due)
    return render_template(
        "bank/items.html", page=_page(filters, found, due), writes=writes_questions(actor())
    )


def _filters() -> Filters:
    """The filters of the address; what cannot be meant counts as not given."""
    asked = {name: request.args.get(name, "")[:100] for name in ("q", "bank", "type", "state")}
    page = request.args.get("page", "")
    return Filters(
        asked["q"].strip(), asked["bank"], asked["type"], asked["state"],
        request.args.get("check", "")[:20],
        int(page) if page.isascii() and page.isdecimal() and len(page) < 7 else 1,
    )  # fmt: skip


def _page(filters: Filters, found: Found, due: str) -> dict[str, Any]:
    """The page value of bank/items.html."""
    asked = {
        "q": filters.words, "bank": filters.bank, "type": filters.type, "state": filters.state,
        "check": filters.check,
    }  # fmt: skip
    kept: dict[str, Any] = {name: value for name, value in asked.items() if value}

    def turn(page: int) -> str:
        return url_for("bank.items", **kept, page=page) if 1 <= page <= found.pages else ""

    return {
        **asked, "found": found, "due": due, "any": bool(kept), "states": STATES,
        "types": TYPES, "banks": found.banks, "checks": CHECKS,
        "state_choices": [
            (IN_PLACE, "In use, in quarantine or retired"),
            *((state.value, STATES[state][0]) for state in State), (ALL, "All"),
        ],
        "before": turn(found.page - 1), "after": turn(found.page + 1),
    }  # fmt: skip


@bp.get("/bank/reports")
def reports() -> Answer:
    """Questions with open reports."""
    found = inbox.list_open(db(), actor())
    return render_template(
        "bank/inbox.html",
        reported=found,
        about=ABOUT,
        states=STATES,
        writes=writes_questions(actor()),
    )
