"""Corrections: who is told until when, and what an own answer counts as now. Promise P25."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.conftest import NOW
from tests.make import World
from tests.services.bank_items import add_item, decide, new_version
from tests.services.practicing import Learner, at_once
from trainer.core.errors import NotFound
from trainer.services import catalogue
from trainer.services.access import Actor
from trainer.services.bank import errata
from trainer.store.bank import ErratumSeen
from trainer.store.session import Sessions

LATER = NOW + timedelta(hours=1)
TEXT = "The rub takes 20 seconds."


def answered(session: Session, actor: Actor, *, right: bool = True) -> str:
    """A student answers one question with one best answer; gives its code."""
    learner = Learner(session, actor)
    learner.start("bank", bank="infection-control", questions=20)
    while learner.item().value.type != "single_best_answer":
        learner.answer()
    learner.answer(right)
    return learner.asked[-1]


def told(session: Session, actor: Actor) -> int:
    return len(errata.notices(session, actor, now=LATER).errata)


def test_who_answered_is_told_until_the_correction_is_opened(
    session: Session, world: World
) -> None:
    student, other = world.actor(session, "student"), world.actor(session, "stranger_student")
    code = answered(session, student)
    made = decide(
        session, world.actor(session, "director"), code, "correct", erratum=TEXT, now=LATER
    )

    assert (told(session, student), told(session, other)) == (1, 0)
    errata.open_erratum(session, student, made.id, now=LATER)
    errata.open_erratum(session, student, made.id, now=LATER)

    assert told(session, student) == 0
    assert session.scalar(select(func.count()).select_from(ErratumSeen)) == 1


def test_opening_at_once_in_many_windows_is_noted_once(sessions: Sessions, world: World) -> None:
    with sessions.transaction() as session:
        student = world.actor(session, "student")
        code = answered(session, student)
        director = world.actor(session, "director")
        made = decide(session, director, code, "correct", erratum=TEXT, now=LATER).id

    at_once(sessions, lambda s: errata.open_erratum(s, student, made, now=LATER))

    with sessions.reading() as session:
        assert session.scalar(select(func.count()).select_from(ErratumSeen)) == 1


def test_who_answers_later_is_not_told(session: Session, world: World) -> None:
    student = world.actor(session, "student")
    code = answered(session, student)

    decide(
        session, world.actor(session, "director"), code, "correct", erratum=TEXT,
        now=NOW - timedelta(days=1),
    )  # fmt: skip

    assert told(session, student) == 0


@pytest.mark.parametrize("act", ["quarantine", "release", "retire"])
def test_a_decision_without_a_correction_tells_nobody(
    session: Session, world: World, act: str
) -> None:
    student, director = world.actor(session, "student"), world.actor(session, "director")
    code = answered(session, student)
    if act == "release":
        decide(session, director, code, "quarantine", now=LATER)

    decide(session, director, code, act, now=LATER)

    assert told(session, student) == 0


@pytest.mark.parametrize(("right", "now_right"), [(True, False), (False, True)])
def test_a_changed_key_changes_what_the_answer_counts_as(
    session: Session, world: World, right: bool, now_right: bool
) -> None:
    student, director = world.actor(session, "student"), world.actor(session, "director")
    code = answered(session, student, right=right)
    decide(session, director, code, "quarantine")
    item = catalogue.current(session).withheld[code].value
    given = Learner(session, student).responses()[-1].chosen
    key = given if now_right else next(o.id for o in item.options if o.id != given)
    options = tuple(replace(option, correct=option.id == key) for option in item.options)
    new_version(session, code, options=options)
    made = decide(session, director, code, "release", erratum=TEXT, now=LATER)

    page = errata.get_erratum(session, student, made.id)

    (own,) = page.answers
    assert (own.was_right, own.right_now, own.changed) == (right, now_right, True)
    assert page.in_use
    assert page.item.option(str(key)).correct


def test_an_answer_whose_text_was_rewritten_is_not_compared(session: Session, world: World) -> None:
    student, director = world.actor(session, "student"), world.actor(session, "director")
    code = answered(session, student)
    item = catalogue.current(session).items[code].value
    options = tuple(replace(one, text=f"{one.text} Always.") for one in item.options)
    new_version(session, code, options=options)
    made = decide(session, director, code, "correct", erratum=TEXT, now=LATER)

    (own,) = errata.get_erratum(session, student, made.id).answers

    assert own.right_now is None
    assert not own.changed


def test_a_correction_is_opened_by_who_answered_alone(session: Session, world: World) -> None:
    code = answered(session, world.actor(session, "student"))
    director = world.actor(session, "director")
    made = decide(session, director, code, "correct", erratum=TEXT, now=LATER)

    for login in ("stranger_student", "other_student", "director", "admin"):
        with pytest.raises(NotFound):
            errata.get_erratum(session, world.actor(session, login), made.id)
        with pytest.raises(NotFound):
            errata.open_erratum(session, world.actor(session, login), made.id, now=LATER)


def test_the_list_leaves_out_questions_kept_for_exams_and_of_other_programs(
    session: Session, world: World
) -> None:  # promise P22
    director = world.actor(session, "director")
    add_item(session, "hand-hygiene-01", "hand-hygiene-91", pool="exam")
    add_item(session, "hand-hygiene-01", "hand-hygiene-92", program=world.program_id)
    for code in ("hand-hygiene-91", "hand-hygiene-92", "hand-hygiene-01"):
        decide(session, director, code, "correct", erratum=TEXT)

    def codes(login: str) -> list[str]:
        return [one.code for one in errata.list_errata(session, world.actor(session, login))]

    assert codes("student") == ["hand-hygiene-01", "hand-hygiene-92"]
    assert codes("stranger_student") == ["hand-hygiene-01"]
    assert codes("stranger_director") == ["hand-hygiene-01", "hand-hygiene-91"]


def test_a_question_moved_to_the_exams_is_shown_as_it_was_answered(
    session: Session, world: World
) -> None:  # promise P22
    student = world.actor(session, "student")
    code = answered(session, student)
    before = catalogue.current(session).items[code].value
    new_version(session, code, lead_in="What would the exam ask?", pool="exam")
    director = world.actor(session, "director")
    made = decide(session, director, code, "correct", erratum=TEXT, now=LATER)

    page = errata.get_erratum(session, student, made.id)

    assert (page.in_use, page.item.lead_in) == (False, before.lead_in)
