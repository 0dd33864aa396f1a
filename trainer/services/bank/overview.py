"""The question bank at a glance: whether it fills the exams, and what has to be looked after."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from trainer.content.checks.coverage import families, placed
from trainer.core.outline.exams import ExamProfile
from trainer.core.outline.health import Health, health, ratio
from trainer.core.studyday import study_day
from trainer.services import access, catalogue
from trainer.services.access import Actor
from trainer.services.bank import listing
from trainer.services.bank.listing import Line
from trainer.services.bank.states import State
from trainer.services.catalogue import Catalogue

DUE_SOON: Final = timedelta(days=60)
MOST_REPORTED: Final = 5


@dataclass(frozen=True, slots=True)
class DomainHealth:
    """A domain of an exam: ideas that a form could ask about for every question it needs."""

    code: str
    name: str
    quota: int
    families: int
    ratio: float | None
    health: Health


@dataclass(frozen=True, slots=True)
class ExamHealth:
    """An exam with its domains."""

    code: str
    credential: str
    domains: tuple[DomainHealth, ...]

    @property
    def worst(self) -> Health:
        found = {domain.health for domain in self.domains}
        return "red" if "red" in found else "amber" if "amber" in found else "green"


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything on the first page of the question bank."""

    exams: tuple[ExamHealth, ...]
    states: tuple[tuple[State, int], ...]
    types: tuple[tuple[str, int], ...]
    ideas: int
    unread: int
    due: int
    own: int
    reports: int
    most_reported: tuple[Line, ...]


def due_day(actor: Actor | None, *, now: datetime) -> str:
    """The day (ISO) up to which a planned review counts as coming due."""
    return (study_day(now, access.staff(actor).zone) + DUE_SOON).isoformat()


def overview(session: Session, actor: Actor | None, *, now: datetime) -> Overview:
    """The bank as this member of staff sees it. At most six statements."""
    me = access.staff(actor)
    found = listing.lines(session, actor)
    in_place = [line for line in found if line.state != State.REMOVED]
    known = catalogue.current(session, me.staffed)
    due = due_day(actor, now=now)
    states = Counter(line.state for line in in_place)
    types = Counter(line.type for line in in_place if line.state == State.IN_USE)
    reported = sorted((line for line in found if line.reports), key=lambda one: -one.reports)
    return Overview(
        exams=tuple(_exam(known, exam) for exam in known.exams.values()),
        states=tuple((state, states[state]) for state in State if state != State.REMOVED),
        types=tuple(types.most_common()),
        ideas=len({line.concept for line in in_place if line.state == State.IN_USE}),
        unread=listing.count(found, "unread", due), due=listing.count(found, "due", due),
        own=sum(line.own for line in in_place), reports=sum(line.reports for line in found),
        most_reported=tuple(reported[:MOST_REPORTED]),
    )  # fmt: skip


def _exam(known: Catalogue, exam: ExamProfile) -> ExamHealth:
    items = [version.value for version in known.items.values()]
    there = placed(items, known.concepts, known.areas, exam)

    def domain(code: str, name: str, quota: int) -> DomainHealth:
        have = families(there.get(code, ()))
        return DomainHealth(code, name, quota, have, ratio(have, quota), health(have, quota))

    return ExamHealth(
        exam.code, exam.credential, tuple(domain(d.code, d.name, d.items) for d in exam.domains)
    )
