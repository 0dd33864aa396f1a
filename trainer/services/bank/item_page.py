"""One question for staff: versions, decisions, reports, and the answers given to it.

Answers are counted and listed without names: who may see a student's work is another matter.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from trainer.core import roles
from trainer.core.errors import NotFound
from trainer.core.items import Item
from trainer.services import access, catalogue, item_access
from trainer.services.access import Actor
from trainer.services.bank.seen import as_seen, draws_reported, example
from trainer.services.bank.states import ALLOWED, Act, State, state_of
from trainer.services.catalogue import Versioned
from trainer.store.accounts import Person, Program, RoleGrant
from trainer.store.bank import ContentDecision, ItemReport
from trainer.store.catalogue import CatalogueEntry, CatalogueVersion
from trainer.store.practice import Response, Sitting

MOST_ANSWERS: Final = 50
MOST_REPORTS: Final = 50


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version with the answers that were given to it."""

    version: int
    added_at: datetime
    answers: int
    right: int
    current: bool
    shown: bool


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """One line of the log."""

    act: str
    reason: str
    erratum: str
    source_url: str
    version: int
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One report; `drawn` is the question that was reported when its values were drawn."""

    id: int
    about: str
    text: str
    version: int
    at: datetime
    closed_at: datetime | None
    outcome: str
    drawn: str


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One answer of a student of the reader's programs."""

    day: date
    title: str
    step: int
    version: int
    right: bool


@dataclass(frozen=True, slots=True)
class ItemPage:
    """Everything about one question. `item` is the version asked for, as a student sees it."""

    code: str
    state: State
    program: str
    """Whose own question it is; "" for one that came with the files."""
    item: Item
    concept: str
    is_template: bool
    versions: tuple[VersionLine, ...]
    decisions: tuple[DecisionLine, ...]
    reports: tuple[ReportLine, ...]
    students: int
    open_now: int
    answers: tuple[AnswerLine, ...]
    acts: tuple[Act, ...]
    """What the reader may decide now."""
    seen: int
    """The newest decision, to be sent back with the next one."""


def get_page(session: Session, actor: Actor | None, code: str, number: int = 0) -> ItemPage:
    """The page of a question; `number` asks for an older version. At most eleven statements."""
    me = access.staff(actor)
    entry = item_access.get_item(session, actor, code)
    numbers = _numbers(session, code)
    shown = next((id_ for id_, (n, _) in numbers.items() if n == number), None)
    if number and shown is None:
        raise NotFound
    versions = catalogue.get_versions(session, numbers)
    version = versions[shown or entry.version_id]
    decisions = _decisions(session, code)
    item = example(version)
    concepts = catalogue.current(session).concepts
    students, open_now = _counts(session, code, numbers)
    return ItemPage(
        code=code, state=state_of(entry), program=_program(session, entry), item=item,
        concept=concepts[item.concept].name if item.concept in concepts else item.concept,
        is_template=version.value.parameters is not None,
        versions=_versions(session, code, numbers, entry.version_id, version.version_id),
        decisions=tuple(_decision(one, name, numbers) for one, name in decisions),
        reports=_reports(session, me, code, versions), students=students, open_now=open_now,
        answers=_answers(session, me, code, numbers), acts=_acts(me, entry),
        seen=decisions[0][0].id if decisions else 0,
    )  # fmt: skip


def _acts(me: Actor, entry: CatalogueEntry) -> tuple[Act, ...]:
    allowed = ALLOWED[state_of(entry)]
    if item_access.may_settle(me, entry):
        return allowed
    return tuple(act for act in allowed if act == Act.QUARANTINE)


_Numbers = dict[int, tuple[int, datetime]]


