"""Adding people and handing out one-time codes; shared by accounts and cohorts."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from trainer.core.errors import Invalid
from trainer.core.names import MAX_NAME, clean_line, clean_login
from trainer.services import audit
from trainer.services.hashing import code_hash
from trainer.store.accounts import OneTimeCode, Person, RoleGrant

SET_UP: Final = "set_up"
RESET: Final = "reset"
INVITATION: Final = "invitation"
LASTS: Final = {
    SET_UP: timedelta(minutes=30),
    RESET: timedelta(minutes=10),
    INVITATION: timedelta(days=7),
}
BAD_CODE: Final = "This code does not work. Check each letter, or ask for a new code."


def add_person(
    session: Session,
    *,
    login: str,
    name: str,
    zone: str,
    password_hash: str | None,
    now: datetime,
) -> Person:
    """A new person without a role. Raises Invalid when the sign-in name is taken or unusable."""
    key = clean_login(login)
    shown = clean_line(name, "name", "Name", MAX_NAME)
    if session.scalar(select(Person.id).where(Person.login == key)) is not None:
        raise Invalid("login", f"The sign-in name {key} is taken. Please choose another.")
    person = Person(
        login=key, name=shown, zone=zone, password_hash=password_hash, created_at=now,
        active=True, keys_on=True, confidence_on=True, minutes_a_day=25,
    )  # fmt: skip
    session.add(person)
    session.flush()
    return person


def grant_role(
    session: Session,
    person_id: int,
    program_id: int,
    role: str,
    by: int | None,
    *,
    now: datetime,
) -> bool:
    """Give a role; False when it was held already. Written to the record."""
    held = select(RoleGrant.id).where(
        RoleGrant.person_id == person_id,
        RoleGrant.program_id == program_id,
        RoleGrant.role == role,
    )
    if session.scalar(held) is not None:
        return False
    session.add(
        RoleGrant(
            person_id=person_id, program_id=program_id, role=role, granted_at=now, granted_by=by
        )
    )
    audit.record(session, by, "role.granted", "person", person_id, now=now, role=role)
    return True


def issue_code(
    session: Session,
    purpose: str,
    person_id: int | None,
    created_by: int | None,
    code: str,
    *,
    now: datetime,
) -> OneTimeCode:
    """Keep the hash of a fresh code; earlier codes of the same purpose and person end."""
    session.execute(
        update(OneTimeCode)
        .where(
            OneTimeCode.purpose == purpose,
            OneTimeCode.person_id == person_id
            if person_id is not None
            else OneTimeCode.person_id.is_(None),
            OneTimeCode.used_at.is_(None),
        )
        .values(used_at=now)
    )
    issued = OneTimeCode(
        purpose=purpose,
        code_hash=code_hash(code),
        person_id=person_id,
        created_by=created_by,
        created_at=now,
        expires_at=now + LASTS[purpose],
    )
    session.add(issued)
    session.flush()
    audit.record(session, created_by, f"code.{purpose}", "person", person_id, now=now)
    return issued


def find_code(session: Session, purpose: str, code: str, *, now: datetime) -> OneTimeCode | None:
    """The unused, unexpired code of this purpose, locked so that it is used once."""
    found = session.scalar(
        select(OneTimeCode)
        .where(OneTimeCode.code_hash == code_hash(code), OneTimeCode.purpose == purpose)
        .with_for_update()
    )
    if found is None or found.used_at is not None or found.expires_at <= now:
        return None
    return found
