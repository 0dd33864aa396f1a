"""The rules of design B2 one by one, on logs written by hand."""

from dataclasses import replace
from fractions import Fraction as F

from tests.core.scenario.flu_shot import (
    BEST,
    axes,
    flu_shot,
    log_of_best,
    logged,
    made,
    score_of_log,
    step,
    straight,
    without,
)
from trainer.core.scenario.play import Arrival, Logged
from trainer.core.scenario.report import score_play
from trainer.core.scenario.results import Run, StepScore
from trainer.core.scenario.rubric import (
    Credit,
    HarmfulError,
    Mitigation,
    PassRule,
    Step,
    Trigger,
)
from trainer.core.scenario.scores import axis_counts, score_run

STEP = Step(
    id="s",
    weights=(("safety", 4),),
    credit=(Credit("right", F(1)), Credit("half", F(1, 2)), Credit("wrong", F(0))),
    before=("shot",),
    by_minute=10,
)


def ended_step(step: Step, *log: tuple[str, int]) -> StepScore:
    scenario = replace(flu_shot(), rubric=(step,), errors=())
    entries = tuple(logged(action, minute) for action, minute in log)
    return score_run(scenario, Run(entries)).steps[0]


def status(step: Step, *log: tuple[str, int]) -> tuple[str, F]:
    ended = ended_step(step, *log)
    return ended.status, ended.credit


def errors_of(error: HarmfulError, *log: Logged, clock: int = 30) -> tuple[object, ...]:
    scenario = replace(flu_shot(), errors=(error,))
    return score_run(scenario, Run(log, clock=clock)).errors


def test_the_first_match_decides() -> None:
    assert status(STEP, ("right", 1)) == ("done", 1)
    assert status(STEP, ("half", 1)) == ("partial", F(1, 2))
    assert status(STEP, ("wrong", 1)) == ("wrong", 0)
    assert status(STEP, ("right", 1), ("wrong", 2)) == ("done", 1)
    assert status(STEP) == ("missed", 0)


def test_a_later_better_match_counts_by_retry() -> None:
    assert status(STEP, ("wrong", 1), ("right", 2)) == ("corrected", F(1, 2))
    assert status(STEP, ("wrong", 1), ("half", 2)) == ("corrected", F(1, 4))
    assert status(replace(STEP, retry=F(3, 4)), ("half", 1), ("right", 2)) == ("corrected", F(3, 4))


def test_a_later_match_that_is_worth_no_more_leaves_the_first() -> None:
    assert status(STEP, ("half", 1), ("right", 2)) == ("partial", F(1, 2))
    assert status(replace(STEP, retry=F(0)), ("wrong", 1), ("right", 2)) == ("wrong", 0)


def test_the_deciding_choice_and_minute_are_kept() -> None:
    ended = ended_step(STEP, ("wrong", 1), ("right", 7))

    assert (ended.decided_by, ended.minute) == ("c_order", 7)


def test_an_order_fault_halves_and_names_the_order() -> None:
    assert status(STEP, ("shot", 1), ("right", 2)) == ("out_of_order", F(1, 2))
    assert status(STEP, ("right", 1), ("shot", 2)) == ("done", 1)


def test_a_deadline_fault_halves_and_the_minute_itself_is_in_time() -> None:
    assert status(STEP, ("right", 10)) == ("done", 1)
    assert status(STEP, ("right", 11)) == ("late", F(1, 2))


def test_order_and_deadline_faults_do_not_multiply() -> None:
    assert status(STEP, ("shot", 1), ("right", 11)) == ("out_of_order", F(1, 2))


def test_being_late_can_take_everything() -> None:
    assert status(replace(STEP, late=F(0)), ("right", 11)) == ("late", 0)


def test_a_correction_that_comes_late_never_costs_what_the_first_act_earned() -> None:
    third = replace(STEP, credit=(Credit("half", F(1, 3)), Credit("right", F(1))))

    assert status(third, ("half", 1), ("right", 11)) == ("partial", F(1, 3))


def test_a_step_whose_choices_never_came_up_was_not_offered() -> None:
    scenario = flu_shot()
    score = score_play(scenario, straight(scenario, without("c_obs", BEST).replace(
        "c_docnow c_done", "c_docnow c_done c_help")))  # fmt: skip
    unseen = replace(scenario, rubric=(replace(STEP, credit=(Credit("manage_faint", F(1)),)),))

    assert step(score, "s_observe").status == "missed"
    assert score_play(unseen, straight(scenario, BEST)).steps[0].status == "not_offered"


def test_an_act_triggers_an_error_once() -> None:
    error = HarmfulError("e", "major", "safety", F(2), Trigger(do="recap"))

    assert len(errors_of(error, logged("recap", 1), logged("recap", 2))) == 1
    assert errors_of(error, logged("sharps_bin", 1)) == ()


