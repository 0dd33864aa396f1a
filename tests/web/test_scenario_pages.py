"""The pages of a play: patient card, transcript, debrief. Design B7; ui.md pages d and e."""

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.conftest import NOW
from tests.make import Browser, World
from tests.web.html import text_of
from trainer.services import catalogue
from trainer.services.scenarios import playing
from trainer.store.session import Sessions
from trainer.web.scenarios.play_page import in_quotes

MANY_FAULTS = "Straight through every hub"


@pytest.fixture
def student(app: Flask, world: World) -> Browser:
    return Browser(app).sign_in("student")


def begin(student: Browser, code: str) -> TestResponse:
    student.get("/scenarios")
    return student.follow(student.post(f"/scenarios/{code}/start"))


def play(sessions: Sessions, world: World, name: str, steps: int | None = None) -> int:
    """Play the flu visit as a walkthrough does, to its end or so many steps; gives the play."""
    with sessions.transaction() as session:
        told = catalogue.current(session).scenarios["flu-patient"].value
        choices = next(w.choices for w in told.walkthroughs if w.name == name)
        who = world.actor(session, "student")
        begun = playing.start(session, who, "flu-patient", seed="seed-1", now=NOW)
        for step, choice in enumerate(choices[:steps], 1):
            playing.choose(session, who, begun.id, step, choice, now=NOW)
        return begun.id


def test_a_complaint_stands_in_quotation_marks(student: Browser) -> None:
    page = text_of(begin(student, "flu-patient"))

    assert "as told “Fever, cough, everything aches since last night.”" in page


@pytest.mark.parametrize("says", ['She says: "It hurts."', "She says: “It hurts.”"])
def test_what_somebody_else_tells_keeps_its_own_quotation_marks(says: str) -> None:
    assert in_quotes(says) == "She says: “It hurts.”"


def test_the_folded_card_has_one_line_of_vitals(
    student: Browser, sessions: Sessions, world: World
) -> None:
    play_id = play(sessions, world, "Every step in order", 9)

    page = text_of(student.get(f"/plays/{play_id}"))

    assert "T 102.9 · P 124 · R 28 · BP 98/60 · SpO2 91 %" in page


def test_the_transcript_has_the_scenes_and_what_was_done(
    student: Browser, sessions: Sessions, world: World
) -> None:
    play_id = play(sessions, world, "Every step in order", 2)

    page = text_of(student.get(f"/plays/{play_id}/transcript"))

    assert "You Give him a mask and hand rub and walk him straight to room 2" in page
    assert "Front desk" in page
    assert "9:05 am" in page


def test_a_debrief_names_the_steps_that_come_back(
    student: Browser, sessions: Sessions, world: World
) -> None:
    first, second = (play(sessions, world, MANY_FAULTS) for _ in range(2))

    assert "ideas go to your reviews" in text_of(student.get(f"/plays/{first}/debrief"))
    later = text_of(student.get(f"/plays/{second}/debrief"))
    assert "No idea goes to your reviews" in later
    assert "The first try of a day sets the reviews; this was a later one." in later


@pytest.mark.parametrize("code", ["child-immunization", "flu-patient", "new-patient"])
def test_every_step_on_the_best_path_can_be_shown(
    student: Browser, sessions: Sessions, world: World, code: str
) -> None:
    with sessions.transaction() as session:
        choices = catalogue.current(session).scenarios[code].value.best_path
        who = world.actor(session, "student")
        play_id = playing.start(session, who, code, seed="seed-1", now=NOW).id

    for step, choice in enumerate(choices, 1):
        assert student.get(f"/plays/{play_id}").status_code == 200
        with sessions.transaction() as session:
            who = world.actor(session, "student")
            playing.choose(session, who, play_id, step, choice, now=NOW)
    assert student.get(f"/plays/{play_id}/debrief").status_code == 200


def test_a_hub_with_eleven_actions_is_shown(student: Browser) -> None:
    path = begin(student, "child-immunization").request.path

    after = student.follow(student.post(path, {"step": "1", "choice": "c_doors"}))

    assert after.status_code == 200
    assert after.get_data(as_text=True).count('class="hub-act"') == 11


def test_a_rounded_point_is_said_to_be_one_and_a_shared_step_says_how(
    student: Browser, sessions: Sessions, world: World
) -> None:
    whole, rough = (
        play(sessions, world, name)
        for name in ("Every step in order", "Everything else first until time is up")
    )
    note = "Points are shown to one decimal. The sums add the exact points."

    page = text_of(student.get(f"/plays/{whole}/debrief"))
    assert note not in page
    assert "Administrative 1, Safety 2" in page
    page = text_of(student.get(f"/plays/{rough}/debrief"))
    assert note in page


def test_the_list_and_the_debrief_name_the_same_score(
    student: Browser, sessions: Sessions, world: World
) -> None:
    play(sessions, world, MANY_FAULTS)

    assert "Best 15.6 of 100, 1 try" in text_of(student.get("/scenarios"))
