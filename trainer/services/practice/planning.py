"""What each kind of sitting asks, from a student's cards and the catalogue. Reads no clock."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core import memory, queue
from trainer.core.order import seeded_order
from trainer.services.catalogue import Catalogue
from trainer.services.practice import dayplan
from trainer.services.practice.history import Given, answers_of
from trainer.store.accounts import Person
from trainer.store.cohorts import Cohort, Enrolment
from trainer.store.practice import MemoryCard


@dataclass(frozen=True, slots=True)
class Learner:
    """What the plan of a day depends on besides memory."""

    exam_code: str | None
    """The exam the student has set, else that of the newest class."""
    exam_date: date | None
    minutes_a_day: int

    def days_to_exam(self, day: date) -> int | None:
        """Study days until the exam; None when there is no date or it has passed."""
        if self.exam_date is None or self.exam_date < day:
            return None
        return (self.exam_date - day).days


def get_learner(session: Session, student_id: int, *, lock: bool = False) -> Learner:
    """The student's settings. One statement; `lock` lets one start after another."""
    query = (
        select(Person, Cohort.exam_code)
        .outerjoin(Enrolment, (Enrolment.person_id == Person.id) & Enrolment.ended_at.is_(None))
        .outerjoin(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(Person.id == student_id)
        .order_by(Enrolment.enrolled_at.desc(), Enrolment.id.desc())
        .limit(1)
    )
    if lock:
        # Not the strongest lock: an answer, which holds its sitting, refers to the person, and
        # would wait here while a start waits for the sitting.
        query = query.with_for_update(of=Person, key_share=True)
    person, class_exam = session.execute(query).one()
    return Learner(person.exam_code or class_exam, person.exam_date, person.minutes_a_day)


def usable(known: Catalogue) -> list[str]:
    """Concepts that have at least one question."""
    return [code for code in known.concepts if known.items_of(code)]


def variants_of(concepts: Iterable[str], known: Catalogue) -> dict[str, list[str]]:
    """The codes of the questions of each concept, as the queue asks for them."""
    return {concept: [one.code for one in known.items_of(concept)] for concept in concepts}


def due_cards(cards: Iterable[MemoryCard], known: Catalogue, day: date) -> list[MemoryCard]:
    """The cards due on the study day, the longest overdue first."""
    due = [c for c in cards if c.due_day <= day and known.items_of(c.concept)]
    return sorted(due, key=lambda c: (c.due_day, c.last_day, c.concept))


def seconds_of(card: MemoryCard, day: date) -> float:
    """What reviewing a card will take, by its chance of recall."""
    recall = memory.retrievability(card.s, (day - card.last_day).days)
    return dayplan.review_seconds(recall)


def spent_today(given: Iterable[Given], day: date) -> float:
    """Seconds that today's answers stand for."""
    return sum(dayplan.PASS_S if g.correct else dayplan.FAIL_S for g in given if g.study_day == day)


@dataclass(frozen=True, slots=True)
class Load:
    """Today's work: the due cards that fit into the minutes, and how many wait beyond them."""

    reviews: tuple[str, ...]
    seconds: float
    waiting: int
    left_s: float
    """Seconds of the day that are not used up yet."""


def load_of(
    cards: Mapping[str, MemoryCard],
    given: Iterable[Given],
    known: Catalogue,
    learner: Learner,
    day: date,
    *,
    spent: bool = True,
) -> Load:
    """The oldest due cards that fit into what is left of the day's minutes (design A5).

    Without `spent` they fit into the whole of the minutes, whatever was done today. What was
    missed today is not among them: the queue asks it again by its own rules.
    """
    given = list(given)
    today = answers_of(given, day)
    missed = {one.concept for one in queue.missed_today(today)}
    due = [c for c in due_cards(cards.values(), known, day) if c.concept not in missed]
    costs = [seconds_of(card, day) for card in due]
    left_s = learner.minutes_a_day * 60 - (spent_today(given, day) if spent else 0)
    fits = dayplan.count_that_fit(costs, left_s)
    return Load(
        tuple(c.concept for c in due[:fits]), sum(costs[:fits]), len(due) - fits, max(0.0, left_s)
    )


def count_new(held: Collection[str], known: Catalogue, load: Load, days_to_exam: int | None) -> int:
    """How many new ideas to offer beside the reviews of the day (design A5)."""
    unseen = sum(code not in held for code in usable(known))
    return dayplan.new_today(unseen, load.left_s, load.seconds, days_to_exam)


def new_ideas(held: Collection[str], known: Catalogue, count: int) -> list[str]:
    """The next so many ideas to meet."""
    concepts = {code: known.concepts[code] for code in usable(known)}
    return dayplan.choose_new(concepts, held, count)


def mixed(concepts: Iterable[str], known: Catalogue, exam: str | None) -> list[str]:
    """The concepts, with no third in a row from one domain of the exam (design A5)."""
    domains = known.domains_of(exam or "")

    def domain(code: str) -> str:
        places = domains.get(code)
        return min(places) if places else known.concepts[code].area

    return queue.interleave(list(concepts), domain)


def ranked_for_bank(
    codes: Iterable[str], cards: Mapping[str, MemoryCard], day: date, seed: str
) -> list[str]:
    """For free practice: what is due, then what is new, then what was seen longest ago."""

    def rank(code: str) -> tuple[int, date]:
        card = cards.get(code)
        if card is None:
            return 1, date.min
        return (0 if card.due_day <= day else 2), card.last_day

    return sorted(seeded_order(codes, "bank", seed), key=rank)


def can_be_asked(
    codes: Iterable[str], given: Iterable[Given], known: Catalogue, day: date
) -> list[str]:
    """Those of the concepts with a question that was not answered on the study day."""
    used = {g.item_code for g in given if g.study_day == day}
    met = {g.concept for g in given if g.study_day == day}

    def has_question(code: str) -> bool:
        items = [version.code for version in known.items_of(code)]
        return any(item not in used for item in items) and code not in met

    return [code for code in codes if has_question(code)]
