"""The first administrator of an installation. No account exists by default. Source: P33."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core import roles
from trainer.core.errors import Conflict, Invalid
from trainer.core.names import clean_line
from trainer.core.passwords import check_password
from trainer.core.studyday import check_zone
from trainer.services import people
from trainer.services.hashing import Hasher
from trainer.store.accounts import Person, Program, RoleGrant


def is_set_up(session: Session) -> bool:
    """True once there is an administrator."""
    query = select(RoleGrant.id).where(RoleGrant.role == roles.ADMINISTRATOR).limit(1)
    return session.scalar(query) is not None


def issue_set_up_code(session: Session, code: str, *, now: datetime) -> None:
    """Make the code that the first-run page asks for. Raises Conflict when set up already."""
    if is_set_up(session):
        raise Conflict("This installation is set up already.")
    people.issue_code(session, people.SET_UP, None, None, code, now=now)


def set_up(
    session: Session,
    *,
    code: str,
    program_name: str,
    name: str,
    login: str,
    password: str,
    zone: str,
    also_staff: bool,
    hasher: Hasher,
    now: datetime,
) -> Person:
    """Use the one-time code: make the program and its first administrator.

    Raises Conflict when it was done already, Invalid naming a field otherwise.
    """
    if is_set_up(session):
        raise Conflict("This installation is set up already. Please sign in.")
    used = people.find_code(session, people.SET_UP, code, now=now)
    if used is None or is_set_up(session):
        raise Invalid("code", "This code is not valid. Start the trainer again for a new one.")
    title = clean_line(program_name, "program_name", "Program name")
    check_password(password, login=login, name=name)
    person = people.add_person(
        session, login=login, name=name, zone=check_zone(zone),
        password_hash=hasher.hash(password), now=now,
    )  # fmt: skip
    program = Program(name=title, zone=person.zone, created_at=now)
    session.add(program)
    session.flush()
    held = [roles.ADMINISTRATOR, *([roles.INSTRUCTOR, roles.DIRECTOR] if also_staff else [])]
    for role in held:
        people.grant_role(session, person.id, program.id, role, None, now=now)
    used.used_at = now
    return person
