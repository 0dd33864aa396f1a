"""Steps shared by the tests of practice: a student who starts sittings and answers."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.conftest import NOW
from trainer.core.items.given import key_of, misses_of
from trainer.core.studyday import study_day
from trainer.services import cards, catalogue
from trainer.services.access import Actor
from trainer.services.practice import answering, asked, sittings
from trainer.services.practice.answering import AnswerForm
from trainer.services.practice.sittings import Wanted
from trainer.store.practice import MemoryCard, Response, Sitting

_numbers = count(1)


def op() -> str:
    """A fresh op_id."""
    return f"op-{next(_numbers):08d}"


def at_once(sessions, act, times=6) -> list:
    """The results of the same act in so many transactions at the same time."""

    def one(_) -> object:
        with sessions.transaction() as session:
            return act(session)

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


@dataclass
class Learner:
    """A student whose clock moves half a minute with every answer."""

    session: Session
    actor: Actor
    now: datetime = NOW
    sitting_id: int = 0
    asked: list[str] = field(default_factory=list)
    """Codes of the questions answered, in order."""

    def start(self, kind: str = "new", seed: str = "seed", **wanted) -> int | None:
        found = sittings.start(
            self.session, self.actor, Wanted(kind, **wanted), seed=seed, now=self.now
        )
        self.sitting_id = found or 0
        return found

    @property
    def day(self) -> date:
        return study_day(self.now, self.actor.zone)

    @property
    def sitting(self) -> Sitting:
        return self.session.get_one(Sitting, self.sitting_id)

    def question(self):
        return asked.question(self.session, self.actor, self.sitting_id)

    def item(self):
        """The open question with its key."""
        return catalogue.get_version(self.session, self.sitting.item_version_id)

    def answer(self, right: bool = True, confidence=None, **form) -> int:
        """Answer the open question half a minute later."""
        self.now += timedelta(seconds=30)
        item = self.question().item
        given = key_of(item) if right else misses_of(item)[0]
        self.asked.append(item.code)
        sent = {"step": self.sitting.step, "op_id": op(), "chosen": given} | form
        return answering.answer(
            self.session, self.actor, self.sitting_id,
            AnswerForm(confidence=confidence, **sent), now=self.now,
        )  # fmt: skip

    def finish(self, right: bool = True) -> int:
        """Answer until the sitting is over; gives the number of answers."""
        answered = 0
        while self.sitting.ended_at is None:
            self.answer(right)
            answered += 1
        return answered

    def card(self, concept: str) -> MemoryCard | None:
        return cards.find_cards(self.session, self.actor.person_id).get(concept)

    def responses(self) -> list[Response]:
        query = select(Response).where(Response.student_id == self.actor.person_id)
        return list(self.session.scalars(query.order_by(Response.id)))

    def give_card(self, concept: str, *, due: int = 0, s: float = 10.0, last: int = -10) -> None:
        """A card due so many days from today, last reviewed so many days from today."""
        self.session.add(
            MemoryCard(
                student_id=self.actor.person_id, concept=concept, s=s, d=5.0,
                last_day=self.day + timedelta(days=last), due_day=self.day + timedelta(days=due),
                reps=1, lapses=0, lucky=0, misconception_until=None, params_hash="x",
            )
        )  # fmt: skip
        self.session.flush()
