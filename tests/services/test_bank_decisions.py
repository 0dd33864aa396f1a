"""Decisions about questions: what they change, who makes them, and how fast they count.

Promise P25: a question that staff stop is not drawn any more, in this process and in others.
"""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.conftest import NOW
from tests.make import World
from tests.services.bank_items import add_item, decide, new_version
from tests.services.practicing import Learner, at_once
from trainer.content.bundle import Bundle
from trainer.core.errors import Conflict, Invalid, NotFound
from trainer.services import catalogue
from trainer.services.bank import decisions, item_page
from trainer.services.bank.decisions import Wanted
from trainer.services.bank.states import Act, State
from trainer.store.audit import AuditEntry
from trainer.store.bank import ContentDecision
from trainer.store.base import AppendOnlyError
from trainer.store.session import Sessions, make_engine

ITEM = "hand-hygiene-01"


def state(session: Session, world: World, code: str = ITEM) -> State:
    return item_page.get_page(session, world.actor(session, "director"), code).state


@pytest.fixture
def elsewhere(sessions: Sessions) -> Iterator[Sessions]:
    """Another process on the same database: an engine, and with it a cache, of its own."""
    url = sessions.engine.url.render_as_string(hide_password=False)
    other = Sessions(make_engine(url))
    yield other
    other.engine.dispose()


def drawn_by(sessions: Sessions, code: str = ITEM) -> bool:
    """Whether a new request of this process could draw the question."""
    session = sessions.reading()
    try:
        known = catalogue.current(session)
        concept = code.rpartition("-")[0]
        return code in {one.code for one in known.items_of(concept)}
    finally:
        session.close()


def stopped_everywhere(sessions: Sessions, elsewhere: Sessions, world: World) -> bool:
    """Quarantine while both processes hold the catalogue; whether neither draws it after that."""
    assert drawn_by(sessions)
    assert drawn_by(elsewhere)
    with sessions.transaction() as session:
        decide(session, world.actor(session, "instructor"), ITEM, "quarantine")
    return not drawn_by(sessions) and not drawn_by(elsewhere)


def test_a_quarantined_question_is_not_drawn_by_the_next_request_of_any_process(
    sessions: Sessions, elsewhere: Sessions, world: World
) -> None:
    assert stopped_everywhere(sessions, elsewhere, world)


def test_a_process_that_is_not_told_would_be_seen(
    sessions: Sessions, elsewhere: Sessions, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "changed", lambda session: session.flush())

    assert not stopped_everywhere(sessions, elsewhere, world)


def test_within_one_request_it_is_gone_at_once(session: Session, world: World) -> None:
    assert ITEM in catalogue.current(session).items

    decide(session, world.actor(session, "instructor"), ITEM, "quarantine")

    assert ITEM not in catalogue.current(session).items


def test_a_question_goes_out_and_comes_back(session: Session, world: World) -> None:
    director = world.actor(session, "director")
    seen = []
    for act in ("quarantine", "release", "retire", "release", "quarantine", "retire"):
        decide(session, director, ITEM, act, reason=f"{act}.")
        seen.append((state(session, world), ITEM in catalogue.current(session).items))

    assert seen == [
        ("quarantined", False), ("in-use", True), ("retired", False), ("in-use", True),
        ("quarantined", False), ("retired", False),
    ]  # fmt: skip
    page = item_page.get_page(session, director, ITEM)
    assert [one.act for one in page.decisions] == [
        "retire", "quarantine", "release", "retire", "release", "quarantine"
    ]  # fmt: skip
    acts = session.scalars(select(AuditEntry.action).where(AuditEntry.object_kind == "decision"))
    assert len(list(acts)) == 6


@pytest.mark.parametrize(
    ("before", "act"),
    [
        ([], "release"), (["quarantine"], "quarantine"), (["retire"], "retire"),
        (["retire"], "quarantine"),
    ],
)  # fmt: skip
def test_what_is_done_already_is_a_conflict_in_words(
    session: Session, world: World, before: list[str], act: str
) -> None:
    director = world.actor(session, "director")
    for one in before:
        decide(session, director, ITEM, one)

    with pytest.raises(Conflict, match="This question is"):
        decide(session, director, ITEM, act, reason="Another reason.")


def test_the_same_form_twice_is_one_decision(sessions: Sessions, world: World) -> None:
    wanted = Wanted(Act.CORRECT, "Why.", "It is 20 seconds.", "https://www.cdc.gov/x")

    def act(session: Session) -> int:
        director = world.actor(session, "director")
        return decisions.decide(session, director, ITEM, wanted, now=NOW).id

    assert len(set(at_once(sessions, act))) == 1
    with sessions.reading() as session:
        assert session.scalar(select(func.count()).select_from(ContentDecision)) == 1


def test_a_decision_made_on_an_old_page_is_refused(session: Session, world: World) -> None:
    director = world.actor(session, "director")
    decide(session, director, ITEM, "quarantine")
    decide(session, director, ITEM, "retire")

    with pytest.raises(Conflict, match="meanwhile"):
        decisions.decide(session, director, ITEM, Wanted(Act.RELEASE, "Fine.", seen=0), now=NOW)


