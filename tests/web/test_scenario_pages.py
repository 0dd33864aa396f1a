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

    assert "steps go to your reviews" in text_of(student.get(f"/plays/{first}/debrief"))
    later = text_of(student.get(f"/plays/{second}/debrief"))
    assert "No step goes to your reviews" in later
    assert "The first try of a day sets the reviews; this was a later one." in later
