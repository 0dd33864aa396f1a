"""The second reading: a colleague answers blind, sees key, reasons and source, agrees or not.

Who wrote in a draft cannot be its reader. What was answered is kept for ever.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core import roles
from trainer.core.errors import Conflict, Invalid
from trainer.core.items import Item
from trainer.core.items.given import LONGEST, check, shown_order
from trainer.core.items.grading import grade
from trainer.core.items.numbers import FIELD
from trainer.core.names import clean_text
from trainer.services import access, audit
from trainer.services.access import Actor
from trainer.services.bank import checking, drafts
from trainer.store.accounts import Person, RoleGrant
from trainer.store.bank import DraftReading, ItemDraft

_MAX_NOTE = 2000


@dataclass(frozen=True, slots=True)
class Blind:
    """A question for its second reader, in the order in which this reader sees it."""

    draft_id: int
    code: str
    edit: int
    item: Item
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a reader thought of an edit of a draft."""

    name: str
    at: datetime
    edit: int
    agreed: bool
    note: str


@dataclass(frozen=True, slots=True)
class Readers:
    """Who could read a draft: the actor, and how many colleagues besides those who wrote it."""

    may_read: bool
    others: int


def readers(session: Session, actor: Actor | None, draft_id: int) -> Readers:
    """Who of the program's staff has not written in a draft."""
    draft = access.get_draft(session, actor, draft_id)
    able = _able(session, draft)
    return Readers(access.signed_in(actor).person_id in able, len(able))


def _able(session: Session, draft: ItemDraft) -> frozenset[int]:
    staff = session.scalars(
        select(RoleGrant.person_id)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(
            RoleGrant.program_id == draft.program_id,
            RoleGrant.role.in_((roles.INSTRUCTOR, roles.DIRECTOR)),
            Person.active.is_(True),
        )
    )
    return frozenset(staff) - drafts.writers(session, draft)


def send(session: Session, actor: Actor | None, draft_id: int, edit: int, *, now: datetime) -> None:
    """Hand a draft over to a second reader. Raises Invalid while something is left to fix."""
    draft = access.get_draft(session, actor, draft_id, lock=True)
    drafts.require_edit(draft, edit)
    if draft.state != drafts.DRAFT:
        return
    found = checking.check_as(session, actor, draft.program_id, draft.code, draft.entry)
    if found.item is None or found.errors:
        raise Invalid("checks", "Something is left to fix before a colleague reads it.")
    draft.state, draft.updated_at = drafts.REVIEW, now
    me = access.signed_in(actor)
    audit.record(session, me.person_id, "draft.sent", "draft", draft.id, now=now, edit=edit)
    session.flush()


def blind(session: Session, actor: Actor | None, draft_id: int) -> Blind:
    """The question as its second reader sees it. Raises Conflict for its writers, or when it
    does not wait for a reader."""
    return _blind(session, actor, access.get_draft(session, actor, draft_id))


def _blind(session: Session, actor: Actor | None, draft: ItemDraft) -> Blind:
    me = access.signed_in(actor)
    if draft.state != drafts.REVIEW:
        raise Conflict("This question does not wait for a second reader now.")
    if me.person_id in drafts.writers(session, draft):
        raise Conflict("You wrote in this question; a colleague who has not is its second reader.")
    item = checking.check_as(session, actor, draft.program_id, draft.code, draft.entry).item
    if item is None:
        raise Conflict("This question cannot be shown any more. Its author has to look at it.")
    order = shown_order(item, f"reading-{draft.id}-{draft.edit}-{me.person_id}")
    return Blind(draft.id, draft.code, draft.edit, item, order)


def accept_answer(question: Blind, given: str) -> None:
    """Raises Invalid, with what to do, when the text is no answer to the question."""
    if len(given) > LONGEST:
        raise Invalid(FIELD, "This answer is too long.")
    check(question.item, given)


def is_key(question: Blind, given: str) -> bool:
    """Whether the blind answer is fully right by the key."""
    return grade(question.item, given) == 1


def finish(
    session: Session, actor: Actor | None, draft_id: int, answer: tuple[int, str], agreed: bool,
    note: str, *, now: datetime,
) -> DraftReading:  # fmt: skip
    """Keep the reading of one edit with the answer given blind. A second press changes nothing."""
    draft = access.get_draft(session, actor, draft_id, lock=True)
    me, (edit, given) = access.signed_in(actor), answer
    before = session.scalar(
        select(DraftReading).where(
            DraftReading.draft_id == draft.id, DraftReading.edit == edit,
            DraftReading.reader_id == me.person_id,
        )
    )  # fmt: skip
    if before is not None:
        return before
    drafts.require_edit(draft, edit)
    question = _blind(session, actor, draft)
    accept_answer(question, given)
    said = clean_text(note, "note", "Note", _MAX_NOTE)
    if agreed and not is_key(question, given):
        raise Invalid("note", "Your blind answer differs from the key, so it goes back.")
    if not agreed and not said:
        raise Invalid("note", "Write what should change; the author reads it.")
    found = DraftReading(
        draft_id=draft.id, edit=edit, reader_id=me.person_id, option_order=list(question.order),
        given=given, agreed=agreed, note=said, at=now,
    )  # fmt: skip
    session.add(found)
    draft.state, draft.updated_at = drafts.AGREED if agreed else drafts.DRAFT, now
    audit.record(
        session, me.person_id, "draft.read", "draft", draft.id, now=now, edit=edit, agreed=agreed
    )
    session.flush()
    return found


def opinions(session: Session, actor: Actor | None, draft_id: int) -> list[Opinion]:
    """What second readers said, newest first."""
    draft = access.get_draft(session, actor, draft_id)
    rows = session.execute(
        select(DraftReading, Person.name)
        .join(Person, Person.id == DraftReading.reader_id)
        .where(DraftReading.draft_id == draft.id)
        .order_by(DraftReading.id.desc())
    )
    return [Opinion(name, r.at, r.edit, r.agreed, r.note) for r, name in rows]
