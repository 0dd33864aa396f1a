"""A question as somebody saw it: of a template, with the values that were drawn."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.items import Item
from trainer.core.items.draws import draw, draw_seed
from trainer.services.catalogue import Versioned
from trainer.store.bank import ItemReport
from trainer.store.practice import Response, Sitting


def as_seen(version: Versioned, student_id: int, number: int | None) -> Item:
    """The question as this student saw it; `number` is that of the draw, if it was drawn
    (design A1)."""
    item: Item = version.value
    return draw(item, draw_seed(str(student_id), item.code, number or 0))


def example(version: Versioned) -> Item:
    """The question as a student sees it; of a template the first draw of nobody's."""
    return as_seen(version, 0, 0)


def draws_reported(session: Session, code: str) -> dict[int, int]:
    """The draws that reports on a question are about, by report. One statement."""
    answered = (Response.sitting_id == ItemReport.sitting_id) & (Response.step == ItemReport.step)
    waiting = (Sitting.id == ItemReport.sitting_id) & (Sitting.step == ItemReport.step)
    rows = session.execute(
        select(ItemReport.id, Response.draw, Sitting.draw)
        .outerjoin(Response, answered)
        .outerjoin(Sitting, waiting)
        .where(ItemReport.item_code == code)
    )
    drawn = {id_: then if then is not None else open_ for id_, then, open_ in rows}
    return {id_: number for id_, number in drawn.items() if number is not None}
