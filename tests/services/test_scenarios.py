"""Playing a scenario through the services. Design B3, B8, B9; promises P03, P23."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from tests.conftest import NOW
from tests.make import World
from tests.services.practicing import at_once
from trainer.content.bundle import Bundle
from trainer.content.payload import to_payload
from trainer.core.errors import Conflict, NotFound
from trainer.core.rating import Rated, Rating
from trainer.core.scenario.model import Scenario
from trainer.services import cards, catalogue
from trainer.services.access import Actor
from trainer.services.assignments import make as assignments
from trainer.services.assignments.make import Draft
from trainer.services.scenarios import ending, listing, playing
from trainer.store.assignments import AssignmentTarget
from trainer.store.practice import MemoryCard, Review
from trainer.store.scenarios import Play, PlayStep
from trainer.store.session import Sessions

CODE = "flu-patient"


@pytest.fixture
def student(session: Session, world: World) -> Actor:
    return world.actor(session, "student")


def scenario(session: Session) -> Scenario:
    found: Scenario = catalogue.current(session).scenarios[CODE].value
    return found


def begin(session: Session, who: Actor) -> Play:
    return playing.start(session, who, CODE, seed="seed-1", now=NOW)


def play_path(session: Session, who: Actor, play: Play, choices: tuple[str, ...]) -> None:
    for step, choice in enumerate(choices, play.steps + 1):
        playing.choose(session, who, play.id, step, choice, now=NOW)


def play_through(session: Session, who: Actor, name: str = "") -> Play:
    """Play the best path, or the walkthrough of that name."""
    told = scenario(session)
    paths = {w.name: w.choices for w in told.walkthroughs}
    play = begin(session, who)
    play_path(session, who, play, paths[name] if name else told.best_path)
    return play


def worst(session: Session) -> str:
    """Name of the walkthrough that fails with the lowest score."""
    return min(scenario(session).walkthroughs, key=lambda w: w.overall).name


def test_the_best_path_ends_with_all_points_and_passes(session: Session, student: Actor) -> None:
    play = play_through(session, student)

    assert play.ended_at == NOW
    assert (play.overall_num, play.overall_den) == (100, 1)
    assert play.passed is True
    assert play.critical is False


def test_starting_twice_goes_on_with_the_open_play(session: Session, student: Actor) -> None:
    first = begin(session, student)
    playing.choose(session, student, first.id, 1, scenario(session).best_path[0], now=NOW)

    again = playing.start(session, student, CODE, seed="another seed", now=NOW)

    assert again.id == first.id
    assert again.seed == "seed-1"


def test_starting_many_times_at_once_makes_one_play(sessions: Sessions, world: World) -> None:
    with sessions.reading() as session:
        who = world.actor(session, "student")

    assert len(set(at_once(sessions, lambda session: begin(session, who).id))) == 1


def test_an_open_play_goes_on_after_its_scenario_was_retired(
    session: Session, student: Actor, world: World, bundle: Bundle
) -> None:
    draft = Draft("Flu visit", "", NOW + timedelta(days=3), (CODE,), (), None)
    staff = world.actor(session, "instructor")
    made = assignments.assign(session, staff, world.cohort_id, draft, "operation-1", now=NOW)
    target = session.scalars(
        select(AssignmentTarget.id).where(AssignmentTarget.assignment_id == made.id)
    ).one()
    assigned = playing.start_target(session, student, target, seed="seed", now=NOW)
    path = scenario(session).best_path
    rest = {code: told for code, told in bundle.scenarios.items() if code != CODE}
    catalogue.sync(session, replace(bundle, scenarios=rest), now=NOW)

    again = playing.start_target(session, student, target, seed="seed", now=NOW)

    assert again.id == assigned.id
    play_path(session, student, again, path)
    assert again.passed
    with pytest.raises(NotFound):
        playing.start_target(session, student, target, seed="seed", now=NOW)


def test_an_idea_answered_elsewhere_before_the_end_does_not_stop_the_end(
    session: Session, student: Actor
) -> None:
    play, path = begin(session, student), scenario(session).best_path
    play_path(session, student, play, path[:-1])
    concept = min(scenario(session).rubric[0].concepts)
    rated = Rated(rating=Rating.GOOD, rule="R10")
    cards.record_review(session, student.person_id, concept, rated, {}, now=NOW, day=NOW.date())
    session.flush()
    held = cards.find_cards(session, student.person_id)
    session.execute(update(MemoryCard.__table__).values(reps=5))

    play_path(session, student, play, path[-1:])

    assert play.ended_at == NOW
    session.refresh(held[concept])
    assert held[concept].reps == 6


def test_a_play_locked_for_a_change_is_read_anew(session: Session, student: Actor) -> None:
    play = play_through(session, student)
    session.execute(update(Play.__table__).values(reflected_at=NOW, went_well="First."))

    playing.reflect(session, student, play.id, "Second.", "", now=NOW)

    assert play.went_well == "First."


def test_a_second_click_on_the_same_choice_changes_nothing(
    session: Session, student: Actor
) -> None:
    play = begin(session, student)
    choice = scenario(session).best_path[0]
    for _ in range(3):
        playing.choose(session, student, play.id, 1, choice, now=NOW)

    steps = session.scalar(select(func.count()).select_from(PlayStep))

    assert steps == 1
    assert play.steps == 1


def test_a_stale_page_with_another_choice_is_a_conflict(session: Session, student: Actor) -> None:
    play = begin(session, student)
    first, second = scenario(session).best_path[:2]
    playing.choose(session, student, play.id, 1, first, now=NOW)

    with pytest.raises(Conflict):
        playing.choose(session, student, play.id, 1, second, now=NOW)
    assert play.steps == 1


@pytest.mark.parametrize(
    ("step", "choice"), [(1, "no-such-choice"), (1, ""), (0, "x"), (-1, "x"), (2, "x"), (99, "x")]
)
def test_forged_steps_and_choices_change_nothing(
    session: Session, student: Actor, step: int, choice: str
) -> None:
    play = begin(session, student)

    with pytest.raises(Conflict):
        playing.choose(session, student, play.id, step, choice, now=NOW)
    assert session.scalar(select(func.count()).select_from(PlayStep)) == 0


def test_a_choice_after_the_end_is_a_conflict(session: Session, student: Actor) -> None:
    play = play_through(session, student)

    with pytest.raises(Conflict):
        playing.choose(
            session, student, play.id, play.steps + 1, scenario(session).best_path[0], now=NOW
        )


def test_a_play_is_resumed_where_it_was_left(session: Session, student: Actor) -> None:
    play = begin(session, student)
    some = scenario(session).best_path[:4]
    play_path(session, student, play, some)

    running = playing.get_running(session, student, play.id)

    assert running.state.path == some
    assert running.next_step == 5


def test_nobody_else_sees_a_play(session: Session, student: Actor, world: World) -> None:
    play = begin(session, student)
    other = world.actor(session, "other_student")

    for look in (playing.get_running, ending.get_debrief):
        with pytest.raises(NotFound):
            look(session, other, play.id)


def test_the_debrief_waits_for_the_end(session: Session, student: Actor) -> None:
    play = begin(session, student)

    with pytest.raises(Conflict):
        ending.get_debrief(session, student, play.id)


def test_missed_steps_become_review_cards_and_right_ones_do_not(
    session: Session, student: Actor
) -> None:
    play_through(session, student)
    assert session.scalar(select(func.count()).select_from(MemoryCard)) == 0
    later = student

    play = playing.start(session, later, CODE, seed="seed-2", now=NOW + timedelta(days=1))
    choices = {w.name: w.choices for w in scenario(session).walkthroughs}[worst(session)]
    for step, choice in enumerate(choices, 1):
        playing.choose(session, later, play.id, step, choice, now=NOW + timedelta(days=1))

    reviews = session.scalars(select(Review).where(Review.play_id == play.id)).all()
    cards = session.scalars(select(MemoryCard)).all()

    assert reviews
    assert {r.rating for r in reviews} == {1}
    assert {c.concept for c in cards} == {r.concept for r in reviews}
    planned = ending.get_debrief(session, later, play.id).reviews
    assert {p.concept for p in planned} == {r.concept for r in reviews}
    assert all(p.has_items for p in planned)


def test_only_the_first_run_of_a_day_writes_reviews(session: Session, student: Actor) -> None:
    name = worst(session)
    play_through(session, student, name)
    before = session.scalar(select(func.count()).select_from(Review))

    play_through(session, student, name)

    assert session.scalar(select(func.count()).select_from(Review)) == before


def test_a_changed_scenario_leaves_open_and_ended_plays_as_they_were(
    sessions: Sessions, world: World, bundle: Bundle
) -> None:
    """P23: the version seen is pinned."""
    with sessions.transaction() as session:
        who = world.actor(session, "student")
        ended = play_through(session, who)
        opened = begin(session, who)
        before = ending.get_debrief(session, who, ended.id).score
        old = scenario(session)
    changed = replace(old, title="Changed title", version=old.version + 1)
    edited = replace(bundle, scenarios={**bundle.scenarios, CODE: changed})
    with sessions.transaction() as session:
        catalogue.sync(session, edited, now=NOW)
    with sessions.transaction() as session:
        assert scenario(session).title == "Changed title"
        assert playing.get_running(session, who, opened.id).scenario.title == old.title
        kept = ending.get_debrief(session, who, ended.id)
        assert to_payload(kept.scenario) == to_payload(old)
        assert kept.score == before


def test_reflection_is_kept_once_and_may_be_empty(session: Session, student: Actor) -> None:
    play = play_through(session, student)

    playing.reflect(session, student, play.id, "Asked early", "", now=NOW)
    playing.reflect(session, student, play.id, "Changed my mind", "", now=NOW)

    assert play.went_well == "Asked early"
    assert play.would_change == ""


def test_the_list_shows_every_scenario_with_the_best_play(session: Session, student: Actor) -> None:
    play_through(session, student)
    opened = begin(session, student)

    row = next(r for r in listing.list_scenarios(session, student) if r.code == CODE)

    assert row.best is not None
    assert row.best.overall == 100
    assert row.open_play == opened.id


@pytest.mark.parametrize("code", ["", "nothing", "Flu-Patient", "x" * 200, "../flu-patient"])
def test_an_unknown_scenario_cannot_be_started(session: Session, student: Actor, code: str) -> None:
    with pytest.raises(NotFound):
        playing.start(session, student, code, seed="s", now=NOW)


def test_staff_do_not_play_as_students(session: Session, world: World) -> None:
    with pytest.raises(NotFound):
        playing.start(session, world.actor(session, "instructor"), CODE, seed="s", now=NOW)
