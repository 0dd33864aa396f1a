"""What an answered question teaches, and the summary of a sitting. Only reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core import queue
from trainer.core.constants import DEFAULTS
from trainer.core.errors import NotFound
from trainer.core.items import Item
from trainer.core.items.told import Lesson, lesson
from trainer.core.outline.concepts import Concept
from trainer.services import access, catalogue
from trainer.services.access import Actor
from trainer.services.practice import history, planning, presenting
from trainer.services.practice.history import Given
from trainer.services.practice.sittings import Progress, progress_of
from trainer.store.practice import Response, Review, Sitting


class Verdict(StrEnum):
    """How an answer counts."""

    RIGHT = "right"
    WRONG = "wrong"
    PARTLY = "partly"
    """Some of its parts are right; counts as not yet known (design A2, R4)."""
    LUCKY = "lucky"
    """Right, but a guess."""
    QUICK = "quick"
    """Right, but too quick to have been read."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A place in an outline or a competency. Questions show the knowledge part only."""

    code: str
    name: str
    hands_on: bool = False


@dataclass(frozen=True, slots=True)
class Feedback:
    """Everything about one answered question, from the version that was shown."""

    progress: Progress
    step: int
    item: Item
    version_id: int
    withdrawn: bool
    """Whether this version is in quarantine or was retired as wrong."""
    verdict: Verdict
    lesson: Lesson
    """A reason for every part of the question, beside what was given."""
    rule: str
    """The rating rule that applied (design A2)."""
    misconception: bool
    again_today: bool
    due_day: date | None
    study_day: date
    concept: Concept | None
    exam: str
    outline: tuple[Tag, ...]
    competencies: tuple[Tag, ...]


@dataclass(frozen=True, slots=True)
class Miss:
    """An idea that was missed, by the rule to keep."""

    lead_in: str
    rule: str
    again_at: datetime | None
    """When it can be asked again today; None when it is not."""
    due_day: date | None


@dataclass(frozen=True, slots=True)
class Summary:
    """A sitting as a whole."""

    progress: Progress
    right: int
    answered: int
    started_at: datetime
    ended_at: datetime | None
    seconds: int
    misses: tuple[Miss, ...]
    resume_at: datetime | None


def feedback(session: Session, actor: Actor | None, sitting_id: int, step: int) -> Feedback:
    """The feedback to one answered step. Raises NotFound for a step not answered yet."""
    sitting = access.get_sitting(session, actor, sitting_id)
    response, review = _answered(session, sitting, step)
    version = catalogue.get_version(session, response.item_version_id)
    item = presenting.shown(version, response)
    taught = lesson(item, response.chosen, response.option_order)
    known = catalogue.current(session, access.signed_in(actor).programs)
    concept = known.concepts.get(item.concept)
    exam = planning.get_learner(session, sitting.student_id).exam_code or ""
    day = history.load(session, sitting.student_id, response.study_day)
    until = _up_to(day, sitting_id, step)
    return Feedback(
        progress=progress_of(sitting), step=step, item=item, version_id=version.version_id,
        withdrawn=known.is_withheld(version),
        verdict=_verdict(response, review, taught), lesson=taught,
        rule=review.rule if review else "R3",
        misconception=bool(review and review.outcome["misconception"]),
        again_today=_again_at(until, item.concept, known) is not None,
        due_day=review.due_day if review else None,
        study_day=response.study_day,
        concept=concept,
        exam=known.exams[exam].credential if exam in known.exams else "",
        outline=_outline(concept, known, exam),
        competencies=_competencies(concept, known),
    )  # fmt: skip


def _up_to(given: Sequence[Given], sitting_id: int, step: int) -> list[Given]:
    """The answers of the day until this one."""
    place = next(
        n for n, one in enumerate(given) if (one.sitting_id, one.step) == (sitting_id, step)
    )
    return list(given[: place + 1])


