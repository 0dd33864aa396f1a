"""Making cohorts and inviting students into them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from trainer.core import roles
from trainer.core.errors import Invalid, NotFound
from trainer.core.names import clean_line
from trainer.services import access, audit, catalogue, people
from trainer.services.access import Actor
from trainer.services.hashing import code_hash
from trainer.store.accounts import Person, RoleGrant
from trainer.store.cohorts import Cohort, CohortInvite, CohortStaff, Enrolment

MAX_SEATS = 200
INVITE_LASTS = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class CohortRow:
    """One line of the list of cohorts."""

    id: int
    name: str
    credential: str
    students: int
    staff: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InviteRow:
    """An open class code, as far as it can still be shown: the code itself is not kept."""

    id: int
    seats: int
    used: int
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class StaffRow:
    """An instructor, as a cohort lists them."""

    id: int
    name: str


def list_cohorts(session: Session, actor: Actor | None) -> list[CohortRow]:
    """The cohorts this person may open, newest first. Three statements whatever their
    number."""
    me = access.require(actor, roles.INSTRUCTOR, roles.DIRECTOR)
    taught = select(CohortStaff.cohort_id).where(CohortStaff.person_id == me.person_id)
    students = (
        select(func.count())
        .select_from(Enrolment)
        .where(Enrolment.cohort_id == Cohort.id, Enrolment.ended_at.is_(None))
        .scalar_subquery()
    )
    found = session.execute(
        select(Cohort, students)
        .where(
            Cohort.archived_at.is_(None),
            Cohort.program_id.in_(me.programs_as(roles.DIRECTOR))
            | (Cohort.program_id.in_(me.programs_as(roles.INSTRUCTOR)) & Cohort.id.in_(taught)),
        )
        .order_by(Cohort.created_at.desc(), Cohort.id.desc())
    ).all()
    names: dict[int, list[str]] = {}
    for cohort_id, name in session.execute(
        select(CohortStaff.cohort_id, Person.name)
        .join(Person, Person.id == CohortStaff.person_id)
        .where(CohortStaff.cohort_id.in_([cohort.id for cohort, _ in found]))
        .order_by(Person.name)
    ):
        names.setdefault(cohort_id, []).append(name)
    exams = catalogue.current(session).exams
    return [
        CohortRow(
            c.id, c.name, exams[c.exam_code].credential if c.exam_code in exams else c.exam_code,
            count, tuple(names.get(c.id, ())),
        )
        for c, count in found
    ]  # fmt: skip


def make_cohort(
    session: Session, actor: Actor | None, name: str, exam_code: str, *, now: datetime
) -> Cohort:
    """A new cohort; an instructor who makes it teaches it. Raises Invalid naming the field."""
    program = access.program_of_instructor(session, actor)
    me = access.signed_in(actor)
    title = clean_line(name, "name", "Cohort name", 120)
    if exam_code not in catalogue.current(session).exams:
        raise Invalid("exam_code", "Choose the exam that this cohort prepares for.")
    double = select(Cohort.id).where(
        Cohort.program_id == program.id, Cohort.name == title, Cohort.archived_at.is_(None)
    )
    if session.scalar(double) is not None:
        raise Invalid("name", "There is a cohort of this name. Please choose another.")
    cohort = Cohort(program_id=program.id, name=title, exam_code=exam_code, created_at=now)
    session.add(cohort)
    session.flush()
    if program.id in me.programs_as(roles.INSTRUCTOR):
        session.add(CohortStaff(cohort_id=cohort.id, person_id=me.person_id, added_at=now))
    audit.record(session, me.person_id, "cohort.made", "cohort", cohort.id, now=now)
    session.flush()
    return cohort


def add_colleague(
    session: Session, actor: Actor | None, cohort_id: int, person_id: int, *, now: datetime
) -> None:
    """Let another instructor of the program teach this cohort."""
    cohort = access.get_cohort(session, actor, cohort_id)
    if person_id in {row.id for row in list_staff(session, actor, cohort_id)}:
        return
    if person_id not in {row.id for row in list_colleagues(session, actor, cohort_id)}:
        raise NotFound
    session.add(CohortStaff(cohort_id=cohort.id, person_id=person_id, added_at=now))
    me = access.signed_in(actor)
    audit.record(
        session, me.person_id, "cohort.staff", "cohort", cohort.id, now=now, person=person_id
    )


def list_staff(session: Session, actor: Actor | None, cohort_id: int) -> list[StaffRow]:
    """Who teaches this cohort, by name."""
    cohort = access.get_cohort(session, actor, cohort_id)
    rows = session.execute(
        select(Person.id, Person.name)
        .join(CohortStaff, CohortStaff.person_id == Person.id)
        .where(CohortStaff.cohort_id == cohort.id)
        .order_by(Person.name, Person.id)
    )
    return [StaffRow(id_, name) for id_, name in rows]


def list_colleagues(session: Session, actor: Actor | None, cohort_id: int) -> list[StaffRow]:
    """Instructors of the program who do not teach this cohort yet."""
    cohort = access.get_cohort(session, actor, cohort_id)
    here = select(CohortStaff.person_id).where(CohortStaff.cohort_id == cohort.id)
    rows = session.execute(
        select(Person.id, Person.name)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(
            RoleGrant.program_id == cohort.program_id,
            RoleGrant.role == roles.INSTRUCTOR,
            Person.active.is_(True),
            Person.id.not_in(here),
        )
        .order_by(Person.name)
    )
    return [StaffRow(id_, name) for id_, name in rows]


def make_invite(
    session: Session, actor: Actor | None, cohort_id: int, seats: int, code: str, *, now: datetime
) -> CohortInvite:
    """A class code for so many seats, good for two weeks. Only its hash is kept."""
    cohort = access.get_cohort(session, actor, cohort_id)
    me = access.signed_in(actor)
    if not 1 <= seats <= MAX_SEATS:
        raise Invalid("seats", f"Give the number of seats from 1 to {MAX_SEATS}.")
    invite = CohortInvite(
        cohort_id=cohort.id, code_hash=code_hash(code), seats=seats, used=0,
        created_by=me.person_id, created_at=now, expires_at=now + INVITE_LASTS,
    )  # fmt: skip
    session.add(invite)
    session.flush()
    audit.record(session, me.person_id, "invite.made", "cohort", cohort.id, now=now, seats=seats)
    return invite


def end_invite(
    session: Session, actor: Actor | None, cohort_id: int, invite_id: int, *, now: datetime
) -> None:
    """Make a class code useless at once."""
    cohort = access.get_cohort(session, actor, cohort_id)
    invite = session.get(CohortInvite, invite_id)
    if invite is None or invite.cohort_id != cohort.id:
        raise NotFound
    invite.ended_at = invite.ended_at or now


def list_invites(
    session: Session, actor: Actor | None, cohort_id: int, *, now: datetime
) -> list[InviteRow]:
    """Class codes that still work."""
    cohort = access.get_cohort(session, actor, cohort_id)
    found = session.scalars(
        select(CohortInvite)
        .where(
            CohortInvite.cohort_id == cohort.id,
            CohortInvite.ended_at.is_(None),
            CohortInvite.expires_at > now,
        )
        .order_by(CohortInvite.id)
    )
    return [InviteRow(i.id, i.seats, i.used, i.expires_at) for i in found]


def end_enrolment(
    session: Session, actor: Actor | None, cohort_id: int, person_id: int, *, now: datetime
) -> Person:
    """Take a student off the roster. What the student did is kept; a second time does nothing."""
    cohort = access.get_cohort(session, actor, cohort_id)
    enrolment = session.scalar(
        select(Enrolment).where(Enrolment.cohort_id == cohort.id, Enrolment.person_id == person_id)
    )
    if enrolment is None:
        raise NotFound
    if enrolment.ended_at is None:
        enrolment.ended_at = now
        me = access.signed_in(actor)
        audit.record(
            session, me.person_id, "enrolment.ended", "cohort", cohort.id, now=now,
            person=person_id,
        )  # fmt: skip
    return session.get_one(Person, person_id)


def issue_student_code(
    session: Session, actor: Actor | None, cohort_id: int, person_id: int, code: str, *,
    now: datetime,
) -> tuple[Person, str]:  # fmt: skip
    """A code to hand over: an invitation before the first password, a reset code after it."""
    _, person = access.get_student(session, actor, cohort_id, person_id)
    me = access.signed_in(actor)
    purpose = people.RESET if person.password_hash else people.INVITATION
    if purpose == people.RESET and access.is_staff_somewhere(session, person.id):
        # A class teacher must not be able to take over a colleague's account by enrolling it.
        raise NotFound
    people.issue_code(session, purpose, person.id, me.person_id, code, now=now)
    return person, purpose
