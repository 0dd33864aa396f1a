from datetime import date, timedelta
from fractions import Fraction

import pytest
from sqlalchemy.orm import Session

from tests.conftest import NOW
from tests.make import World
from tests.services.progress_rows import (
    add_answers,
    add_cards,
    add_play,
    add_reviews,
    add_sitting,
    add_students,
)
from trainer.core.assignments import Status
from trainer.core.errors import NotFound, SignInNeeded
from trainer.services import catalogue
from trainer.services.assignments import make
from trainer.services.assignments.make import Draft
from trainer.services.cohorts import manage
from trainer.services.progress.program import program_overview
from trainer.services.progress.roster import RosterLine, cohort_roster
from trainer.services.progress.student import student_page
from trainer.store.assignments import AssignmentTarget
from trainer.store.cohorts import Cohort

TODAY = NOW.date()
OTHERS = ("student", "other_student", "outside_instructor", "stranger_director", "admin")


def items_of_exam(session: Session, count: int, right: int) -> list[tuple[str, bool]]:
    """Questions of one domain of the CMA outline, the first of them answered right."""
    known = catalogue.current(session)
    domains = known.domains_of("cma")
    domain = known.exams["cma"].domains[0].code
    codes = [
        code
        for code, item in sorted(known.items.items())
        if domain in domains.get(item.value.concept, frozenset())
    ]
    return [(code, n < right) for n, code in enumerate(codes[:count])]


def assign_practice(session: Session, world: World) -> AssignmentTarget:
    draft = Draft("Set", "", NOW + timedelta(days=3), (), ("infection-control",), 5)
    made = make.assign(
        session, world.actor(session, "instructor"), world.cohort_id, draft, "op-one-two", now=NOW
    )
    return session.query(AssignmentTarget).filter_by(assignment_id=made.id).one()


def line_of(session: Session, world: World, login: str) -> RosterLine:
    roster = cohort_roster(session, world.actor(session, "instructor"), world.cohort_id, now=NOW)
    return next(line for line in roster.lines if line.person_id == world.people[login])


def test_a_roster_counts_what_each_student_did(session: Session, world: World) -> None:
    student = world.people["student"]
    items = items_of_exam(session, 9, 6)
    add_answers(session, [student], items[:5], at=NOW - timedelta(days=20), day=date(2026, 11, 4))
    add_answers(session, [student], items[5:], at=NOW - timedelta(days=1), day=date(2026, 11, 23))
    add_cards(session, student, [TODAY, TODAY - timedelta(days=3), TODAY + timedelta(days=1)])
    add_play(session, student, Fraction(80), passed=True, at=NOW - timedelta(hours=2))
    add_play(session, student, Fraction(90), passed=True, at=NOW - timedelta(hours=1))
    add_play(session, student, Fraction(40), scenario="other-visit", at=NOW - timedelta(hours=3))

    line = line_of(session, world, "student")

    assert (line.answers, line.correct, line.share) == (9, 6, 6 / 9)
    assert (line.answers_recent, line.due, line.scenarios_passed) == (4, 2, 1)
    assert line.last_active_at == NOW - timedelta(hours=1) + timedelta(minutes=12)


def test_a_student_with_little_work_has_no_share_and_one_without_has_no_last_day(
    session: Session, world: World
) -> None:
    student = world.people["student"]
    add_answers(session, [student], items_of_exam(session, 7, 7), at=NOW, day=TODAY)

    assert line_of(session, world, "student").share is None
    assert line_of(session, world, "other_student").last_active_at is None


def test_an_assignment_is_finished_when_its_sitting_has_ended(
    session: Session, world: World
) -> None:
    target = assign_practice(session, world)
    student = world.people["student"]
    add_sitting(session, student, NOW, target=target.id)
    begun = line_of(session, world, "student")
    add_sitting(session, student, NOW, target=target.id, ended_at=NOW, steps=6)

    finished = line_of(session, world, "student")

    assert (begun.finished, begun.assigned) == (0, 1)
    assert (finished.finished, finished.assigned) == (1, 1)


def test_a_removed_student_is_not_on_the_roster(session: Session, world: World) -> None:
    staff = world.actor(session, "instructor")
    manage.end_enrolment(session, staff, world.cohort_id, world.people["student"], now=NOW)

    roster = cohort_roster(session, staff, world.cohort_id, now=NOW)

    assert [line.person_id for line in roster.lines] == [world.people["other_student"]]


def test_the_student_page_shows_first_latest_and_best_play(session: Session, world: World) -> None:
    student = world.people["student"]
    for days, score, passed in ((9, 40, False), (6, 92, False), (3, 81, True), (1, 60, False)):
        add_play(session, student, Fraction(score), passed=passed, at=NOW - timedelta(days=days))
    add_play(session, student, None, at=NOW)
    add_play(session, world.people["other_student"], Fraction(99), at=NOW)

    page = student_page(
        session, world.actor(session, "instructor"), world.cohort_id, student, now=NOW
    )

    (record,) = page.scenarios
    assert record.plays == 4
    # A pass with a lower total is better than a run limited by a critical error.
    assert (record.first.score, record.latest.score, record.best.score) == (40, 60, 81)


