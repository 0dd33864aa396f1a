import pytest

from trainer.core.rating import Rated, Rating
from trainer.core.scenario_memory import ErrorResult, StepResult, rate_run

AGAIN, HARD, GOOD, EASY = Rating


def ratings(steps, errors=(), held=()):
    return {code: one.rating for code, one in rate_run(steps, errors, held).items()}


@pytest.mark.parametrize(
    ("status", "rating"),
    [("done", GOOD), ("partial", HARD), ("late", HARD), ("corrected", AGAIN),
     ("out_of_order", AGAIN), ("wrong", AGAIN), ("missed", AGAIN)],
)  # fmt: skip
def test_each_status_has_its_rating(status, rating):
    assert {"teach-back": rating} == ratings(
        [StepResult(status, ("teach-back",))], held={"teach-back"}
    )


def test_a_step_that_was_not_offered_leaves_memory_alone():
    assert ratings([StepResult("not_offered", ("teach-back",))], held={"teach-back"}) == {}


def test_only_a_miss_makes_a_new_card():
    steps = [
        StepResult("done", ("a",)),
        StepResult("partial", ("b",)),
        StepResult("late", ("c",)),
        StepResult("missed", ("d",)),
    ]

    assert ratings(steps) == {"d": AGAIN}


def test_a_concept_gets_the_worst_of_its_ratings_once():
    steps = [
        StepResult("done", ("a", "b")),
        StepResult("late", ("a",)),
        StepResult("done", ("a",)),
    ]

    assert ratings(steps, held={"a", "b"}) == {"a": HARD, "b": GOOD}


def test_a_wrong_step_and_an_error_on_one_concept_make_one_review_due_today():
    rated = rate_run(
        [StepResult("missed", ("patient-identifiers",))],
        [ErrorResult(critical=True, concepts=("patient-identifiers",))],
        held=(),
    )

    assert rated == {
        "patient-identifiers": Rated(rating=AGAIN, rule="B8", misconception=True, due_today=True)
    }


def test_a_corrected_step_is_again_and_the_rest_held_is_good():
    steps = [
        StepResult("corrected", ("patient-identifiers",)),
        StepResult("done", ("hand-hygiene",)),
        StepResult("done", ("never-seen",)),
    ]

    assert rate_run(steps, [], held={"hand-hygiene"}) == {
        "patient-identifiers": Rated(rating=AGAIN, rule="B8"),
        "hand-hygiene": Rated(rating=GOOD, rule="B8"),
    }


def test_an_error_overrides_a_step_well_done_and_only_a_critical_one_is_a_misconception():
    rated = rate_run(
        [StepResult("done", ("a",))],
        [ErrorResult(critical=False, concepts=("a", "b"))],
        held={"a"},
    )

    assert list(rated) == ["a", "b"]
    assert all(one.rating is AGAIN and one.due_today for one in rated.values())
    assert not any(one.misconception for one in rated.values())
