"""The question that is open in a sitting, as the student sees it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from trainer.core.items import Item
from trainer.core.studyday import study_day
from trainer.services import access, catalogue
from trainer.services.access import Actor
from trainer.services.practice import history, presenting
from trainer.services.practice.presenting import Situation
from trainer.services.practice.sittings import Progress, progress_of


@dataclass(frozen=True, slots=True)
class Question:
    """The open question and the pinned order of its options and partners; pages show their texts
    only. A question that was withdrawn meanwhile is passed over, not answered."""

    progress: Progress
    step: int
    item: Item
    order: tuple[str, ...]
    withdrawn: bool


def question(session: Session, actor: Actor | None, sitting_id: int) -> Question | None:
    """The open question of a sitting, exactly as pinned; None when the sitting is over."""
    sitting = access.get_sitting(session, actor, sitting_id)
    if sitting.item_version_id is None:
        return None
    version = catalogue.get_version(session, sitting.item_version_id)
    return Question(
        progress_of(sitting), sitting.step, presenting.shown(version, sitting),
        tuple(sitting.option_order), catalogue.current(session).is_withheld(version),
    )  # fmt: skip


def pass_over(session: Session, actor: Actor | None, sitting_id: int, *, now: datetime) -> None:
    """Go on without the open question, because it was withdrawn. Twice is harmless."""
    sitting = access.get_sitting(session, actor, sitting_id, lock=True)
    me = access.student(actor)
    known = catalogue.current(session, me.programs)
    if sitting.item_version_id is None:
        return
    if not known.is_withheld(catalogue.get_version(session, sitting.item_version_id)):
        return
    day = study_day(now, me.zone)
    given = history.load(
        session, me.person_id, day, concepts=sitting.plan, sitting_id=sitting.id
    )  # fmt: skip
    presenting.advance(sitting, Situation(given, known, day, now))
    session.flush()
