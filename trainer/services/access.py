"""Who may see and do what: one door per kind of object, one answer for "none" and "not yours"."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from trainer.core import roles
from trainer.core.errors import NotFound, SignInNeeded
from trainer.store.accounts import Person, Program, RoleGrant
from trainer.store.assignments import Assignment, AssignmentTarget
from trainer.store.bank import ItemDraft
from trainer.store.cohorts import Cohort, CohortStaff, Enrolment
from trainer.store.practice import Sitting
from trainer.store.scenarios import Play

_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class Actor:
    """The person behind a request, with the roles held at this moment."""

    person_id: int
    name: str
    login: str
    zone: str
    grants: frozenset[tuple[int, str]]
    """Pairs of program id and role."""
    session_id: int = 0
    keys_on: bool = True
    confidence_on: bool = True
    seen_at: datetime | None = None
    """When the session was last noted as used."""

    @property
    def programs(self) -> frozenset[int]:
        """Ids of the programs in which this person holds any role."""
        return frozenset(program for program, _ in self.grants)

    @property
    def staffed(self) -> frozenset[int]:
        """Ids of the programs in which this person holds a role of staff."""
        return frozenset(program for program, held in self.grants if held in roles.STAFF)

    def programs_as(self, role: str) -> frozenset[int]:
        """Ids of the programs in which this person holds the role."""
        return frozenset(program for program, held in self.grants if held == role)

    def is_a(self, role: str) -> bool:
        """True when the role is held in any program."""
        return bool(self.programs_as(role))

    @property
    def is_student(self) -> bool:
        return self.is_a(roles.STUDENT)

    @property
    def is_instructor(self) -> bool:
        return self.is_a(roles.INSTRUCTOR)

    @property
    def is_director(self) -> bool:
        return self.is_a(roles.DIRECTOR)

    @property
    def is_administrator(self) -> bool:
        return self.is_a(roles.ADMINISTRATOR)

    @property
    def is_staff(self) -> bool:
        return any(self.is_a(role) for role in roles.STAFF)


def signed_in(actor: Actor | None) -> Actor:
    """The actor. Raises SignInNeeded for an anonymous request."""
    if actor is None:
        raise SignInNeeded
    return actor


def require(actor: Actor | None, *any_of: str) -> Actor:
    """The actor, who holds one of the roles. Raises SignInNeeded or NotFound."""
    present = signed_in(actor)
    if not any(present.is_a(role) for role in any_of):
        raise NotFound
    return present


def student(actor: Actor | None) -> Actor:
    """The actor as a student."""
    return require(actor, roles.STUDENT)


def staff(actor: Actor | None) -> Actor:
    """The actor as staff of any program."""
    return require(actor, *roles.STAFF)


def program_of_director(session: Session, actor: Actor | None) -> Program:
    """The program that the actor directs (the first, when there are several)."""
    held = require(actor, roles.DIRECTOR).programs_as(roles.DIRECTOR)
    return session.get_one(Program, min(held))


def program_of_instructor(session: Session, actor: Actor | None) -> Program:
    """The program in which the actor may make cohorts."""
    me = require(actor, roles.INSTRUCTOR, roles.DIRECTOR)
    held = me.programs_as(roles.INSTRUCTOR) | me.programs_as(roles.DIRECTOR)
    return session.get_one(Program, min(held))


def program_of_administrator(session: Session, actor: Actor | None) -> Program:
    """The program whose people the actor manages."""
    held = require(actor, roles.ADMINISTRATOR).programs_as(roles.ADMINISTRATOR)
    return session.get_one(Program, min(held))


def may_open_cohort(session: Session, actor: Actor, cohort: Cohort) -> bool:
    """Instructors open cohorts they teach, directors those of their program."""
    if cohort.program_id in actor.programs_as(roles.DIRECTOR):
        return True
    if cohort.program_id not in actor.programs_as(roles.INSTRUCTOR):
        return False
    teaches = select(CohortStaff.id).where(
        CohortStaff.cohort_id == cohort.id, CohortStaff.person_id == actor.person_id
    )
    return session.scalar(teaches) is not None


def get_cohort(session: Session, actor: Actor | None, cohort_id: int) -> Cohort:
    """A cohort for its staff. Raises NotFound for everybody else."""
    me = require(actor, roles.INSTRUCTOR, roles.DIRECTOR)
    cohort = session.get(Cohort, cohort_id)
    if cohort is None or not may_open_cohort(session, me, cohort):
        raise NotFound
    return cohort


def get_student(
    session: Session, actor: Actor | None, cohort_id: int, person_id: int
) -> tuple[Cohort, Person]:
    """A student of a cohort for the staff of that cohort."""
    cohort = get_cohort(session, actor, cohort_id)
    person = session.scalar(
        select(Person)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .where(
            Person.id == person_id,
            Enrolment.cohort_id == cohort.id,
            Enrolment.ended_at.is_(None),
        )
    )
    if person is None:
        raise NotFound
    return cohort, person


def is_staff_somewhere(session: Session, person_id: int) -> bool:
    """True when the person holds a staff role in any program."""
    query = select(RoleGrant.id).where(
        RoleGrant.person_id == person_id, RoleGrant.role.in_(roles.STAFF)
    )
    return session.scalar(query.limit(1)) is not None


def get_assignment(
    session: Session, actor: Actor | None, assignment_id: int
) -> tuple[Assignment, Cohort]:
    """An assignment for the staff of its cohort."""
    require(actor, roles.INSTRUCTOR, roles.DIRECTOR)
    assignment = session.get(Assignment, assignment_id)
    if assignment is None:
        raise NotFound
    return assignment, get_cohort(session, actor, assignment.cohort_id)


def get_target(
    session: Session, actor: Actor | None, target_id: int
) -> tuple[AssignmentTarget, Assignment]:
    """A target of an assignment for a student enrolled in its cohort."""
    me = student(actor)
    row = session.execute(
        select(AssignmentTarget, Assignment)
        .join(Assignment, Assignment.id == AssignmentTarget.assignment_id)
        .where(
            AssignmentTarget.id == target_id,
            AssignmentTarget.id.in_(targets_set_for(me.person_id)),
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    return row[0], row[1]


def targets_set_for(student_id: int) -> Select[int]:
    """Ids of the targets a student is asked to do: of own cohorts, and not taken back."""
    return (
        select(AssignmentTarget.id)
        .join(Assignment, Assignment.id == AssignmentTarget.assignment_id)
        .join(Enrolment, Enrolment.cohort_id == Assignment.cohort_id)
        .where(
            Enrolment.person_id == student_id,
            Enrolment.ended_at.is_(None),
            Assignment.withdrawn_at.is_(None),
        )
    )


def is_still_set(session: Session, sitting: Sitting) -> bool:
    """Whether a sitting is assigned work that its student is asked to do now."""
    target = AssignmentTarget.id == sitting.assignment_target_id
    return session.scalar(targets_set_for(sitting.student_id).where(target)) is not None


# Every question page asks for it, so it is built once.
_OWN_SITTING = select(Sitting).where(
    Sitting.id == bindparam("sitting"), Sitting.student_id == bindparam("student")
)


def _locked(query: Select[_Row]) -> Select[_Row]:
    """The query, locking its row; a copy read earlier in the session is brought up to date."""
    return query.with_for_update().execution_options(populate_existing=True)


def get_sitting(
    session: Session, actor: Actor | None, sitting_id: int, *, lock: bool = False
) -> Sitting:
    """A student's own sitting; `lock` for the one that is about to be changed."""
    me = student(actor)
    query = _locked(_OWN_SITTING) if lock else _OWN_SITTING
    sitting = session.scalar(query, {"sitting": sitting_id, "student": me.person_id})
    if sitting is None:
        raise NotFound
    return sitting


