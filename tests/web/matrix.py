"""The ground of the access matrix: people, their objects, an app that forgets every write."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy.orm import Session

from tests.conftest import NOW
from tests.make import HASHER, World, actor_for, make_person
from tests.services.bank_writing import OTHER, make_sound, publish_read
from trainer.app import make_app
from trainer.core import roles
from trainer.services import catalogue
from trainer.services.access import Actor
from trainer.services.accounts.sessions import Browser, open_session
from trainer.services.assignments import make
from trainer.services.bank import decisions, reading, reports
from trainer.services.bank.decisions import Wanted
from trainer.services.bank.states import Act
from trainer.services.cohorts import manage
from trainer.services.practice import answering, sittings
from trainer.services.practice.answering import AnswerForm
from trainer.services.practice.sittings import NEW
from trainer.services.scenarios import playing
from trainer.settings import Settings
from trainer.store.accounts import Person, Program, SignInSession
from trainer.store.assignments import AssignmentTarget
from trainer.store.cohorts import CohortInvite
from trainer.store.practice import Response, Sitting
from trainer.store.session import Sessions

SCENARIO = "flu-patient"
BANK = "infection-control"
ITEM = "hand-hygiene-01"
HELD_ITEM = "breach-first-steps-01"
"""A question in quarantine, by the first decision there is."""


class Forgetful(Session):
    """A session that tries a write and takes it back, so that one database serves every cell."""

    def commit(self) -> None:
        self.flush()
        self.rollback()


@dataclass(frozen=True, slots=True)
class DryRun:
    """Sessions of an app under test that never keeps anything."""

    real: Sessions

    def reading(self) -> Session:
        return self.real.reading()

    def writing(self) -> Session:
        return Forgetful(self.real.engine.execution_options(writes=True), expire_on_commit=False)


@dataclass
class Ground:
    """An app, a cookie for everybody, and ids: `home` of one owner, `away` of another one."""

    app: Flask
    world: World
    sessions: Sessions
    tokens: dict[str, str] = field(default_factory=dict)
    home: dict[str, int] = field(default_factory=dict)
    away: dict[str, int] = field(default_factory=dict)


def build(folder: Path, sessions: Sessions) -> Ground:
    """Everything the matrix needs, made through the services."""
    settings = Settings(
        folder, "sqlite://", "test-key-" * 5, hash_time=HASHER.time_cost,
        hash_memory_kib=HASHER.memory_kib,
    )  # fmt: skip
    app = make_app(settings, DryRun(sessions), lambda: NOW)  # type: ignore[arg-type]
    # Form tokens have tests of their own; here a refusal must come from the access rule.
    app.config.update(WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False, TESTING=True)
    ground = Ground(app, World.build(sessions, NOW), sessions)
    with sessions.transaction() as session:
        _sign_everybody_in(session, ground)
        director = ground.world.actor(session, "director")
        decisions.decide(session, director, HELD_ITEM, Wanted(Act.QUARANTINE, "Wrong."), now=NOW)
        _work(session, ground, ground.home, "student", "instructor", ground.world.cohort_id)
        _work(
            session, ground, ground.away, "other_student", "outside_instructor",
            ground.world.other_cohort_id,
        )  # fmt: skip
        for ids, login in ((ground.home, "student"), (ground.away, "other_student")):
            _report(session, ids, ground.world.actor(session, login), director)
        ids = ground.world.people
        _own_questions(session, ground)
        ground.home |= {"cohort_id": ground.world.cohort_id, "person_id": ids["student"]}
        ground.away |= {"cohort_id": ground.world.other_cohort_id}
        ground.away |= {"person_id": ids["stranger_student"]}
    return ground


def _sign_everybody_in(session: Session, ground: Ground) -> None:
    for login, person_id in ground.world.people.items():
        token = f"token-of-{login}".ljust(43, "-")
        person = session.get_one(Person, person_id)
        open_session(session, person, Browser("test", "test browser"), token, now=NOW)
        ground.tokens[login] = token
    # A second session each, so that ending it leaves the asking one alive.
    for ids, login in ((ground.home, "student"), (ground.away, "other_student")):
        person = session.get_one(Person, ground.world.people[login])
        browser = Browser("test", "second browser")
        opened = open_session(session, person, browser, f"second-{login}", now=NOW)
        ids["session_id"] = opened.id
    assert session.query(SignInSession).count() == len(ground.tokens) + 2


def _work(
    session: Session, ground: Ground, ids: dict[str, int], student: str, staff: str, cohort_id: int
) -> None:
    """A cohort's assignment and code; a student's sitting and plays."""
    teacher = ground.world.actor(session, staff)
    draft = make.Draft("Week 1", "", NOW + timedelta(days=3), (SCENARIO,), (BANK,), 10)
    made = make.assign(session, teacher, cohort_id, draft, f"operation-{staff}", now=NOW)
    ids["assignment_id"] = made.id
    manage.make_invite(session, teacher, cohort_id, 5, f"CODE-{staff}", now=NOW)
    ids["invite_id"] = session.query(CohortInvite.id).filter_by(cohort_id=cohort_id).scalar()
    for target in session.query(AssignmentTarget).filter_by(assignment_id=made.id):
        ids[f"{target.kind}_target"] = target.id
    _practice(session, ids, ground.world.actor(session, student))
    _play(session, ids, ground.world.actor(session, student))


def _practice(session: Session, ids: dict[str, int], student: Actor) -> None:
    """A sitting with its first question answered."""
    found = sittings.start(session, student, sittings.Wanted(NEW), seed="seed", now=NOW)
    assert found is not None
    sitting = session.get_one(Sitting, found)
    item = catalogue.get_version(session, sitting.item_version_id).value
    form = AnswerForm(sitting.step, f"operation-{found}", item.key.id, None)
    answering.answer(session, student, found, form, now=NOW + timedelta(seconds=20))
    assert session.query(Response).filter_by(sitting_id=found).count() == 1
    ids |= {"sitting_id": found, "step": 1}


def _report(session: Session, ids: dict[str, int], student: Actor, director: Actor) -> None:
    """A report on the question answered, and a correction of it."""
    where = reports.place(session, student, ids["sitting_id"], 1)
    form = reports.Report(f"operation-{student.login}", reports.WRONG, "")
    ids["report_id"] = reports.send(session, student, where, form, now=NOW).id
    seen = decisions.standing(session, director, where.code, Act.CORRECT).seen
    told = Wanted(Act.CORRECT, "Fixed.", f"For {student.login}.", "https://www.cdc.gov/x", seen)
    made = decisions.decide(session, director, where.code, told, now=NOW + timedelta(minutes=1))
    ids["decision_id"] = made.id


def _play(session: Session, ids: dict[str, int], student: Actor) -> None:
    """A finished play and an open one."""
    done = playing.start(session, student, SCENARIO, seed="seed", now=NOW)
    scenario = catalogue.current(session).scenarios[SCENARIO].value
    for step, choice in enumerate(scenario.best_path, 1):
        playing.choose(session, student, done.id, step, choice, now=NOW)
    ids["ended_play"] = done.id
    ids["play_id"] = playing.start(session, student, SCENARIO, seed="seed", now=NOW).id


def _own_questions(session: Session, ground: Ground) -> None:
    """In both programs a published question and one that waits for its second reader, written by
    somebody who asks for nothing here."""
    for ids, program_id in _homes(session, ground):
        program = session.get_one(Program, program_id)
        writer = actor_for(session, make_person(session, program, roles.DIRECTOR, now=NOW))
        reader = make_person(session, program, roles.INSTRUCTOR, now=NOW)
        shown = make_sound(session, writer)
        publish_read(session, writer, actor_for(session, reader), shown)
        reader.active = False
        waiting = make_sound(session, writer, **OTHER)
        reading.send(session, writer, waiting.id, waiting.edit, now=NOW)
        ids["draft_id"] = waiting.id


def _homes(session: Session, ground: Ground) -> list[tuple[dict[str, int], int]]:
    stranger = ground.world.actor(session, "stranger_director")
    return [(ground.home, ground.world.program_id), (ground.away, min(stranger.programs))]
