"""The words of Today and of the practice page."""

from datetime import datetime
from typing import Any

from flask import url_for

from trainer.core.assignments import SCENARIO, Status
from trainer.services.access import signed_in
from trainer.services.assignments.view import OwnTarget
from trainer.services.practice.sittings import BANK, NEW, REVIEW, SIZES, TARGET, Progress
from trainer.services.practice.today import Bank, Today
from trainer.services.scenarios.listing import OpenPlay
from trainer.web.filters import clock, moment, plural, relative_day
from trainer.web.frame import local
from trainer.web.practice.forms import StartForm
from trainer.web.request import actor, now


def today_page(today: Today, assigned: list[OwnTarget], plays: list[OpenPlay]) -> dict[str, Any]:
    """The page value of practice/today.html."""
    first_name = signed_in(actor()).name.split()[0]
    here = local(now())
    return {
        "greeting": f"{_greeting(here)}, {first_name}",
        "date": f"{here:%A, %B} {here.day}",
        "exam": _exam(today),
        "settings_url": url_for("accounts.account"),
        "plan": None if today.is_rest and today.met else _plan(today),
        "rest": _rest(today) if today.is_rest and today.met else None,
        "start_url": url_for("practice.start"),
        "free_url": url_for("practice.browse"),
        "resume": [_open_sitting(one) for one in today.open_sittings]
        + [_open_play(one) for one in plays],
        "assigned": [_assigned(one) for one in assigned],
        "facts": _facts(today),
    }


def _greeting(here: datetime) -> str:
    if 4 <= here.hour < 12:
        return "Good morning"
    return "Good afternoon" if 12 <= here.hour < 18 else "Good evening"


def _exam(today: Today) -> dict[str, Any] | None:
    if today.exam is None:
        return None
    day = today.exam.date
    return {
        "days": today.exam.days,
        "text": f"{'day' if today.exam.days == 1 else 'days'} to your {today.exam.name}",
        "date": f"{day:%A, %B} {day.day}",
        "change_url": url_for("accounts.account"),
    }


def _plan(today: Today) -> dict[str, Any]:
    """The plan block: reviews first, or new ideas for somebody who begins."""
    if today.is_rest:
        return {
            "over": "Your first plan",
            "title": f"{plural(today.new, 'new idea')}, about {_minutes(today.new_minutes)}"
            if today.new
            else "Nothing is planned for today",
            "lines": [("New ideas come in small blocks first and are mixed later, as on the "
                       "exam.", "", "")],
            "kind": NEW,
            "label": "Start with new ideas" if today.new else "",
        }  # fmt: skip
    asked, again_minutes = today.reviews + today.again, today.again
    minutes = (today.review_minutes if today.reviews else 0) + again_minutes
    whole = minutes + (today.new_minutes if today.new else 0)
    return {
        "over": f"Today’s plan, {whole} of your {today.minutes_a_day} minutes",
        "title": f"{plural(asked, 'review')}, about {_minutes(minutes)}",
        "lines": _lines(today),
        "kind": REVIEW,
        "label": "Start reviews",
    }


def _lines(today: Today) -> list[tuple[str, str, str]]:
    """Sentences of the plan, each as the text before, in and after its bold part."""
    lines = []
    if today.again:
        which = "1 idea" if today.again == 1 else f"{today.again} ideas"
        verb = "is" if today.again == 1 else "are"
        lines.append(("", which, f" missed earlier today {verb} asked once more."))
    if today.new:
        where = "" if today.new == 1 else "most of them "
        rest = f", {where}in {today.new_bank} ({today.new_minutes} min)."
        lines.append(("Then ", plural(today.new, "new idea"), rest))
    return lines


def _rest(today: Today) -> dict[str, Any]:
    """Nothing is due: when the next reviews come, and what could be done meanwhile."""
    done = today.waiting > 0
    return {
        "fact": f"Your {today.minutes_a_day} minutes are done. Rest counts too."
        if done
        else "Nothing is due. Rest counts too.",
        "help": " ".join(_rest_help(today)),
        "new_label": f"Learn {plural(today.new, 'new idea')}, {today.new_minutes} min"
        if today.new
        else "",
        "more_label": "Do more reviews" if done else "",
    }


