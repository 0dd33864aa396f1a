"""The report of design B7 and invariants of B2 on random logs."""

import json
from dataclasses import replace
from fractions import Fraction as F

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.scenario.flu_shot import (
    BEST,
    INTAKE,
    MEDROOM,
    flu_shot,
    logged,
    rebuilt,
    straight,
    swapped,
    without,
)
from trainer.core.scenario.play import Arrival, Logged
from trainer.core.scenario.report import (
    NotEnded,
    debrief_groups,
    make_report,
    read_score,
    report_text,
    score_play,
)
from trainer.core.scenario.results import Run, Score
from trainer.core.scenario.scores import score_run
from trainer.core.scenario.version import ENGINE_VERSION

MESSY = (
    f"c_rush {without('c_id2', INTAKE)} c_grab c_inj c_listen c_glu c_rep_exp c_hide_id c_recap"
    " c_reassure c_done c_help c_cl_part"
)


def test_the_report_has_the_fields_of_the_schema() -> None:
    report = make_report(flu_shot(), straight(flu_shot(), BEST))

    assert list(report) == [
        "scenario", "version", "file_hash", "engine_version", "path", "clock", "axes", "overall",
        "overall_uncapped", "cap_reason", "passed", "fail_reasons", "steps", "errors",
    ]  # fmt: skip
    assert report["scenario"] == "flu-shot-walk-in"
    assert (report["version"], report["engine_version"]) == (6, ENGINE_VERSION)
    assert report["path"] == BEST.split()
    assert len(report["file_hash"]) == 64
    assert report["steps"][0] == {
        "id": "s_order", "status": "done", "credit": "1", "weight": 2,
        "decided_by": "c_order", "minute": 2,
    }  # fmt: skip
    assert report["axes"]["safety"] == {
        "score": "100", "earned": "10", "harm": "0", "possible": 10,
    }  # fmt: skip


def test_fractions_stand_as_text_and_read_back_exactly() -> None:
    state = straight(flu_shot(), MESSY)
    report = json.loads(report_text(make_report(flu_shot(), state)))

    assert report["errors"][0] == {
        "id": "e_no_identity", "level": "critical", "penalty": "3", "minute": 19,
        "mitigated": False,
    }  # fmt: skip
    assert read_score(report) == score_play(flu_shot(), state)


@pytest.mark.parametrize("path", [BEST, MESSY, swapped("c_bin", "c_recap")])
def test_p7_scoring_twice_gives_the_same_bytes(path: str) -> None:
    first = report_text(make_report(flu_shot(), straight(flu_shot(), path)))
    second = report_text(make_report(flu_shot(), rebuilt(flu_shot(), path)))

    assert first == second


def test_a_play_that_has_not_ended_has_no_report() -> None:
    with pytest.raises(NotEnded):
        make_report(flu_shot(), straight(flu_shot(), INTAKE))


def test_the_debrief_goes_from_harm_to_what_was_done_well() -> None:
    score = score_play(flu_shot(), straight(flu_shot(), MESSY))
    groups = debrief_groups(flu_shot(), score)

    assert [group.name for group in groups] == [
        "harmful", "missed_or_wrong", "partly_right", "done_well",
    ]  # fmt: skip
    assert [line.error.severity for line in groups[0].errors] == [
        "critical", "critical", "major", "major", "major", "minor",
    ]  # fmt: skip
    assert [line.step.weight for line in groups[-1].steps] == [3, 2, 2, 1]


def test_order_and_time_have_a_group_of_their_own() -> None:
    path = f"c_rush {INTAKE} {MEDROOM} c_listen c_del c_bin c_refer c_exp c_obs c_docnow c_done"
    groups = debrief_groups(flu_shot(), score_play(flu_shot(), straight(flu_shot(), path)))

    assert [group.name for group in groups] == ["harmful", "order_or_late", "done_well"]
    (late,) = groups[1].steps
    assert (late.step.id, late.points, late.lost) == ("s_doc", F(3, 2), F(3, 2))


ACTIONS = sorted(flu_shot().actions)
ENTRY = st.tuples(
    st.sampled_from(ACTIONS), st.integers(0, 6), st.sampled_from(["in_date", "expired"])
)


@st.composite
def logs(draw: st.DrawFn) -> list[Logged]:
    """Actions in any order, with the clock going forward."""
    log, minute = [], 0
    for action, pause, vial in draw(st.lists(ENTRY, max_size=20)):
        minute += pause
        log.append(replace(logged(action, minute), vars={"vial": vial}))
    return log


def scored(log: list[Logged], fainted: bool = False) -> Score:
    arrivals = (Arrival("cons_faint", 20, 0),) if fainted else ()
    return score_run(flu_shot(), Run(tuple(log), arrivals, clock=60))


QUICK = settings(max_examples=100, deadline=None, derandomize=True)


@QUICK
@given(log=logs(), data=st.data())
def test_p3_repeating_an_action_never_raises_a_score(
    log: list[Logged], data: st.DataObject
) -> None:
    if not log:
        return
    first = data.draw(st.integers(0, len(log) - 1))
    place = data.draw(st.integers(first + 1, len(log)))
    repeated = replace(log[first], minute=log[place - 1].minute, vars=log[place - 1].vars)
    before, after = scored(log), scored([*log[:place], repeated, *log[place:]])

    assert after.overall <= before.overall
    for axis, was in zip(after.axes, before.axes, strict=True):
        assert axis.score is not None
        assert was.score is not None
        assert axis.score <= was.score


@QUICK
@given(log=logs(), fainted=st.booleans())
def test_p4_every_score_is_within_0_and_100(log: list[Logged], fainted: bool) -> None:
    score = scored(log, fainted)

    assert 0 <= score.overall <= score.overall_uncapped <= 100
    assert all(axis.score is not None and 0 <= axis.score <= 100 for axis in score.axes)
    assert all(0 <= step.credit <= 1 for step in score.steps)


@QUICK
@given(log=logs())
def test_p7_the_same_log_gives_the_same_score(log: list[Logged]) -> None:
    assert scored(log) == scored(list(log))


@QUICK
@given(log=logs(), fainted=st.booleans())
def test_p8_the_lines_add_up_to_the_totals(log: list[Logged], fainted: bool) -> None:
    score = scored(log, fainted)
    axes = score.axes

    assert sum(s.credit * s.weight for s in score.steps) == sum(axis.earned for axis in axes)
    assert sum(error.penalty for error in score.errors) == sum(axis.harm for axis in axes)
    assert sum(s.weight for s in score.steps) == sum(axis.possible for axis in axes) == 28
    weighted = [axis.possible * axis.score for axis in axes if axis.score is not None]
    assert sum(weighted) / F(28) == score.overall_uncapped
