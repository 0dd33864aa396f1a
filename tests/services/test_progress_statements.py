"""The pages of staff cost the same number of statements for 5 and for 200 students."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from sqlalchemy.orm import Session

from tests.conftest import NOW
from tests.make import World
from tests.services.progress_rows import add_answers, add_play, add_students
from tests.services.test_progress import TODAY, assign_practice, items_of_exam
from trainer.services.progress.program import program_overview
from trainer.services.progress.roster import cohort_roster
from trainer.services.progress.student import student_page
from trainer.store.cohorts import Cohort
from trainer.store.session import Sessions, counting_statements


def statements(sessions: Sessions, look: Callable[[Session], Any]) -> int:
    """Statements of one look by a session that knows nothing yet."""
    session = sessions.reading()
    try:
        with counting_statements(sessions.engine) as count:
            look(session)
            return count()
    finally:
        session.close()


def test_the_number_of_statements_does_not_grow_with_the_class(
    sessions: Sessions, world: World
) -> None:
    with sessions.transaction() as session:
        staff, director = world.actor(session, "instructor"), world.actor(session, "director")
        target_id = assign_practice(session, world).id
    student = world.people["student"]
    looks: list[Callable[[Session], Any]] = [
        lambda s: cohort_roster(s, staff, world.cohort_id, now=NOW),
        lambda s: student_page(s, staff, world.cohort_id, student, now=NOW),
        lambda s: program_overview(s, director, now=NOW),
    ]
    counts = []
    for more in (3, 195):  # with the two there are: 5 students, then 200
        with sessions.transaction() as session:
            cohort = session.get_one(Cohort, world.cohort_id)
            students = add_students(session, cohort, more, now=NOW)
            add_answers(session, students, items_of_exam(session, 2, 1), at=NOW, day=TODAY)
            add_play(session, students[0], Fraction(80), passed=True, at=NOW, target=target_id)
        counts.append([statements(sessions, look) for look in looks])

    assert counts[0] == counts[1]
    assert max(counts[1]) <= 16
