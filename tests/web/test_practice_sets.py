"""Answering in the browser: one question after another, twice, late, forged, in two tabs."""

import re
from datetime import timedelta

import pytest

from tests.make import Browser
from trainer.services import catalogue
from trainer.store.accounts import Person
from trainer.store.practice import Response, Sitting
from trainer.store.session import counting_statements

_FIELD = re.compile(r'name="(step|op_id)" value="([^"]*)"')


@pytest.fixture
def student(app, world) -> Browser:
    return Browser(app).sign_in("student")


@pytest.fixture
def place(student) -> str:
    """The address of a set of new ideas that was just begun."""
    return student.post("/practice/start", {"kind": "new"}).location


def text_of(response) -> str:
    return " ".join(response.get_data(as_text=True).split())


def key_of(sessions) -> tuple[str, str]:
    """The right option of the open question and a wrong one."""
    with sessions.reading() as session:
        sitting = session.query(Sitting).filter(Sitting.ended_at.is_(None)).one()
        item = catalogue.get_version(session, sitting.item_version_id).value
        return item.key.id, next(o.id for o in item.options if not o.correct)


def form_of(page, **values) -> dict[str, str]:
    return dict(_FIELD.findall(page.get_data(as_text=True))) | values


def rows(sessions) -> list[Response]:
    with sessions.reading() as session:
        return session.query(Response).order_by(Response.id).all()


def answer(student, place, clock, sessions, right=True, **values):
    """Open the question, answer it half a minute later; gives the answer of the server."""
    page = student.get(place)
    clock.now += timedelta(seconds=30)
    key, wrong = key_of(sessions)
    return student.post(f"{place}/answer", form_of(page, choice=key if right else wrong, **values))


def test_a_whole_set_from_the_first_question_to_the_summary(student, place, clock, sessions):
    for number in range(1, 7):
        page = text_of(student.get(place))
        assert f"Question {number}</h1>" in page
        assert f"<b>{number}</b> of 6" in page
        given = answer(student, place, clock, sessions)
        assert given.location == f"{place}/{number}"
        lesson = text_of(student.follow(given))
        assert "Right." in lesson
        assert ("Finish" if number == 6 else "Next question") in lesson

    page = text_of(student.get(place))
    assert "6 of 6 right" in page
    assert "Back to Today" in page
    assert "3 minutes" in page
    assert len(rows(sessions)) == 6


def test_a_question_gives_nothing_away(student, place, sessions):
    page = student.get(place).get_data(as_text=True)

    with sessions.reading() as session:
        sitting = session.query(Sitting).one()
        item = catalogue.get_version(session, sitting.item_version_id).value
    assert item.rule not in page
    assert item.code not in page
    assert not any(option.reason in page for option in item.options)
    assert "correct" not in page
    assert page.count('name="choice"') == len(item.options)
    assert 'style="' not in page
    assert "<script>" not in page


def test_a_wrong_answer_shows_the_answer_the_own_choice_and_when_it_comes_back(
    student, place, clock, sessions
):
    given = answer(student, place, clock, sessions, right=False, confidence="3")
    page = text_of(student.follow(given))

    assert "Not this one. The answer is" in page
    assert page.index('class="tag tag-answer"') < page.index('class="tag tag-yours"')
    assert page.index('class="tag tag-yours"') < page.index("Why not the other two")
    assert "Later today" in page
    assert "Then by <b>" in page
    assert "You were certain, so it comes back sooner" in page
    assert "knowledge part only" in page
    assert 'id="verdict" tabindex="-1" data-autofocus' in page
    assert "outline</dt>" in page
    assert "Facts as of Nov 2026." in page


def test_a_guess_that_was_right_says_so(student, place, clock, sessions):
    given = answer(student, place, clock, sessions, confidence="1")

    assert "Right, by a guess. It comes back today." in text_of(student.follow(given))


def test_no_choice_keeps_what_was_filled_in_and_says_what_is_missing(student, place, sessions):
    page = student.post(f"{place}/answer", form_of(student.get(place), confidence="2"))

    assert page.status_code == 422
    assert "Choose an answer first." in text_of(page)
    assert re.search(r'value="2"\s+data-key="2"\s+checked', page.get_data(as_text=True))
    assert rows(sessions) == []


@pytest.mark.parametrize(
    "forged",
    [
        {"choice": "z"},
        {"choice": "<script>alert(1)</script>"},
        {"choice": "a" * 5000},
        {"choice": ["a", "b"]},
        {"choice": "a", "step": "one"},
        {"choice": "a", "step": ""},
        {"choice": "a", "step": "-1"},
        {"choice": "a", "step": "9" * 6000},
        {"choice": "a", "op_id": ""},
        {"choice": "a", "op_id": "x" * 500},
        {"choice": "a", "op_id": "with\0null-byte"},
        {"choice": "a\0"},
        {"choice": "a", "confidence": "4"},
        {"choice": "a", "confidence": "sure"},
    ],
)
def test_what_no_page_would_send_is_refused_and_changes_nothing(student, place, sessions, forged):
    given = student.post(f"{place}/answer", form_of(student.get(place)) | forged)

    assert given.status_code == 422
    assert b"<script>alert" not in given.data
    assert rows(sessions) == []
    assert student.get(place).status_code == 200


