"""Starting and ending sittings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core import queue
from trainer.core.assignments import PRACTICE
from trainer.core.errors import Invalid, NotFound
from trainer.core.order import seeded_order
from trainer.core.outline.concepts import bank_name
from trainer.core.queue import Ask
from trainer.core.rating import Rating
from trainer.core.studyday import study_day
from trainer.services import access, cards, catalogue
from trainer.services.access import Actor
from trainer.services.practice import dayplan, history, planning, presenting
from trainer.services.practice.history import Given
from trainer.services.practice.planning import Learner
from trainer.services.practice.presenting import Situation
from trainer.store.assignments import AssignmentTarget
from trainer.store.practice import MemoryCard, Review, Sitting

REVIEW: Final = "review"
NEW: Final = "new"
BANK: Final = "bank"
TARGET: Final = "target"
PLAY: Final = "play"
SIZES: Final = (5, 10, 20)

_TITLES: Final = {REVIEW: "Reviews", NEW: "New ideas"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to start: the kind, and for free practice the bank and the number of questions, for
    assigned work the target, after a scenario its play."""

    kind: str
    bank: str = ""
    questions: int = 10
    target_id: int | None = None
    play_id: int | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a sitting stands: the number of the open question and of all questions.

    When the sitting is over, `position` is the number after the last question.
    """

    sitting_id: int
    kind: str
    title: str
    position: int
    total: int
    over: bool


@dataclass(frozen=True, slots=True)
class _Start:
    """A start as asked for, after its target was looked up."""

    student_id: int
    wanted: Wanted
    target: AssignmentTarget | None
    title: str
    seed: str
    learner: Learner
    programs: frozenset[int]
    day: date
    now: datetime


@dataclass(frozen=True, slots=True)
class _Ground:
    """What the student knows and has done today, and what there is to ask."""

    cards: Mapping[str, MemoryCard]
    given: list[Given]
    known: catalogue.Catalogue
    from_play: list[str]


def progress_of(sitting: Sitting) -> Progress:
    """Where the sitting stands."""
    over = sitting.ended_at is not None
    asked = sitting.step - 1 if over else sitting.step
    return Progress(
        sitting.id, sitting.kind, sitting.title, sitting.step, max(len(sitting.plan), asked), over
    )


def start(
    session: Session, actor: Actor | None, wanted: Wanted, *, seed: str, now: datetime
) -> int | None:
    """Begin a sitting, or go on with the open one of the same kind; gives its id.

    None when nothing can be asked now. Sittings of an earlier study day are closed, except
    assigned work, which goes on. Raises NotFound for a target that is not the student's.
    """
    me = access.student(actor)
    # The lock on the person lets a second press wait for the first and find its sitting.
    learner = planning.get_learner(session, me.person_id, lock=True)
    target, title = _look_up(session, actor, wanted)
    day = study_day(now, me.zone)
    asked = _Start(
        me.person_id, wanted, target, title, seed, learner, me.programs, day, now
    )  # fmt: skip
    found = _find_open(session, asked)
    if found is not None:
        return found.id
    ground = _Ground(
        cards.find_cards(session, me.person_id),
        history.load(session, me.person_id, day),
        catalogue.current(session, asked.programs),
        _missed_in(session, wanted.play_id),
    )
    return _begin(session, asked, ground, _plan(asked, ground))


def _missed_in(session: Session, play_id: int | None) -> list[str]:
    """The ideas that a scenario play sent back to be reviewed."""
    if play_id is None:
        return []
    query = select(Review.concept).where(Review.play_id == play_id, Review.rating == Rating.AGAIN)
    return list(session.scalars(query.order_by(Review.id)))


def _look_up(
    session: Session, actor: Actor | None, wanted: Wanted
) -> tuple[AssignmentTarget | None, str]:
    """The target, if one is wanted, and the title of the sitting."""
    if wanted.kind in _TITLES:
        return None, _TITLES[wanted.kind]
    if wanted.kind == BANK:
        return None, _check_bank(session, wanted)
    if wanted.kind == PLAY and wanted.play_id is not None:
        play = access.get_play(session, actor, wanted.play_id)
        return None, f"After {catalogue.current(session).scenario_title(play.scenario)}"
    if wanted.kind != TARGET or wanted.target_id is None:
        raise Invalid("kind", "Choose what to practice.")
    target, assignment = access.get_target(session, actor, wanted.target_id)
    if target.kind != PRACTICE:
        raise NotFound
    return target, assignment.title


def _check_bank(session: Session, wanted: Wanted) -> str:
    if wanted.bank not in {c.bank for c in catalogue.current(session).concepts.values()}:
        raise Invalid("bank", "Choose one of the question banks.")
    if wanted.questions not in SIZES:
        raise Invalid("questions", "Choose 5, 10 or 20 questions.")
    return bank_name(wanted.bank)


def _find_open(session: Session, asked: _Start) -> Sitting | None:
    """The open sitting to go on with; closes what was left open on an earlier study day."""
    found = None
    for sitting in session.scalars(
        select(Sitting)
        .where(Sitting.student_id == asked.student_id, Sitting.ended_at.is_(None))
        .order_by(Sitting.id)
        .with_for_update()
    ):
        if sitting.kind != TARGET and sitting.study_day != asked.day:
            presenting.end(sitting, now=asked.now)
        elif _is_same(sitting, asked):
            found = sitting
    session.flush()
    return found


def _is_same(sitting: Sitting, asked: _Start) -> bool:
    if sitting.kind != asked.wanted.kind:
        return False
    if sitting.kind == TARGET:
        return sitting.assignment_target_id == asked.wanted.target_id
    return sitting.title == asked.title


def _plan(asked: _Start, ground: _Ground) -> list[str]:
    """The ideas to ask, in order, by the kind of sitting."""
    chosen = _PLANS[asked.wanted.kind](asked, ground)
    # New ideas stay in blocks of one area: first contact is easier that way (design A5).
    if asked.wanted.kind == NEW:
        return chosen
    return planning.mixed(chosen, ground.known, asked.learner.exam_code)


def _plan_target(asked: _Start, ground: _Ground) -> list[str]:
    """So many of the target's ideas, drawn by the seed; those met today come last."""
    assert asked.target is not None
    codes = [code for code in asked.target.concepts if ground.known.items_of(code)]
    shuffled = seeded_order(codes, "target", asked.seed)
    fresh = planning.can_be_asked(shuffled, ground.given, ground.known, asked.day)
    ordered = fresh + [code for code in shuffled if code not in fresh]
    return ordered[: asked.target.questions or len(ordered)]