def get_play(session: Session, actor: Actor | None, play_id: int, *, lock: bool = False) -> Play:
    """A student's own play of a scenario; `lock` for the one that is about to be changed."""
    me = student(actor)
    query = select(Play).where(Play.id == play_id, Play.student_id == me.person_id)
    play = session.scalar(_locked(query) if lock else query)
    if play is None:
        raise NotFound
    return play


def writes_questions(actor: Actor | None) -> bool:
    """Whether the actor writes questions for a program."""
    return actor is not None and (actor.is_instructor or actor.is_director)


def programs_written_for(actor: Actor | None) -> frozenset[int]:
    """The programs whose own questions the actor may write: those taught in or directed."""
    me = require(actor, roles.INSTRUCTOR, roles.DIRECTOR)
    return me.programs_as(roles.INSTRUCTOR) | me.programs_as(roles.DIRECTOR)


def get_draft(
    session: Session, actor: Actor | None, draft_id: int, *, lock: bool = False
) -> ItemDraft:
    """A draft of a question for the staff of its program; `lock` when it is about to change."""
    held = programs_written_for(actor)
    query = select(ItemDraft).where(
        ItemDraft.id == draft_id, ItemDraft.program_id.in_(held), ItemDraft.state != "dropped"
    )
    draft = session.scalar(_locked(query) if lock else query)
    if draft is None:
        raise NotFound
    return draft


def get_person(session: Session, actor: Actor | None, person_id: int) -> Person:
    """A person of the program, for its administrator."""
    program = program_of_administrator(session, actor)
    person = session.scalar(
        select(Person).where(
            Person.id == person_id,
            Person.id.in_(select(RoleGrant.person_id).where(RoleGrant.program_id == program.id)),
        )
    )
    if person is None:
        raise NotFound
    return person
