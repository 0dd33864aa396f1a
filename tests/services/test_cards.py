"""Cards against reviews: what one review writes, and that a replay gives the same cards."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from tests.conftest import NOW
from trainer.core.errors import Conflict
from trainer.core.rating import Rated, Rating
from trainer.services import cards
from trainer.store.practice import MemoryCard, Review

GOOD = Rated(rating=Rating.GOOD, rule="R10")
AGAIN = Rated(rating=Rating.AGAIN, rule="R4", again_today=True)
CERTAIN = Rated(rating=Rating.AGAIN, rule="R4", misconception=True, again_today=True)
LUCKY = Rated(rating=Rating.AGAIN, rule="R6", lucky=True, again_today=True)
CRITICAL = Rated(rating=Rating.AGAIN, rule="B8", misconception=True, due_today=True)
DAY = NOW.date()


@pytest.fixture
def student(world) -> int:
    return world.people["student"]


def review(session, student, rated, day=0, concept="hand-hygiene", **kw) -> Review:
    on = DAY + timedelta(days=day)
    cards.record_review(session, student, concept, rated, {"score": "1"}, now=NOW, day=on, **kw)
    return session.scalars(select(Review).order_by(Review.id.desc())).first()


def only_card(session) -> MemoryCard:
    return session.scalars(select(MemoryCard)).one()


def test_a_first_review_makes_the_card(session, student):
    written = review(session, student, GOOD, item_code="hand-hygiene-01")

    card = only_card(session)
    assert (card.student_id, card.concept, card.reps) == (student, "hand-hygiene", 1)
    assert card.s == pytest.approx(2.3065, abs=1e-4)
    assert card.d == pytest.approx(2.1181, abs=1e-4)
    assert (card.last_day, card.due_day) == (DAY, DAY + timedelta(days=2))
    assert (written.rating, written.rule, written.s_before) == (3, "R10", None)
    assert (written.s_after, written.due_day) == (card.s, card.due_day)
    assert written.item_code == "hand-hygiene-01"
    assert len(written.constants_hash) == len(written.params_hash) == 64


def test_a_second_review_changes_the_same_card(session, student):
    first = review(session, student, GOOD)
    second = review(session, student, GOOD, day=2)

    card = only_card(session)
    assert card.s == pytest.approx(10.9643, abs=1e-4)
    assert card.reps == 2
    assert second.s_before == first.s_after
    assert second.r_before == pytest.approx(0.9095, abs=1e-4)


def test_a_card_changed_by_another_window_is_a_conflict(session, student):
    review(session, student, GOOD)
    card = only_card(session)
    session.execute(update(MemoryCard).values(reps=5).execution_options(synchronize_session=False))

    with pytest.raises(Conflict):
        review(session, student, GOOD, day=2, card=card)


def test_an_answer_without_a_rating_is_no_review(session, student):
    with pytest.raises(ValueError, match="not a review"):
        review(session, student, Rated(rating=None, rule="R3", again_today=True))


def test_the_load_is_spread_when_the_due_counts_are_given(session, student):
    review(session, student, GOOD)
    busy = {DAY + timedelta(days=n): 9 for n in (11, 12, 13, 14, 15)}
    moved = review(session, student, GOOD, day=2, due_counts=busy | {DAY + timedelta(12): 0})

    assert moved.due_day == only_card(session).due_day == DAY + timedelta(days=12)
    assert cards.rebuild(session, write=False) == 0


HISTORIES = [
    [(GOOD, 0), (AGAIN, 2), (GOOD, 2), (GOOD, 3)],
    [(CERTAIN, 0), (GOOD, 0), (GOOD, 3), (LUCKY, 9), (AGAIN, 10)],
    [(CRITICAL, 0), (AGAIN, 1), (AGAIN, 0), (GOOD, 5), (AGAIN, 40)],
]


@pytest.fixture
def filled(session, world) -> None:
    for n, name in enumerate(("student", "other_student")):
        for m, history in enumerate(HISTORIES):
            for rated, day in history[: len(history) - n]:
                review(session, world.people[name], rated, day, concept=f"concept-{m}")


RATED = [GOOD, AGAIN, CERTAIN, LUCKY, CRITICAL, Rated(rating=Rating.HARD, rule="R7")]
STEPS = st.tuples(st.sampled_from(RATED), st.integers(-1, 30), st.sampled_from(["a", "b"]))


@given(steps=st.lists(STEPS, max_size=12))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_course_of_reviews_can_be_replayed(session, student, steps):
    part = session.begin_nested()
    day = 0
    for rated, days, concept in steps:
        day += days
        review(session, student, rated, day, concept=concept)

    assert cards.rebuild(session, write=False) == 0
    part.rollback()


@pytest.mark.usefixtures("filled")
def test_replaying_all_reviews_gives_identical_cards(session):
    assert cards.rebuild(session, write=False) == 0
    assert cards.rebuild(session, write=True) == 0


@pytest.mark.usefixtures("filled")
def test_a_rebuild_counts_and_repairs_changed_missing_and_superfluous_cards(session, student):
    before = {(c.student_id, c.concept): c.s for c in session.scalars(select(MemoryCard))}
    ids = session.scalars(select(MemoryCard.id).order_by(MemoryCard.id)).all()
    off = {"synchronize_session": False}
    session.execute(delete(MemoryCard).where(MemoryCard.id == ids[0]), execution_options=off)
    session.execute(
        update(MemoryCard).where(MemoryCard.id == ids[1]).values(s=99.0), execution_options=off
    )
    session.execute(
        update(MemoryCard).where(MemoryCard.id == ids[2]).values(concept="nothing"),
        execution_options=off,
    )
    session.expire_all()

    # The renamed row counts twice: once as missing, once as superfluous.
    assert cards.rebuild(session, write=False) == 4
    assert cards.rebuild(session, write=True) == 4
    assert cards.rebuild(session, write=False) == 0
    session.expire_all()
    after = {(c.student_id, c.concept): c.s for c in session.scalars(select(MemoryCard))}
    assert after == before


@pytest.mark.usefixtures("filled")
def test_cards_are_found_by_concept(session, student):
    assert set(cards.find_cards(session, student)) == {"concept-0", "concept-1", "concept-2"}
    assert set(cards.find_cards(session, student, ["concept-1", "x"])) == {"concept-1"}