@pytest.mark.parametrize(
    ("act", "change", "field"),
    [
        ("quarantine", {"reason": "  "}, "reason"),
        ("quarantine", {"reason": "x" * 2001}, "reason"),
        ("quarantine", {"reason": "a\x00b"}, "reason"),
        ("correct", {"erratum": ""}, "erratum"),
        ("retire", {"source_url": ""}, "source_url"),
        ("retire", {"source_url": "http://www.cdc.gov"}, "source_url"),
        ("retire", {"source_url": "javascript:alert(1)"}, "source_url"),
        ("retire", {"source_url": "https://"}, "source_url"),
        ("retire", {"source_url": "https://localhost/x"}, "source_url"),
        ("retire", {"source_url": "https://www.cdc.gov@evil.example"}, "source_url"),
        ("retire", {"source_url": "https://[::1"}, "source_url"),
        ("retire", {"source_url": "https://www.cdc.gov/a b"}, "source_url"),
        ("retire", {"source_url": "https://www.cdc.gov/\u202e"}, "source_url"),
        ("retire", {"source_url": "https://www.cdc.gov/\r\nx"}, "source_url"),
        ("retire", {"source_url": "https://www.cdc.gov/" + "x" * 400}, "source_url"),
    ],
)
def test_a_decision_that_does_not_hold_names_its_field_and_changes_nothing(
    session: Session, world: World, act: str, change: dict[str, str], field: str
) -> None:
    wanted = Wanted(Act(act), "Why.", "What is right.", "https://www.cdc.gov/x")

    with pytest.raises(Invalid) as refused:
        decisions.decide(
            session, world.actor(session, "director"), ITEM, replace(wanted, **change), now=NOW
        )

    assert refused.value.field == field
    assert state(session, world) == State.IN_USE


@pytest.mark.parametrize("act", ["release", "retire", "correct"])
def test_an_instructor_stops_what_came_with_the_files_and_settles_nothing(
    session: Session, world: World, act: str
) -> None:
    instructor = world.actor(session, "instructor")
    decide(session, instructor, ITEM, "quarantine")

    with pytest.raises(NotFound):
        decide(session, instructor, ITEM, act, erratum="x" if act == "correct" else "")
    decide(session, world.actor(session, "admin"), ITEM, "release")


def test_a_programs_own_question_is_decided_on_by_its_staff_alone(
    session: Session, world: World
) -> None:
    add_item(session, ITEM, "own-question-01", program=world.program_id)
    instructor, stranger = (world.actor(session, n) for n in ("instructor", "stranger_director"))

    for act in ("quarantine", "release", "retire"):
        with pytest.raises(NotFound):
            decide(session, stranger, "own-question-01", act)
        decide(session, instructor, "own-question-01", act)

    with pytest.raises(NotFound):
        item_page.get_page(session, stranger, "own-question-01")


def test_students_decide_nothing(session: Session, world: World) -> None:
    for login in ("student", "stranger_student"):
        with pytest.raises(NotFound):
            decide(session, world.actor(session, login), ITEM, "quarantine")


def test_decisions_cannot_be_changed(session: Session, world: World) -> None:
    made = decide(session, world.actor(session, "director"), ITEM, "quarantine")
    made.reason = "Another one."

    with pytest.raises(AppendOnlyError):
        session.flush()


def test_the_files_do_not_bring_back_what_staff_retired(
    session: Session, world: World, bundle: Bundle
) -> None:
    director = world.actor(session, "director")
    decide(session, director, ITEM, "retire")

    assert catalogue.sync(session, bundle, now=NOW) == []
    assert state(session, world) == State.RETIRED
    decide(session, director, ITEM, "release")
    assert ITEM in catalogue.current(session).items


def test_a_new_version_of_a_stopped_question_waits_for_its_release(
    session: Session, world: World, bundle: Bundle
) -> None:
    decide(session, world.actor(session, "director"), ITEM, "quarantine")
    better = replace(bundle.items[ITEM], lead_in="What comes first, then?")

    made = catalogue.sync(session, replace(bundle, items={**bundle.items, ITEM: better}), now=NOW)

    assert [action.name for action in made] == ["new_version"]
    assert state(session, world) == State.QUARANTINED


def test_an_open_question_is_withheld_until_it_is_released(session: Session, world: World) -> None:
    learner = Learner(session, world.actor(session, "student"))
    learner.start("bank", bank="infection-control", questions=5)
    pinned = learner.item()
    director = world.actor(session, "director")

    decide(session, director, pinned.code, "quarantine")
    assert catalogue.current(session).is_withheld(pinned)
    assert learner.question().withdrawn
    with pytest.raises(Conflict):
        learner.answer(chosen="a")
    decide(session, director, pinned.code, "release")

    assert not learner.question().withdrawn
    learner.answer()


def test_the_wrong_version_stays_withheld_when_a_better_one_is_released(
    session: Session, world: World
) -> None:
    learner = Learner(session, world.actor(session, "student"))
    learner.start("bank", bank="infection-control", questions=5)
    pinned = learner.item()
    director = world.actor(session, "director")
    decide(session, director, pinned.code, "quarantine")
    better = new_version(session, pinned.code, lead_in="What comes first, then?")
    decide(session, director, pinned.code, "release")

    known = catalogue.current(session)
    assert known.items[pinned.code].version_id == better
    assert known.is_withheld(pinned)
    assert learner.question().withdrawn