def test_the_same_form_sent_three_times_is_one_answer(student, place, clock, sessions):
    form = form_of(student.get(place), choice=key_of(sessions)[0])
    clock.now += timedelta(seconds=30)
    answers = [student.post(f"{place}/answer", form) for _ in range(3)]

    assert {(a.status_code, a.location) for a in answers} == {(303, f"{place}/1")}
    assert len(rows(sessions)) == 1


def test_going_back_and_choosing_otherwise_is_refused_and_the_first_choice_kept(
    student, place, clock, sessions
):
    key, wrong = key_of(sessions)
    form = form_of(student.get(place), choice=wrong)
    clock.now += timedelta(seconds=30)
    student.post(f"{place}/answer", form)
    again = student.post(f"{place}/answer", form | {"choice": key})

    assert again.status_code == 409
    assert "The first one counts." in text_of(again)
    assert "Question 2</h1>" in text_of(again)
    assert [r.chosen for r in rows(sessions)] == [wrong]


def test_the_second_of_two_tabs_is_shown_where_the_set_stands(student, place, clock, sessions):
    key, wrong = key_of(sessions)
    first, second = (form_of(student.get(place)) for _ in range(2))
    clock.now += timedelta(seconds=30)
    assert student.post(f"{place}/answer", first | {"choice": key}).status_code == 303
    late = student.post(f"{place}/answer", second | {"choice": wrong})

    assert late.status_code == 409
    assert "This question was answered already." in text_of(late)
    assert "Question 2</h1>" in text_of(late)
    assert [r.chosen for r in rows(sessions)] == [key]


def test_a_set_that_was_ended_in_another_tab_shows_its_summary(student, place, sessions):
    form = form_of(student.get(place), choice="a")
    student.post(f"{place}/end")
    late = student.post(f"{place}/answer", form)

    assert late.status_code == 409
    assert "No question was answered" in text_of(late)
    assert rows(sessions) == []


def test_ending_shows_the_summary_with_the_rules_to_keep(student, place, clock, sessions):
    answer(student, place, clock, sessions, right=False)
    page = text_of(student.follow(student.post(f"{place}/end")))

    assert "0 of 1 right" in page
    assert "Rules to keep" in page
    assert "Again today from 10:10 am, then by" in page
    assert student.post(f"{place}/end").status_code == 303


def test_somebody_elses_set_is_not_found(app, student, place, clock, sessions):
    answer(student, place, clock, sessions)
    form = form_of(student.get(place), choice="a")
    stranger = Browser(app).sign_in("other_student")

    assert stranger.get(place).status_code == 404
    assert stranger.get(f"{place}/1").status_code == 404
    assert stranger.post(f"{place}/answer", form).status_code == 404
    assert stranger.post(f"{place}/end").status_code == 404
    assert len(rows(sessions)) == 1


@pytest.mark.parametrize("step", ["0", "2", "99999", "x", "-1", "9" * 40])
def test_feedback_exists_only_for_answered_steps(student, place, clock, sessions, step):
    answer(student, place, clock, sessions)

    assert student.get(f"{place}/{step}").status_code == 404


def test_looking_changes_nothing(student, place, sessions):
    def state():
        with sessions.reading() as session:
            row = session.query(Sitting).one()
            return row.step, row.item_version_id, row.option_order, row.shown_at

    before = state()
    first, second = (student.get(place).get_data(as_text=True) for _ in range(2))

    assert state() == before
    # Only the ids that make sending twice harmless are new.
    assert re.sub(r'value="[^"]{16,}"', "", first) == re.sub(r'value="[^"]{16,}"', "", second)


def test_how_sure_and_the_keys_can_be_switched_off(student, place, sessions, world):
    assert "How sure are you?" in text_of(student.get(place))
    with sessions.transaction() as session:
        person = session.get_one(Person, world.people["student"])
        person.confidence_on = person.keys_on = False

    page = text_of(student.get(place))
    assert "How sure are you?" not in page
    assert "<h2>Keys</h2>" not in page
    assert 'data-keys="off"' in page


def test_nothing_is_promised_that_does_not_exist_yet(student, place, clock, sessions):
    pages = [student.get(place), student.follow(answer(student, place, clock, sessions))]

    for page in map(text_of, pages):
        for word in ("Hint", "Glossary", "Flag for later", "What happened?"):
            assert word not in page


def test_an_answer_costs_at_most_eight_statements(student, place, clock, sessions):
    for right in (True, False, True):
        page = student.get(place)
        clock.now += timedelta(seconds=30)
        key, wrong = key_of(sessions)
        form = form_of(page, choice=key if right else wrong, confidence="3")
        with counting_statements(sessions.engine) as count:
            assert student.post(f"{place}/answer", form).status_code == 303

        assert count() <= 8
