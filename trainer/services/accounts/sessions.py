"""Signing in and out. Sessions live in the database and can be ended. Source: P31, P32."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from trainer.core.errors import Invalid, NotFound
from trainer.core.passwords import check_password as acceptable
from trainer.services import audit
from trainer.services.access import Actor, signed_in
from trainer.services.hashing import Hasher, token_hash
from trainer.services.limits import account_key, check_limits, note_try
from trainer.store.accounts import Person, RoleGrant, SignInSession
from trainer.store.base import table_of

LASTS = timedelta(days=14)
IDLE = timedelta(hours=12)
TOUCH_EVERY = timedelta(minutes=5)
_OPENED, _WHO, _HELD = table_of(SignInSession).c, table_of(Person).c, table_of(RoleGrant).c
# Every request begins with it: built once, and values only instead of whole rows.
_HOLDER = (
    select(
        _OPENED.id.label("session_id"), _OPENED.last_seen_at, _OPENED.expires_at,
        _OPENED.ended_at, _WHO.id, _WHO.name, _WHO.login, _WHO.zone, _WHO.active,
        _WHO.keys_on, _WHO.confidence_on, _HELD.program_id, _HELD.role,
    )
    .join_from(table_of(SignInSession), table_of(Person), _WHO.id == _OPENED.person_id)
    .outerjoin(table_of(RoleGrant), _HELD.person_id == _WHO.id)
    .where(_OPENED.token_hash == bindparam("token_hash"))
)  # fmt: skip
WRONG = "This sign-in name and password do not fit together."


@dataclass(frozen=True, slots=True)
class Browser:
    """Where a request comes from, as far as it is kept."""

    network: str
    description: str


@dataclass(frozen=True, slots=True)
class OwnSession:
    """One of a person's signed-in browsers, for the account page."""

    id: int
    browser: str
    started_at: datetime
    last_seen_at: datetime
    is_current: bool


def check_password(
    session: Session,
    login: str,
    password: str,
    browser: Browser,
    hasher: Hasher,
    *,
    now: datetime,
) -> Person | None:
    """The person who signs in with these, or None. Notes the try; raises TooMany over a limit.

    Unknown people, people without a password and people who were disabled cost the same time.
    """
    key = account_key(login)
    check_limits(session, key, browser.network, now=now)
    person = session.scalar(select(Person).where(Person.login == key))
    usable = person if person is not None and person.active else None
    fits = hasher.verify(usable.password_hash if usable else None, password)
    note_try(session, key, browser.network, fits, now=now)
    return usable if fits else None


def open_session(
    session: Session, person: Person, browser: Browser, token: str, *, now: datetime
) -> SignInSession:
    """Start a session under a fresh token; whatever token the browser had before is not used."""
    opened = SignInSession(
        person_id=person.id,
        token_hash=token_hash(token),
        started_at=now,
        last_seen_at=now,
        expires_at=now + LASTS,
        browser=browser.description[:200],
    )
    session.add(opened)
    session.flush()
    audit.record(session, person.id, "signed_in", "person", person.id, now=now)
    return opened


def open_session_of(
    session: Session, person_id: int, browser: Browser, token: str, *, now: datetime
) -> None:
    """Start a session for the person of this id; for sign-in links of the demo."""
    open_session(session, session.get_one(Person, person_id), browser, token, now=now)


def find_actor(session: Session, token: str, *, now: datetime) -> Actor | None:
    """Who holds this token now. One statement; None when it is unknown, ended or too old."""
    rows = session.execute(_HOLDER, {"token_hash": token_hash(token)}).all()
    if not rows:
        return None
    first = rows[0]
    over = first.ended_at is not None or first.expires_at <= now
    if over or first.last_seen_at <= now - IDLE or not first.active:
        return None
    return Actor(
        person_id=first.id,
        name=first.name,
        login=first.login,
        zone=first.zone,
        grants=frozenset((row.program_id, row.role) for row in rows if row.role is not None),
        session_id=first.session_id,
        keys_on=first.keys_on,
        confidence_on=first.confidence_on,
        seen_at=first.last_seen_at,
    )


def touch(session: Session, session_id: int, *, now: datetime) -> None:
    """Note that a session is in use; called at most every few minutes."""
    session.execute(
        update(SignInSession).where(SignInSession.id == session_id).values(last_seen_at=now)
    )


def needs_touch(actor: Actor, *, now: datetime) -> bool:
    """True when the session's last use was noted long enough ago."""
    return actor.seen_at is not None and actor.seen_at <= now - TOUCH_EVERY


def end_session(session: Session, actor: Actor | None, session_id: int, *, now: datetime) -> None:
    """End one of the actor's own sessions. Raises NotFound for anybody else's."""
    me = signed_in(actor)
    opened = session.get(SignInSession, session_id)
    if opened is None or opened.person_id != me.person_id or opened.ended_at is not None:
        raise NotFound
    opened.ended_at = now


def end_all_sessions(
    session: Session, person_id: int, *, now: datetime, keep: int | None = None
) -> None:
    """End every session of a person, after a reset, a role change or a disabling."""
    session.execute(
        update(SignInSession)
        .where(
            SignInSession.person_id == person_id,
            SignInSession.ended_at.is_(None),
            SignInSession.id != (keep or 0),
        )
        .values(ended_at=now)
    )


def list_sessions(session: Session, actor: Actor | None, *, now: datetime) -> list[OwnSession]:
    """The actor's own open sessions, newest use first."""
    me = signed_in(actor)
    found = session.scalars(
        select(SignInSession)
        .where(
            SignInSession.person_id == me.person_id,
            SignInSession.ended_at.is_(None),
            SignInSession.expires_at > now,
            SignInSession.last_seen_at > now - IDLE,
        )
        .order_by(SignInSession.last_seen_at.desc())
    )
    return [
        OwnSession(s.id, s.browser, s.started_at, s.last_seen_at, s.id == me.session_id)
        for s in found
    ]


def change_password(
    session: Session,
    actor: Actor | None,
    old: str,
    new: str,
    browser: Browser,
    hasher: Hasher,
    *,
    now: datetime,
) -> None:
    """Set a new password for oneself and end all other sessions."""
    me = signed_in(actor)
    person = session.get_one(Person, me.person_id)
    check_limits(session, me.login, browser.network, now=now)
    if not hasher.verify(person.password_hash, old):
        note_try(session, me.login, browser.network, False, now=now)
        raise Invalid("old_password", "This is not your present password.")
    acceptable(new, login=person.login, name=person.name, field="new_password")
    person.password_hash = hasher.hash(new)
    end_all_sessions(session, person.id, now=now, keep=me.session_id)
    audit.record(session, me.person_id, "password.changed", "person", me.person_id, now=now)
