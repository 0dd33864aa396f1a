"""What there is to do now, and what can be practiced freely. Only reads."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from trainer.core import queue
from trainer.core.outline.concepts import bank_name
from trainer.core.queue import Ask, ComeBack
from trainer.core.studyday import study_day
from trainer.services import access, cards, catalogue
from trainer.services.access import Actor
from trainer.services.practice import dayplan, history, planning
from trainer.services.practice.history import Given
from trainer.services.practice.sittings import TARGET, Progress, progress_of
from trainer.store.practice import MemoryCard, Sitting


@dataclass(frozen=True, slots=True)
class Exam:
    """The countdown."""

    name: str
    date: date
    days: int


@dataclass(frozen=True, slots=True)
class Today:
    """The student's day. Minutes are for the reviews and new ideas of the plan."""

    reviews: int
    review_minutes: int
    waiting: int
    """Due cards beyond the day's minutes; shown on request only."""
    new: int
    new_minutes: int
    new_bank: str
    """The bank most of the new ideas come from."""
    again: int
    """Ideas missed today that can be asked again now."""
    again_at: datetime | None
    """When the next missed idea of today can be asked again, if none can now."""
    minutes_a_day: int
    answered: int
    right: int
    met: int
    concepts: int
    next_due: date | None
    next_due_count: int
    exam: Exam | None
    open_sittings: tuple[Progress, ...]

    @property
    def is_rest(self) -> bool:
        """Whether nothing is due at this moment."""
        return not self.reviews and not self.again


@dataclass(frozen=True, slots=True)
class Bank:
    """A question bank as it can be chosen."""

    code: str
    name: str
    concepts: int
    met: int
    due: int


def today(session: Session, actor: Actor | None, *, now: datetime) -> Today:
    """The plan of the day. Five statements, whatever the number of cards."""
    me = access.student(actor)
    day = study_day(now, me.zone)
    learner = planning.get_learner(session, me.person_id)
    known = catalogue.current(session, me.programs)
    held = cards.find_cards(session, me.person_id)
    given = history.load(session, me.person_id, day)
    load = planning.load_of(held, given, known, learner, day)
    count = planning.count_new(held, known, load, learner.days_to_exam(day))
    fresh = planning.new_ideas(held, known, count)
    again, again_at = _missed(given, known, day, now)
    later = Counter(c.due_day for c in held.values() if c.due_day > day)
    next_due = min(later, default=None)
    answers = [one for one in given if one.study_day == day]
    return Today(
        reviews=len(load.reviews), review_minutes=dayplan.minutes(load.seconds),
        waiting=load.waiting, new=len(fresh),
        new_minutes=dayplan.minutes(len(fresh) * dayplan.NEW_S),
        new_bank=_main_bank(fresh, known), again=again, again_at=again_at,
        minutes_a_day=learner.minutes_a_day, answered=len(answers),
        right=sum(one.correct for one in answers),
        met=sum(code in held for code in planning.usable(known)),
        concepts=len(planning.usable(known)), next_due=next_due,
        next_due_count=later[next_due] if next_due else 0, exam=_exam(learner, known, day),
        open_sittings=_open(session, me.person_id, day),
    )  # fmt: skip


def _main_bank(codes: Sequence[str], known: catalogue.Catalogue) -> str:
    banks = Counter(known.concepts[code].bank for code in codes)
    return bank_name(banks.most_common(1)[0][0]) if banks else ""


def _missed(
    given: Sequence[Given], known: catalogue.Catalogue, day: date, now: datetime
) -> tuple[int, datetime | None]:
    """How many missed ideas can be asked again now, else when the next one can."""
    answers = history.answers_of(given, day)
    missed = queue.missed_today(answers)
    variants = planning.variants_of((one.concept for one in missed), known)
    step = queue.next_step((), answers, variants, now)
    if isinstance(step, ComeBack):
        return 0, step.at
    if not isinstance(step, Ask):
        return 0, None
    return sum(_can_come(one, answers, variants, now) for one in missed), None


def _can_come(
    one: queue.Missed,
    answers: Sequence[queue.Answer],
    variants: Mapping[str, Sequence[str]],
    now: datetime,
) -> bool:
    only = {one.concept: variants[one.concept]}
    return isinstance(queue.next_step((), answers, only, now), Ask)


def _exam(learner: planning.Learner, known: catalogue.Catalogue, day: date) -> Exam | None:
    days = learner.days_to_exam(day)
    if days is None or learner.exam_date is None:
        return None
    profile = known.exams.get(learner.exam_code or "")
    return Exam(profile.credential if profile else "exam", learner.exam_date, days)


def _open(session: Session, student_id: int, day: date) -> tuple[Progress, ...]:
    """Sittings to go on with: those of today, and work of any day that is still assigned."""
    rows = session.scalars(
        select(Sitting)
        .where(
            Sitting.student_id == student_id,
            Sitting.ended_at.is_(None),
            or_(
                and_(Sitting.study_day == day, Sitting.kind != TARGET),
                Sitting.assignment_target_id.in_(access.targets_set_for(student_id)),
            ),
        )
        .order_by(Sitting.id.desc())
    )
    return tuple(progress_of(sitting) for sitting in rows)


def list_banks(session: Session, actor: Actor | None, *, now: datetime) -> list[Bank]:
    """The question banks with how much of each was met and how much is due."""
    me = access.student(actor)
    day = study_day(now, me.zone)
    known = catalogue.current(session, me.programs)
    held = cards.find_cards(session, me.person_id)
    by_bank: dict[str, list[str]] = {}
    for code in planning.usable(known):
        by_bank.setdefault(known.concepts[code].bank, []).append(code)
    return [
        Bank(
            bank, bank_name(bank), len(codes), sum(code in held for code in codes),
            _count_due(codes, held, day),
        )
        for bank, codes in sorted(by_bank.items())
    ]  # fmt: skip


def _count_due(codes: Iterable[str], held: Mapping[str, MemoryCard], day: date) -> int:
    return sum(code in held and held[code].due_day <= day for code in codes)
