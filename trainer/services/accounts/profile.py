"""A person's own settings."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.errors import Invalid
from trainer.core.studyday import check_zone
from trainer.services import access, catalogue
from trainer.services.access import Actor
from trainer.store.accounts import Person
from trainer.store.audit import AuditEntry


@dataclass(frozen=True, slots=True)
class Profile:
    """What a person may set for themselves."""

    zone: str
    keys_on: bool
    confidence_on: bool
    exam_code: str | None
    exam_date: date | None
    minutes_a_day: int


@dataclass(frozen=True, slots=True)
class AccountChange:
    """Something that was done to an account, and by whom ("" at the server's console)."""

    at: datetime
    action: str
    by: str
    by_self: bool


# What the owner of an account is told about it later (promise P33).
TOLD: Final = (
    "code.reset", "password.reset", "password.changed", "role.granted", "role.taken",
    "person.disabled", "person.enabled",
)  # fmt: skip


def list_changes(session: Session, actor: Actor | None) -> list[AccountChange]:
    """The last five changes to the actor's own account, the newest first."""
    me = access.signed_in(actor)
    rows = session.execute(
        select(AuditEntry, Person.name)
        .outerjoin(Person, Person.id == AuditEntry.actor_id)
        .where(
            AuditEntry.object_kind == "person",
            AuditEntry.object_id == me.person_id,
            AuditEntry.action.in_(TOLD),
            # Setting up and joining with a code give a role, too; nobody else did that.
            (AuditEntry.action != "role.granted") | AuditEntry.actor_id.is_not(None),
        )
        .order_by(AuditEntry.id.desc())
        .limit(5)
    )
    return [
        AccountChange(entry.at, entry.action, name or "", entry.actor_id == me.person_id)
        for entry, name in rows
    ]


def get_profile(session: Session, actor: Actor | None) -> Profile:
    """The actor's present settings."""
    person = session.get_one(Person, access.signed_in(actor).person_id)
    return Profile(
        person.zone, person.keys_on, person.confidence_on,
        person.exam_code, person.exam_date, person.minutes_a_day,
    )  # fmt: skip


def set_profile(session: Session, actor: Actor | None, wanted: Profile, *, now: datetime) -> None:
    """Change the actor's settings. Raises Invalid naming the field."""
    person = session.get_one(Person, access.signed_in(actor).person_id)
    if not 10 <= wanted.minutes_a_day <= 90:
        raise Invalid("minutes_a_day", "Choose from 10 to 90 minutes.")
    zone = check_zone(wanted.zone)
    exams = (None, person.exam_code, *catalogue.current(session).exams)
    if wanted.exam_code not in exams:
        raise Invalid("exam_code", "Choose one of the exams, or none yet.")
    if wanted.exam_date is not None and wanted.exam_date != person.exam_date:
        # Today is the person's own, and a day that has passed may stay when the rest is changed.
        today = now.astimezone(ZoneInfo(zone)).date()
        if not 0 <= (wanted.exam_date - today).days <= 1000:
            raise Invalid("exam_date", "Give a day from today on, within the next three years.")
    person.zone = zone
    person.keys_on = wanted.keys_on
    person.confidence_on = wanted.confidence_on
    person.exam_code = wanted.exam_code
    person.exam_date = wanted.exam_date
    person.minutes_a_day = wanted.minutes_a_day