def test_the_student_page_shows_means_only_from_eight_answers_in_a_domain(
    session: Session, world: World
) -> None:
    student, other = world.people["student"], world.people["other_student"]
    items = items_of_exam(session, 8, 4)
    add_answers(session, [student], items, at=NOW, day=TODAY)
    add_answers(session, [other], items[:7], at=NOW, day=TODAY)
    staff = world.actor(session, "instructor")

    pages = [student_page(session, staff, world.cohort_id, s, now=NOW) for s in (student, other)]

    assert [page.domains[0].answers for page in pages] == [8, 7]
    assert [page.domains[0].mean is None for page in pages] == [False, True]


def test_only_the_first_answer_to_a_question_counts_for_the_mean(
    session: Session, world: World
) -> None:
    student = world.people["student"]
    items = items_of_exam(session, 8, 8)
    add_answers(session, [student], items, at=NOW, day=TODAY)
    again = [(code, False) for code, _ in items]
    add_answers(session, [student], again, at=NOW, day=TODAY)

    page = student_page(
        session, world.actor(session, "instructor"), world.cohort_id, student, now=NOW
    )

    assert (page.domains[0].answers, page.domains[0].correct, page.answers) == (8, 8, 16)


def test_the_weeks_of_activity_end_today(session: Session, world: World) -> None:
    student = world.people["student"]
    items = items_of_exam(session, 3, 3)
    add_answers(session, [student], items, at=NOW, day=TODAY)  # a Tuesday

    page = student_page(
        session, world.actor(session, "instructor"), world.cohort_id, student, now=NOW
    )

    assert page.weeks[-1].days == (0, 3, None, None, None, None, None)
    assert len(page.weeks) == 17


def test_the_student_page_shows_where_the_student_stands(session: Session, world: World) -> None:
    target = assign_practice(session, world)
    student = world.people["student"]
    add_sitting(session, student, NOW, target=target.id, ended_at=NOW + timedelta(days=4), steps=6)

    page = student_page(
        session, world.actor(session, "instructor"), world.cohort_id, student,
        now=NOW + timedelta(days=5),
    )  # fmt: skip

    (one,) = page.targets
    assert (one.standing.status, one.standing.late) == (Status.DONE, True)


def test_the_program_page_compares_cohorts(session: Session, world: World) -> None:
    cohort = session.get_one(Cohort, world.other_cohort_id)
    students = add_students(session, cohort, 5, now=NOW)
    add_answers(session, students, items_of_exam(session, 6, 3), at=NOW, day=TODAY)
    add_reviews(
        session, students[0], [TODAY, TODAY - timedelta(days=6), TODAY - timedelta(days=7)], at=NOW
    )
    add_play(session, students[1], Fraction(80), passed=True, at=NOW)
    add_play(session, students[2], Fraction(30), at=NOW)

    program = program_overview(session, world.actor(session, "director"), now=NOW)

    found = {one.id: one for one in program.cohorts}[cohort.id]
    assert (found.students, found.active) == (5, 5)
    assert (found.reviews, found.plays, found.passes) == (2, 2, 1)
    table = next(t for t in program.tables if t.exam_code == "cma")
    mean = table.rows[0].means[table.cohorts.index(cohort.name)]
    assert (mean.students, mean.answers) == (5, 30)
    assert mean.mean is not None


def test_a_class_of_four_has_no_mean_on_the_program_page(session: Session, world: World) -> None:
    cohort = session.get_one(Cohort, world.other_cohort_id)
    students = add_students(session, cohort, 4, now=NOW)
    add_answers(session, students, items_of_exam(session, 10, 5), at=NOW, day=TODAY)

    program = program_overview(session, world.actor(session, "director"), now=NOW)

    table = next(t for t in program.tables if t.exam_code == "cma")
    assert table.rows[0].means[table.cohorts.index(cohort.name)].mean is None


def test_work_of_a_week_ago_does_not_make_a_student_active(session: Session, world: World) -> None:
    then = NOW - timedelta(days=7)
    add_answers(
        session, [world.people["student"]], items_of_exam(session, 3, 3), at=then, day=then.date()
    )
    add_play(session, world.people["other_student"], None, at=then)

    program = program_overview(session, world.actor(session, "director"), now=NOW)

    assert [one.active for one in program.cohorts] == [0, 0]


@pytest.mark.parametrize("login", OTHERS)
def test_nobody_else_sees_the_cohort_or_its_students(
    session: Session, world: World, login: str
) -> None:  # promise P21
    actor = world.actor(session, login)

    with pytest.raises(NotFound):
        cohort_roster(session, actor, world.cohort_id, now=NOW)
    with pytest.raises(NotFound):
        student_page(session, actor, world.cohort_id, world.people["student"], now=NOW)


def test_a_student_of_another_cohort_is_not_found_through_ones_own(
    session: Session, world: World
) -> None:
    actor = world.actor(session, "outside_instructor")

    with pytest.raises(NotFound):
        student_page(session, actor, world.other_cohort_id, world.people["student"], now=NOW)


@pytest.mark.parametrize("login", ["instructor", "student", "admin"])
def test_the_program_page_is_for_its_director(session: Session, world: World, login: str) -> None:
    with pytest.raises(NotFound):
        program_overview(session, world.actor(session, login), now=NOW)
    with pytest.raises(SignInNeeded):
        program_overview(session, None, now=NOW)


def test_a_director_sees_the_cohorts_of_the_own_program_only(
    session: Session, world: World
) -> None:
    found = program_overview(session, world.actor(session, "stranger_director"), now=NOW)

    assert (found.name, found.cohorts, found.tables) == ("Hillside", (), ())
