"""A sample program to look around in: made-up people whose work goes through the services.

Edge code like the command line: it may use every service, and its own seeded random numbers.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer import clock
from trainer.core import roles
from trainer.core.assignments import PRACTICE, SCENARIO, Status
from trainer.core.items.given import key_of, misses_of
from trainer.core.scenario import play as engine
from trainer.services import catalogue, people
from trainer.services.access import Actor
from trainer.services.accounts import profile, setup
from trainer.services.assignments import view
from trainer.services.assignments.make import Draft, assign
from trainer.services.cohorts import joining, manage
from trainer.services.hashing import Hasher
from trainer.services.practice import answering, asked, sittings
from trainer.services.practice.sittings import Wanted
from trainer.services.scenarios import playing
from trainer.store.accounts import Person, RoleGrant
from trainer.store.session import Sessions

ZONE = "America/New_York"
PROGRAM = "Medical Assisting, Riverbend Community College"
DAYS = 42
SEED = 20261124
NAMES = (
    "Ana Ruiz", "DeShawn Harris", "Fatima Siddiqui", "Grace Lindqvist", "Hannah Kowalski",
    "Jasmine Okafor", "Kayla Whitehorse", "Luis Ortega", "Marcus Bell", "Mei-Ling Chao",
    "Omar Haddad", "Priya Nair", "Sofia Petrov", "Tyler Brandt", "Aaliyah Brooks",
    "Ben Sorensen", "Chidi Eze", "Daniela Costa", "Elif Demir", "Finn O'Rourke",
    "Ines Moreau", "Jun Park", "Leilani Kahale", "Noor Rahman",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Habit:
    """How a made-up student studies: chance of a day, questions a day, chance of a right answer."""

    days: float
    questions: int
    knows: float
    stops_after: int = DAYS


def _habits(rng: Random, count: int) -> list[Habit]:
    found = [
        Habit(rng.uniform(0.35, 0.8), rng.randint(6, 13), rng.uniform(0.55, 0.9))
        for _ in range(count)
    ]
    # One who stopped, one who hardly began: pages must show these too.
    found[8 % count] = Habit(0.6, 9, 0.62, stops_after=DAYS - 12)
    found[3 % count] = Habit(0.06, 5, 0.6)
    return found


def fill_demo(
    sessions: Sessions, hasher: Hasher, *, now: datetime, tell: Callable[[str], None]
) -> dict[str, tuple[str, int]]:
    """Two cohorts, two instructors, a director and 24 students with six weeks behind them.

    Gives label -> (name, person id) of one student, one instructor and the director.
    """
    began = now - timedelta(days=DAYS)
    with sessions.transaction() as session:
        director = _make_program(session, hasher, began)
        teresa = _add(session, director, "Teresa Delgado", "teresa", roles.INSTRUCTOR, began)
        james = _add(session, director, "James Whitlock", "james", roles.INSTRUCTOR, began)
        fall = _make_cohort(session, teresa, "MA Fall 2026", "cma", NAMES[:14], began)
        spring = _make_cohort(session, james, "MA Spring 2027", "ccma", NAMES[14:], began)
    _live(sessions, [(teresa, *fall), (james, *spring)], now, tell)
    jasmine = next(who for who in fall[1] if who.name == "Jasmine Okafor")
    return {
        "Student": (jasmine.name, jasmine.person_id),
        "Instructor": (teresa.name, teresa.person_id),
        "Director": (director.name, director.person_id),
    }


def fill_for_new_program(session: Session, person_id: int, now: datetime) -> None:
    """A sample class of eight in a new program, with two weeks behind it, taught by its founder."""
    founder = _actor(session, session.get_one(Person, person_id))
    began = now - timedelta(days=14)
    if not founder.is_instructor:
        program = min(founder.programs_as(roles.ADMINISTRATOR))
        people.grant_role(session, person_id, program, roles.INSTRUCTOR, person_id, now=now)
        founder = _actor(session, session.get_one(Person, person_id))
    cohort, students = _make_cohort(session, founder, "Sample class", "cma", NAMES[:8], began)
    rng = Random(SEED)
    habits = _habits(rng, len(students))
    for day in range(14):
        _study_day(session, rng, list(zip(students, habits, strict=True)), began, day)
    _assign_some(session, founder, cohort, now)


def _make_program(session: Session, hasher: Hasher, began: datetime) -> Actor:
    code = clock.code()
    setup.issue_set_up_code(session, code, now=began)
    person = setup.set_up(
        session, code=code, program_name=PROGRAM, name="Karen Whitfield", login="karen",
        password=clock.token(), zone=ZONE, also_staff=True, hasher=hasher, now=began,
    )  # fmt: skip
    return _actor(session, person)


def _actor(session: Session, person: Person) -> Actor:
    session.flush()
    rows = session.execute(
        select(RoleGrant.program_id, RoleGrant.role).where(RoleGrant.person_id == person.id)
    )
    grants = frozenset((program, role) for program, role in rows)
    return Actor(person.id, person.name, person.login, person.zone, grants)


def _add(session: Session, by: Actor, name: str, login: str, role: str, now: datetime) -> Actor:
    person = people.add_person(
        session, login=login, name=name, zone=ZONE, password_hash=None, now=now
    )
    program = min(program for program, _ in by.grants)
    people.grant_role(session, person.id, program, role, by.person_id, now=now)
    return _actor(session, person)


def _make_cohort(
    session: Session, teacher: Actor, name: str, exam: str, names: tuple[str, ...], now: datetime
) -> tuple[int, list[Actor]]:
    cohort = manage.make_cohort(session, teacher, name, exam, now=now)
    students = []
    for number, student in enumerate(names):
        login = "".join(c for c in student.lower() if c.isascii() and c.isalpha())
        person = people.add_person(
            session, login=f"{login}.sample", name=student, zone=ZONE, password_hash=None, now=now
        )
        people.grant_role(
            session, person.id, cohort.program_id, roles.STUDENT, teacher.person_id, now=now
        )
        joining.enrol(session, cohort, person, teacher.person_id, now=now)
        who = _actor(session, person)
        wanted = profile.get_profile(session, who)
        exam_day = (now + timedelta(days=84 + 3 * (number % 7))).date()
        profile.set_profile(
            session, who,
            profile.Profile(ZONE, True, True, exam, exam_day, wanted.minutes_a_day), now=now,
        )  # fmt: skip
        students.append(who)
    return cohort.id, students


def _live(
    sessions: Sessions,
    cohorts: list[tuple[Actor, int, list[Actor]]],
    now: datetime,
    tell: Callable[[str], None],
) -> None:
    """Day by day, one transaction each, so that rows stand in the order in which they happened."""
    rng = Random(SEED)
    students = [who for _, _, group in cohorts for who in group]
    pairs = list(zip(students, _habits(rng, len(students)), strict=True))
    began = now - timedelta(days=DAYS)
    for day in range(DAYS):
        with sessions.transaction() as session:
            if day in {7, 21, 35}:
                for teacher, cohort, _ in cohorts:
                    _assign(session, teacher, cohort, day, began + timedelta(days=day))
            _study_day(session, rng, pairs, began, day)
        if day % 7 == 6:
            tell(f"  week {day // 7 + 1} of {DAYS // 7}")


_SETS = {
    7: ("Infection control check", (), ("infection-control",), 10),
    21: ("Flu visit and vital signs", ("flu-patient",), ("vital-signs",), 8),
    35: ("Child immunization visit", ("child-immunization",), ("immunization",), 6),
}


def _assign(session: Session, teacher: Actor, cohort: int, key: int, now: datetime) -> None:
    title, scenarios, banks, questions = _SETS[key]
    draft = Draft(title, "", now + timedelta(days=9), scenarios, banks, questions)
    assign(session, teacher, cohort, draft, f"sample-{cohort}-{key}", now=now)


def _assign_some(session: Session, teacher: Actor, cohort: int, now: datetime) -> None:
    _assign(session, teacher, cohort, 7, now)
    _assign(session, teacher, cohort, 21, now)


def _study_day(
    session: Session, rng: Random, pairs: list[tuple[Actor, Habit]], began: datetime, day: int
) -> None:
    start = began + timedelta(days=day)
    for who, habit in pairs:
        if day > habit.stops_after or rng.random() > habit.days:
            continue
        moment = start + timedelta(minutes=rng.randint(0, 240))
        _practise(session, rng, who, habit, moment)
        if rng.random() < 0.2:
            _play(session, rng, who, habit, moment + timedelta(minutes=30))


def _moments(rng: Random, first: datetime) -> Iterator[datetime]:
    while True:
        first += timedelta(seconds=rng.randint(18, 75))
        yield first


def _practise(session: Session, rng: Random, who: Actor, habit: Habit, moment: datetime) -> None:
    """Assigned questions first, then what is due, then new ideas, as a student would."""
    times = _moments(rng, moment)
    left = habit.questions
    for wanted in (*_open_work(session, who, moment), Wanted("review"), Wanted("new")):
        if left <= 0:
            return
        seed = f"{rng.getrandbits(64):x}"
        sitting = sittings.start(session, who, wanted, seed=seed, now=next(times))
        if sitting is not None:
            left -= _answer_all(session, rng, who, habit, sitting, left, times)


def _open_work(session: Session, who: Actor, now: datetime) -> list[Wanted]:
    return [
        Wanted("target", target_id=own.target.id)
        for own in view.list_own(session, who, now=now)
        if own.target.kind == PRACTICE and not own.standing.is_finished
    ]


def _answer_all(
    session: Session, rng: Random, who: Actor, habit: Habit, sitting: int, most: int,
    times: Iterator[datetime],
) -> int:  # fmt: skip
    """Answer up to so many questions of a sitting; gives their number."""
    for number in range(most):
        open_now = asked.question(session, who, sitting)
        if open_now is None:
            return number
        right = rng.random() < habit.knows
        given = key_of(open_now.item) if right else rng.choice(misses_of(open_now.item))
        form = answering.AnswerForm(
            open_now.step, f"{rng.getrandbits(96):024x}", given, _sure(rng, right)
        )
        answering.answer(session, who, sitting, form, now=next(times))
    sittings.end(session, who, sitting, now=next(times))
    return most


def _sure(rng: Random, right: bool) -> int | None:
    """Mostly certain when right, mostly not when wrong, and sometimes nothing is said."""
    weights = (1, 3, 6, 2) if right else (4, 4, 1, 2)
    return rng.choices((1, 2, 3, None), weights)[0]


def _play(session: Session, rng: Random, who: Actor, habit: Habit, moment: datetime) -> None:
    """Play assigned scenarios first, then any; on the best path as often as things are known."""
    times = _moments(rng, moment)
    seed = f"{rng.getrandbits(64):x}"
    assigned = [
        own.target.id
        for own in view.list_own(session, who, now=moment)
        if own.target.kind == SCENARIO and own.standing.status != Status.PASSED
    ]
    if assigned:
        play = playing.start_target(session, who, assigned[0], seed=seed, now=next(times))
    else:
        code = rng.choice(sorted(catalogue.current(session).scenarios))
        play = playing.start(session, who, code, seed=seed, now=next(times))
    running = playing.get_running(session, who, play.id)
    while running.play.ended_at is None:
        open_now = [c.id for c in engine.offered(running.scenario, running.state)]
        planned = [c for c in running.scenario.best_path if c in open_now]
        knows = bool(planned) and rng.random() < 0.75 + habit.knows / 4
        choice = planned[0] if knows else rng.choice(open_now)
        running = playing.choose(session, who, play.id, running.next_step, choice, now=next(times))
    playing.reflect(session, who, play.id, "", "", now=next(times))
