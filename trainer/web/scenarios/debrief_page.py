"""What the debrief shows. Every sum on it can be added up from its lines (design B7)."""

from fractions import Fraction
from typing import Any

from flask import url_for

from trainer.core.scenario.model import Scenario
from trainer.core.scenario.report import DebriefGroup, ErrorLine, StepLine
from trainer.core.scenario.scores import AXIS_NEEDS_STEPS, AXIS_NEEDS_WEIGHT, AxisScore, Score
from trainer.services.scenarios.ending import Debrief
from trainer.web.filters import number, relative_day
from trainer.web.scenarios.transcript import story_time

GROUPS = {
    "harmful": "Harmful",
    "order_or_late": "Out of order, or late",
    "missed_or_wrong": "Missed or wrong",
    "partly_right": "Partly right",
    "done_well": "Done well, the three that mattered most",
}
SHAPES = {
    "done": "right", "partial": "partly", "late": "partly", "corrected": "partly",
    "out_of_order": "partly", "wrong": "missed", "missed": "missed", "not_offered": "missed",
}  # fmt: skip
LIMITS = {
    "critical": "A critical error limits the total to",
    "mitigated": "A critical error that was reported limits the total to",
    "major": "A major error limits the total to",
}
SHOWN_DONE = 3
NO_REVIEWS = "Everything this visit asked for stays on its own schedule."
LATER_TRY = "The first try of a day sets the reviews; this was a later one."


def debrief_page(debrief: Debrief, *, show_best: bool) -> dict[str, Any]:
    """The page value of scenarios/debrief.html."""
    scenario, score, play = debrief.scenario, debrief.score, debrief.play
    end = scenario.nodes[debrief.state.node]
    limited = score.overall != score.overall_uncapped
    return {
        "crumbs": [
            ("Scenarios", url_for("scenarios.index")),
            (scenario.title, ""),
            (f"Try {debrief.attempt}", ""),
        ],
        "title": f"Debrief: {end.title or scenario.title}",
        "summary": end.text,
        "transcript_url": url_for("scenarios.transcript", play_id=play.id),
        "criticals": _criticals(debrief),
        "groups": [
            (GROUPS[g.name], _lines(scenario, g)[: SHOWN_DONE if g.name == "done_well" else None])
            for g in debrief.groups
        ],
        "more": _more(scenario, debrief.groups),
        "sums": [_sum(axis) for axis in score.axes],
        "total": _total(score),
        "rounded": any(_is_rounded(line) for group in debrief.groups for line in group.steps),
        "limit": (LIMITS[score.cap_reason], number(score.overall))
        if limited and score.cap_reason in LIMITS
        else None,
        "score": number(score.overall),
        "limited": "limited" if limited else "",
        "raw": f"{number(score.overall_uncapped)} by points alone" if limited else "",
        "result": "Passed" if score.passed else "Not yet",
        "axes": [_axis(scenario, axis) for axis in score.axes if axis.score is not None],
        "rules": _rules(scenario, score),
        "reviews": [(r.name, relative_day(r.due_day)) for r in debrief.reviews if r.again],
        "no_reviews": NO_REVIEWS if debrief.reviews else LATER_TRY,
        "set_url": _set_url(debrief),
        "set_label": "Questions on these now",
        "again_url": url_for("scenarios.start", code=scenario.id),
        "best": _best(debrief) if show_best else None,
        "best_url": url_for("scenarios.debrief", play_id=play.id, best="yes") + "#best",
        "went_well": play.went_well or "",
        "would_change": play.would_change or "",
        "transfer": scenario.transfer,
    }


def _set_url(debrief: Debrief) -> str:
    if not any(r.again and r.has_items for r in debrief.reviews):
        return ""
    return url_for("practice.start_after_play", play_id=debrief.play.id)


def _criticals(debrief: Debrief) -> list[tuple[str, str]]:
    found = []
    for error in debrief.score.errors:
        if error.level != "critical":
            continue
        known = debrief.scenario.error(error.id)
        at = f"{story_time(debrief.scenario, error.minute)}, minute {error.minute}."
        reported = " You reported it, which weighs less and protects the patient." * error.mitigated
        next_time = f" Next time: {known.next_time}" if known.next_time else ""
        title = f"Critical error: {known.text}"
        found.append((title, f"{at} {known.why}{next_time}{reported}"))
    return found


def _lines(scenario: Scenario, group: DebriefGroup) -> list[dict[str, Any]]:
    errors = [_error_line(scenario, line) for line in group.errors]
    return errors + [_step_line(scenario, line) for line in group.steps]


