"""The report of a play and its order for reading (design B7).

Fractions are text, so that the same play gives the same bytes everywhere and for ever.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final, Literal

from trainer.core.errors import Conflict
from trainer.core.scenario.model import Scenario
from trainer.core.scenario.play import State, ended
from trainer.core.scenario.results import AxisScore, ErrorScore, Score, StepScore
from trainer.core.scenario.rubric import AXES, HarmfulError, Step
from trainer.core.scenario.scores import run_of, score_run
from trainer.core.scenario.version import ENGINE_VERSION

Report = dict[str, Any]
GroupName = Literal["harmful", "order_or_late", "missed_or_wrong", "partly_right", "done_well"]

# Reading order of the debrief. A step whose choice never came up stands with the missed ones,
# since it costs the same points.
_GROUP_OF_STATUS: Final[dict[str, GroupName]] = {
    "out_of_order": "order_or_late",
    "late": "order_or_late",
    "missed": "missed_or_wrong",
    "wrong": "missed_or_wrong",
    "not_offered": "missed_or_wrong",
    "corrected": "partly_right",
    "partial": "partly_right",
    "done": "done_well",
}
_STEP_GROUPS: Final[tuple[GroupName, ...]] = (
    "order_or_late",
    "missed_or_wrong",
    "partly_right",
    "done_well",
)
_LEVELS: Final = ("critical", "major", "minor")


class NotEnded(Conflict):
    """A play that has not reached an end has no score."""


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step of the rubric beside what became of it."""

    step: Step
    result: StepScore

    @property
    def points(self) -> Fraction:
        return self.result.credit * self.result.weight

    @property
    def lost(self) -> Fraction:
        return self.result.weight - self.points


@dataclass(frozen=True, slots=True)
class ErrorLine:
    """An error of the scenario beside how it was triggered."""

    error: HarmfulError
    result: ErrorScore


@dataclass(frozen=True, slots=True)
class DebriefGroup:
    """One group of the debrief; `errors` only in the group of harmful acts."""

    name: GroupName
    steps: tuple[StepLine, ...] = ()
    errors: tuple[ErrorLine, ...] = ()


def score_play(scenario: Scenario, state: State) -> Score:
    """The score of a play that has ended; raises NotEnded otherwise."""
    if not ended(scenario, state):
        raise NotEnded("This visit has not ended yet.")
    return score_run(scenario, run_of(state))


def make_report(scenario: Scenario, state: State) -> Report:
    """The report of an ended play in the schema of design B7."""
    score = score_play(scenario, state)
    return {
        "scenario": scenario.id,
        "version": scenario.version,
        "file_hash": scenario.file_hash,
        "engine_version": ENGINE_VERSION,
        "path": list(state.path),
        "clock": state.clock,
        "axes": {axis.axis: _axis_entry(axis) for axis in score.axes},
        "overall": str(score.overall),
        "overall_uncapped": str(score.overall_uncapped),
        "cap_reason": score.cap_reason,
        "passed": score.passed,
        "fail_reasons": list(score.fail_reasons),
        "steps": [_step_entry(step) for step in score.steps],
        "errors": [_error_entry(error) for error in score.errors],
    }


def report_text(report: Report) -> str:
    """The report as JSON, byte for byte the same for the same report."""
    return json.dumps(report, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def read_score(report: Report) -> Score:
    """The score that a stored report holds, without playing again."""
    return Score(
        steps=tuple(
            StepScore(**{**step, "credit": Fraction(step["credit"])}) for step in report["steps"]
        ),
        errors=tuple(
            ErrorScore(**{**error, "penalty": Fraction(error["penalty"])})
            for error in report["errors"]
        ),
        axes=tuple(
            _read_axis(axis, report["axes"][axis]) for axis in AXES if axis in report["axes"]
        ),
        overall=Fraction(report["overall"]),
        overall_uncapped=Fraction(report["overall_uncapped"]),
        cap_reason=report["cap_reason"],
        fail_reasons=tuple(report["fail_reasons"]),
    )


def debrief_groups(scenario: Scenario, score: Score) -> tuple[DebriefGroup, ...]:
    """The lines of the debrief in reading order, empty groups left out."""
    lines = [StepLine(scenario.step(step.id), step) for step in score.steps]
    harmful = DebriefGroup("harmful", errors=_harmful(scenario, score.errors))
    groups = [harmful] if harmful.errors else []
    for name in _STEP_GROUPS:
        inside = [line for line in lines if _GROUP_OF_STATUS[line.result.status] == name]
        if inside:
            groups.append(DebriefGroup(name, steps=_heaviest_first(inside)))
    return tuple(groups)


def _harmful(scenario: Scenario, errors: Sequence[ErrorScore]) -> tuple[ErrorLine, ...]:
    ordered = sorted(errors, key=lambda error: (_LEVELS.index(error.level), error.minute))
    return tuple(ErrorLine(scenario.error(error.id), error) for error in ordered)


def _heaviest_first(lines: list[StepLine]) -> tuple[StepLine, ...]:
    """What cost or earned most comes first; the order of the rubric breaks ties."""
    return tuple(sorted(lines, key=lambda line: (-line.lost, -line.result.weight)))


def _axis_entry(axis: AxisScore) -> dict[str, Any]:
    return {
        "score": None if axis.score is None else str(axis.score),
        "earned": str(axis.earned),
        "harm": str(axis.harm),
        "possible": axis.possible,
    }


def _read_axis(name: str, entry: dict[str, Any]) -> AxisScore:
    return AxisScore(name, Fraction(entry["earned"]), Fraction(entry["harm"]), entry["possible"])


def _step_entry(step: StepScore) -> dict[str, Any]:
    return {
        "id": step.id,
        "status": step.status,
        "credit": str(step.credit),
        "weight": step.weight,
        "decided_by": step.decided_by,
        "minute": step.minute,
    }


def _error_entry(error: ErrorScore) -> dict[str, Any]:
    return {
        "id": error.id,
        "level": error.level,
        "penalty": str(error.penalty),
        "minute": error.minute,
        "mitigated": error.mitigated,
    }
