"""How students come into a cohort by a code. Source: promise P33, bad input G/D19."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from trainer.core import roles
from trainer.core.errors import Invalid
from trainer.core.passwords import check_password
from trainer.services import access, audit, limits, people
from trainer.services.access import Actor
from trainer.services.hashing import Hasher, code_hash
from trainer.store.accounts import OneTimeCode, Person, Program
from trainer.store.cohorts import Cohort, CohortInvite, Enrolment


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a code is for: a class, or one person from a roster."""

    personal: bool
    cohort_name: str
    person_name: str
    login: str


def look_up(session: Session, code: str, network: str, *, now: datetime) -> Invitation | None:
    """What the code opens, without using it. None when it is not valid; counted as a try."""
    limits.check_limits(session, "invitation", network, now=now)
    found = _find_invite(session, code, now=now)
    if found is not None:
        return Invitation(False, session.get_one(Cohort, found.cohort_id).name, "", "")
    personal = session.scalar(
        select(Person)
        .join(OneTimeCode, OneTimeCode.person_id == Person.id)
        .where(
            OneTimeCode.code_hash == code_hash(code),
            OneTimeCode.purpose == people.INVITATION,
            OneTimeCode.used_at.is_(None),
            OneTimeCode.expires_at > now,
            Person.password_hash.is_(None),
            Person.active.is_(True),
        )
    )
    if personal is not None:
        return Invitation(True, "", personal.name, personal.login)
    limits.note_try(session, "invitation", network, False, now=now)
    return None


def _find_invite(session: Session, code: str, *, now: datetime) -> CohortInvite | None:
    return session.scalar(
        select(CohortInvite)
        .join(Cohort, Cohort.id == CohortInvite.cohort_id)
        .where(
            CohortInvite.code_hash == code_hash(code),
            CohortInvite.ended_at.is_(None),
            CohortInvite.expires_at > now,
            CohortInvite.used < CohortInvite.seats,
            Cohort.archived_at.is_(None),
        )
    )


def join(
    session: Session,
    *,
    code: str,
    name: str,
    login: str,
    password: str,
    hasher: Hasher,
    now: datetime,
) -> Person:
    """A new student takes a seat. Raises Invalid naming the field."""
    cohort = _take_seat(session, code, now=now)
    check_password(password, login=login, name=name)
    program = session.get_one(Program, cohort.program_id)
    person = people.add_person(
        session, login=login, name=name, zone=program.zone,
        password_hash=hasher.hash(password), now=now,
    )  # fmt: skip
    people.grant_role(session, person.id, program.id, roles.STUDENT, None, now=now)
    enrol(session, cohort, person, person.id, now=now)
    return person


def join_as(session: Session, actor: Actor | None, code: str, *, now: datetime) -> Cohort:
    """Somebody who has an account joins a further cohort."""
    me = access.student(actor)
    invite = _find_invite(session, code, now=now)
    if invite is None:
        raise Invalid("code", people.BAD_CODE)
    held = select(Enrolment.id).where(
        Enrolment.cohort_id == invite.cohort_id,
        Enrolment.person_id == me.person_id,
        Enrolment.ended_at.is_(None),
    )
    if session.scalar(held) is not None:
        return session.get_one(Cohort, invite.cohort_id)
    cohort = _take_seat(session, code, now=now)
    if cohort.program_id not in me.programs_as(roles.STUDENT):
        people.grant_role(session, me.person_id, cohort.program_id, roles.STUDENT, None, now=now)
    enrol(session, cohort, session.get_one(Person, me.person_id), me.person_id, now=now)
    return cohort


def _take_seat(session: Session, code: str, *, now: datetime) -> Cohort:
    invite = _find_invite(session, code, now=now)
    if invite is None:
        raise Invalid("code", people.BAD_CODE)
    # The condition stands in the update itself: of 31 who come at once for 30 seats, one is late.
    taken = session.execute(
        update(CohortInvite)
        .where(CohortInvite.id == invite.id, CohortInvite.used < CohortInvite.seats)
        .values(used=CohortInvite.used + 1)
        .returning(CohortInvite.id)
    ).first()
    if taken is None:
        raise Invalid("code", people.BAD_CODE)
    return session.get_one(Cohort, invite.cohort_id)


def enrol(
    session: Session, cohort: Cohort, person: Person, by: int | None, *, now: datetime
) -> Enrolment:
    """Put a person on the roster; a former enrolment is opened again."""
    found = session.scalar(
        select(Enrolment).where(Enrolment.cohort_id == cohort.id, Enrolment.person_id == person.id)
    )
    if found is None:
        found = Enrolment(cohort_id=cohort.id, person_id=person.id, enrolled_at=now)
        session.add(found)
    found.ended_at = None
    if person.exam_code is None:
        person.exam_code = cohort.exam_code
    session.flush()
    audit.record(session, by, "enrolled", "cohort", cohort.id, now=now, person=person.id)
    return found
