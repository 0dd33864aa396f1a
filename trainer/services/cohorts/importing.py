"""Bringing a class list in: preview with problems by line, then all of it or nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.content.formats.roster_csv import (
    Roster,
    RosterProblem,
    RosterRow,
    read_bytes,
    read_roster,
)
from trainer.core import roles
from trainer.core.errors import Invalid
from trainer.services import access, audit, people
from trainer.services.access import Actor
from trainer.services.cohorts.joining import enrol
from trainer.store.accounts import Person, Program


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """A personal invitation, shown once to be printed and handed over."""

    name: str
    login: str
    code: str


def read_file(data: bytes) -> str:
    """The text of an uploaded list. Raises Invalid for anything that is not plain CSV text."""
    return read_bytes(data)


def preview(session: Session, actor: Actor | None, cohort_id: int, text: str) -> Roster:
    """The list as read, with what is wrong in the file and against the people there are."""
    access.get_cohort(session, actor, cohort_id)
    read = read_roster(text)
    taken = _taken(session, read.rows)
    problems = [
        RosterProblem(row.line, f"The sign-in name {row.login} is taken by somebody.")
        for row in read.rows
        if row.login in taken
    ]
    return Roster(
        read.rows, tuple(sorted([*read.problems, *problems], key=lambda problem: problem.line))
    )


def _taken(session: Session, rows: tuple[RosterRow, ...]) -> frozenset[str]:
    logins = [row.login for row in rows]
    return frozenset(session.scalars(select(Person.login).where(Person.login.in_(logins))))


def import_roster(
    session: Session,
    actor: Actor | None,
    cohort_id: int,
    text: str,
    new_code: Callable[[], str],
    *,
    now: datetime,
) -> list[IssuedCode]:
    """Make an account and a seven-day invitation for everybody on the list, or for nobody.

    Raises Invalid when a single line has a problem.
    """
    cohort = access.get_cohort(session, actor, cohort_id)
    me = access.signed_in(actor)
    checked = preview(session, actor, cohort_id, text)
    if checked.problems:
        raise Invalid("text", "The list needs a change first. Nothing was imported.")
    program = session.get_one(Program, cohort.program_id)
    issued = []
    for row in checked.rows:
        person = people.add_person(
            session, login=row.login, name=row.name, zone=program.zone, password_hash=None, now=now
        )
        people.grant_role(session, person.id, program.id, roles.STUDENT, me.person_id, now=now)
        enrol(session, cohort, person, me.person_id, now=now)
        code = new_code()
        people.issue_code(session, people.INVITATION, person.id, me.person_id, code, now=now)
        issued.append(IssuedCode(person.name, person.login, code))
    audit.record(
        session, me.person_id, "roster.imported", "cohort", cohort.id, now=now, people=len(issued)
    )
    return issued