def _numbers(session: Session, code: str) -> _Numbers:
    """Number and day of every version by its id, the newest first."""
    rows = session.execute(
        select(CatalogueVersion.id, CatalogueVersion.version, CatalogueVersion.added_at)
        .where(CatalogueVersion.kind == "item", CatalogueVersion.code == code)
        .order_by(CatalogueVersion.version.desc())
    )
    return {id_: (number, added_at) for id_, number, added_at in rows}


def _program(session: Session, entry: CatalogueEntry) -> str:
    return session.get_one(Program, entry.program_id).name if entry.program_id else ""


def _versions(
    session: Session, code: str, numbers: _Numbers, current: int, shown: int
) -> tuple[VersionLine, ...]:
    rows = session.execute(
        select(
            Response.item_version_id, func.count(), func.sum(case((Response.correct, 1), else_=0))
        )
        .where(Response.item_code == code)
        .group_by(Response.item_version_id)
    )
    given = {id_: (answers, int(right or 0)) for id_, answers, right in rows}
    return tuple(
        VersionLine(number, at, *given.get(id_, (0, 0)), id_ == current, id_ == shown)
        for id_, (number, at) in numbers.items()
    )


def _decisions(session: Session, code: str) -> list[tuple[ContentDecision, str]]:
    rows = session.execute(
        select(ContentDecision, Person.name)
        .join(Person, Person.id == ContentDecision.person_id)
        .where(ContentDecision.code == code)
        .order_by(ContentDecision.id.desc())
    )
    return [(decision, name) for decision, name in rows]


def _decision(one: ContentDecision, name: str, numbers: _Numbers) -> DecisionLine:
    return DecisionLine(
        one.action, one.reason, one.erratum, one.source_url, numbers[one.version_id][0], name,
        one.at,
    )  # fmt: skip


def _reports(
    session: Session, me: Actor, code: str, versions: dict[int, Versioned]
) -> tuple[ReportLine, ...]:
    """Open reports first, then the newest closed ones."""
    found = session.scalars(
        select(ItemReport)
        .where(ItemReport.item_code == code, item_access.reports_for(me))
        .order_by(ItemReport.closed_at.is_not(None), ItemReport.id.desc())
        .limit(MOST_REPORTS)
    ).all()
    draws = draws_reported(session, code)
    return tuple(
        ReportLine(
            one.id, one.about, one.text, versions[one.item_version_id].version, one.at,
            one.closed_at, one.outcome, _drawn(one, versions[one.item_version_id], draws),
        )
        for one in found
    )  # fmt: skip


def _drawn(report: ItemReport, version: Versioned, draws: dict[int, int]) -> str:
    if report.id not in draws:
        return ""
    item = as_seen(version, report.person_id, draws[report.id])
    return f"{item.stem} {item.lead_in}".strip()


def _counts(session: Session, code: str, numbers: _Numbers) -> tuple[int, int]:
    """Students who answered it, and sittings in which it is open now."""
    students = select(func.count(func.distinct(Response.student_id))).where(
        Response.item_code == code
    )
    waiting = select(func.count()).where(
        Sitting.item_version_id.in_(list(numbers)), Sitting.ended_at.is_(None)
    )
    return session.scalar(students) or 0, session.scalar(waiting) or 0


def _answers(session: Session, me: Actor, code: str, numbers: _Numbers) -> tuple[AnswerLine, ...]:
    """The newest answers of students of the reader's programs (promise P25)."""
    rows = session.execute(
        select(Response, Sitting.title)
        .join(Sitting, Sitting.id == Response.sitting_id)
        .where(Response.item_code == code, _taught(me))
        .order_by(Response.id.desc())
        .limit(MOST_ANSWERS)
    )
    return tuple(
        AnswerLine(one.study_day, title, one.step, numbers[one.item_version_id][0], one.correct)
        for one, title in rows
    )


def _taught(me: Actor) -> ColumnElement[bool]:
    return Response.student_id.in_(
        select(RoleGrant.person_id).where(
            RoleGrant.program_id.in_(me.staffed), RoleGrant.role == roles.STUDENT
        )
    )
