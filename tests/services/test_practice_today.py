"""The numbers of the Today page and of the bank list, on planted cards."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete

from tests.conftest import NOW
from tests.services.practicing import Learner
from trainer.services import catalogue
from trainer.services.practice import planning, today
from trainer.store.accounts import Person
from trainer.store.practice import MemoryCard
from trainer.store.session import counting_statements


@pytest.fixture
def learner(session, world) -> Learner:
    return Learner(session, world.actor(session, "student"))


@pytest.fixture
def person(session, world) -> Person:
    return session.get_one(Person, world.people["student"])


def look(learner) -> today.Today:
    return today.today(learner.session, learner.actor, now=learner.now)


def due_everywhere(learner, due=0, count=1000) -> int:
    """A card for so many concepts; gives how many there are."""
    codes = planning.usable(catalogue.current(learner.session))[:count]
    for code in codes:
        learner.give_card(code, due=due)
    return len(codes)


def test_a_new_student_has_new_ideas_and_no_reviews(learner):
    page = look(learner)

    assert (page.reviews, page.waiting, page.again, page.met) == (0, 0, 0, 0)
    assert (page.new, page.new_minutes) == (6, 8)
    assert page.new_bank
    assert page.is_rest
    assert (page.next_due, page.exam, page.open_sittings) == (None, None, ())
    assert page.concepts == len(planning.usable(catalogue.current(learner.session)))


def test_due_cards_are_counted_with_their_minutes(learner):
    learner.give_card("hand-hygiene", due=0)
    learner.give_card("teach-back", due=-40, s=1.0, last=-41)
    learner.give_card("modifiers", due=1)
    learner.give_card("bp-technique", due=1)
    learner.give_card("negligence", due=8)

    page = look(learner)
    assert (page.reviews, page.waiting, page.met) == (2, 0, 5)
    # 39.5 seconds at a recall of 0.90, and 54.4 at 0.57.
    assert page.review_minutes == 2
    assert (page.next_due, page.next_due_count) == (NOW.date() + timedelta(days=1), 2)
    assert not page.is_rest


def test_what_does_not_fit_into_the_minutes_waits(learner, person):
    person.minutes_a_day = 10
    total = due_everywhere(learner, due=-1, count=40)

    page = look(learner)
    assert (page.reviews, page.waiting) == (15, total - 15)
    assert page.review_minutes == 10
    # Half of the minutes stay for new ideas.
    assert page.new == 4


def test_what_was_done_today_is_taken_off_the_minutes(learner, person):
    person.minutes_a_day = 10
    due_everywhere(learner, due=-1, count=40)
    learner.start("review")
    for _ in range(10):
        learner.answer()

    page = look(learner)
    # 600 seconds less 10 x 35.
    assert page.reviews == 6
    assert (page.answered, page.right) == (10, 10)


def test_more_reviews_than_the_minutes_can_be_asked_for(learner, person):
    person.minutes_a_day = 10
    due_everywhere(learner, due=-1, count=40)
    while look(learner).reviews:
        learner.start("review")
        learner.finish()

    page = look(learner)
    assert (page.reviews, page.new) == (0, 0)
    assert page.waiting > 0
    assert learner.start("review")
    assert len(learner.sitting.plan) == min(15, page.waiting)


def test_a_fresh_miss_says_when_it_comes_and_then_is_there(learner):
    learner.start("new")
    learner.answer(right=False)
    missed_at = learner.now
    learner.finish()

    assert (look(learner).again, look(learner).again_at) == (0, missed_at + timedelta(minutes=10))
    assert look(learner).is_rest
    learner.now = missed_at + timedelta(minutes=10)
    assert (look(learner).again, look(learner).again_at) == (1, None)
    assert not look(learner).is_rest


def test_an_open_sitting_of_today_can_be_gone_on_with_an_older_one_cannot(learner):
    learner.start("new")
    learner.answer()

    [open_one] = look(learner).open_sittings
    assert (open_one.sitting_id, open_one.position, open_one.total) == (learner.sitting_id, 2, 6)
    learner.now += timedelta(days=1)
    assert look(learner).open_sittings == ()


@pytest.mark.parametrize(
    ("exam", "days", "new"),
    [
        (date(2026, 12, 24), 30, 6),
        (date(2026, 12, 2), 8, 6),
        (date(2026, 12, 1), 7, 0),
        (date(2026, 11, 24), 0, 0),
    ],
)
def test_the_exam_is_counted_down_and_stops_new_ideas_in_its_week(learner, person, exam, days, new):
    person.exam_date = exam

    page = look(learner)
    assert (page.exam.days, page.exam.name, page.exam.date) == (days, "CMA (AAMA)", exam)
    assert page.new == new


def test_an_exam_day_that_has_passed_is_not_counted_down(learner, person):
    person.exam_date = NOW.date() - timedelta(days=1)

    assert look(learner).exam is None
    assert look(learner).new == 6


def test_the_own_exam_wins_over_that_of_the_class(learner, person):
    person.exam_code, person.exam_date = "rma", NOW.date() + timedelta(days=9)

    assert look(learner).exam.name.startswith("RMA")


def test_cards_without_a_question_are_never_due(learner):
    learner.give_card("an-idea-of-old", due=-5)

    assert look(learner).reviews == 0
    assert look(learner).met == 0


def test_today_costs_the_same_whatever_the_number_of_cards(learner, session, sessions):
    counts = []
    for cards in (5, 1000):
        session.execute(delete(MemoryCard))
        due_everywhere(learner, count=cards)
        session.expunge_all()
        with counting_statements(sessions.engine) as count:
            look(learner)
        counts.append(count())

    assert counts[0] == counts[1] <= 5


def test_banks_say_how_much_was_met_and_is_due(learner):
    learner.give_card("specimen-labeling", due=0)
    learner.give_card("waived-test-rules", due=4)

    banks = {b.code: b for b in today.list_banks(learner.session, learner.actor, now=learner.now)}
    assert (banks["testing"].name, banks["testing"].met, banks["testing"].due) == ("Testing", 2, 1)
    assert banks["testing"].concepts == 4
    assert banks["vital-signs"].met == 0
