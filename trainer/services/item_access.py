"""The doors to questions and to reports on them: who of the staff sees and decides what."""

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from trainer.core import roles
from trainer.core.errors import NotFound
from trainer.services import access
from trainer.services.access import Actor
from trainer.store.accounts import RoleGrant
from trainer.store.bank import ItemReport
from trainer.store.catalogue import CatalogueEntry


def open_to(me: Actor) -> ColumnElement[bool]:
    """Questions that this member of staff may open: everybody's, and those of own programs."""
    program = CatalogueEntry.program_id
    return (CatalogueEntry.kind == "item") & or_(program.is_(None), program.in_(me.staffed))


def get_item(
    session: Session, actor: Actor | None, code: str, *, lock: bool = False
) -> CatalogueEntry:
    """A question for staff; `lock` for who decides about it."""
    query = select(CatalogueEntry).where(CatalogueEntry.code == code, open_to(access.staff(actor)))
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    entry = session.scalar(query)
    if entry is None:
        raise NotFound
    return entry


def may_settle(me: Actor, entry: CatalogueEntry) -> bool:
    """Whether to release, retire and correct: the program's staff, else heads of any program."""
    if entry.program_id is not None:
        return entry.program_id in me.staffed
    return me.is_director or me.is_administrator


def reports_for(me: Actor) -> ColumnElement[bool]:
    """Reports that this member of staff may read: of students of own programs; administrators
    read all, as far as they may open the question."""
    visible = ItemReport.item_code.in_(select(CatalogueEntry.code).where(open_to(me)))
    if me.is_administrator:
        return visible
    own = select(RoleGrant.person_id).where(
        RoleGrant.program_id.in_(me.staffed), RoleGrant.role == roles.STUDENT
    )
    return visible & ItemReport.person_id.in_(own)


def get_report(session: Session, actor: Actor | None, report_id: int) -> ItemReport:
    """A report for the staff who may read it, locked."""
    mine = reports_for(access.staff(actor))
    report = session.scalar(
        select(ItemReport)
        .where(ItemReport.id == report_id, mine)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if report is None:
        raise NotFound
    return report
