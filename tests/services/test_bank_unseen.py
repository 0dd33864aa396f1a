"""What is kept for exams, stopped, retired, or another program's own stays unseen. Promise P22.

A concept of its own with one question shows every way into practice: if the question is hidden,
the concept is not planned, counted, assigned or asked.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.conftest import NOW
from tests.make import World
from tests.services.bank_items import add_item, decide
from tests.services.practicing import Learner
from trainer.content.payload import digest, to_payload
from trainer.services import catalogue
from trainer.services.assignments import make
from trainer.services.catalogue import Catalogue
from trainer.services.practice import planning
from trainer.services.practice import today as plans
from trainer.store.catalogue import CatalogueEntry, CatalogueVersion

CODE, CONCEPT = "secret-idea-01", "secret-idea"
Hide = Callable[[Session, World], None]


def add_concept(session: Session) -> None:
    """An idea in a bank of its own, so that its counts are those of its one question."""
    known = catalogue.current(session).concepts["hand-hygiene"]
    concept = replace(known, code=CONCEPT, name="Secret idea", bank="secret-bank", prerequisites=())
    payload = to_payload(concept)
    version = CatalogueVersion(
        kind="concept", code=CONCEPT, version=1, sha256=digest(payload), payload=payload,
        added_at=NOW,
    )  # fmt: skip
    session.add(version)
    session.flush()
    session.add(CatalogueEntry(kind="concept", code=CONCEPT, version_id=version.id))
    catalogue.changed(session)


def add(session: Session, **change: Any) -> None:
    add_item(session, "hand-hygiene-01", CODE, concept=CONCEPT, bank="secret-bank", **change)


def exams_only(session: Session, world: World) -> None:
    add(session, pool="exam")


def quarantined(session: Session, world: World) -> None:
    add(session)
    decide(session, world.actor(session, "director"), CODE, "quarantine")


def retired(session: Session, world: World) -> None:
    add(session)
    decide(session, world.actor(session, "director"), CODE, "retire")


def foreign(session: Session, world: World) -> None:
    (program,) = world.actor(session, "stranger_director").programs
    add(session, program=program)


def shows(session: Session, world: World) -> list[str]:
    """The places at which the hidden question can be noticed by a student or in an assignment."""
    student = world.actor(session, "student")
    known = catalogue.current(session, student.programs)
    found = ["planning"] if CONCEPT in planning.usable(known) else []
    found += ["variants"] if planning.variants_of([CONCEPT], known)[CONCEPT] else []
    banks = plans.list_banks(session, student, now=NOW)
    found += ["list of banks"] if "secret-bank" in {bank.code for bank in banks} else []
    choices = {choice.code: choice.detail for choice in make.list_banks(session)}
    if "0 questions" not in choices.get("secret-bank", "0 questions"):
        found.append("counts of assignments")
    draft = make.Draft("Week", "", NOW + timedelta(days=1), (), ("secret-bank", "vital-signs"), 5)
    if CONCEPT in make._practice_target(catalogue.current(session), draft).concepts:
        found.append("assignment")
    return found


def asked(session: Session, world: World) -> list[str]:
    """The kinds of practice that ask the hidden question."""
    learner = Learner(session, world.actor(session, "student"))
    learner.give_card(CONCEPT)
    found = []
    for wanted in (
        {"kind": "review"}, {"kind": "bank", "bank": "secret-bank", "questions": 5},
    ):  # fmt: skip
        if learner.start(**wanted) and learner.item().code == CODE:
            found.append(wanted["kind"])
    return found


@pytest.mark.parametrize("hide", [exams_only, quarantined, retired, foreign])
def test_a_hidden_question_shows_nowhere_in_practice_and_assignments(
    session: Session, world: World, hide: Hide
) -> None:
    add_concept(session)
    hide(session, world)

    assert shows(session, world) + asked(session, world) == []


def test_one_in_use_shows_everywhere_so_the_check_sees_something(
    session: Session, world: World
) -> None:
    add_concept(session)
    add(session)

    assert shows(session, world) + asked(session, world) == [
        "planning", "variants", "list of banks", "counts of assignments", "assignment", "review",
        "bank",
    ]  # fmt: skip


def _leaky_items_of(self: Catalogue, concept: str) -> list[Any]:
    """A planted fault: draws from whatever there is, of any pool, state and program."""
    sources = [self.items, self.withheld, *self.local.values()]
    every = {code: one for source in sources for code, one in source.items()}
    return [one for _, one in sorted(every.items()) if one.value.concept == concept]


@pytest.mark.parametrize("hide", [exams_only, quarantined, retired, foreign])
def test_a_catalogue_that_hands_out_everything_is_noticed(
    session: Session, world: World, hide: Hide, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_concept(session)
    hide(session, world)
    monkeypatch.setattr(Catalogue, "items_of", _leaky_items_of)

    assert "planning" in shows(session, world)
