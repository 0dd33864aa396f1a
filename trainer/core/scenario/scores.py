"""Scoring a run: a function of its action log and the nodes it entered (design B2).

Exact fractions throughout; rounding is for pages. Knows no choices and no texts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from trainer.core.scenario.conditions import Facts, holds
from trainer.core.scenario.model import Scenario
from trainer.core.scenario.play import Logged, State
from trainer.core.scenario.results import AxisScore, ErrorScore, Run, Score, StepScore
from trainer.core.scenario.rubric import AXES, HarmfulError, Mitigation, Step
from trainer.core.scenario_memory import StepStatus

__all__ = [
    "AXIS_NEEDS_STEPS",
    "AXIS_NEEDS_WEIGHT",
    "CAPS",
    "AxisScore",
    "Score",
    "axis_counts",
    "run_of",
    "score_run",
]

CAPS: Final[Mapping[str, int]] = {"minor": 100, "major": 89, "mitigated": 84, "critical": 59}
_SEVERITY_ORDER: Final = ("minor", "major", "mitigated", "critical")
# Design B2.7: an axis counts for passing only when enough hangs on it.
AXIS_NEEDS_WEIGHT: Final = 5
AXIS_NEEDS_STEPS: Final = 3


def run_of(state: State) -> Run:
    """The scored part of a play's state."""
    return Run(state.log, state.arrivals, state.clock, state.shown)


def score_run(scenario: Scenario, run: Run) -> Score:
    """Score a run by the rules of design B2."""
    steps = tuple(_score_step(scenario, step, run) for step in scenario.rubric)
    errors = tuple(
        score for error in scenario.errors if (score := _score_error(error, run)) is not None
    )
    axes = tuple(
        axis for name in AXES if (axis := _axis(scenario, name, steps, errors)) is not None
    )
    uncapped = _overall(axes)
    worst = max((error.severity for error in errors), key=_SEVERITY_ORDER.index, default="minor")
    overall = min(uncapped, Fraction(CAPS[worst]))
    return Score(
        steps=steps,
        errors=errors,
        axes=axes,
        overall=overall,
        overall_uncapped=uncapped,
        cap_reason=worst if overall < uncapped else None,
        fail_reasons=tuple(_fail_reasons(scenario, overall, axes, worst)),
    )


@dataclass(frozen=True, slots=True)
class _Match:
    """A logged action that bears on a step, and what it is worth there."""

    entry: Logged
    credit: Fraction
    fault: str | None


def _score_step(scenario: Scenario, step: Step, run: Run) -> StepScore:
    matches = list(_matches(step, run.log))
    if not matches:
        status: StepStatus = "missed" if _was_offered(scenario, step, run) else "not_offered"
        return StepScore(step.id, status, Fraction(0), step.weight)
    # The first match decides unless a later one is worth more even after `retry` (B2.1). The
    # faults are counted before comparing, so doing better later can never cost points.
    first = matches[0]
    best = max(matches, key=lambda match: match.credit)
    decided = best if best.credit > first.credit else first
    status = _status(step, decided, corrected=decided is not first)
    return StepScore(
        step.id,
        status,
        decided.credit,
        step.weight,
        decided.entry.choice,
        decided.entry.minute,
    )


def _matches(step: Step, log: tuple[Logged, ...]) -> Iterable[_Match]:
    """Every match with its credit: retry for all but the first, `late` for a fault (B2.1-3)."""
    factor = Fraction(1)
    blocked = False
    for entry in log:
        value = step.value_of(entry.action)
        if value is not None:
            fault = _fault(step, entry, blocked)
            yield _Match(entry, value * factor * (step.late if fault else 1), fault)
            factor = step.retry
        blocked = blocked or entry.action in step.before


def _fault(step: Step, entry: Logged, blocked: bool) -> str | None:
    """Order and deadline faults do not multiply; the order fault is named first."""
    if blocked:
        return "out_of_order"
    if step.by_minute is not None and entry.minute > step.by_minute:
        return "late"
    return None


def _status(step: Step, decided: _Match, corrected: bool) -> StepStatus:
    value = step.value_of(decided.entry.action)
    if value == 0:
        return "wrong"
    if corrected:
        return "corrected"
    if decided.fault == "out_of_order":
        return "out_of_order"
    if decided.fault == "late":
        return "late"
    return "done" if value == 1 else "partial"


