"""Corrections: who is told, what they say, and whether an own answer counts otherwise now.

An answer keeps the grade it got; the correction says how it would count. Source: promise P25.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Result, exists, literal, select, union_all
from sqlalchemy.orm import Session

from trainer.core.errors import NotFound
from trainer.core.items import Item
from trainer.core.items.regrading import counts_now
from trainer.services import access, catalogue
from trainer.services.access import Actor
from trainer.services.bank.seen import as_seen
from trainer.services.bank.states import State, state_of
from trainer.services.catalogue import Versioned
from trainer.store.accounts import Person
from trainer.store.bank import ContentDecision, ErratumSeen, ItemReport
from trainer.store.catalogue import CatalogueEntry
from trainer.store.practice import Response

ANSWERED_LATELY: Final = timedelta(days=7)
MOST_ANSWERS: Final = 10
MOST_NOTICES: Final = 10
MOST_LISTED: Final = 200


@dataclass(frozen=True, slots=True)
class Erratum:
    """A correction in a list. `mine`: the reader has answered the question; `unread`: and has
    not opened the correction yet."""

    id: int
    code: str
    about: str
    """The idea that the question is about; the question itself is shown to who answered it."""
    text: str
    source_url: str
    at: datetime
    mine: bool
    unread: bool


@dataclass(frozen=True, slots=True)
class Notices:
    """What Today tells: corrections not opened yet, and how many reports were answered lately."""

    errata: tuple[tuple[int, datetime], ...]
    reports: int


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """An own answer to the corrected question: how it counted, and how it would count now (None
    when it cannot be compared)."""

    day: date
    was_right: bool
    right_now: bool | None

    @property
    def changed(self) -> bool:
        return self.right_now is not None and self.right_now != self.was_right


@dataclass(frozen=True, slots=True)
class ErratumPage:
    """A correction for somebody who answered the question. `in_use`: the item is the present one;
    else it is the one answered last, since nobody is asked it now."""

    erratum: Erratum
    item: Item
    in_use: bool
    answers: tuple[OwnAnswer, ...]


def _answered_by(person_id: int) -> ColumnElement[bool]:
    """Whether this person answered the question, in any version, before it was corrected."""
    return exists(
        select(Response.id).where(
            Response.student_id == person_id,
            Response.item_code == ContentDecision.code,
            Response.at <= ContentDecision.at,
        )
    )


def _opened_by(person_id: int) -> ColumnElement[bool]:
    return exists(
        select(ErratumSeen.id).where(
            ErratumSeen.decision_id == ContentDecision.id, ErratumSeen.person_id == person_id
        )
    )


def notices(session: Session, actor: Actor | None, *, now: datetime) -> Notices:
    """What Today tells a student. One statement."""
    me = access.student(actor)
    corrected = select(literal(True).label("is_erratum"), ContentDecision.id, ContentDecision.at)
    answered = select(literal(False), ItemReport.id, ItemReport.closed_at)
    found: Result[bool, int, datetime] = session.execute(
        union_all(
            corrected.where(
                ContentDecision.erratum != "", _answered_by(me.person_id),
                ~_opened_by(me.person_id),
            ),
            answered.where(
                ItemReport.person_id == me.person_id, ItemReport.closed_at > now - ANSWERED_LATELY
            ),
        )
    )  # fmt: skip
    errata, closed = [], 0
    for is_erratum, id_, at in found:
        if is_erratum:
            errata.append((id_, at))
        else:
            closed += 1
    return Notices(tuple(sorted(errata, reverse=True)[:MOST_NOTICES]), closed)


def list_errata(session: Session, actor: Actor | None) -> list[Erratum]:
    """All corrections, newest first, without the questions. At most three statements.

    Those of questions that only another program asks are left out, and for students those of
    questions kept for exams that they have not met (promise P22).
    """
    me = access.signed_in(actor)
    program = CatalogueEntry.program_id
    rows = session.execute(
        select(ContentDecision, _answered_by(me.person_id), _opened_by(me.person_id))
        .join(CatalogueEntry, CatalogueEntry.code == ContentDecision.code)
        .where(
            ContentDecision.erratum != "", CatalogueEntry.kind == "item",
            program.is_(None) | program.in_(me.programs),
        )
        .order_by(ContentDecision.id.desc())
        .limit(MOST_LISTED)
    ).all()  # fmt: skip
    known = catalogue.current(session)
    versions = catalogue.get_versions(session, {decision.version_id for decision, _, _ in rows})
    return [
        _erratum(decision, versions[decision.version_id], known, mine, mine and not opened)
        for decision, mine, opened in rows
        if mine or me.is_staff or versions[decision.version_id].value.pool != "exam"
    ]


def _erratum(
    decision: ContentDecision, version: Versioned, known: catalogue.Catalogue, mine: bool,
    unread: bool,
) -> Erratum:  # fmt: skip
    concept = known.concepts.get(version.value.concept)
    return Erratum(
        decision.id, decision.code, concept.name if concept else "A question", decision.erratum,
        decision.source_url, decision.at, mine, unread,
    )  # fmt: skip


def _own(session: Session, me: Actor, decision_id: int) -> ContentDecision:
    """A correction of a question that this person answered. Raises NotFound."""
    found = session.scalar(
        select(ContentDecision).where(
            ContentDecision.id == decision_id, ContentDecision.erratum != "",
            _answered_by(me.person_id),
        )
    )  # fmt: skip
    if found is None:
        raise NotFound
    return found


def open_erratum(session: Session, actor: Actor | None, decision_id: int, *, now: datetime) -> None:
    """Note that a student opens a correction, so that Today stops telling. Twice is harmless."""
    me = access.student(actor)
    decision = _own(session, me, decision_id)
    # The lock lets a second press wait for the first.
    session.scalar(select(Person.id).where(Person.id == me.person_id).with_for_update())
    seen = select(ErratumSeen.id).where(
        ErratumSeen.decision_id == decision.id, ErratumSeen.person_id == me.person_id
    )
    if session.scalar(seen) is None:
        session.add(ErratumSeen(decision_id=decision.id, person_id=me.person_id, at=now))
        session.flush()


def get_erratum(session: Session, actor: Actor | None, decision_id: int) -> ErratumPage:
    """A correction with the question as it stands now and the own answers from before it."""
    me = access.student(actor)
    decision = _own(session, me, decision_id)
    entry = session.scalars(
        select(CatalogueEntry).where(
            CatalogueEntry.kind == "item", CatalogueEntry.code == decision.code
        )
    ).one()
    responses = session.scalars(
        select(Response)
        .where(
            Response.student_id == me.person_id, Response.item_code == decision.code,
            Response.at <= decision.at,
        )
        .order_by(Response.id.desc())
        .limit(MOST_ANSWERS)
    ).all()  # fmt: skip
    ids = {entry.version_id, decision.version_id, *(one.item_version_id for one in responses)}
    versions = catalogue.get_versions(session, ids)
    newest, present = responses[0], versions[entry.version_id]
    # What nobody is asked in practice any more is shown as it was answered (promise P22).
    in_use = state_of(entry) == State.IN_USE and present.value.pool != "exam"
    item = as_seen(present if in_use else versions[newest.item_version_id], me.person_id,
                   newest.draw)  # fmt: skip
    known = catalogue.current(session)
    return ErratumPage(
        _erratum(decision, versions[decision.version_id], known, True, False),
        item, in_use,
        tuple(
            OwnAnswer(one.study_day, one.correct, _right_now(one, versions, present))
            for one in responses
        ),
    )  # fmt: skip


def _right_now(one: Response, versions: dict[int, Versioned], present: Versioned) -> bool | None:
    old = as_seen(versions[one.item_version_id], one.student_id, one.draw)
    return counts_now(old, as_seen(present, one.student_id, one.draw), one.chosen)
