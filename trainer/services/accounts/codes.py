"""Codes handed over in person: resetting a password, taking up an invitation. Source: P33."""

from datetime import datetime

from sqlalchemy.orm import Session

from trainer.core.errors import Invalid
from trainer.core.passwords import check_password
from trainer.services import access, audit, people
from trainer.services.access import Actor
from trainer.services.accounts.sessions import Browser, end_all_sessions
from trainer.services.hashing import Hasher
from trainer.services.limits import account_key, check_limits, note_try
from trainer.store.accounts import OneTimeCode, Person


def issue_reset_code(
    session: Session, actor: Actor | None, person_id: int, code: str, *, now: datetime
) -> Person:
    """An administrator makes a code that the person types within ten minutes."""
    person = access.get_person(session, actor, person_id)
    me = access.signed_in(actor)
    people.issue_code(session, people.RESET, person.id, me.person_id, code, now=now)
    return person


def reset_password(
    session: Session,
    *,
    login: str,
    code: str,
    password: str,
    browser: Browser,
    hasher: Hasher,
    now: datetime,
) -> Person | None:
    """Set a new password with a code. None when login and code do not fit; counted as a try.

    Raises TooMany over the limit, Invalid for an unacceptable password. Ends all sessions.
    """
    key = "reset:" + account_key(login)
    check_limits(session, key, browser.network, now=now)
    found = _fitting_code(session, login, code, now=now)
    note_try(session, key, browser.network, found is not None, now=now)
    if found is None:
        return None
    used, person = found
    check_password(password, login=person.login, name=person.name)
    person.password_hash = hasher.hash(password)
    used.used_at = now
    end_all_sessions(session, person.id, now=now)
    audit.record(session, person.id, "password.reset", "person", person.id, now=now)
    return person


def _fitting_code(
    session: Session, login: str, code: str, *, now: datetime
) -> tuple[OneTimeCode, Person] | None:
    used = people.find_code(session, people.RESET, code, now=now)
    if used is None or used.person_id is None:
        return None
    person = session.get_one(Person, used.person_id)
    if person.login != login.strip().lower() or not person.active:
        return None
    return used, person


def accept_invitation(
    session: Session,
    *,
    code: str,
    password: str,
    browser: Browser,
    hasher: Hasher,
    now: datetime,
) -> Person | None:
    """A person from a roster sets the first password. None when the code is not valid."""
    check_limits(session, "invitation", browser.network, now=now)
    used = people.find_code(session, people.INVITATION, code, now=now)
    if used is None or used.person_id is None:
        note_try(session, "invitation", browser.network, False, now=now)
        return None
    person = session.get_one(Person, used.person_id)
    if person.password_hash is not None or not person.active:
        raise Invalid("code", people.BAD_CODE)
    check_password(password, login=person.login, name=person.name)
    person.password_hash = hasher.hash(password)
    used.used_at = now
    return person
