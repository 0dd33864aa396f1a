"""One play from its first choice to its last. Source: design B3, B8, B9; promise P03."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.assignments import SCENARIO
from trainer.core.errors import Conflict, NotFound
from trainer.core.names import MAX_TEXT, clean_text
from trainer.core.scenario import play as engine
from trainer.core.scenario.model import Scenario
from trainer.core.scenario.play import NotOffered, State
from trainer.core.scenario.version import ENGINE_VERSION
from trainer.core.studyday import study_day
from trainer.services import access, catalogue
from trainer.services.access import Actor
from trainer.services.scenarios.ending import finish
from trainer.store.accounts import Person
from trainer.store.scenarios import Play, PlayStep


@dataclass(frozen=True, slots=True)
class Running:
    """A play with its scenario and the state its steps lead to."""

    play: Play
    scenario: Scenario
    state: State

    @property
    def next_step(self) -> int:
        """Number of the choice that is asked for now."""
        return len(self.state.path) + 1


def start(
    session: Session,
    actor: Actor | None,
    code: str,
    *,
    seed: str,
    now: datetime,
    target_id: int | None = None,
) -> Play:
    """Begin a scenario, or go on with the open play of the same scenario and assignment.

    An open play goes on even when its scenario has been retired; a new one is NotFound then.
    """
    me = access.student(actor)
    opened = _find_open(session, me.person_id, code, target_id)
    if opened is not None:
        return opened
    found = catalogue.current(session).scenarios.get(code)
    if found is None:
        raise NotFound
    play = Play(
        student_id=me.person_id, scenario=code, version_id=found.version_id,
        file_hash=found.sha256, seed=seed, assignment_target_id=target_id, started_at=now,
        study_day=study_day(now, me.zone), steps=0, engine_version=ENGINE_VERSION,
    )  # fmt: skip
    session.add(play)
    session.flush()
    return play


def _find_open(session: Session, student_id: int, code: str, target_id: int | None) -> Play | None:
    # The lock on the person lets a second press wait for the first and find its play.
    session.execute(
        select(Person.id).where(Person.id == student_id).with_for_update(key_share=True)
    )
    same_work = (
        Play.assignment_target_id.is_(None)
        if target_id is None
        else Play.assignment_target_id == target_id
    )
    return session.scalar(
        select(Play).where(
            Play.student_id == student_id,
            Play.scenario == code,
            Play.ended_at.is_(None),
            same_work,
        )
    )


def start_target(
    session: Session, actor: Actor | None, target_id: int, *, seed: str, now: datetime
) -> Play:
    """Begin the scenario of an assignment."""
    target, _ = access.get_target(session, actor, target_id)
    if target.kind != SCENARIO:
        raise NotFound
    return start(session, actor, target.code, seed=seed, now=now, target_id=target.id)


def get_running(
    session: Session, actor: Actor | None, play_id: int, *, lock: bool = False
) -> Running:
    """A student's own play where it stands, on the version it was begun with."""
    play = access.get_play(session, actor, play_id, lock=lock)
    scenario: Scenario = catalogue.get_version(session, play.version_id).value
    return Running(play, scenario, engine.replay(scenario, play.seed, _path(session, play)))


def _path(session: Session, play: Play) -> list[str]:
    return list(
        session.scalars(
            select(PlayStep.choice).where(PlayStep.play_id == play.id).order_by(PlayStep.step)
        )
    )


def choose(
    session: Session,
    actor: Actor | None,
    play_id: int,
    step: int,
    choice: str,
    *,
    now: datetime,
) -> Running:
    """Make the choice number `step`.

    The same choice sent again for a step changes nothing. Raises Conflict when the play has
    moved on or the choice is not on offer: the page then shows where it stands.
    """
    running = get_running(session, actor, play_id, lock=True)
    path = running.state.path
    if 1 <= step <= len(path) and path[step - 1] == choice:
        return running
    if step != running.next_step or running.play.ended_at is not None:
        raise Conflict("This visit has moved on since that page was shown. Here is where it is.")
    try:
        state = engine.choose(running.scenario, running.state, choice)
    except NotOffered:
        raise Conflict("That choice is not open here. Choose one of these.") from None
    session.add(PlayStep(play_id=running.play.id, step=step, choice=choice, at=now))
    running.play.steps = step
    session.flush()
    moved = Running(running.play, running.scenario, state)
    if engine.ended(running.scenario, state):
        zone = access.signed_in(actor).zone
        finish(session, moved.play, moved.scenario, state, now=now, day=study_day(now, zone))
    return moved


def reflect(
    session: Session,
    actor: Actor | None,
    play_id: int,
    went_well: str,
    would_change: str,
    *,
    now: datetime,
) -> Play:
    """Keep the answers to the two questions before the score; both may be empty."""
    play = access.get_play(session, actor, play_id, lock=True)
    if play.ended_at is None:
        raise Conflict("This visit has not ended yet.")
    well = clean_text(went_well, "went_well", "What went well", MAX_TEXT)
    change = clean_text(would_change, "would_change", "What you would change", MAX_TEXT)
    if play.reflected_at is None:
        play.went_well, play.would_change, play.reflected_at = well, change, now
    return play
