"""The people of a program, for its administrator: staff accounts, roles, disabling."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from trainer.core import roles
from trainer.core.errors import Invalid
from trainer.services import access, audit, people
from trainer.services.access import Actor
from trainer.services.accounts.sessions import end_all_sessions
from trainer.store.accounts import Person, RoleGrant


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of the list of people."""

    id: int
    name: str
    login: str
    active: bool
    has_password: bool
    roles: tuple[str, ...]
    is_self: bool


def list_people(session: Session, actor: Actor | None) -> list[PersonRow]:
    """Everybody with a role in the administrator's program, by name. One statement."""
    program = access.program_of_administrator(session, actor)
    me = access.signed_in(actor)
    rows = session.execute(
        select(Person, RoleGrant.role)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(RoleGrant.program_id == program.id)
        .order_by(func.lower(Person.name), Person.id)
    )
    held: dict[int, list[str]] = {}
    found: dict[int, Person] = {}
    for person, role in rows:
        found[person.id] = person
        held.setdefault(person.id, []).append(role)
    return [
        PersonRow(
            p.id, p.name, p.login, p.active, p.password_hash is not None,
            tuple(r for r in roles.ROLES if r in held[p.id]), p.id == me.person_id,
        )
        for p in found.values()
    ]  # fmt: skip


def add_staff(
    session: Session,
    actor: Actor | None,
    *,
    name: str,
    login: str,
    role: str,
    code: str,
    now: datetime,
) -> Person:
    """Make an account for a colleague, who sets the password with the invitation code."""
    program = access.program_of_administrator(session, actor)
    me = access.signed_in(actor)
    if role not in roles.STAFF:
        raise Invalid("role", "Choose instructor, director or administrator.")
    person = people.add_person(
        session, login=login, name=name, zone=program.zone, password_hash=None, now=now
    )
    people.grant_role(session, person.id, program.id, role, me.person_id, now=now)
    people.issue_code(session, people.INVITATION, person.id, me.person_id, code, now=now)
    return person


def set_roles(
    session: Session, actor: Actor | None, person_id: int, wanted: set[str], *, now: datetime
) -> None:
    """Give and take roles; the person signs in anew. Raises Invalid for the last administrator."""
    person = access.get_person(session, actor, person_id)
    program = access.program_of_administrator(session, actor)
    me = access.signed_in(actor)
    if not wanted or not wanted <= set(roles.ROLES):
        raise Invalid("roles", "Choose at least one role.")
    grants = {
        g.role: g
        for g in session.scalars(
            select(RoleGrant).where(
                RoleGrant.person_id == person.id, RoleGrant.program_id == program.id
            )
        )
    }
    if roles.ADMINISTRATOR in set(grants) - wanted:
        _check_another_administrator(session, program.id, person.id)
    for role in sorted(wanted - set(grants)):
        people.grant_role(session, person.id, program.id, role, me.person_id, now=now)
    for role in sorted(set(grants) - wanted):
        session.delete(grants[role])
        audit.record(session, me.person_id, "role.taken", "person", person.id, now=now, role=role)
    if wanted != set(grants):
        end_all_sessions(session, person.id, now=now)


def set_active(
    session: Session, actor: Actor | None, person_id: int, active: bool, *, now: datetime
) -> Person:
    """Disable or enable an account; work already done is kept."""
    person = access.get_person(session, actor, person_id)
    program = access.program_of_administrator(session, actor)
    me = access.signed_in(actor)
    if not active:
        if person.id == me.person_id:
            raise Invalid("person", "You cannot disable your own account.")
        _check_another_administrator(session, program.id, person.id)
    if person.active != active:
        person.active = active
        end_all_sessions(session, person.id, now=now)
        act = "person.enabled" if active else "person.disabled"
        audit.record(session, me.person_id, act, "person", person.id, now=now)
    return person


def _check_another_administrator(session: Session, program_id: int, person_id: int) -> None:
    # Locked in one order: two administrators demoting each other at once wait, not both win.
    others = session.scalars(
        select(RoleGrant)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(
            RoleGrant.program_id == program_id,
            RoleGrant.role == roles.ADMINISTRATOR,
            Person.active.is_(True),
        )
        .order_by(RoleGrant.id)
        .with_for_update()
    ).all()
    if all(grant.person_id == person_id for grant in others):
        raise Invalid("roles", "A program needs an administrator. Name another one first.")
