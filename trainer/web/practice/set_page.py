"""The words of a question, of its feedback, and of the end of a set."""

from datetime import date
from typing import Any

from flask import url_for

from trainer.services.access import signed_in
from trainer.services.practice.asked import Question
from trainer.services.practice.feedback import Feedback, Miss, Summary, Verdict
from trainer.services.practice.sittings import BANK, TARGET, Progress
from trainer.web.filters import clock, day, plural
from trainer.web.items import drawing, shown
from trainer.web.practice.forms import AnswerFields
from trainer.web.request import actor

_FACES = {Verdict.RIGHT: "right", Verdict.WRONG: "wrong", Verdict.PARTLY: "partly"}
_WHY = {
    "R4": "A missed idea is asked again until it was answered right once.",
    "R6": "A right guess counts as not known yet.",
    "R7": "You were fairly sure, so it comes back a little sooner.",
    "R8": "You had this very question a few days ago, so the gap stays short.",
    "R9": "You were certain and quick, so the gap grows more.",
    "R10": "Each right answer makes the next gap longer.",
}
_QUICK = "The answer came sooner than the question can be read, so it does not count."
_CERTAIN = "You were certain, so it comes back sooner: that is when a correction sticks best."
_NUMBERS = ("", "one", "two", "three", "four", "five", "six", "seven")


def focus_of(progress: Progress, position: int, done: int) -> dict[str, Any]:
    """The top bar of a set."""
    assigned = progress.kind == TARGET
    return {
        "title": progress.title,
        "subtitle": f"{'Assigned' if assigned else 'Practice'} · feedback after each question",
        "position": position,
        "done": done,
        "total": progress.total,
        "end_url": "" if progress.over else url_for("practice.end", sitting_id=progress.sitting_id),
        "end_post": True,
        "end_label": "Leave for now" if assigned else "",
    }


def question_page(
    asked: Question, op_id: str, form: AnswerFields | None, error: str
) -> dict[str, Any]:
    """The page value of practice/question.html; a form that comes back keeps its choices."""
    me = signed_in(actor())
    return {
        "set_name": asked.progress.title,
        "set_id": asked.progress.sitting_id,
        "number": asked.step,
        "step": asked.step,
        "op_id": op_id,
        "answer_url": url_for("practice.answer", sitting_id=asked.progress.sitting_id),
        **shown(asked.item, asked.order, _given(form)),
        "confidence": (form.confidence.data or "") if form else "",
        "ask_confidence": me.confidence_on,
        "show_keys": me.keys_on,
        "error": error,
    }


def _given(form: AnswerFields | None) -> tuple[str, ...]:
    """What the form that comes back holds, after a step was moved by a button."""
    if form is None:
        return ()
    return form.moved if form.move.data else tuple(form.choice.data or ())


def withdrawn_page(asked: Question) -> dict[str, Any]:
    """The page value of practice/withdrawn.html."""
    return {
        "set_name": asked.progress.title,
        "number": asked.step,
        "pass_url": url_for("practice.pass_over", sitting_id=asked.progress.sitting_id),
    }


def answer_page(found: Feedback) -> dict[str, Any]:
    """The page value of practice/answer.html."""
    parts = found.lesson.told
    others = [one for one in parts if one.role == "other"]
    next_url = url_for("practice.sitting", sitting_id=found.progress.sitting_id)
    return {
        "set_name": found.progress.title,
        "number": found.step,
        "stem": found.item.stem,
        "lead_in": found.item.lead_in,
        "picture": drawing(found.item),
        "type": found.item.type,
        "verdict": _FACES.get(found.verdict, "lucky"),
        "line": _line(found),
        "rule": found.item.rule,
        "parts": [one for one in parts if one.role != "other"],
        "others": others,
        "others_label": f"Why not the other {_NUMBERS[len(others)]}".removesuffix(" one"),
        "comes_back": _comes_back(found),
        "comes_back_why": _why(found),
        "covers": _covers(found),
        "lesson": found.concept.lesson if found.concept else "",
        "sources": [(s.title, s.url, _month(s.checked_on)) for s in found.item.sources],
        "difficulty": f"Difficulty {found.item.difficulty} of 3",
        "withdrawn": found.withdrawn,
        "report_url": url_for("bank.report", sitting_id=found.progress.sitting_id, step=found.step),
        "next_url": next_url,
        "next_label": "Finish" if found.progress.over else "Next question",
    }