def _answered(session: Session, sitting: Sitting, step: int) -> tuple[Response, Review | None]:
    row = session.execute(
        select(Response, Review)
        .outerjoin(Review, Review.response_id == Response.id)
        .where(Response.sitting_id == sitting.id, Response.step == step)
    ).one_or_none()
    if row is None:
        raise NotFound
    return row[0], row[1]


def _verdict(response: Response, review: Review | None, taught: Lesson) -> Verdict:
    if not response.correct:
        return Verdict.PARTLY if taught.points else Verdict.WRONG
    if review is None:
        return Verdict.QUICK
    return Verdict.LUCKY if review.outcome["lucky"] else Verdict.RIGHT


def _again_at(given: Sequence[Given], concept: str, known: catalogue.Catalogue) -> datetime | None:
    """When the queue would ask the idea again on the day of these answers; None for not at all."""
    missed = {one.concept: one for one in queue.missed_today(_answers(given))}
    if concept not in missed:
        return None
    at = missed[concept].at + timedelta(minutes=DEFAULTS.requeue_minutes)
    step = queue.next_step((), _answers(given), planning.variants_of([concept], known), at)
    return at if isinstance(step, queue.Ask) else None


def _answers(given: Sequence[Given]) -> list[queue.Answer]:
    return history.answers_of(given, given[-1].study_day) if given else []


def _outline(concept: Concept | None, known: catalogue.Catalogue, exam: str) -> tuple[Tag, ...]:
    """Where the idea stands in the outline of the student's exam."""
    area = known.areas.get(concept.area) if concept else None
    profile = known.exams.get(exam)
    if area is None or profile is None:
        return ()
    names = profile.node_names()
    return tuple(Tag(node, names.get(node, node)) for node in area.nodes(exam))


def _competencies(concept: Concept | None, known: catalogue.Catalogue) -> tuple[Tag, ...]:
    """The competencies an idea belongs to, with the names of our frameworks."""
    found: dict[str, Tag] = {}
    for framework in known.frameworks.values():
        for entry in framework.competencies:
            hands_on = entry.kind != "cognitive"
            found[entry.code] = Tag(entry.code, entry.summary, hands_on)
            for part in entry.parts:
                name = f"{entry.summary}: {part.name}"
                found[part.code] = Tag(part.code, name, hands_on)
    codes = concept.competencies if concept else ()
    return tuple(found[code] for code in codes if code in found)


def summary(session: Session, actor: Actor | None, sitting_id: int) -> Summary:
    """How a sitting went: right ones, time, and the misses with when they come back."""
    sitting = access.get_sitting(session, actor, sitting_id)
    rows = session.execute(
        select(Response, Review)
        .outerjoin(Review, Review.response_id == Response.id)
        .where(Response.sitting_id == sitting.id)
        .order_by(Response.step)
    ).all()
    last_day = rows[-1][0].study_day if rows else sitting.study_day
    given = history.load(session, sitting.student_id, last_day)
    return Summary(
        progress=progress_of(sitting),
        right=sum(response.correct for response, _ in rows),
        answered=len(rows),
        started_at=sitting.started_at,
        ended_at=sitting.ended_at,
        seconds=sum(response.duration_ms for response, _ in rows) // 1000,
        misses=_misses(session, actor, [(r[0], r[1]) for r in rows], given),
        resume_at=sitting.resume_at,
    )


def _misses(
    session: Session, actor: Actor | None, rows: Sequence[tuple[Response, Review | None]],
    given: Sequence[Given],
) -> tuple[Miss, ...]:  # fmt: skip
    """One line for each idea that was missed, with its latest due day."""
    known = catalogue.current(session, access.signed_in(actor).programs)
    due = {r.concept: review.due_day for r, review in rows if review is not None}
    first: dict[str, Response] = {}
    for response, _ in rows:
        if not response.correct:
            first.setdefault(response.concept, response)
    return tuple(
        Miss(item.lead_in, item.rule, _again_at(given, concept, known), due.get(concept))
        for concept, response in first.items()
        for version in [catalogue.get_version(session, response.item_version_id)]
        for item in [presenting.shown(version, response)]
    )
