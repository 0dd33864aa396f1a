"""What the person at the server may do without signing in: whoever reads the database may."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.errors import Invalid
from trainer.services import people
from trainer.store.accounts import Person, RoleGrant


@dataclass(frozen=True, slots=True)
class Somebody:
    """One person with their roles."""

    login: str
    name: str
    active: bool
    roles: tuple[str, ...]


def issue_reset_code(session: Session, login: str, code: str, *, now: datetime) -> None:
    """A reset code for anybody. Raises Invalid for an unknown sign-in name."""
    person = session.scalar(select(Person).where(Person.login == login.strip().lower()))
    if person is None:
        raise Invalid("login", f"Nobody signs in as {login!r}. See: trainer user list.")
    people.issue_code(session, people.RESET, person.id, None, code, now=now)


def list_everybody(session: Session) -> list[Somebody]:
    """All people by sign-in name. One statement."""
    rows = session.execute(
        select(Person, RoleGrant.role)
        .outerjoin(RoleGrant, RoleGrant.person_id == Person.id)
        .order_by(Person.login, RoleGrant.role)
    ).all()
    held: dict[int, list[str]] = {}
    for person, role in rows:
        held.setdefault(person.id, []).append(role or "no role")
    seen = {person.id: person for person, _ in rows}
    return [Somebody(p.login, p.name, p.active, tuple(held[i])) for i, p in seen.items()]
