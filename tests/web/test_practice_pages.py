"""Today, free practice, and what their buttons start."""

from datetime import date, timedelta

import pytest

from tests.conftest import NOW
from tests.make import Browser
from trainer.services import catalogue
from trainer.services.assignments.make import Draft, assign
from trainer.store.accounts import Person
from trainer.store.practice import MemoryCard, Sitting
from trainer.store.session import counting_statements


@pytest.fixture
def student(app, world) -> Browser:
    return Browser(app).sign_in("student")


def text_of(response) -> str:
    return " ".join(response.get_data(as_text=True).split())


def plant(sessions, world, **due) -> None:
    """Cards of the student, by concept with underscores, due so many days from today."""
    with sessions.transaction() as session:
        for concept, days in due.items():
            session.add(
                MemoryCard(
                    student_id=world.people["student"], concept=concept.replace("_", "-"),
                    s=10.0, d=5.0, last_day=NOW.date() - timedelta(days=10),
                    due_day=NOW.date() + timedelta(days=days), reps=1, lapses=0, lucky=0,
                    misconception_until=None, params_hash="x",
                )
            )  # fmt: skip


def assign_work(sessions, world, questions=5) -> None:
    with sessions.transaction() as session:
        actor = world.actor(session, "instructor")
        draft = Draft(
            "Infection control check", "Before Friday.", NOW + timedelta(days=1, hours=13), (),
            ("infection-control",), questions,
        )  # fmt: skip
        assign(session, actor, world.cohort_id, draft, "op-assign-1", now=NOW)


def test_without_an_exam_day_today_offers_to_set_one(student):
    assert "Set your exam day" in text_of(student.get("/today"))


def test_a_new_student_is_offered_a_first_plan(student):
    page = text_of(student.get("/today"))

    assert "Good morning, Student" in page
    assert "Tuesday, November 24" in page
    assert "6 new ideas, about 8 minutes" in page
    assert "Start with new ideas" in page
    assert "No assignments" in page
    assert "Pick up where you left off" not in page


def test_due_reviews_are_the_plan(student, sessions, world):
    plant(sessions, world, hand_hygiene=0, teach_back=-2, bp_technique=-1)

    page = text_of(student.get("/today"))
    assert "3 reviews, about 2 minutes" in page
    assert "Start reviews" in page
    assert "<b>6 new ideas</b>" in page


def test_nothing_due_is_a_rest(student, sessions, world):
    plant(sessions, world, hand_hygiene=1, teach_back=1)

    page = text_of(student.get("/today"))
    assert "Nothing is due. Rest counts too." in page
    assert "The next 2 reviews come tomorrow." in page
    assert "Learn 6 new ideas, 8 min" in page


def test_the_exam_is_counted_down(student, sessions, world):
    with sessions.transaction() as session:
        session.get_one(Person, world.people["student"]).exam_date = date(2027, 1, 7)

    page = text_of(student.get("/today"))
    assert '<b class="countdown-days">44</b>' in page
    assert "days to your CMA (AAMA)" in page
    assert "Thursday, January 7" in page


def test_assigned_questions_are_started_and_gone_on_with_from_today(student, sessions, world):
    assign_work(sessions, world)
    page = text_of(student.get("/today"))
    assert "Infection control check" in page
    assert "Due tomorrow, 11:00 pm" in page
    assert "Before Friday." in page
    assert 'action="/practice/targets/1"' in page

    first = student.post("/practice/targets/1")
    assert first.status_code == 303
    assert student.post("/practice/targets/1").location == first.location
    left = student.follow(student.post(f"{first.location}/end"))
    assert "Your answers are saved." in text_of(left)
    assert "Assigned questions · 0 of 5 answered" in text_of(left)
    assert "In progress" in text_of(left)


def test_assigned_questions_of_another_class_are_not_found(app, sessions, world):
    assign_work(sessions, world)

    for login in ("stranger_student", "instructor"):
        assert Browser(app).sign_in(login).post("/practice/targets/1").status_code == 404


def test_an_open_set_can_be_gone_on_with(student):
    where = student.post("/practice/start", {"kind": "new"}).location

    page = text_of(student.get("/today"))
    assert "Practice set · 0 of 6 answered" in page
    assert f'href="{where}"' in page


def test_a_double_click_starts_one_set(student, sessions):
    places = {student.post("/practice/start", {"kind": "new"}).location for _ in range(3)}

    assert len(places) == 1
    with sessions.reading() as session:
        assert session.query(Sitting).count() == 1


def test_banks_are_listed_with_what_was_met_and_is_due(student, sessions, world):
    plant(sessions, world, specimen_labeling=0, waived_test_rules=3)

    page = text_of(student.get("/practice"))
    assert '<b>Testing</b> <span class="second">4 ideas, 2 met, 1 due</span>' in page
    assert "Start 1 review" in page
    assert "Learn 6 new ideas" in page


def test_free_practice_starts_with_a_bank_and_a_size(student):
    form = {"kind": "bank", "bank": "vital-signs", "questions": "5"}
    page = student.follow(student.post("/practice/start", form))

    assert "Vital signs" in text_of(page)
    assert "<b>1</b> of 5" in text_of(page)


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"kind": "exam"},
        {"kind": "target"},
        {"kind": "bank", "bank": "nowhere", "questions": "5"},
        {"kind": "bank", "questions": "5"},
        {"kind": "bank", "bank": "testing", "questions": "6"},
        {"kind": "bank", "bank": "testing", "questions": "ten"},
        {"kind": "bank", "bank": "x\0y", "questions": "10"},
        {"kind": "bank", "bank": "x" * 5000, "questions": "10"},
    ],
)
def test_a_start_that_makes_no_sense_comes_back_with_the_reason(student, form):
    answer = student.post("/practice/start", form)

    assert answer.status_code == 422
    assert 'class="error"' in answer.get_data(as_text=True)


def test_reviews_with_nothing_due_lead_back_to_today(student):
    page = student.follow(student.post("/practice/start", {"kind": "review"}))

    assert "There is nothing to ask in this set right now." in text_of(page)


def test_questions_after_a_play_are_for_its_player_alone(student):
    assert student.post("/practice/plays/1").status_code == 404


def test_practice_is_for_students(app, world):
    for path in ("/today", "/practice", "/practice/1", "/practice/1/1"):
        assert Browser(app).get(path).status_code == 302
        assert Browser(app).sign_in("instructor").get(path).status_code == 404


def test_today_costs_the_same_whatever_the_number_of_cards(student, sessions, world):
    student.get("/today")  # the first look loads the catalogue
    counts = []
    for many in (False, True):
        if many:
            with sessions.reading() as session:
                codes = list(catalogue.current(session).concepts)
            plant(sessions, world, **dict.fromkeys(codes, 0))
        with counting_statements(sessions.engine) as count:
            assert student.get("/today").status_code == 200
        counts.append(count())

    assert counts[0] == counts[1] <= 10
