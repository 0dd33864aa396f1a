"""Builders for tests: people, cohorts, browsers that sign in. Made through the services."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from trainer.core import roles
from trainer.services import people
from trainer.services.access import Actor
from trainer.services.accounts import setup
from trainer.services.cohorts import joining
from trainer.services.hashing import Hasher
from trainer.store.accounts import Person, Program, RoleGrant
from trainer.store.cohorts import Cohort, CohortStaff
from trainer.store.session import Sessions

HASHER = Hasher(time_cost=1, memory_kib=8)
PASSWORD = "four plain words here"
PASSWORD_HASH = HASHER.hash(PASSWORD)
ZONE = "America/New_York"
_numbers = count(1)


def make_person(
    session: Session, program: Program, *held: str, now: datetime, name: str = "", login: str = ""
) -> Person:
    """A person who holds these roles in the program."""
    number = next(_numbers)
    person = people.add_person(
        session, login=login or f"person{number}", name=name or f"Person {number}", zone=ZONE,
        password_hash=PASSWORD_HASH, now=now,
    )  # fmt: skip
    for role in held:
        people.grant_role(session, person.id, program.id, role, None, now=now)
    return person


def actor_for(session: Session, person: Person) -> Actor:
    """The person as services know them."""
    session.flush()
    grants = session.query(RoleGrant).filter_by(person_id=person.id)
    return Actor(
        person.id, person.name, person.login, person.zone,
        frozenset((g.program_id, g.role) for g in grants),
    )  # fmt: skip


def make_cohort(
    session: Session, program: Program, *, now: datetime, students: int = 0,
    staff: Person | None = None, name: str = "MA Fall 2026", exam: str = "cma",
) -> tuple[Cohort, list[Person]]:  # fmt: skip
    """A cohort with so many students."""
    cohort = Cohort(program_id=program.id, name=name, exam_code=exam, created_at=now)
    session.add(cohort)
    session.flush()
    if staff is not None:
        session.add(CohortStaff(cohort_id=cohort.id, person_id=staff.id, added_at=now))
    made = [make_person(session, program, roles.STUDENT, now=now) for _ in range(students)]
    for person in made:
        joining.enrol(session, cohort, person, None, now=now)
    return cohort, made


@dataclass
class World:
    """A program with one person of every role, two cohorts and a second program."""

    program_id: int = 0
    cohort_id: int = 0
    other_cohort_id: int = 0
    people: dict[str, int] = field(default_factory=dict)
    """Row ids of: admin, director, instructor, student, other_student, outside_instructor (of
    the other cohort), stranger_director and stranger_student (of another program)."""

    LOGINS = (
        "admin", "director", "instructor", "student", "other_student", "outside_instructor",
        "stranger_director", "stranger_student",
    )  # fmt: skip

    @classmethod
    def build(cls, sessions: Sessions, now: datetime) -> "World":
        """Make it and commit."""
        world = cls()
        with sessions.transaction() as session:
            setup.issue_set_up_code(session, "SET-UP-CODE", now=now)
            admin = setup.set_up(
                session, code="SET-UP-CODE", program_name="Riverbend", name="Ada Admin",
                login="admin", password=PASSWORD, zone=ZONE, also_staff=False, hasher=HASHER,
                now=now,
            )  # fmt: skip
            program = session.query(Program).one()
            stranger = Program(name="Hillside", zone=ZONE, created_at=now)
            session.add(stranger)
            session.flush()
            made = {"admin": admin}
            for login, role, home in (
                ("director", roles.DIRECTOR, program),
                ("instructor", roles.INSTRUCTOR, program),
                ("outside_instructor", roles.INSTRUCTOR, program),
                ("student", roles.STUDENT, program),
                ("other_student", roles.STUDENT, program),
                ("stranger_director", roles.DIRECTOR, stranger),
                ("stranger_student", roles.STUDENT, stranger),
            ):
                name = login.replace("_", " ").title()
                made[login] = make_person(session, home, role, now=now, login=login, name=name)
            cohort, _ = make_cohort(session, program, now=now, staff=made["instructor"])
            other, _ = make_cohort(
                session, program, now=now, staff=made["outside_instructor"], name="MA Spring 2027"
            )
            joining.enrol(session, cohort, made["student"], None, now=now)
            joining.enrol(session, cohort, made["other_student"], None, now=now)
            session.flush()
            world.program_id = program.id
            world.cohort_id, world.other_cohort_id = cohort.id, other.id
            world.people = {login: person.id for login, person in made.items()}
        return world

    def actor(self, session: Session, login: str) -> Actor:
        """One of the people as services know them."""
        return actor_for(session, session.get_one(Person, self.people[login]))


_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Browser:
    """A browser for web tests: keeps cookies, sends the form token of the last page."""

    def __init__(self, app: Flask) -> None:
        self.client: FlaskClient = app.test_client()
        self.token = ""

    def get(self, path: str, **kw: Any) -> TestResponse:
        """Open a page."""
        return self._keep(self.client.get(path, **kw))

    def post(self, path: str, data: dict[str, Any] | None = None, **kw: Any) -> TestResponse:
        """Send a form with the token of the last page."""
        filled = {"csrf_token": self.token, **(data or {})}
        return self._keep(self.client.post(path, data=filled, **kw))

    def follow(self, response: TestResponse) -> TestResponse:
        """Go where a redirect points."""
        assert response.status_code in {302, 303}, response.get_data(as_text=True)[:2000]
        return self.get(response.location)

    def sign_in(self, login: str, password: str = PASSWORD) -> "Browser":
        """Sign in through the page."""
        self.get("/sign-in")
        answer = self.post("/sign-in", {"login": login, "password": password})
        assert answer.status_code == 303, answer.get_data(as_text=True)[:2000]
        # The form token is renewed with the first page that is opened.
        self.get("/account")
        return self

    def _keep(self, response: TestResponse) -> TestResponse:
        found = (
            _TOKEN.search(response.get_data(as_text=True)) if response.is_json is False else None
        )
        if found:
            self.token = found.group(1)
        return response