def _plan_reviews(asked: _Start, ground: _Ground) -> list[str]:
    """What was missed today and the reviews of the day; more when the minutes are used up."""
    load = planning.load_of(ground.cards, ground.given, ground.known, asked.learner, asked.day)
    if not load.reviews and load.waiting:
        load = planning.load_of(
            ground.cards, ground.given, ground.known, asked.learner, asked.day, spent=False
        )
    today = history.answers_of(ground.given, asked.day)
    variants = planning.variants_of((one.concept for one in today), ground.known)
    missed = [one.concept for one in queue.repeatable(today, variants)]
    return [*missed, *load.reviews]


def _plan_new(asked: _Start, ground: _Ground) -> list[str]:
    """As many as Today has offered; a full block for who asks for more than was offered."""
    load = planning.load_of(ground.cards, ground.given, ground.known, asked.learner, asked.day)
    days = asked.learner.days_to_exam(asked.day)
    offered = planning.count_new(ground.cards, ground.known, load, days)
    count = offered or dayplan.NEW_AT_ONCE
    return planning.new_ideas(ground.cards, ground.known, count)


def _plan_bank(asked: _Start, ground: _Ground) -> list[str]:
    codes = [
        code
        for code in planning.usable(ground.known)
        if ground.known.concepts[code].bank == asked.wanted.bank
    ]
    fresh = planning.can_be_asked(codes, ground.given, ground.known, asked.day)
    ranked = planning.ranked_for_bank(fresh, ground.cards, asked.day, asked.seed)
    return ranked[: asked.wanted.questions]


def _plan_after_play(asked: _Start, ground: _Ground) -> list[str]:
    return planning.can_be_asked(ground.from_play, ground.given, ground.known, asked.day)


_PLANS: Final = {
    REVIEW: _plan_reviews, NEW: _plan_new, BANK: _plan_bank, TARGET: _plan_target,
    PLAY: _plan_after_play,
}  # fmt: skip


def _begin(session: Session, asked: _Start, ground: _Ground, plan: list[str]) -> int | None:
    """Write the sitting with its first question; None when there is nothing to ask."""
    given = history.load(session, asked.student_id, asked.day, concepts=plan)
    here = Situation(given, ground.known, asked.day, asked.now)
    if not isinstance(presenting.next_step(plan, here, None), Ask):
        return None
    sitting = Sitting(
        student_id=asked.student_id, kind=asked.wanted.kind, title=asked.title,
        assignment_target_id=asked.target.id if asked.target else None, seed=asked.seed,
        started_at=asked.now, study_day=asked.day, ended_at=None, plan=plan, step=1,
        concept=None, item_version_id=None, option_order=[], draw=None, shown_at=asked.now,
        resume_at=None,
    )  # fmt: skip
    presenting.advance(sitting, here)
    session.add(sitting)
    session.flush()
    return sitting.id


def end(session: Session, actor: Actor | None, sitting_id: int, *, now: datetime) -> bool:
    """Stop a sitting; True when it is over. Ending twice is harmless.

    Assigned work stays open, to be gone on with: it is over when its questions are answered.
    Work that was taken back, or that belongs to a class left meanwhile, can be ended.
    """
    sitting = access.get_sitting(session, actor, sitting_id, lock=True)
    if sitting.ended_at is None and not access.is_still_set(session, sitting):
        presenting.end(sitting, now=now)
        session.flush()
    return sitting.ended_at is not None
