from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.conftest import NOW
from tests.make import HASHER, PASSWORD, World, make_person
from trainer.core import roles
from trainer.core.errors import Invalid, NotFound, SignInNeeded
from trainer.services import people
from trainer.services.cohorts import importing, joining, manage
from trainer.store.accounts import OneTimeCode, Person, Program
from trainer.store.audit import AuditEntry
from trainer.store.cohorts import CohortInvite, Enrolment
from trainer.store.session import Sessions, counting_statements

OTHERS = ("student", "outside_instructor", "stranger_director", "admin")
LIST = "name,login\nAna Ruiz,ana.ruiz\nTyler Brandt,tbrandt\n"


def codes() -> Callable[[], str]:
    numbers = iter(range(1000))
    return lambda: f"CODE-{next(numbers):04}"


def join_with(session: Session, code: str, login: str = "newcomer") -> Person:
    return joining.join(
        session, code=code, name="New Comer", login=login, password=PASSWORD, hasher=HASHER, now=NOW
    )


def enrolled(session: Session, cohort_id: int) -> set[int]:
    return set(
        session.scalars(
            select(Enrolment.person_id).where(
                Enrolment.cohort_id == cohort_id, Enrolment.ended_at.is_(None)
            )
        )
    )


def test_an_instructor_teaches_the_cohort_that_they_make(session: Session, world: World) -> None:
    staff = world.actor(session, "instructor")

    made = manage.make_cohort(session, staff, "  MA   Summer 2027 ", "ccma", now=NOW)

    assert (made.name, made.exam_code) == ("MA Summer 2027", "ccma")
    assert made.id in [row.id for row in manage.list_cohorts(session, staff)]


