"""Questions of every type in a set: pinned as drawn, graded in parts, passed over if withdrawn."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import select, update

from tests.conftest import NOW
from tests.services.practicing import Learner
from trainer.core.errors import Conflict, Invalid
from trainer.core.items.draws import draw
from trainer.core.items.given import key_of, misses_of, shown_order
from trainer.core.items.grading import grade
from trainer.services import catalogue
from trainer.services.practice import asked, feedback, presenting
from trainer.services.practice.feedback import Verdict
from trainer.store.catalogue import CatalogueEntry
from trainer.store.practice import MemoryCard, Review

TYPES = ("multiple_response", "ordered_response", "matching", "numeric", "hot_spot")


@pytest.fixture
def learner(session, world, mixed) -> Learner:
    catalogue.sync(session, mixed, now=NOW)
    return Learner(session, world.actor(session, "student"))


def open_with(learner: Learner, wanted) -> str:
    """A set whose open question is the first one in the catalogue that fits; gives its code."""
    found = min(
        code for code, one in catalogue.current(learner.session).items.items() if wanted(one.value)
    )
    learner.start("new")
    pin(learner, found)
    return found


def pin(learner: Learner, code: str) -> None:
    version = catalogue.current(learner.session).items[code]
    sitting = learner.sitting
    sitting.concept, sitting.item_version_id = version.value.concept, version.version_id
    sitting.plan = [version.value.concept, *sitting.plan[1:]]
    sitting.draw = 0 if version.value.parameters else None
    shown = presenting.shown(version, sitting)
    sitting.option_order = list(shown_order(shown, "pinned"))
    learner.session.flush()


@pytest.mark.parametrize("kind", TYPES)
def test_each_type_is_answered_graded_and_told(learner, kind):
    open_with(learner, lambda item: item.type == kind)
    learner.answer(right=True)

    told = feedback.feedback(learner.session, learner.actor, learner.sitting_id, 1)
    assert told.verdict == Verdict.RIGHT
    assert {part.role for part in told.lesson.told} <= {"right", "other"}


@pytest.mark.parametrize("kind", TYPES)
def test_a_wrong_or_partly_right_answer_brings_the_idea_back(learner, kind):
    open_with(learner, lambda item: item.type == kind)
    learner.answer(right=False)

    told = feedback.feedback(learner.session, learner.actor, learner.sitting_id, 1)
    assert told.verdict in (Verdict.WRONG, Verdict.PARTLY)
    assert (told.verdict == Verdict.PARTLY) == bool(told.lesson.points)
    review = learner.session.scalars(select(Review)).one()
    assert (review.rating, review.rule) == (1, "R4")
    assert told.again_today


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("multiple_response", "a z"), ("multiple_response", ""), ("ordered_response", "a b"),
        ("matching", "a=1"), ("numeric", "1,5"), ("numeric", "3 apples"), ("hot_spot", "a b"),
    ],
)  # fmt: skip
def test_an_incomplete_answer_is_refused_and_nothing_changes(learner, kind, given):
    open_with(learner, lambda item: item.type == kind)

    with pytest.raises(Invalid) as refused:
        learner.answer(chosen=given or None)

    assert refused.value.field == "choice"
    assert learner.responses() == []
    assert learner.sitting.step == 1


def test_a_template_shows_the_same_values_until_it_is_answered_and_others_next_time(learner):
    code = open_with(learner, lambda item: item.parameters is not None)
    first = learner.question().item
    assert learner.question().item == first
    assert first.parameters is None

    learner.answer(right=True)

    told = feedback.feedback(learner.session, learner.actor, learner.sitting_id, 1)
    assert told.item == first
    assert learner.responses()[0].draw == 0
    # A later sight of the same template is another draw.
    shown = {first.stem}
    for number in range(1, 6):
        learner.sitting.draw = number
        version = catalogue.current(learner.session).items[code]
        shown.add(presenting.shown(version, learner.sitting).stem)
    assert len(shown) > 1


def test_the_number_of_the_draw_is_that_of_the_sights_before(learner):
    items = catalogue.current(learner.session)
    code = min(c for c, one in items.items.items() if one.value.parameters)
    concept = items.items[code].value.concept
    others = [one.code for one in items.items_of(concept) if one.code != code]
    learner.session.execute(
        update(CatalogueEntry).where(CatalogueEntry.code.in_(others)).values(retired_at=NOW)
    )
    catalogue.changed(learner.session)
    for sight in range(3):
        learner.give_card(concept, due=0) if sight == 0 else due_again(learner, concept)
        learner.start("review", seed=f"seed-{sight}")
        assert learner.sitting.draw == sight
        learner.answer(right=True)
        learner.now += timedelta(days=1)


def due_again(learner: Learner, concept: str) -> None:
    learner.session.execute(
        update(MemoryCard).where(MemoryCard.concept == concept).values(due_day=learner.day)
    )


def withdraw(learner: Learner, code: str) -> None:
    learner.session.execute(
        update(CatalogueEntry)
        .where(CatalogueEntry.code == code, CatalogueEntry.kind == "item")
        .values(quarantined_at=learner.now)
    )
    catalogue.changed(learner.session)


def test_a_question_withdrawn_while_open_does_not_count_and_is_passed_over(learner):
    learner.start("new")
    version = learner.item()
    withdraw(learner, version.code)

    assert learner.question().withdrawn
    with pytest.raises(Conflict):
        learner.answer(right=True)
    assert learner.responses() == []

    for _ in range(2):
        asked.pass_over(learner.session, learner.actor, learner.sitting_id, now=learner.now)
        assert learner.item().code != version.code
        assert not learner.question().withdrawn
        assert learner.sitting.step == 1


def test_a_question_that_is_in_use_is_never_passed_over(learner):
    learner.start("new")
    before = learner.item().code

    asked.pass_over(learner.session, learner.actor, learner.sitting_id, now=learner.now)

    assert learner.item().code == before


def test_a_set_whose_last_question_was_withdrawn_ends(learner):
    learner.start("new")
    sitting = learner.sitting
    sitting.plan = [sitting.concept]
    known = catalogue.current(learner.session)
    for version in known.items_of(sitting.concept):
        withdraw(learner, version.code)

    asked.pass_over(learner.session, learner.actor, learner.sitting_id, now=learner.now)

    assert learner.sitting.ended_at is not None


def test_questions_kept_for_exams_are_never_asked_in_practice(learner, mixed):
    known = catalogue.current(learner.session)
    concept = learner_concept(known)
    kept = known.items_of(concept)[0]
    hidden = dict(mixed.items)
    hidden[kept.code] = replace(kept.value, pool="exam")
    catalogue.sync(learner.session, replace(mixed, items=hidden), now=NOW)

    again = catalogue.current(learner.session)
    assert kept.code in again.items
    assert kept.code not in {one.code for one in again.items_of(concept)}


def learner_concept(known) -> str:
    return next(code for code in known.concepts if len(known.items_of(code)) > 1)


def test_every_shipped_question_can_be_shown_and_answered(shipped):
    """No item of the bank breaks its own grading: the key is right, every miss is not."""
    numbers = count()
    for item in shipped.items.values():
        drawn = draw(item, f"sight-{next(numbers)}")
        assert grade(drawn, key_of(drawn)) == 1, item.code
        for miss in misses_of(drawn):
            assert grade(drawn, miss) < 1, (item.code, miss)
