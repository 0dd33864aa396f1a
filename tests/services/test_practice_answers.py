"""Answering: grading, memory, asking again, and everything that may be sent by mistake."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from time import sleep

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.services.practicing import Learner, at_once, op
from trainer.core.errors import Conflict, Invalid, NotFound
from trainer.services import access, cards, catalogue
from trainer.services.practice import answering, history, sittings
from trainer.services.practice.answering import AnswerForm
from trainer.services.practice.sittings import Wanted
from trainer.store.practice import MemoryCard, Response, Review, Sitting
from trainer.store.session import counting_statements

MINUTE = timedelta(minutes=1)


@pytest.fixture
def learner(session, world) -> Learner:
    return Learner(session, world.actor(session, "student"))


def reviews(learner) -> list[Review]:
    query = select(Review).where(Review.student_id == learner.actor.person_id)
    return list(learner.session.scalars(query.order_by(Review.id)))


def test_a_set_runs_from_the_first_question_to_the_end(learner):
    learner.start("new")
    plan = learner.sitting.plan

    assert learner.finish() == 6
    assert [r.concept for r in learner.responses()] == plan
    assert [r.step for r in learner.responses()] == [1, 2, 3, 4, 5, 6]
    assert all(r.correct for r in learner.responses())
    assert learner.sitting.ended_at == learner.now
    assert learner.sitting.step == 7
    assert learner.sitting.resume_at is None
    assert learner.question() is None


def test_an_answer_is_kept_as_given(learner):
    learner.start("new")
    sitting = learner.sitting
    version, order = sitting.item_version_id, list(sitting.option_order)
    learner.answer(right=False, confidence=3, op_id="my-own-op-id")

    [kept] = learner.responses()
    assert (kept.op_id, kept.step, kept.item_version_id) == ("my-own-op-id", 1, version)
    assert kept.option_order == order
    assert (kept.correct, kept.confidence) == (False, 3)
    assert (kept.duration_ms, kept.at) == (30_000, learner.now)


def test_there_is_one_card_for_each_student_and_concept(learner):
    learner.start("bank", bank="testing", questions=5)
    learner.finish()
    learner.now += timedelta(days=30)
    learner.start("review")
    learner.finish()

    held = list(learner.session.scalars(select(MemoryCard)))
    assert len({c.concept for c in held}) == len(held) > 0
    assert all(card.reps == 2 for card in held)
    assert len(reviews(learner)) == 2 * len(held)
    assert cards.rebuild(learner.session, write=False) == 0


def test_a_right_answer_is_rated_by_how_sure_it_was(learner):
    learner.start("new")
    for confidence in (None, 1, 2, 3):
        learner.answer(confidence=confidence)

    assert [(r.rule, r.rating) for r in reviews(learner)] == [
        ("R10", 3), ("R6", 1), ("R7", 2), ("R10", 3),
    ]  # fmt: skip
    assert reviews(learner)[1].outcome["lucky"]


def test_wrong_while_certain_comes_back_within_three_days(learner):
    learner.start("new")
    learner.answer(right=False, confidence=3)

    [review] = reviews(learner)
    card = learner.card(review.concept)
    assert review.outcome["misconception"]
    assert card.misconception_until == learner.day + timedelta(days=3)
    assert card.due_day <= card.misconception_until


def test_the_same_question_within_a_week_is_no_more_than_hard(learner):
    concept = "specimen-labeling"
    variants = catalogue.current(learner.session).items_of(concept)
    for _ in variants:
        learner.give_card(concept, due=0) if not learner.card(concept) else None
        learner.card(concept).due_day = learner.day
        learner.start("review")
        learner.answer()
        learner.now += timedelta(days=1)
    learner.card(concept).due_day = learner.day
    learner.start("review")
    learner.answer()

    last = reviews(learner)[-1]
    assert last.outcome["same_item_days"] == len(variants)
    assert (last.rule, last.rating) == ("R8", 2)


def test_variants_take_turns(learner):
    concept = "specimen-labeling"
    variants = [v.code for v in catalogue.current(learner.session).items_of(concept)]
    learner.give_card(concept, due=0)
    for _ in range(2 * len(variants)):
        learner.card(concept).due_day = learner.day
        learner.start("review")
        learner.answer()
        learner.now += timedelta(days=2)

    first, second = learner.asked[: len(variants)], learner.asked[len(variants) :]
    assert sorted(first) == sorted(variants)
    assert first == second


def test_a_quick_right_answer_does_not_count_and_is_asked_again(learner):
    learner.start("new")
    learner.now -= timedelta(seconds=29)
    learner.answer()

    assert reviews(learner) == []
    [kept] = learner.responses()
    assert kept.correct
    assert kept.duration_ms == 1000


def test_a_time_of_more_than_ten_minutes_is_cut(learner):
    learner.start("new")
    learner.now += timedelta(hours=3)
    learner.answer()

    assert learner.responses()[0].duration_ms == 600_000


def test_a_miss_is_asked_again_after_ten_others_with_another_question(learner):
    learner.start("bank", bank="law-ethics", questions=20)
    missed = learner.sitting.concept
    learner.now -= timedelta(seconds=20)
    learner.answer(right=False)
    total = len(learner.sitting.plan)
    while learner.sitting.concept != missed:
        learner.now -= timedelta(seconds=20)
        learner.answer()

    assert learner.sitting.step == 12
    assert learner.item().code != learner.asked[0]
    assert learner.question().progress.total == total + 1


def test_a_miss_is_asked_again_after_ten_minutes(learner):
    learner.start("new")
    missed = learner.sitting.concept
    learner.answer(right=False)
    learner.now += timedelta(minutes=10)
    learner.answer()

    assert learner.sitting.concept == missed


def test_a_set_ends_when_only_fresh_misses_are_left_and_says_when_they_can_come(learner):
    learner.start("new")
    learner.answer(right=False)
    missed_at, concept = learner.now, learner.responses()[0].concept
    assert learner.finish() == 5

    assert learner.sitting.resume_at == missed_at + timedelta(minutes=10)
    assert learner.start("review") is None
    learner.now = missed_at + timedelta(minutes=10)
    assert learner.start("review")
    assert learner.sitting.concept == concept
    assert learner.finish() == 1
    assert learner.card(concept).due_day > learner.day


def test_the_same_form_twice_gives_the_same_step_and_one_row(learner):
    learner.start("new")
    form = {"op_id": "form-00001", "step": 1, "chosen": learner.sitting.option_order[0]}
    sent = AnswerForm(**form)
    steps = [
        answering.answer(learner.session, learner.actor, learner.sitting_id, sent, now=learner.now)
        for _ in range(3)
    ]

    assert steps == [1, 1, 1]
    assert len(learner.responses()) == 1
    assert learner.sitting.step == 2


def test_the_same_form_with_another_value_is_refused_and_the_first_kept(learner):
    learner.start("new")
    order = list(learner.sitting.option_order)
    first = {"op_id": "form-00001", "step": 1}

    def send(sitting_id=learner.sitting_id, **form):
        answering.answer(
            learner.session, learner.actor, sitting_id, AnswerForm(**form), now=learner.now
        )

    send(**first, chosen=order[0])
    other = learner.start("bank", bank="testing")
    for changed in (
        {**first, "chosen": order[1]},
        {**first, "chosen": None},
        {**first, "chosen": order[0], "confidence": 3},
        {**first, "chosen": order[0], "step": 2},
        {**first, "chosen": order[0], "sitting_id": other},
    ):
        with pytest.raises(Conflict):
            send(**changed)
    assert [r.chosen for r in learner.responses()] == [order[0]]


def test_a_question_answered_in_another_tab_is_a_conflict(learner):
    learner.start("new")
    learner.answer()

    for step in (1, 3, 0, -1, 10**9):
        with pytest.raises(Conflict):
            learner.answer(step=step)
    assert len(learner.responses()) == 1


def test_a_sitting_that_is_over_takes_no_answer(learner):
    learner.start("new")
    learner.finish()

    with pytest.raises(Conflict, match="not saved"):
        answering.answer(
            learner.session, learner.actor, learner.sitting_id,
            AnswerForm(7, op(), "a"), now=learner.now,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"chosen": None}, "choice"),
        ({"chosen": ""}, "choice"),
        ({"chosen": "z"}, "choice"),
        ({"chosen": "a, b"}, "choice"),
        ({"confidence": 4}, "confidence"),
        ({"confidence": 0}, "confidence"),
        ({"op_id": ""}, "op_id"),
        ({"op_id": "x" * 65}, "op_id"),
        ({"op_id": "with\0null"}, "op_id"),
        ({"chosen": "with\0null"}, "choice"),
    ],
)
def test_a_forged_or_empty_answer_is_refused_and_nothing_written(learner, form, field):
    learner.start("new")
    with pytest.raises(Invalid) as refused:
        learner.answer(**form)

    assert refused.value.field == field
    assert learner.responses() == []
    assert learner.sitting.step == 1


def test_an_empty_choice_says_what_to_do(learner):
    learner.start("new")
    with pytest.raises(Invalid, match=r"^Choose an answer first\.$"):
        learner.answer(chosen=None)


def test_only_the_student_may_answer(learner, session, world):
    learner.start("new")

    for login in ("other_student", "instructor", "stranger_student"):
        with pytest.raises(NotFound):
            answering.answer(
                session, world.actor(session, login), learner.sitting_id,
                AnswerForm(1, op(), "a"), now=NOW,
            )  # fmt: skip


def test_an_answer_after_midnight_belongs_to_the_evening_until_four(learner):
    learner.now = NOW.replace(hour=6) + timedelta(days=1)  # 1 am in New York
    learner.start("new")
    learner.answer()

    assert learner.responses()[0].study_day == NOW.date()


def test_an_answer_to_yesterdays_set_counts_today_and_closes_it(learner):
    learner.start("new")
    learner.now += timedelta(days=1)
    learner.answer()

    assert learner.responses()[0].study_day == NOW.date() + timedelta(days=1)
    assert learner.sitting.ended_at == learner.now


def test_an_answer_costs_at_most_seven_statements_besides_signing_in(sessions, world):
    for n in range(3):
        with sessions.transaction() as session:
            learner = Learner(session, world.actor(session, "student"))
            learner.start("bank", bank="law-ethics", questions=20)
            learner.now += timedelta(minutes=n)
            sitting_id, chosen = learner.sitting_id, learner.item().value.key.id
        with sessions.transaction() as session:
            actor = world.actor(session, "student")
            form = AnswerForm(n + 1, op(), chosen)
            with counting_statements(sessions.engine) as count:
                answering.answer(session, actor, sitting_id, form, now=learner.now + MINUTE)

        assert count() <= 7


def test_starting_and_answering_many_times_at_once_leaves_one_sitting_and_one_answer(
    sessions, world
):
    with sessions.reading() as session:
        actor = world.actor(session, "student")

    def start(session) -> int | None:
        wanted = Wanted("new")
        return sittings.start(session, actor, wanted, seed=op(), now=NOW)

    started = set(at_once(sessions, start))
    assert len(started) == 1
    [sitting_id] = started
    with sessions.reading() as session:
        chosen = session.get_one(Sitting, sitting_id).option_order[0]
    form = AnswerForm(1, "form-00001", chosen)

    def send(session) -> int:
        return answering.answer(session, actor, sitting_id, form, now=NOW + MINUTE)

    assert set(at_once(sessions, send)) == {1}
    with sessions.reading() as session:
        assert session.query(Response).count() == session.query(Review).count() == 1
        assert session.query(MemoryCard).one().reps == 1


def test_a_start_and_an_answer_at_once_do_not_wait_for_each_other_for_ever(sessions, world):
    with sessions.transaction() as session:
        learner = Learner(session, world.actor(session, "student"))
        learner.start("new")
        chosen = learner.item().value.key.id
    actor, sitting_id = learner.actor, learner.sitting_id

    def start() -> int | None:
        with sessions.transaction() as session:
            return sittings.start(session, actor, Wanted("new"), seed=op(), now=NOW)

    with ThreadPoolExecutor(1) as pool:
        with sessions.transaction() as session:
            access.get_sitting(session, actor, sitting_id, lock=True)
            started = pool.submit(start)
            sleep(0.3)  # the start now holds the person and waits for the sitting
            form = AnswerForm(1, op(), chosen)
            answered = answering.answer(session, actor, sitting_id, form, now=NOW + MINUTE)

        assert (answered, started.result()) == (1, sitting_id)


def test_an_answer_builds_on_the_card_as_it_is_now(learner):
    learner.give_card("specimen-labeling", due=0)
    learner.start("review")
    learner.card("specimen-labeling").reps += 1
    learner.session.flush()

    learner.answer()

    assert learner.card("specimen-labeling").reps == 3


def test_who_travels_west_never_answered_a_question_in_the_future(learner):
    """At this hour Tokyo is a study day ahead of Honolulu. Design A3."""
    learner.now = NOW.replace(hour=20)
    learner.actor = replace(learner.actor, zone="Asia/Tokyo")
    learner.start("new")
    learner.answer()
    learner.actor = replace(learner.actor, zone="Pacific/Honolulu")
    [response] = learner.responses()
    given = history.load(learner.session, learner.actor.person_id, response.study_day)

    assert response.study_day == learner.day + timedelta(days=1)
    assert history.days_since(given, response.item_code, learner.day) == 0
    assert history.days_since(given, "another-item", learner.day) is None


def test_a_sitting_row_holds_the_open_question_until_it_is_answered(learner):
    learner.start("new")
    row = learner.session.get_one(Sitting, learner.sitting_id)
    before = (row.concept, row.item_version_id)
    learner.answer()

    assert (row.concept, row.item_version_id) != before
    assert row.shown_at == learner.now
