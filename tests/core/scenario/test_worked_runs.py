"""The worked runs of design B5: every number there, exactly."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction as F
from typing import Any

import pytest

from tests.core.scenario.flu_shot import (
    BEST,
    ENDING,
    INTAKE,
    MEDROOM,
    after,
    axes,
    flu_shot,
    log_of_best,
    logged,
    rebuilt,
    score_of_log,
    step,
    straight,
    swapped,
    without,
)
from trainer.core.scenario.model import Clock, Scenario
from trainer.core.scenario.play import State
from trainer.core.scenario.report import score_play
from trainer.core.scenario.results import Run
from trainer.core.scenario.rubric import Credit
from trainer.core.scenario.scores import score_run

Player = Callable[[Scenario, str], State]
IN_DATE = f"{INTAKE} c_hyg c_grab c_inj c_del"
NO_ID = f"{without('c_id2', INTAKE)} {MEDROOM} c_del"

# number, path, minutes, (clinical, administrative, communication, safety), overall before the
# cap, why it does not pass.
RUNS: list[tuple[str, str, int, tuple[Any, ...], F, str]] = [
    ("B5-01", BEST, 42, (100, 100, 100, 100), F(100), ""),
    (
        "B5-02",
        f"c_ins c_vis c_screen c_id2 c_order c_go {MEDROOM} c_del {ENDING}",
        42,
        (100, 100, 100, 100),
        F(100),
        "",
    ),
    ("B5-03", without("c_ins"), 40, (100, F(250, 3), 100, 100), F(675, 7), ""),
    ("B5-04", without("c_vis"), 39, (100, 100, 60, 100), F(650, 7), ""),
    ("B5-05", swapped("c_del", "c_glu"), 42, (F(500, 7), 100, 100, 100), F(650, 7), ""),
    (
        "B5-06",
        f"c_order c_id1 c_id2 c_screen c_vis c_ins c_go {MEDROOM} c_del {ENDING}",
        43,
        (100, 100, 100, 85),
        F(1325, 14),
        "",
    ),
    ("B5-07", swapped("c_bin", "c_recap"), 43, (100, 100, 100, 60), F(600, 7), "safety"),
    (
        "B5-08",
        swapped("c_refer", "c_reassure"),
        42,
        (100, 100, 40, 100),
        F(625, 7),
        "communication",
    ),
    (
        "B5-09",
        f"c_rush {swapped('c_inj', 'c_inj c_listen')}",
        46,
        (100, 75, 80, 100),
        F(1275, 14),
        "",
    ),
    (
        "B5-10",
        f"c_rush {swapped('c_inj', 'c_inj c_insist')}",
        43,
        (100, 100, 60, 100),
        F(650, 7),
        "",
    ),
    (
        "B5-11",
        f"{NO_ID} c_hide_id {ENDING}",
        41,
        (100, 100, 100, 40),
        F(550, 7),
        "critical overall safety",
    ),
    ("B5-12", f"{NO_ID} c_rep_id {ENDING}", 45, (100, 100, 100, 55), F(1175, 14), "safety"),
    ("B5-13", f"{IN_DATE} c_rep_exp {ENDING}", 44, (100, 100, 100, 55), F(1175, 14), "safety"),
    (
        "B5-14",
        f"{IN_DATE} c_hide_exp {ENDING}",
        40,
        (100, 100, 100, 40),
        F(550, 7),
        "critical overall safety",
    ),
    (
        "B5-15",
        f"{without('c_id2', IN_DATE)} c_rep_exp c_rep_id {ENDING}",
        47,
        (100, 75, 100, 10),
        F(125, 2),
        "overall safety",
    ),
    (
        "B5-16",
        f"{INTAKE} {MEDROOM} c_del c_bin c_refer c_exp c_done c_help c_cl_full",
        53,
        (F(400, 7), 75, 100, 100),
        F(1175, 14),
        "clinical",
    ),
    (
        "B5-17",
        f"{INTAKE} {MEDROOM} c_del c_bin c_refer c_exp c_obs c_done c_cl_part",
        39,
        (100, F(200, 3), 100, 100),
        F(650, 7),
        "",
    ),
    (
        "B5-18",
        f"{INTAKE} {MEDROOM} c_del c_bin c_refer c_exp c_obs c_done c_cl_full",
        58,
        (100, 75, 100, 100),
        F(1325, 14),
        "",
    ),
    (
        "B5-19",
        "c_go c_grab c_inj c_glu c_hide_exp c_hide_id c_recap c_reassure c_done c_help c_cl_part",
        19,
        (0, F(50, 3), 0, 0),
        F(25, 7),
        "critical overall safety clinical administrative communication",
    ),
]
# What the cap leaves where it bites.
CAPPED = {
    "B5-08": ("major", 89),
    "B5-10": ("major", 89),
    "B5-11": ("critical", 59),
    "B5-14": ("critical", 59),
}


@pytest.mark.parametrize("play", [straight, rebuilt], ids=["straight", "rebuilt"])
@pytest.mark.parametrize(
    ("number", "path", "minutes", "scores", "uncapped", "reasons"), RUNS, ids=[r[0] for r in RUNS]
)
def test_a_worked_run_gives_its_exact_scores(
    number: str,
    path: str,
    minutes: int,
    scores: tuple[Any, ...],
    uncapped: F,
    reasons: str,
    play: Player,
) -> None:
    state = play(flu_shot(), path)
    score = score_play(flu_shot(), state)
    reason, overall = CAPPED.get(number, (None, uncapped))

    assert state.node == "finish"
    assert state.clock == minutes
    assert axes(score) == scores
    assert score.overall_uncapped == uncapped
    assert score.overall == overall
    assert score.cap_reason == reason
    assert list(score.fail_reasons) == reasons.split()
    assert score.passed is (not reasons)


def test_b5_06_the_right_way_after_a_wrong_one_counts_half() -> None:
    path = f"c_order c_id1 c_id2 c_screen c_vis c_ins c_go {MEDROOM} c_del {ENDING}"
    ident = step(score_play(flu_shot(), straight(flu_shot(), path)), "s_ident")

    assert (ident.status, ident.credit, ident.decided_by) == ("corrected", F(1, 2), "c_id2")


def test_b5_07_putting_it_right_brings_nothing_where_retry_is_zero() -> None:
    score = score_play(flu_shot(), straight(flu_shot(), swapped("c_bin", "c_recap")))

    assert step(score, "s_sharps").status == "wrong"


def test_b5_09_charting_at_minute_46_is_late() -> None:
    path = f"c_rush {swapped('c_inj', 'c_inj c_listen')}"
    doc = step(score_play(flu_shot(), straight(flu_shot(), path)), "s_doc")

    assert (doc.status, doc.credit, doc.minute) == ("late", F(1, 2), 46)


def test_b5_12_a_reported_critical_error_counts_as_mitigated() -> None:
    score = score_play(flu_shot(), straight(flu_shot(), f"{NO_ID} c_rep_id {ENDING}"))
    (error,) = score.errors

    assert (error.id, error.level, error.mitigated) == ("e_no_identity", "critical", True)
    assert (error.penalty, error.severity) == (F(3, 2), "mitigated")
    assert not score.critical


def test_b5_15_two_reported_errors_each_weigh_half() -> None:
    path = f"{without('c_id2', IN_DATE)} c_rep_exp c_rep_id {ENDING}"
    score = score_play(flu_shot(), straight(flu_shot(), path))

    assert [error.penalty for error in score.errors] == [F(3, 2), F(3, 2)]


@pytest.mark.parametrize("play", [straight, rebuilt], ids=["straight", "rebuilt"])
def test_b5_20_the_time_runs_out_and_the_last_action_still_counts(play: Player) -> None:
    scenario = replace(flu_shot(), clock=Clock(0, 30))
    state = play(scenario, BEST.removesuffix(" c_docnow c_done"))
    score = score_play(scenario, state)

    assert (state.node, state.clock) == ("time_up", 38)
    assert axes(score) == (100, 50, 100, 100)
    assert score.overall == F(625, 7)
    assert score.fail_reasons == ("administrative",)
    assert step(score, "s_observe").status == "done"
    assert step(score, "s_doc").status == "missed"


def test_b5_21_the_sheet_given_after_the_shot_counts_half() -> None:
    score = score_of_log(after(log_of_best(), "give_vis", "give_vaccine"))

    assert (step(score, "s_vis").status, step(score, "s_vis").credit) == ("out_of_order", F(1, 2))
    assert axes(score) == (100, 100, 80, 100)
    assert score.overall == F(675, 7)
    assert score.passed


def test_b5_22_hands_washed_after_the_shot_protect_nobody() -> None:
    score = score_of_log(after(log_of_best(), "hand_hygiene", "give_vaccine"))

    assert (step(score, "s_hyg").status, step(score, "s_hyg").credit) == ("out_of_order", 0)
    assert axes(score) == (100, 100, 100, 80)
    assert score.overall == F(650, 7)
    assert score.passed


def test_b5_23_screening_after_the_shot_fails_the_clinical_axis() -> None:
    score = score_of_log(after(log_of_best(), "screen", "give_vaccine"))

    assert (step(score, "s_screen").status, step(score, "s_screen").credit) == ("out_of_order", 0)
    assert axes(score) == (F(400, 7), 100, 100, 100)
    assert score.overall == F(625, 7)
    assert score.fail_reasons == ("clinical",)


def test_b5_24_coverage_has_no_place_in_the_order() -> None:
    assert score_of_log(after(log_of_best(), "check_coverage", "give_vaccine")).overall == 100


def test_b5_25_doing_something_again_changes_nothing() -> None:
    assert score_of_log([*log_of_best(), logged("verify_order", 99)]).overall == 100


def test_b5_26_the_first_charting_decides() -> None:
    assert score_of_log([*log_of_best(), logged("document_partial", 42)]).overall == 100


def test_b5_27_better_charting_later_counts_half() -> None:
    log = [entry for entry in log_of_best() if entry.action != "document_full"]
    score = score_of_log([*log, logged("document_partial", 30), logged("document_full", 40)])

    assert (step(score, "s_doc").status, step(score, "s_doc").credit) == ("corrected", F(1, 2))
    assert score.overall == F(1325, 14)


def test_b5_28_doing_nothing_fails_everything() -> None:
    score = score_of_log([])

    assert score.overall == 0
    assert score.fail_reasons == (
        "overall",
        "safety",
        "clinical",
        "administrative",
        "communication",
    )


def test_b5_29_a_step_may_split_its_weight_over_axes() -> None:
    scenario = flu_shot()
    split = replace(
        scenario.step("s_cover"),
        weights=(("safety", 2), ("administrative", 1)),
        credit=(Credit("check_coverage", F(1, 2)),),
    )
    only = replace(scenario, rubric=(split,), errors=())
    score = score_run(only, Run((logged("check_coverage", 1),)))
    earned = {axis.axis: axis.earned for axis in score.axes}

    assert earned == {"administrative": F(1, 2), "safety": F(1)}