@pytest.mark.parametrize(
    ("name", "exam", "field"),
    [
        ("", "cma", "name"),
        ("   ", "cma", "name"),
        ("\u200b", "cma", "name"),
        ("x" * 121, "cma", "name"),
        ("x" * 100_000, "cma", "name"),
        ("a\x00b", "cma", "name"),
        ("MA Fall 2026", "cma", "name"),
        ("New", "nope", "exam_code"),
        ("New", "", "exam_code"),
    ],
)
def test_a_cohort_needs_an_own_name_and_a_known_exam(
    session: Session, world: World, name: str, exam: str, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        manage.make_cohort(session, world.actor(session, "instructor"), name, exam, now=NOW)

    assert refused.value.field == field


def test_an_instructor_lists_the_own_cohorts_and_a_director_all(
    session: Session, world: World
) -> None:
    def ids(login: str) -> set[int]:
        return {row.id for row in manage.list_cohorts(session, world.actor(session, login))}

    assert ids("instructor") == {world.cohort_id}
    assert ids("director") == {world.cohort_id, world.other_cohort_id}
    assert ids("stranger_director") == set()


@pytest.mark.parametrize("login", OTHERS)
def test_every_act_on_a_cohort_is_closed_to_everybody_else(
    session: Session, world: World, login: str
) -> None:  # promise P21
    actor, cohort, student = world.actor(session, login), world.cohort_id, world.people["student"]

    for act in (
        lambda: manage.make_invite(session, actor, cohort, 5, "C", now=NOW),
        lambda: manage.list_invites(session, actor, cohort, now=NOW),
        lambda: manage.end_invite(session, actor, cohort, 1, now=NOW),
        lambda: manage.list_colleagues(session, actor, cohort),
        lambda: manage.list_staff(session, actor, cohort),
        lambda: manage.add_colleague(session, actor, cohort, student, now=NOW),
        lambda: manage.end_enrolment(session, actor, cohort, student, now=NOW),
        lambda: manage.issue_student_code(session, actor, cohort, student, "C", now=NOW),
        lambda: importing.preview(session, actor, cohort, LIST),
        lambda: importing.import_roster(session, actor, cohort, LIST, codes(), now=NOW),
    ):
        with pytest.raises(NotFound):
            act()
    with pytest.raises(SignInNeeded):
        manage.list_staff(session, None, cohort)


def test_a_colleague_of_the_program_is_added_once(session: Session, world: World) -> None:
    staff, colleague = world.actor(session, "instructor"), world.people["outside_instructor"]

    manage.add_colleague(session, staff, world.cohort_id, colleague, now=NOW)
    session.flush()
    manage.add_colleague(session, staff, world.cohort_id, colleague, now=NOW)
    session.flush()

    names = [row.name for row in manage.list_staff(session, staff, world.cohort_id)]
    assert names == ["Instructor", "Outside Instructor"]


@pytest.mark.parametrize("login", ["student", "stranger_director", "admin"])
def test_nobody_but_an_instructor_of_the_program_becomes_a_colleague(
    session: Session, world: World, login: str
) -> None:
    with pytest.raises(NotFound):
        manage.add_colleague(
            session, world.actor(session, "instructor"), world.cohort_id, world.people[login],
            now=NOW,
        )  # fmt: skip


def test_a_class_code_lets_as_many_in_as_it_has_seats(session: Session, world: World) -> None:
    staff = world.actor(session, "instructor")
    manage.make_invite(session, staff, world.cohort_id, 2, "ABCD-2345", now=NOW)

    first, second = join_with(session, "abcd 2345", "one"), join_with(session, "ABCD2345", "two")

    with pytest.raises(Invalid):
        join_with(session, "ABCD-2345", "three")
    assert {first.id, second.id} <= enrolled(session, world.cohort_id)
    (row,) = manage.list_invites(session, staff, world.cohort_id, now=NOW)
    assert (row.used, row.seats) == (2, 2)


def test_a_code_is_stored_as_a_hash_only(session: Session, world: World) -> None:  # promise P33
    made = manage.make_invite(
        session, world.actor(session, "instructor"), world.cohort_id, 2, "ABCD-2345", now=NOW
    )

    assert "ABCD" not in made.code_hash.upper()
    assert len(made.code_hash) == 64


@pytest.mark.parametrize("seats", [-1, 0, 201, 10**12])
def test_the_number_of_seats_has_limits(session: Session, world: World, seats: int) -> None:
    with pytest.raises(Invalid) as refused:
        manage.make_invite(
            session, world.actor(session, "instructor"), world.cohort_id, seats, "C", now=NOW
        )

    assert refused.value.field == "seats"


def test_an_ended_or_expired_code_opens_nothing(session: Session, world: World) -> None:
    staff = world.actor(session, "instructor")
    ended = manage.make_invite(session, staff, world.cohort_id, 5, "ENDED-11", now=NOW)
    manage.make_invite(session, staff, world.cohort_id, 5, "OLD-2222", now=NOW - timedelta(days=14))
    manage.end_invite(session, staff, world.cohort_id, ended.id, now=NOW)
    session.flush()

    for code in ("ENDED-11", "OLD-2222", "NEVER-33", "", "'; DROP TABLE person"):
        assert joining.look_up(session, code, "10.0.0.0/24", now=NOW) is None
        with pytest.raises(Invalid):
            join_with(session, code)
    assert manage.list_invites(session, staff, world.cohort_id, now=NOW) == []


def test_a_code_of_another_cohort_cannot_be_ended(session: Session, world: World) -> None:
    other = world.actor(session, "outside_instructor")
    made = manage.make_invite(session, other, world.other_cohort_id, 5, "OTHER-11", now=NOW)

    for invite_id in (made.id, 999_999_999):
        with pytest.raises(NotFound):
            manage.end_invite(
                session, world.actor(session, "instructor"), world.cohort_id, invite_id, now=NOW
            )
    assert session.get_one(CohortInvite, made.id).ended_at is None


def test_who_is_enrolled_already_takes_no_second_seat(session: Session, world: World) -> None:
    staff = world.actor(session, "instructor")
    made = manage.make_invite(session, staff, world.cohort_id, 5, "AGAIN-11", now=NOW)

    joining.join_as(session, world.actor(session, "student"), "AGAIN-11", now=NOW)

    session.refresh(made)
    assert made.used == 0


def test_removing_a_student_ends_the_enrolment_once_and_keeps_the_person(
    session: Session, world: World
) -> None:
    staff, student = world.actor(session, "instructor"), world.people["student"]

    for moment in (NOW, NOW + timedelta(hours=1)):
        manage.end_enrolment(session, staff, world.cohort_id, student, now=moment)
    session.flush()

    row = session.scalars(select(Enrolment).where(Enrolment.person_id == student)).one()
    acts = session.scalars(select(AuditEntry.action).where(AuditEntry.action == "enrolment.ended"))
    assert row.ended_at == NOW
    assert len(list(acts)) == 1
    assert session.get_one(Person, student).active


def test_a_removed_student_comes_back_with_a_class_code(session: Session, world: World) -> None:
    staff, student = world.actor(session, "instructor"), world.people["student"]
    manage.end_enrolment(session, staff, world.cohort_id, student, now=NOW)
    manage.make_invite(session, staff, world.cohort_id, 1, "BACK-1111", now=NOW)

    joining.join_as(session, world.actor(session, "student"), "BACK-1111", now=NOW)

    assert student in enrolled(session, world.cohort_id)


def test_a_student_gets_a_reset_code_and_somebody_new_an_invitation(
    session: Session, world: World
) -> None:
    staff = world.actor(session, "instructor")
    importing.import_roster(session, staff, world.cohort_id, LIST, codes(), now=NOW)
    ana = session.scalars(select(Person).where(Person.login == "ana.ruiz")).one()

    _, for_student = manage.issue_student_code(
        session, staff, world.cohort_id, world.people["student"], "R-1", now=NOW
    )
    _, for_ana = manage.issue_student_code(session, staff, world.cohort_id, ana.id, "I-1", now=NOW)

    assert (for_student, for_ana) == (people.RESET, people.INVITATION)
    # The earlier invitation has ended with the new one.
    assert people.find_code(session, people.INVITATION, "CODE-0000", now=NOW) is None


def test_a_teacher_cannot_take_over_a_colleague_who_is_enrolled(
    session: Session, world: World
) -> None:
    staff, colleague = world.actor(session, "instructor"), world.people["outside_instructor"]
    program = session.get_one(Program, world.program_id)
    person = make_person(session, program, roles.STUDENT, roles.INSTRUCTOR, now=NOW)
    session.add(Enrolment(cohort_id=world.cohort_id, person_id=person.id, enrolled_at=NOW))
    session.flush()

    for person_id in (person.id, colleague):
        with pytest.raises(NotFound):
            manage.issue_student_code(session, staff, world.cohort_id, person_id, "R-1", now=NOW)


def test_a_class_list_makes_accounts_with_codes_that_work_once(
    session: Session, world: World
) -> None:
    staff = world.actor(session, "instructor")

    issued = importing.import_roster(session, staff, world.cohort_id, LIST, codes(), now=NOW)

    assert [(one.name, one.login, one.code) for one in issued] == [
        ("Ana Ruiz", "ana.ruiz", "CODE-0000"), ("Tyler Brandt", "tbrandt", "CODE-0001"),
    ]  # fmt: skip
    ana = session.scalars(select(Person).where(Person.login == "ana.ruiz")).one()
    assert ana.id in enrolled(session, world.cohort_id)
    assert (ana.password_hash, ana.exam_code) == (None, "cma")
    found = joining.look_up(session, "code 0000", "10.0.0.0/24", now=NOW)
    assert found is not None
    assert (found.personal, found.login) == (True, "ana.ruiz")
    code = session.scalars(select(OneTimeCode).where(OneTimeCode.person_id == ana.id)).one()
    assert code.expires_at == NOW + timedelta(days=7)


def test_one_bad_line_means_that_nothing_is_imported(session: Session, world: World) -> None:
    staff = world.actor(session, "instructor")
    before = enrolled(session, world.cohort_id)

    with pytest.raises(Invalid):
        importing.import_roster(
            session, staff, world.cohort_id, LIST + "Omar,=1\n", codes(), now=NOW
        )

    assert enrolled(session, world.cohort_id) == before
    assert session.scalar(select(Person).where(Person.login == "ana.ruiz")) is None


def test_a_list_sent_twice_is_told_that_its_names_are_taken(session: Session, world: World) -> None:
    staff = world.actor(session, "instructor")
    importing.import_roster(session, staff, world.cohort_id, LIST, codes(), now=NOW)

    found = importing.preview(session, staff, world.cohort_id, LIST.replace("ana.", "ANA."))

    assert [problem.line for problem in found.problems] == [2, 3]
    with pytest.raises(Invalid):
        importing.import_roster(session, staff, world.cohort_id, LIST, codes(), now=NOW)


def test_lists_of_cohorts_and_staff_take_a_fixed_number_of_statements(
    sessions: Sessions, world: World
) -> None:
    counts = []
    for more in (3, 60):
        with sessions.transaction() as session:
            staff = world.actor(session, "instructor")
            for number in range(more):
                manage.make_cohort(session, staff, f"Cohort {more}-{number}", "cma", now=NOW)
        session = sessions.reading()
        with counting_statements(sessions.engine) as count:
            manage.list_cohorts(session, staff)
            counts.append(count())
        session.close()

    assert counts[0] == counts[1] <= 3
