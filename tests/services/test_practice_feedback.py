"""What an answer shows afterward, the summary of a set, and that old work never changes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.services.practicing import Learner
from trainer.content.bundle import Bundle
from trainer.core.errors import NotFound
from trainer.services import catalogue
from trainer.services.practice import feedback as pages
from trainer.services.practice.feedback import Verdict


@pytest.fixture
def learner(session, world) -> Learner:
    return Learner(session, world.actor(session, "student"))


def feedback(learner, step=1) -> pages.Feedback:
    return pages.feedback(learner.session, learner.actor, learner.sitting_id, step)


def summary(learner) -> pages.Summary:
    return pages.summary(learner.session, learner.actor, learner.sitting_id)


@pytest.mark.parametrize(
    ("right", "confidence", "seconds", "verdict", "again"),
    [
        (True, None, 30, Verdict.RIGHT, False),
        (True, 2, 30, Verdict.RIGHT, False),
        (True, 1, 30, Verdict.LUCKY, True),
        (True, 3, 1, Verdict.QUICK, True),
        (False, 3, 30, Verdict.WRONG, True),
        (False, None, 1, Verdict.WRONG, True),
    ],
)
def test_the_verdict_says_how_the_answer_counts(
    learner, right, confidence, seconds, verdict, again
):
    learner.start("new")
    learner.now += timedelta(seconds=seconds - 30)
    learner.answer(right, confidence)

    shown = feedback(learner)
    assert (shown.verdict, shown.again_today) == (verdict, again)
    assert shown.misconception == (not right and confidence == 3)
    assert (shown.due_day is None) == (verdict == Verdict.QUICK)


def test_every_option_has_its_reason_the_answer_and_the_own_choice_apart(learner):
    learner.start("new")
    order = list(learner.sitting.option_order)
    learner.answer(right=False)

    shown = feedback(learner)
    parts = shown.lesson.told
    assert [part.role for part in parts] == ["missed", "wrong"] + ["other"] * (len(order) - 2)
    assert parts[0].text == shown.item.key.text
    texts = [shown.item.option(o).text for o in order]
    assert [part.text for part in parts[2:]] == [
        text for text in texts if text not in {parts[0].text, parts[1].text}
    ]
    assert all(part.why for part in parts)


def test_a_right_answer_has_no_own_choice_beside_the_answer(learner):
    learner.start("new")
    learner.answer()

    roles = [part.role for part in feedback(learner).lesson.told]
    assert roles == ["right"] + ["other"] * (len(feedback(learner).item.options) - 1)


def test_feedback_names_the_idea_the_outline_and_the_competencies(learner):
    learner.give_card("bp-technique", due=0)
    learner.start("review")
    learner.answer()

    shown = feedback(learner)
    assert shown.concept.code == "bp-technique"
    assert shown.exam == "CMA (AAMA)"
    assert shown.outline
    assert all(tag.name != tag.code for tag in shown.outline)
    assert shown.competencies
    assert shown.competencies[0].hands_on
    assert shown.item.sources


def test_the_third_repeat_of_a_day_is_the_last(learner):
    known = catalogue.current(learner.session)
    concept = max(known.concepts, key=lambda code: (len(known.items_of(code)), code))
    variants = len(known.items_of(concept))
    learner.give_card(concept, due=0)
    again = []
    for _ in range(min(variants, 4)):
        learner.start("review")
        learner.answer(right=False)
        again.append(feedback(learner).again_today)
        learner.now += timedelta(minutes=10)

    # Each time another question, while there is one, and at most three times more.
    assert again == [True] * (len(again) - 1) + [False]
    assert learner.start("review") is None


def test_the_question_that_is_open_has_no_feedback_yet(learner, session, world):
    learner.start("new")
    learner.answer()

    for step in (0, 2, 3, 10**9):
        with pytest.raises(NotFound):
            feedback(learner, step)
    with pytest.raises(NotFound):
        pages.feedback(session, world.actor(session, "other_student"), learner.sitting_id, 1)


def test_the_summary_counts_and_lists_each_missed_idea_once(learner):
    learner.start("bank", bank="testing", questions=5)
    learner.answer(right=False)
    learner.finish()

    whole = summary(learner)
    assert (whole.right, whole.answered) == (whole.answered - 1, len(learner.responses()))
    assert whole.seconds == 30 * whole.answered
    [miss] = whole.misses
    assert (
        miss.rule
        == catalogue.get_version(learner.session, learner.responses()[0].item_version_id).value.rule
    )
    assert miss.again_at == whole.resume_at
    assert miss.due_day == learner.card(learner.responses()[0].concept).due_day


def test_the_summary_of_a_set_without_answers_is_empty(learner):
    learner.start("new")

    whole = summary(learner)
    assert (whole.right, whole.answered, whole.misses) == (0, 0, ())


def change_everything(bundle: Bundle) -> Bundle:
    """Every question with other words, another key, another rule, and options turned around."""
    items = {
        code: replace(
            item,
            stem="Changed.",
            lead_in="Changed?",
            rule="Changed.",
            options=tuple(
                replace(o, text=f"Changed {o.id}", correct=n == 0, reason="Changed reason here.")
                for n, o in enumerate(reversed(item.options))
            ),
        )
        for code, item in bundle.items.items()
    }
    return replace(bundle, items=items)


def test_a_later_content_change_leaves_the_open_question_and_old_feedback_alone(learner, bundle):
    learner.start("new")
    learner.answer(right=False)
    question, old = learner.question(), feedback(learner)
    done = catalogue.sync(learner.session, change_everything(bundle), now=learner.now)
    assert len(done) == len(bundle.items)

    assert learner.question() == question
    assert feedback(learner) == old
    key = learner.item().value.key
    learner.answer()
    assert learner.responses()[1].chosen == key.id
    assert learner.responses()[1].correct
    # What is asked next is the new version.
    assert learner.question().item.lead_in == "Changed?"


def test_a_question_that_was_retired_while_open_can_still_be_answered(learner, bundle):
    learner.start("new")
    learner.answer()
    shown, old = learner.question(), feedback(learner)
    catalogue.sync(learner.session, replace(bundle, items={}), now=learner.now)

    assert learner.question() == shown
    learner.answer(right=False)
    assert learner.sitting.ended_at == learner.now
    assert feedback(learner, 1).item == old.item
    assert feedback(learner, 2).verdict == Verdict.WRONG
    assert len(summary(learner).misses) == 1