def _more(
    scenario: Scenario, groups: tuple[DebriefGroup, ...]
) -> tuple[str, list[dict[str, Any]]] | None:
    rest = [line for g in groups if g.name == "done_well" for line in g.steps[SHOWN_DONE:]]
    if not rest:
        return None
    points = number(sum((line.points for line in rest), Fraction(0)))
    of = sum(line.result.weight for line in rest)
    label = f"{len(rest)} more done right, {points} of {of} points"
    return label, [_step_line(scenario, line) for line in rest]


def _error_line(scenario: Scenario, line: ErrorLine) -> dict[str, Any]:
    error, result = line.error, line.result
    # What to do next time stands in the banner of a critical error already.
    said = (error.why, "" if result.level == "critical" else error.next_time)
    why = " ".join(part for part in said if part)
    return {
        "shape": "critical" if result.level == "critical" else "missed",
        "expected": {"critical": "Critical error", "major": "Major error"}.get(
            result.level, "Minor error"
        ),
        "where": f"{error.axis.capitalize()} · {story_time(scenario, result.minute)}",
        "did": error.text or error.id,
        "why": why + (" You put it right in time." if result.mitigated else ""),
        "points": number(-result.penalty),
        "of": "",
        "critical": result.level == "critical",
        "source": scenario.sources.get(error.source or ""),
    }


def _is_rounded(line: StepLine) -> bool:
    return (line.points * 10).denominator > 1


def _step_line(scenario: Scenario, line: StepLine) -> dict[str, Any]:
    step, result = line.step, line.result
    shared = len(step.weights) > 1
    axes = ", ".join(f"{a.capitalize()}{f' {w}' if shared else ''}" for a, w in step.weights)
    at = "" if result.minute is None else f" · {story_time(scenario, result.minute)}"
    return {
        "shape": SHAPES[result.status],
        "expected": step.text or step.id,
        "where": axes + at,
        "did": _did(scenario, line),
        "why": step.why if line.lost else "",
        "points": number(line.points),
        "of": str(result.weight),
        "critical": False,
        "source": scenario.sources.get(step.source or "") if line.lost else None,
    }


def _did(scenario: Scenario, line: StepLine) -> str:
    result = line.result
    if result.status == "not_offered":
        return "This visit did not lead there"
    if result.decided_by is None or result.decided_by not in scenario.choices:
        return "Not done"
    done = scenario.choices[result.decided_by].text
    late = {"out_of_order": " (too late in the order)", "late": " (after the time it was due)"}
    first = " (after another choice first)" if result.status == "corrected" else ""
    return done + late.get(result.status, first)


def _sum(axis: AxisScore) -> tuple[str, str]:
    less = f", {number(axis.earned)} less {number(axis.harm)} for errors" if axis.harm else ""
    kept = max(Fraction(0), axis.earned - axis.harm)
    return f"{axis.axis.capitalize()}{less}", f"{number(kept)} of {axis.possible}"


def _total(score: Score) -> tuple[str, str]:
    kept = sum((max(Fraction(0), a.earned - a.harm) for a in score.axes), Fraction(0))
    possible = sum(a.possible for a in score.axes)
    return f"All points, {number(kept)} of {possible}", number(score.overall_uncapped)


def _axis(scenario: Scenario, axis: AxisScore) -> tuple[str, float, str, float]:
    assert axis.score is not None
    rule = scenario.pass_rule
    tick = rule.safety if axis.axis == "safety" else rule.axis_min
    return axis.axis.capitalize(), float(axis.score), number(axis.score), float(tick)


def _rules(scenario: Scenario, score: Score) -> list[tuple[str, bool]]:
    rule, failed = scenario.pass_rule, set(score.fail_reasons)
    scored = {axis.axis: axis for axis in score.axes}
    lines = [
        ("No critical error left unreported", "critical" not in failed),
        (
            f"Total of {number(rule.overall)}: yours {number(score.overall)}",
            "overall" not in failed,
        ),
    ]
    for name, axis in scored.items():
        if axis.score is None or not _counts(scenario, name):
            continue
        asked = rule.safety if name == "safety" else rule.axis_min
        text = f"{name.capitalize()} of {number(asked)}: yours {number(axis.score)}"
        lines.append((text, name not in failed))
    return lines


def _counts(scenario: Scenario, axis: str) -> bool:
    """Safety always counts; another area when enough hangs on it (design B2.7)."""
    weights = [w for step in scenario.rubric for a, w in step.weights if a == axis]
    return axis == "safety" or (
        sum(weights) >= AXIS_NEEDS_WEIGHT and len(weights) >= AXIS_NEEDS_STEPS
    )


def _best(debrief: Debrief) -> list[str]:
    return [debrief.scenario.choices[choice].text for choice in debrief.scenario.best_path]