def test_unless_done_means_before_the_act() -> None:
    error = HarmfulError(
        "e", "major", "safety", F(2), Trigger(do="give_vaccine", unless_done="identify_two")
    )

    assert errors_of(error, logged("identify_two", 1), logged("give_vaccine", 2)) == ()
    assert len(errors_of(error, logged("give_vaccine", 2), logged("identify_two", 3))) == 1


def test_the_condition_of_an_error_looks_at_that_moment() -> None:
    (expired,) = (e for e in flu_shot().errors if e.id == "e_expired")
    late = Logged("give_vaccine", 5, "c_del", {"vial": "expired"})

    assert errors_of(expired, logged("give_vaccine", 1)) == ()
    assert len(errors_of(expired, logged("give_vaccine", 1), late)) == 1


def test_an_error_of_omission_is_judged_at_the_end() -> None:
    error = HarmfulError("e", "critical", "safety", F(2), Trigger(never="tell"))
    (triggered,) = score_run(
        replace(flu_shot(), errors=(error,)), Run((logged("wait", 3),), clock=30)
    ).errors

    assert triggered.minute == 30
    assert errors_of(error, logged("tell", 29)) == ()


def test_entering_a_scene_triggers_its_error() -> None:
    run = Run(tuple(log_of_best()), arrivals=(Arrival("cons_faint", 23, 12),))
    (triggered,) = score_run(flu_shot(), run).errors

    assert (triggered.id, triggered.minute, triggered.penalty) == ("e_unobserved", 23, 1)


MITIGATED = HarmfulError(
    "e", "critical", "safety", F(3), Trigger(do="slip"), Mitigation("report", 10, F(1, 3))
)


def mitigated(*log: tuple[str, int]) -> tuple[bool, F]:
    entries = tuple(logged(action, minute) for action, minute in log)
    (error,) = score_run(replace(flu_shot(), errors=(MITIGATED,)), Run(entries)).errors
    return error.mitigated, error.penalty


def test_a_report_in_time_lightens_an_error() -> None:
    assert mitigated(("slip", 5), ("report", 15)) == (True, 1)
    assert mitigated(("slip", 5), ("report", 5)) == (True, 1)
    assert mitigated(("slip", 5), ("report", 16)) == (False, 3)
    assert mitigated(("slip", 5)) == (False, 3)


def test_a_report_made_before_the_error_does_not_count() -> None:
    assert mitigated(("report", 4), ("slip", 5)) == (False, 3)
    assert mitigated(("report", 4), ("slip", 5), ("report", 6)) == (False, 3)


def test_a_mitigated_critical_error_caps_at_84_and_leaves_the_gate_open() -> None:
    cheap = replace(MITIGATED, penalty=F(1), when=Trigger(do="recap"))
    scenario = replace(flu_shot(), errors=(cheap,))
    log = [*log_of_best(), logged("recap", 42), logged("report", 42)]
    score = score_run(scenario, Run(tuple(log)))

    assert (score.overall, score.cap_reason) == (84, "mitigated")
    assert score.passed


def test_a_minor_error_costs_points_and_sets_no_limit() -> None:
    score = score_of_log([*log_of_best(), logged("false_promise", 42)])

    assert score.overall == score.overall_uncapped == F(2700, 28)
    assert score.cap_reason is None


def test_a_penalty_beyond_zero_does_not_spill_over() -> None:
    error = HarmfulError("e", "major", "communication", F(20), Trigger(do="recap"))
    score = score_run(
        replace(flu_shot(), errors=(error,)), Run((*log_of_best(), logged("recap", 42)))
    )

    assert axes(score) == (100, 100, 0, 100)
    assert score.overall == F(575, 7)


def test_an_axis_without_weight_has_no_score_and_does_not_fail() -> None:
    scenario = made()
    score = score_run(scenario, Run((logged("ask", 1), logged("tell", 2), logged("greet", 3))))

    assert [axis.axis for axis in score.axes] == ["communication", "safety"]
    assert score.passed


def test_an_axis_decides_only_with_five_points_in_three_steps() -> None:
    assert axis_counts(flu_shot(), "communication")
    assert not axis_counts(made(), "communication")
    assert axis_counts(made(), "safety")
    assert score_run(made(), Run((logged("ask", 1), logged("tell", 2)))).passed


def test_a_scenario_may_ask_for_more() -> None:
    strict = replace(flu_shot(), pass_rule=PassRule(overall=F(95)))
    log = [entry for entry in log_of_best() if entry.action != "give_vis"]

    assert score_of_log(log).passed
    assert score_run(strict, Run(tuple(log))).fail_reasons == ("overall",)
