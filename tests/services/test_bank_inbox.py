"""What staff see of reports and questions, and who sees what. Promise P25."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.conftest import NOW
from tests.core.items.templates import template
from tests.make import World, actor_for, make_person
from tests.services.bank_items import add_item, decide, new_version, put_in_use
from tests.services.practicing import Learner, op
from tests.services.test_progress_statements import statements
from trainer.core import roles
from trainer.core.errors import Invalid, NotFound
from trainer.services import catalogue
from trainer.services.bank import inbox, item_page, listing, overview, reports
from trainer.services.bank.listing import Filters
from trainer.services.bank.reports import Report
from trainer.services.bank.states import Act, State
from trainer.store.accounts import Program
from trainer.store.session import Sessions

ITEM = "hand-hygiene-01"
DUE = "2020-01-01"


def report(session: Session, actor: Any, about: str = "wrong", text: str = "", **more: Any) -> Any:
    """A student answers the first question of a set and reports it."""
    learner = Learner(session, actor)
    learner.start("bank", bank="infection-control", questions=5)
    learner.answer()
    where = reports.place(session, actor, learner.sitting_id, learner.sitting.step - 1)
    return reports.send(session, actor, where, Report(op(), about, text), now=NOW, **more)


def seen_by(session: Session, world: World, login: str) -> int:
    return sum(one.count for one in inbox.list_open(session, world.actor(session, login)))


def test_staff_see_reports_of_their_program_and_administrators_all(
    session: Session, world: World
) -> None:
    for login in ("student", "other_student", "stranger_student"):
        report(session, world.actor(session, login))

    found = {
        login: seen_by(session, world, login)
        for login in ("instructor", "outside_instructor", "director", "admin", "stranger_director")
    }

    assert found == {
        "instructor": 2, "outside_instructor": 2, "director": 2, "admin": 3,
        "stranger_director": 1,
    }  # fmt: skip


def test_the_inbox_groups_by_question_with_the_latest_words(session: Session, world: World) -> None:
    one = report(session, world.actor(session, "student"), "outdated", "First.")
    report(session, world.actor(session, "other_student"), "wrong", "Second.")

    (row,) = inbox.list_open(session, world.actor(session, "instructor"))

    assert (row.code, row.count, row.latest_text) == (one.item_code, 2, "Second.")
    assert dict(row.about) == {"outdated": 1, "wrong": 1}


def test_a_closed_report_leaves_the_inbox_and_its_first_answer_stays(
    session: Session, world: World
) -> None:
    student, staff = world.actor(session, "student"), world.actor(session, "instructor")
    made = report(session, student)
    for text in ("", "  ", "x" * 2001):
        with pytest.raises(Invalid):
            inbox.close(session, staff, made.id, text, now=NOW)

    for text in ("We looked.", "Another answer."):
        assert inbox.close(session, staff, made.id, text, now=NOW) == made.item_code

    assert seen_by(session, world, "instructor") == 0
    assert [one.outcome for one in reports.list_own(session, student)] == ["We looked."]


def test_nobody_else_closes_a_report(session: Session, world: World) -> None:
    made = report(session, world.actor(session, "student"))

    for login in ("stranger_director", "student", "stranger_student"):
        with pytest.raises(NotFound):
            inbox.close(session, world.actor(session, login), made.id, "No.", now=NOW)


def test_the_page_of_a_question_counts_answers_by_version_without_names(
    session: Session, world: World
) -> None:
    student = world.actor(session, "student")
    made = report(session, student, text="See the source.")
    new_version(session, made.item_code, lead_in="What comes first, then?")
    report(session, world.actor(session, "stranger_student"))

    page = item_page.get_page(session, world.actor(session, "instructor"), made.item_code)

    assert page.students >= 1
    assert [(one.version, one.current) for one in page.versions] == [(2, True), (1, False)]
    assert page.versions[1].answers == 1
    assert [one.text for one in page.reports] == ["See the source."]
    assert [(one.version, one.right) for one in page.answers] == [(1, True)]
    assert page.item.lead_in == "What comes first, then?"
    older = item_page.get_page(session, world.actor(session, "instructor"), made.item_code, 1)
    assert older.item.lead_in != page.item.lead_in
    assert page.acts == (Act.QUARANTINE,)
    with pytest.raises(NotFound):
        item_page.get_page(session, world.actor(session, "instructor"), made.item_code, 9)


def test_a_drawn_question_is_told_with_the_values_that_were_reported(
    session: Session, world: World
) -> None:
    concept = "hand-hygiene"
    for one in catalogue.current(session).items_of(concept):
        decide(session, world.actor(session, "director"), one.code, "quarantine")
    put_in_use(session, template(concept=concept))
    learner = Learner(session, world.actor(session, "student"))
    learner.give_card(concept)
    learner.start("review")
    asked = learner.question().item
    where = reports.place(session, learner.actor, learner.sitting_id, 1)
    reports.send(session, learner.actor, where, Report(op(), "wrong", ""), now=NOW)

    page = item_page.get_page(session, world.actor(session, "instructor"), asked.code)

    assert page.reports[0].drawn == f"{asked.stem} {asked.lead_in}".strip()
    assert "{" not in page.item.stem + page.item.lead_in
    assert page.is_template


def test_questions_are_found_by_their_parts(session: Session, world: World) -> None:
    staff, director = world.actor(session, "instructor"), world.actor(session, "director")
    add_item(session, ITEM, "own-question-01", program=world.program_id)
    decide(session, director, ITEM, "quarantine")

    def codes(**wanted: Any) -> set[str]:
        found = listing.find(session, staff, Filters(**wanted), due=DUE)
        return {line.code for line in found.lines}

    assert codes(words=f"  {ITEM.upper()} ") == {ITEM}
    assert codes(state="quarantined") == {ITEM}
    assert codes(words="own-question") == {"own-question-01"}
    assert codes(words="' OR 1=1; --") == codes(bank="nowhere") == codes(check="nonsense") == set()
    assert codes(state="retired") == codes(type="nonsense") == set()
    assert all(code for code in codes(bank="infection-control", type="single_best_answer"))
    stranger = world.actor(session, "stranger_director")
    assert not listing.find(session, stranger, Filters("own-question"), due=DUE).total


def test_pages_of_the_list_hold_every_question_once(session: Session, world: World) -> None:
    staff = world.actor(session, "instructor")
    whole = {line.code for line in listing.lines(session, staff) if line.state != State.REMOVED}
    first = listing.find(session, staff, Filters(), due=DUE)
    pages = [
        listing.find(session, staff, Filters(page=n), due=DUE).lines
        for n in range(1, first.pages + 1)
    ]

    codes = [line.code for lines in pages for line in lines]

    assert len(codes) == len(set(codes)) == first.total
    assert set(codes) == whole
    assert listing.find(session, staff, Filters(page=10**6), due=DUE).page == first.pages


def test_the_overview_counts_what_has_to_be_looked_after(session: Session, world: World) -> None:
    director = world.actor(session, "director")
    made = report(session, world.actor(session, "student"))
    decide(session, director, ITEM, "quarantine")
    add_item(session, "hand-hygiene-02", "own-question-01", program=world.program_id, checked=None,
             origin="local", review_by="2020-01-01")  # fmt: skip

    found = overview.overview(session, director, now=NOW)

    states = dict(found.states)
    assert states[State.QUARANTINED] == 1
    assert found.reports == 1
    assert [one.code for one in found.most_reported] == [made.item_code]
    assert found.own == 1
    assert found.due >= 1
    assert found.unread >= 1
    assert {exam.code for exam in found.exams} == {"cma", "rma", "ccma", "ncma"}
    assert all(domain.quota > 0 for exam in found.exams for domain in exam.domains)


def test_the_number_of_statements_does_not_grow_with_the_reports(
    sessions: Sessions, world: World
) -> None:
    with sessions.transaction() as session:
        code = report(session, world.actor(session, "student")).item_code
        director, student = world.actor(session, "director"), world.actor(session, "student")
    looks: list[Callable[[Session], Any]] = [
        lambda s: inbox.list_open(s, director),
        lambda s: item_page.get_page(s, director, code),
        lambda s: overview.overview(s, director, now=NOW),
        lambda s: listing.find(s, director, Filters(), due=DUE),
        lambda s: reports.list_own(s, student),
    ]
    counts = []
    for more in (0, 40):
        with sessions.transaction() as session:
            program = session.get_one(Program, world.program_id)
            for _ in range(more):
                person = make_person(session, program, roles.STUDENT, now=NOW)
                report(session, actor_for(session, person))
        for look in looks:
            statements(sessions, look)
        counts.append([statements(sessions, look) for look in looks])

    assert counts[0] == counts[1]
    assert max(counts[1]) <= 11
