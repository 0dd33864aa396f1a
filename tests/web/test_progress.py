import re

import pytest
from flask import Flask

from tests.conftest import NOW
from tests.make import Browser, World
from tests.services.progress_rows import add_answers, add_students
from tests.web.html import ids_of, text_of
from trainer.services import catalogue
from trainer.store.cohorts import Cohort
from trainer.store.session import Sessions


def fill(sessions: Sessions, cohort_id: int, students: int) -> None:
    with sessions.transaction() as session:
        cohort = session.get_one(Cohort, cohort_id)
        ids = add_students(session, cohort, students, now=NOW)
        codes = sorted(catalogue.current(session).items)
        items = [(code, n % 2 == 0) for n, code in enumerate(codes)]
        add_answers(session, ids, items, at=NOW, day=NOW.date())


def test_the_program_page_shows_cohorts_side_by_side(
    app: Flask, world: World, sessions: Sessions
) -> None:
    fill(sessions, world.other_cohort_id, 5)

    answer = Browser(app).sign_in("director").get("/program")

    page = text_of(answer)
    assert answer.status_code == 200
    assert "MA Fall 2026" in page
    assert "5 of 5" in page
    assert "too few to say, no answers yet" in page
    assert re.search(r"[45]\d %, \d+ answers of 5 students", page)


def test_the_chart_has_the_same_numbers_in_a_table(
    app: Flask, world: World, sessions: Sessions
) -> None:
    fill(sessions, world.other_cohort_id, 5)

    html = Browser(app).sign_in("director").get("/program").get_data(as_text=True)

    titles = re.findall(r"<title>MA Spring 2027: ([^<]+)</title>", html)
    table = html.split('class="as-table"')[1].split("</table>")[0]
    assert titles
    for figures in titles:
        assert figures.strip() in " ".join(table.split())


def test_no_id_stands_twice_on_the_program_page(app: Flask, world: World) -> None:
    ids = ids_of(Browser(app).sign_in("director").get("/program"))

    assert len(ids) == len(set(ids))


def test_a_program_without_cohorts_has_one_way_to_start(app: Flask, world: World) -> None:
    page = text_of(Browser(app).sign_in("stranger_director").get("/program"))

    assert "No cohorts yet" in page
    assert "Make a cohort" in page


@pytest.mark.parametrize("login", ["instructor", "student", "admin"])
def test_the_program_page_is_for_its_director(app: Flask, world: World, login: str) -> None:
    assert Browser(app).sign_in(login).get("/program").status_code == 404
