"""What the list of scenarios shows."""

from typing import Any

from flask import url_for

from trainer.services.scenarios.listing import PastPlay, ScenarioRow
from trainer.web.filters import number, plural

LEVELS = {1: "starter", 2: "intermediate", 3: "advanced"}


def list_page(rows: list[ScenarioRow]) -> dict[str, Any]:
    """The page value of scenarios/list.html."""
    return {"scenarios": [_row(row) for row in rows]}


def _row(row: ScenarioRow) -> dict[str, Any]:
    best = row.best
    level = LEVELS.get(row.level, "")
    facts = f"about {row.minutes_real} minutes" + (f" · {level}" if level else "")
    return {
        "title": row.title,
        "summary": row.summary,
        "facts": facts,
        "state": _state(row, best),
        "chip": _chip(row, best),
        "play_url": url_for("scenarios.start", code=row.code),
        "play_label": _label(row, best),
        "debriefs": [
            (f"Debrief of try {number}", url_for("scenarios.debrief", play_id=past.id))
            for number, past in list(enumerate(row.past, 1))[-3:]
        ],
    }


def _state(row: ScenarioRow, best: PastPlay | None) -> str:
    if best is None:
        return "In progress" if row.open_play else "Not played yet"
    return f"Best {number(best.overall)} of 100, {plural(len(row.past), 'try', 'tries')}"


def _chip(row: ScenarioRow, best: PastPlay | None) -> tuple[str, str] | None:
    if any(past.passed for past in row.past):
        return ("Passed", "done")
    return ("Not yet", "") if best is not None else None


def _label(row: ScenarioRow, best: PastPlay | None) -> str:
    if row.open_play:
        return "Continue"
    return "Play" if best is None else "Try again"
