"""Chooses the next question of a sitting and pins it there: version, option order, moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from trainer.core import queue
from trainer.core.items import Item
from trainer.core.items.draws import draw, draw_seed
from trainer.core.items.given import shown_order
from trainer.core.queue import Ask, ComeBack
from trainer.services.catalogue import Catalogue, Versioned
from trainer.services.practice import planning
from trainer.services.practice.history import Given, answers_of, seen_items
from trainer.store.practice import Response, Sitting


@dataclass(frozen=True, slots=True)
class Situation:
    """What the choice of the next question depends on besides the plan."""

    given: Sequence[Given]
    known: Catalogue
    day: date
    now: datetime


def next_step(plan: Sequence[str], here: Situation, sitting_id: int | None) -> queue.Step:
    """What the queue rules ask now; only ideas of the plan are asked.

    What a set that runs over several days has asked on an earlier one is not asked again.
    """
    earlier = {
        g.concept for g in here.given if g.sitting_id == sitting_id and g.study_day != here.day
    }
    left = [concept for concept in dict.fromkeys(plan) if concept not in earlier]
    variants = planning.variants_of(left, here.known)
    return queue.next_step(left, answers_of(here.given, here.day, sitting_id), variants, here.now)


def advance(sitting: Sitting, here: Situation) -> None:
    """Pin the next question, or end the sitting when nothing can be asked now.

    A miss that is too fresh to be asked again does not keep the sitting open: `resume_at` says
    when it can come, in the next reviews of the day.
    """
    step = next_step(sitting.plan, here, sitting.id)
    if isinstance(step, Ask):
        _pin(sitting, step.concept, here)
        return
    end(sitting, now=here.now)
    sitting.resume_at = step.at if isinstance(step, ComeBack) else None


def _pin(sitting: Sitting, concept: str, here: Situation) -> None:
    codes = [version.code for version in here.known.items_of(concept)]
    seen = seen_items(here.given)
    code = queue.choose_variant(codes, seen, here.day, sitting.seed)
    assert code is not None  # the queue asks only for what has an item left
    version = here.known.items[code]
    # The plan grows with every repeat, so that its length is the number of questions.
    if any(g.concept == concept and g.sitting_id == sitting.id for g in here.given):
        sitting.plan = [*sitting.plan, concept]
    sitting.concept = concept
    sitting.item_version_id = version.version_id
    attempt = f"{sitting.seed}-{sitting.step}"
    # Each sight of a template draws other values: the count of sights is the number of the draw.
    before = seen[code].times if code in seen else 0
    sitting.draw = before if version.value.parameters else None
    sitting.option_order = list(shown_order(shown(version, sitting), attempt))
    sitting.shown_at = here.now


def shown(version: Versioned, where: Sitting | Response) -> Item:
    """The question as the student sees it: of a template, the draw that is pinned there."""
    item: Item = version.value
    if where.draw is None:
        return item
    return draw(item, draw_seed(str(where.student_id), item.code, where.draw))


def end(sitting: Sitting, *, now: datetime) -> None:
    """Close a sitting; a question that is still open counts as not reached (design A2, R1)."""
    sitting.ended_at = now
    sitting.concept = None
    sitting.item_version_id = None
    sitting.option_order = []
    sitting.draw = None
