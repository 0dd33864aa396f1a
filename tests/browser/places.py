"""A program in which every page has something to show, and the addresses of its pages."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from tests.conftest import NOW
from tests.make import World
from tests.services.bank_writing import OTHER, make_sound, publish_read, sound
from tests.services.practicing import Learner
from tests.services.progress_rows import add_students
from trainer.services import catalogue
from trainer.services.access import Actor
from trainer.services.accounts import profile
from trainer.services.assignments import view
from trainer.services.assignments.make import Draft, assign
from trainer.services.bank import decisions, drafts, fields, inbox, reading, reports
from trainer.services.bank.decisions import Wanted
from trainer.services.bank.states import Act
from trainer.services.cohorts import manage
from trainer.services.limits import PER_ACCOUNT, note_try
from trainer.services.practice import sittings
from trainer.services.scenarios import playing
from trainer.store.cohorts import Cohort
from trainer.store.session import Sessions

LOCKED_OUT = "nobody"


def furnish(sessions: Sessions, world: World) -> dict[str, str]:
    """Give every page its content; gives name -> path."""
    places: dict[str, str] = {}
    with sessions.transaction() as session:
        cohort = session.get_one(Cohort, world.cohort_id)
        add_students(session, cohort, 6, now=NOW)
        _set_work(session, world, places)
    with sessions.transaction() as session:
        student = world.actor(session, "student")
        _practice(session, student, places)
        _resting(session, world.actor(session, "other_student"))
        _plays(session, student, places)
        _bank(session, world, places)
        _own_questions(session, world, places)
        for _ in range(PER_ACCOUNT):
            note_try(session, LOCKED_OUT, "192.0.2.0/24", False, now=NOW)
    return places | _of_cohorts(world)


def _of_cohorts(world: World) -> dict[str, str]:
    full, bare = f"/cohorts/{world.cohort_id}", f"/cohorts/{world.other_cohort_id}"
    return {
        "cohort": full, "assign": f"{full}/assignments/new", "roster": f"{full}/roster",
        "student": f"{full}/students/{world.people['student']}",
        "remove": f"{full}/students/{world.people['student']}/remove", "bare cohort": bare,
        "new student": f"{full}/students/{world.people['other_student']}",
    }  # fmt: skip


def _set_work(session: Session, world: World, places: dict[str, str]) -> None:
    teacher = world.actor(session, "instructor")
    banks = ("infection-control",)
    for number, (title, days, scenarios) in enumerate(
        [("Last week", -3, ("flu-patient",)), ("This week", 1, ()), ("Later", 9, ("new-patient",))]
    ):
        draft = Draft(title, "Read it twice.", NOW + timedelta(days=days), scenarios, banks, 5)
        made = assign(
            session, teacher, world.cohort_id, draft, f"operation-{number}",
            now=NOW - timedelta(days=7),
        )  # fmt: skip
    places["assignment"] = f"/assignments/{made.id}"
    places["withdraw"] = f"/assignments/{made.id}/withdraw"
    manage.make_invite(session, teacher, world.cohort_id, 30, "OPEN-CODE-1", now=NOW)
    newcomer = max(view.get_page(session, teacher, made.id, now=NOW).students, key=_person_id)
    manage.issue_student_code(
        session, teacher, world.cohort_id, newcomer.person_id, "OPEN-CODE-2", now=NOW
    )
    other = world.actor(session, "outside_instructor")
    made = assign(
        session, other, world.other_cohort_id,
        Draft("First week", "", NOW + timedelta(days=3), (), banks, 5), "operation-9", now=NOW,
    )  # fmt: skip
    places["bare assignment"] = f"/assignments/{made.id}"


def _person_id(line: Any) -> int:
    found: int = line.person_id
    return found


def _practice(session: Session, student: Actor, places: dict[str, str]) -> None:
    """One finished set with a miss and a lucky guess, one set half done, cards due today."""
    own = profile.get_profile(session, student)
    exam_day = (NOW + timedelta(days=45)).date()
    profile.set_profile(
        session, student, replace(own, exam_code="cma", exam_date=exam_day), now=NOW
    )
    learner = Learner(session, student, now=NOW - timedelta(hours=2))
    learner.start("bank", bank="infection-control", questions=5)
    for right, sure in ((True, 3), (False, 3), (True, 1), (True, 2), (True, None)):
        learner.answer(right, sure)
    while learner.sitting.ended_at is None:
        learner.answer()
    done = f"/practice/{learner.sitting_id}"
    places |= {"finished": done, "right": f"{done}/1", "wrong": f"{done}/2", "lucky": f"{done}/3"}
    for concept in ("teach-back", "bp-technique", "pulse-measurement"):
        learner.give_card(concept)
    learner.start("bank", bank="law-ethics", questions=10)
    learner.answer()
    places["question"] = f"/practice/{learner.sitting_id}"


def _bank(session: Session, world: World, places: dict[str, str]) -> None:
    """Reports open and closed, a question in quarantine, a correction of what was answered."""
    student, director = world.actor(session, "student"), world.actor(session, "director")
    done = int(places["finished"].rpartition("/")[2])
    for step, about in ((1, "wrong"), (2, "unclear"), (3, "outdated")):
        where = reports.place(session, student, done, step)
        form = reports.Report(f"report-{step:04d}", about, "The second answer is right, too.")
        made = reports.send(session, student, where, form, now=NOW)
        places[f"report {step}"] = f"{places['finished']}/{step}/report"
        places[f"item {step}"] = f"/bank/items/{where.code}"
    inbox.close(session, director, made.id, "We have checked it: the key holds.", now=NOW)
    places["open report"] = f"{places['question']}/2/report"
    told = Wanted(
        Act.CORRECT, "New guideline.", "The rub takes 20 seconds.", "https://www.cdc.gov/x"
    )
    codes = [places[f"item {step}"].rpartition("/")[2] for step in (1, 2)]
    erratum = decisions.decide(session, director, codes[0], told, now=NOW)
    decisions.decide(session, director, codes[1], Wanted(Act.QUARANTINE, "Wrong key."), now=NOW)
    places["correction"] = f"/corrections/{erratum.id}"
    for kind, item in sorted(
        {one.value.type: one.code for one in catalogue.current(session).items.values()}.items()
    ):
        places[f"item {kind}"] = f"/bank/items/{item}"


def _resting(session: Session, student: Actor) -> None:
    """A student who has met everything and has nothing due."""
    learner = Learner(session, student)
    for concept in catalogue.current(session).concepts:
        learner.give_card(concept, due=3)
    assert sittings.start(session, student, sittings.Wanted("review"), seed="s", now=NOW) is None


def _plays(session: Session, student: Actor, places: dict[str, str]) -> None:
    told = catalogue.current(session).scenarios["flu-patient"].value
    paths = {w.name: w.choices for w in told.walkthroughs}
    failed = paths["Tube labeled from memory and reported"]
    places["debrief"] = f"{_play(session, student, failed)}/debrief"
    places["reflect"] = f"{_play(session, student, paths['Straight through every hub'])}/reflect"
    places["decision"] = _play(session, student, failed[:9])
    places["transcript"] = places["decision"] + "/transcript"
    places["too early"] = places["decision"] + "/debrief"
    hub = playing.start(session, student, "child-immunization", seed="seed-2", now=NOW)
    places["hub"] = f"/plays/{hub.id}"


def _play(session: Session, student: Actor, choices: tuple[str, ...]) -> str:
    play = playing.start(session, student, "flu-patient", seed="seed-1", now=NOW)
    for step, choice in enumerate(choices, 1):
        playing.choose(session, student, play.id, step, choice, now=NOW)
    return f"/plays/{play.id}"


def _own_questions(session: Session, world: World, places: dict[str, str]) -> None:
    """Drafts of every type, one with something to fix, one that waits for its second reader."""
    author, reader = world.actor(session, "instructor"), world.actor(session, "director")
    publish_read(session, author, reader, make_sound(session, author))
    waiting = make_sound(session, author, **OTHER)
    reading.send(session, author, waiting.id, waiting.edit, now=NOW)
    places["waiting"] = f"/bank/drafts/{waiting.id}"
    faulty = drafts.make(session, author, "teach-back", "single_best_answer", now=NOW)
    entry = sound(faulty.entry, sources=[], rule="<b>Spores</b>")
    drafts.save(session, author, faulty.id, 1, entry, now=NOW)
    places["faulty"] = f"/bank/drafts/{faulty.id}"
    for kind in fields.TYPES[1:]:
        made = drafts.make(session, author, "pulse-measurement", kind, now=NOW)
        places[f"draft {kind}"] = f"/bank/drafts/{made.id}"