def _rest_help(today: Today) -> list[str]:
    lines = []
    if today.again_at is not None:
        lines.append(f"What you missed today can be asked again from {clock(today.again_at)}.")
    if today.next_due is not None:
        verb = "comes" if today.next_due_count == 1 else "come"
        count = plural(today.next_due_count, "review")
        lines.append(f"The next {count} {verb} {_on(relative_day(today.next_due))}.")
    if today.new:
        lines.append(f"If you still have minutes, there are new ideas in {today.new_bank}.")
    return lines


def _on(day: str) -> str:
    return day if day in {"today", "tomorrow"} else f"on {day}"


def _minutes(count: int) -> str:
    return plural(count, "minute")


def _open_sitting(one: Progress) -> tuple[str, str, str, str]:
    kind = "Assigned questions" if one.kind == TARGET else "Practice set"
    where = f"{kind} · {one.position - 1} of {one.total} answered"
    return "list-checks", one.title, where, url_for("practice.sitting", sitting_id=one.sitting_id)


def _open_play(one: OpenPlay) -> tuple[str, str, str, str]:
    where = f"Scenario · step {one.step} · begun {relative_day(local(one.last_at).date())}"
    return "route", one.title, where, url_for("scenarios.play", play_id=one.id)


def _assigned(own: OwnTarget) -> dict[str, Any]:
    start = "scenarios.start_target" if own.target.kind == SCENARIO else "practice.start_target"
    finished = own.standing.is_finished
    return {
        "title": own.title if own.target.kind != SCENARIO else own.target.name,
        "facts": " · ".join((own.target.detail, own.cohort_name)),
        "note": own.note,
        "due": f"Done, due {_day(own.due_at)}" if finished else _due(own),
        "due_state": "done" if finished else _due_state(own),
        "state": _state(own),
        "url": url_for(start, target_id=own.target.id),
        "label": _label(own),
    }


def _due(own: OwnTarget) -> str:
    when = relative_day(local(own.due_at).date())
    if when in {"today", "tomorrow"}:
        return f"Due {when}, {clock(own.due_at)}"
    return f"Was due {_day(own.due_at)}" if own.due_at <= now() else f"Due {moment(own.due_at)}"


def _day(due_at: datetime) -> str:
    return relative_day(local(due_at).date())


def _due_state(own: OwnTarget) -> str:
    if own.due_at <= now():
        return "late"
    return "soon" if (local(own.due_at).date() - local(now()).date()).days <= 1 else ""


def _state(own: OwnTarget) -> str:
    late = ", late" if own.standing.late and own.standing.is_finished else ""
    return own.standing.status.capitalize() + late


def _label(own: OwnTarget) -> str:
    if own.standing.status == Status.IN_PROGRESS:
        return "Continue"
    return "Start" if own.standing.status == Status.NOT_STARTED else "Once more"


def _facts(today: Today) -> list[tuple[str, str]]:
    facts = [("Ideas met", f"{today.met} of {today.concepts}")]
    if today.answered:
        facts.append(("Answered today", f"{today.answered}, {today.right} right"))
    if today.next_due is not None:
        facts.append(
            ("Next reviews", f"{today.next_due_count} {_on(relative_day(today.next_due))}")
        )
    return facts


def browse_page(today: Today, banks: list[Bank], form: StartForm) -> dict[str, Any]:
    """The page value of practice/browse.html."""
    rows = [(bank.code, bank.name, _bank_text(bank)) for bank in banks]
    return {
        "start_url": url_for("practice.start"),
        "kind": BANK,
        "banks": rows,
        "chosen": form.bank.data or (rows[0][0] if rows else ""),
        "sizes": [(size, str(size)) for size in SIZES],
        "size": form.questions.data or SIZES[1],
        "errors": [text for texts in form.errors.values() for text in texts],
        "due": plural(today.reviews + today.again, "review") if not today.is_rest else "",
        "new": plural(today.new, "new idea") if today.new else "",
        "review_kind": REVIEW,
        "new_kind": NEW,
        "facts": _facts(today),
    }


def _bank_text(bank: Bank) -> str:
    due = f", {bank.due} due" if bank.due else ""
    return f"{plural(bank.concepts, 'idea')}, {bank.met} met{due}"