def _line(found: Feedback) -> str:
    back = " It comes back today." if found.again_today else ""
    match found.verdict:
        case Verdict.RIGHT:
            return "Right."
        case Verdict.LUCKY:
            return f"Right, by a guess.{back}"
        case Verdict.QUICK:
            return f"Right, but too quick to count.{back}"
        case Verdict.PARTLY:
            points = f"{found.lesson.points} of {found.lesson.of}"
            if found.lesson.taken_off:
                return f"{points} points: wrong choices take away. Counts as not yet known."
            return f"{points} parts right. Counts as not yet known."
        case Verdict.WRONG if found.lesson.answer:
            return f"Not this one. The answer is “{found.lesson.answer}”."
        case Verdict.WRONG:
            return "Not right yet."


def _comes_back(found: Feedback) -> list[tuple[str, str, str, str]]:
    """Icon, and the text before, in and after the bold part."""
    lines = []
    if found.again_today:
        rest = ", after ten other questions or ten minutes"
        lines.append(("rotate-ccw", "", "Later today", rest))
    if found.due_day is not None:
        start = "Then by " if found.again_today else "On "
        lines.append(("calendar", start, day(found.due_day), ""))
    return lines


def _why(found: Feedback) -> str:
    if found.misconception:
        return _CERTAIN
    if found.verdict == Verdict.QUICK:
        return _QUICK
    missed = found.verdict in (Verdict.WRONG, Verdict.PARTLY)
    return _WHY.get("R4" if missed else found.rule, "")


def _covers(found: Feedback) -> list[tuple[str, str]]:
    facts = []
    if found.outline:
        names = "; ".join(tag.name for tag in found.outline)
        facts.append((f"{found.exam} outline", names))
    for tag in found.competencies:
        # Answering a question never shows a hands-on skill (design ui.md, page c).
        extra = ", knowledge part only" if tag.hands_on else ""
        facts.append((f"Competency {tag.code}", tag.name.rstrip(".") + extra))
    if found.concept:
        facts.append(("Idea", found.concept.name))
    return facts


def _month(iso: str) -> str:
    return f"{date.fromisoformat(iso):%b %Y}"


def finished_page(whole: Summary) -> dict[str, Any]:
    """The page value of practice/finished.html."""
    progress = whole.progress
    again = ("Practice more", url_for("practice.browse")) if progress.kind == BANK else None
    return {
        "title": progress.title,
        "drawing": "rest" if whole.answered else "sheet",
        "fact": f"{whole.right} of {whole.answered} right"
        if whole.answered
        else "No question was answered",
        "help": _finished_help(whole),
        "primary": ("Back to Today", url_for("practice.today")),
        "secondary": again,
        "facts": _finished_facts(whole),
        "missed": [(miss.lead_in, miss.rule, _miss_back(miss)) for miss in whole.misses],
    }


def _finished_help(whole: Summary) -> str:
    if not whole.answered:
        return "Nothing was counted. You can start again at any time."
    if whole.resume_at is not None:
        return f"What you missed can be asked once more from {clock(whole.resume_at)}."
    return "Each idea comes back when it is about to fade."


def _finished_facts(whole: Summary) -> list[tuple[str, str]]:
    facts = [("Answered", plural(whole.answered, "question"))]
    if whole.answered:
        facts.append(("Time", plural(max(1, round(whole.seconds / 60)), "minute")))
        facts.append(("Per question", f"{round(whole.seconds / whole.answered)} seconds"))
    facts.append(("Started", clock(whole.started_at)))
    if whole.ended_at is not None:
        facts.append(("Ended", clock(whole.ended_at)))
    return facts


def _miss_back(miss: Miss) -> str:
    due = f"by {day(miss.due_day)}" if miss.due_day else "soon"
    if miss.again_at is not None:
        return f"Again today from {clock(miss.again_at)}, then {due}"
    return f"Comes back {due}"
