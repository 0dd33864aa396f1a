"""The scenarios a student can play, with what became of earlier plays."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.services import access, catalogue
from trainer.services.access import Actor
from trainer.store.scenarios import Play


@dataclass(frozen=True, slots=True)
class PastPlay:
    """A finished play."""

    id: int
    ended_at: datetime
    overall: float
    passed: bool


@dataclass(frozen=True, slots=True)
class OpenPlay:
    """A play that waits to be continued."""

    id: int
    scenario: str
    title: str
    step: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class ScenarioRow:
    """One scenario in the list."""

    code: str
    title: str
    summary: str
    level: int
    minutes_real: int
    open_play: int | None
    past: tuple[PastPlay, ...]

    @property
    def best(self) -> PastPlay | None:
        """The best finished play."""
        return max(self.past, key=lambda play: play.overall, default=None)


def list_scenarios(session: Session, actor: Actor | None) -> list[ScenarioRow]:
    """All scenarios in use, easiest first, with the student's own plays. Two statements."""
    me = access.student(actor)
    plays = session.scalars(
        select(Play).where(Play.student_id == me.person_id).order_by(Play.id)
    ).all()
    rows = []
    for found in catalogue.current(session).scenarios.values():
        mine = [p for p in plays if p.scenario == found.code]
        past = tuple(
            PastPlay(p.id, p.ended_at, (p.overall_num or 0) / (p.overall_den or 1), bool(p.passed))
            for p in mine
            if p.ended_at is not None
        )
        opened = [p.id for p in mine if p.ended_at is None]
        scenario = found.value
        rows.append(
            ScenarioRow(
                found.code, scenario.title, scenario.summary, scenario.level,
                scenario.minutes_real, opened[-1] if opened else None, past,
            )
        )  # fmt: skip
    return sorted(rows, key=lambda row: (row.level, row.title))


def list_open(session: Session, actor: Actor | None) -> list[OpenPlay]:
    """The student's open plays, the newest first. One statement."""
    me = access.student(actor)
    plays = session.scalars(
        select(Play)
        .where(Play.student_id == me.person_id, Play.ended_at.is_(None))
        .order_by(Play.id.desc())
    )
    known = catalogue.current(session)
    return [
        OpenPlay(p.id, p.scenario, known.scenario_title(p.scenario), p.steps + 1, p.started_at)
        for p in plays
    ]