def _was_offered(scenario: Scenario, step: Step, run: Run) -> bool:
    if run.shown is None:
        return True
    crediting = {credit.do for credit in step.credit if credit.value > 0}
    return any(crediting.intersection(scenario.choices[id].do) for id in run.shown)


def _score_error(error: HarmfulError, run: Run) -> ErrorScore | None:
    """The error if it was triggered, at its first moment (B2.4)."""
    found = _triggered(error, run)
    if found is None:
        return None
    minute, position = found
    cure = error.mitigated_by
    mitigated = cure is not None and _cured(cure, run.log, minute, position)
    penalty = error.penalty * cure.factor if cure is not None and mitigated else error.penalty
    return ErrorScore(error.id, error.severity, penalty, minute, mitigated)


def _triggered(error: HarmfulError, run: Run) -> tuple[int, int] | None:
    """Minute and log position at which the error happened."""
    when = error.when
    if when.never is not None:
        missing = all(entry.action != when.never for entry in run.log)
        return (run.clock, len(run.log)) if missing else None
    if when.enter is not None:
        entered = (one for one in run.arrivals if one.node == when.enter)
        return next(((one.minute, one.position) for one in entered), None)
    done: set[str] = set()
    for position, entry in enumerate(run.log):
        done.add(entry.action)
        if entry.action != when.do or when.unless_done in done:
            continue
        if holds(when.condition, Facts(entry.vars, entry.minute, done)):
            return entry.minute, position + 1
    return None


def _cured(cure: Mitigation, log: tuple[Logged, ...], minute: int, position: int) -> bool:
    """Whether the first report came after the error and in time.

    Only the first one counts: a second report of the same name would otherwise raise a score,
    and repeating never does (invariant P3). Each error has a reporting action of its own.
    """
    for at, entry in enumerate(log):
        if entry.action == cure.do:
            return at >= position and entry.minute - minute <= cure.within
    return False


def _axis(
    scenario: Scenario, axis: str, steps: tuple[StepScore, ...], errors: tuple[ErrorScore, ...]
) -> AxisScore | None:
    credit = {step.id: step.credit for step in steps}
    weights = [
        (points, credit[step.id])
        for step in scenario.rubric
        for name, points in step.weights
        if name == axis
    ]
    harm = sum(
        (error.penalty for error in errors if scenario.error(error.id).axis == axis), Fraction(0)
    )
    possible = sum(points for points, _ in weights)
    if not possible and not harm:
        return None
    earned = sum((points * share for points, share in weights), Fraction(0))
    return AxisScore(axis, earned, harm, possible)


def _overall(axes: tuple[AxisScore, ...]) -> Fraction:
    """Axis scores weighted by their points (B2.6)."""
    possible = sum(axis.possible for axis in axes)
    if not possible:
        return Fraction(0)
    parts = (axis.possible * axis.score for axis in axes if axis.score is not None)
    return sum(parts, Fraction(0)) / possible


def _fail_reasons(
    scenario: Scenario, overall: Fraction, axes: tuple[AxisScore, ...], worst: str
) -> Iterable[str]:
    """Why the run does not pass; unrounded values, equality passes (B2.7)."""
    if worst == "critical":
        yield "critical"
    if overall < scenario.pass_rule.overall:
        yield "overall"
    scores = {axis.axis: axis.score for axis in axes}
    safety = scores.get("safety")
    if safety is not None and safety < scenario.pass_rule.safety:
        yield "safety"
    for axis in AXES:
        score = scores.get(axis)
        if axis == "safety" or score is None or not axis_counts(scenario, axis):
            continue
        if score < scenario.pass_rule.axis_min:
            yield axis


def axis_counts(scenario: Scenario, axis: str) -> bool:
    """Whether enough hangs on an axis for it to decide a pass; safety always does (B2.7)."""
    points = [weight for step in scenario.rubric for name, weight in step.weights if name == axis]
    if axis == "safety":
        return bool(points)
    return sum(points) >= AXIS_NEEDS_WEIGHT and len(points) >= AXIS_NEEDS_STEPS
