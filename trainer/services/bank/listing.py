"""The questions that staff may open, found by their parts. A fixed number of statements."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from trainer.core.items import Item
from trainer.core.outline.concepts import bank_name
from trainer.services import access, catalogue, item_access
from trainer.services.access import Actor
from trainer.services.bank.states import State, state_of
from trainer.store.bank import ItemReport
from trainer.store.catalogue import CatalogueEntry

PAGE: Final = 50
MAX_WORDS: Final = 100
ALL: Final = "all"
IN_PLACE: Final = ""
"""No state asked for: everything but what the files have dropped."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What to look for; empty means any. Values that nothing has find nothing."""

    words: str = ""
    bank: str = ""
    type: str = ""
    state: str = IN_PLACE
    check: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """A question in a list."""

    code: str
    lead_in: str
    concept: str
    concept_name: str
    bank: str
    type: str
    pool: str
    state: State
    own: bool
    """Of a program; the others came with the files."""
    read_twice: bool
    review_by: str
    reports: int


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was found."""

    lines: tuple[Line, ...]
    total: int
    page: int
    pages: int
    banks: tuple[tuple[str, str], ...]
    types: tuple[str, ...]


def lines(session: Session, actor: Actor | None) -> list[Line]:
    """Every question that this member of staff may open, by code. At most four statements."""
    me = access.staff(actor)
    entries = session.scalars(
        select(CatalogueEntry).where(item_access.open_to(me)).order_by(CatalogueEntry.code)
    ).all()
    versions = catalogue.get_versions(session, {entry.version_id for entry in entries})
    reports = _open_reports(session, me)
    concepts = catalogue.current(session).concepts

    def line(entry: CatalogueEntry) -> Line:
        item: Item = versions[entry.version_id].value
        name = concepts[item.concept].name if item.concept in concepts else item.concept
        return Line(
            entry.code, item.lead_in, item.concept, name, item.bank, item.type, item.pool,
            state_of(entry), entry.program_id is not None,
            item.checked is not None or item.origin == "generated", item.review_by,
            reports.get(entry.code, 0),
        )  # fmt: skip

    return [line(entry) for entry in entries]


def _open_reports(session: Session, me: Actor) -> dict[str, int]:
    rows = session.execute(
        select(ItemReport.item_code, func.count())
        .where(ItemReport.closed_at.is_(None), item_access.reports_for(me))
        .group_by(ItemReport.item_code)
    )
    return {row[0]: row[1] for row in rows}


def find(session: Session, actor: Actor | None, filters: Filters, *, due: str) -> Found:
    """The questions that fit, one page of them; `due` is the day (ISO) up to which a review
    counts as coming due."""
    everything = lines(session, actor)
    fitting = [line for line in everything if _fits(line, filters, due)]
    pages = max(1, -(-len(fitting) // PAGE))
    page = min(max(filters.page, 1), pages)
    banks = sorted({line.bank for line in everything})
    return Found(
        tuple(fitting[(page - 1) * PAGE : page * PAGE]), len(fitting), page, pages,
        tuple((bank, bank_name(bank)) for bank in banks),
        tuple(sorted({line.type for line in everything})),
    )  # fmt: skip


def _fits(line: Line, filters: Filters, due: str) -> bool:
    if filters.state == IN_PLACE and line.state == State.REMOVED:
        return False
    if filters.state not in (IN_PLACE, ALL) and line.state != filters.state:
        return False
    if filters.bank and line.bank != filters.bank:
        return False
    if filters.type and line.type != filters.type:
        return False
    if filters.check and not CHECKS.get(filters.check, _nothing)(line, due):
        return False
    said = f"{line.code} {line.concept} {line.concept_name} {line.lead_in}".lower()
    return all(word in said for word in filters.words[:MAX_WORDS].lower().split())


def _nothing(line: Line, due: str) -> bool:
    return False


CHECKS: Final[dict[str, Callable[[Line, str], bool]]] = {
    "unread": lambda line, due: line.state != State.REMOVED and not line.read_twice,
    "due": lambda line, due: line.state != State.REMOVED and line.review_by <= due,
    "reported": lambda line, due: line.reports > 0,
}
"""What staff have to look after: not read a second time, review coming due, reported."""


def count(found: Iterable[Line], check: str, due: str) -> int:
    """How many of these lines a check picks."""
    return sum(CHECKS[check](line, due) for line in found)
