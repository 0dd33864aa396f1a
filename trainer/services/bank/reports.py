"""Reporting a problem with a question, and what became of the own reports. Source: promise P25."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from trainer.core.errors import Invalid, NotFound
from trainer.core.names import clean_text
from trainer.services import access, audit, catalogue
from trainer.services.access import Actor
from trainer.services.bank.seen import as_seen
from trainer.store.accounts import Person
from trainer.store.bank import ItemReport
from trainer.store.practice import Response

WRONG: Final = "wrong"
TWO_RIGHT: Final = "two-right"
OUTDATED: Final = "outdated"
UNCLEAR: Final = "unclear"
OTHER: Final = "other"
ABOUT: Final = (WRONG, TWO_RIGHT, OUTDATED, UNCLEAR, OTHER)
MAX_TEXT: Final = 2000
MOST_A_DAY: Final = 30
MOST_SHOWN: Final = 100

_OP_ID: Final = re.compile(r"[A-Za-z0-9_-]{8,64}")


@dataclass(frozen=True, slots=True)
class Place:
    """A question at its place in a sitting, as the student sees or saw it. One that is in
    quarantine is not shown: `lead_in` is empty then (promise P22)."""

    sitting_id: int
    step: int
    title: str
    code: str
    lead_in: str
    version_id: int
    answered: bool


@dataclass(frozen=True, slots=True)
class Report:
    """A report as sent."""

    op_id: str
    about: str
    text: str


@dataclass(frozen=True, slots=True)
class OwnReport:
    """A report in the list of who has sent it; `outcome` is what staff answered. The question
    is not shown while it is in quarantine."""

    at: datetime
    lead_in: str
    about: str
    text: str
    closed_at: datetime | None
    outcome: str


def place(session: Session, actor: Actor | None, sitting_id: int, step: int) -> Place:
    """The question of a step, answered or open. Raises NotFound for any other step."""
    sitting = access.get_sitting(session, actor, sitting_id)
    response = session.scalar(
        select(Response).where(Response.sitting_id == sitting.id, Response.step == step)
    )
    if response is not None:
        version_id, drawn = response.item_version_id, response.draw
    elif sitting.step == step and sitting.item_version_id is not None:
        version_id, drawn = sitting.item_version_id, sitting.draw
    else:
        raise NotFound
    version = catalogue.get_version(session, version_id)
    item = as_seen(version, sitting.student_id, drawn)
    hidden = catalogue.current(session).is_withheld(version)
    return Place(
        sitting.id, step, sitting.title, version.code, "" if hidden else item.lead_in,
        version_id, response is not None,
    )  # fmt: skip


def send(
    session: Session, actor: Actor | None, where: Place, report: Report, *, now: datetime
) -> ItemReport:
    """Keep a report on the version that was shown; the same form again gives the same report.

    Raises Invalid naming the field.
    """
    me = access.student(actor)
    if not _OP_ID.fullmatch(report.op_id):
        raise Invalid("op_id", "This form is not complete. Load the page again.")
    # The lock lets a second press wait for the first and find its report.
    session.scalar(select(Person.id).where(Person.id == me.person_id).with_for_update())
    mine = ItemReport.person_id == me.person_id
    sent = session.scalar(select(ItemReport).where(mine, ItemReport.op_id == report.op_id))
    if sent is not None:
        return sent
    if report.about not in ABOUT:
        raise Invalid("about", "Choose what the report is about.")
    text = clean_text(report.text, "text", "The report", MAX_TEXT)
    if report.about == OTHER and not text:
        raise Invalid("text", "Please say what is wrong with the question.")
    lately = select(func.count()).where(mine, ItemReport.at > now - timedelta(days=1))
    if (session.scalar(lately) or 0) >= MOST_A_DAY:
        raise Invalid("text", f"At most {MOST_A_DAY} reports a day. Please send this one tomorrow.")
    made = ItemReport(
        op_id=report.op_id, person_id=me.person_id, item_code=where.code,
        item_version_id=where.version_id, sitting_id=where.sitting_id, step=where.step,
        about=report.about, text=text, at=now, closed_at=None, closed_by=None, outcome="",
    )  # fmt: skip
    session.add(made)
    session.flush()
    audit.record(
        session, me.person_id, "question.reported", "report", made.id, now=now,
        code=where.code, about=report.about,
    )  # fmt: skip
    return made


def list_own(session: Session, actor: Actor | None) -> list[OwnReport]:
    """The newest own reports with what staff answered. At most three statements."""
    me = access.student(actor)
    found = session.scalars(
        select(ItemReport)
        .where(ItemReport.person_id == me.person_id)
        .order_by(ItemReport.at.desc(), ItemReport.id.desc())
        .limit(MOST_SHOWN)
    ).all()
    versions = catalogue.get_versions(session, {one.item_version_id for one in found})
    known = catalogue.current(session)
    return [
        OwnReport(
            one.at, "" if known.is_withheld(version) else version.value.lead_in, one.about,
            one.text, one.closed_at, one.outcome,
        )
        for one in found
        for version in [versions[one.item_version_id]]
    ]  # fmt: skip
