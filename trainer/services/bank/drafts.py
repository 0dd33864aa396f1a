"""Questions that staff of a program write: making, copying, saving, dropping drafts.

A save says which edit it is based on: a page that has become old cannot overwrite a newer one.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.content.formats.items_yaml import Entry, entry_of
from trainer.content.models.item_drafts import TYPES, blank, filled, fit_regions, whole
from trainer.core.errors import Conflict, Invalid
from trainer.core.items import Item
from trainer.services import access, audit, catalogue
from trainer.services.access import Actor
from trainer.services.bank import checking
from trainer.store.audit import AuditEntry
from trainer.store.bank import DraftReading, ItemDraft
from trainer.store.catalogue import CatalogueEntry

DRAFT: Final = "draft"
REVIEW: Final = "review"
AGREED: Final = "agreed"
PUBLISHED: Final = "published"
DROPPED: Final = "dropped"
KIND: Final = "item"
MAX_FIELD: Final = 24_000
"""Characters kept of one field; the rules allow far less and say so at the field."""
_REVIEW_AFTER: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Stored:
    """A draft as it stands."""

    id: int
    program_id: int
    code: str
    entry: Entry
    edit: int
    state: str
    updated_at: datetime
    is_published: bool
    """There is a version of it in the catalogue, so its code stays."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of a save: the draft as it stands, and what was sent when it was based on an
    older edit and differs from it."""

    stored: Stored
    refused: Entry | None = None


def local_day(actor: Actor | None, now: datetime) -> date:
    """The day on the actor's calendar."""
    return now.astimezone(ZoneInfo(access.signed_in(actor).zone)).date()


def get(session: Session, actor: Actor | None, draft_id: int) -> Stored:
    """A draft for the staff of its program. Raises NotFound."""
    return stored(session, access.get_draft(session, actor, draft_id))


def stored(session: Session, draft: ItemDraft) -> Stored:
    """The draft as a value, with every field that an entry has."""
    return Stored(
        draft.id, draft.program_id, draft.code, whole(draft.entry), draft.edit, draft.state,
        draft.updated_at, published_entry(session, draft.code) is not None,
    )  # fmt: skip


def published_entry(session: Session, code: str) -> CatalogueEntry | None:
    """What the catalogue holds under a code, in use or not."""
    return session.scalar(
        select(CatalogueEntry).where(CatalogueEntry.kind == KIND, CatalogueEntry.code == code)
    )


def make(
    session: Session, actor: Actor | None, concept: str, kind: str, *, now: datetime
) -> ItemDraft:
    """An empty draft on an idea. A second press gives the same one."""
    program = access.program_of_instructor(session, actor)
    known = catalogue.current(session)
    if concept not in known.concepts:
        raise Invalid("concept", "Choose the idea that the question is about.")
    if kind not in TYPES:
        raise Invalid("type", "Choose how it is answered.")
    day = local_day(actor, now)
    entry = blank("", concept, kind, day.isoformat(), (day + _REVIEW_AFTER).isoformat())
    return _begin(session, actor, program.id, entry, now=now)


def copy(session: Session, actor: Actor | None, code: str, *, now: datetime) -> ItemDraft:
    """A draft that begins as a question which is in use, here or everywhere."""
    program = access.program_of_instructor(session, actor)
    known = catalogue.current(session, frozenset({program.id}))
    found = known.items.get(code) or known.withheld.get(code)
    if found is None or not _may_see(session, found.code, program.id):
        raise Invalid("code", "There is no question with this code.")
    item: Item = found.value
    if item.parameters is not None:
        raise Invalid(
            "code", "This question draws other numbers each time. Such templates are not edited "
            "in the browser, only in the files.",
        )  # fmt: skip
    entry = filled(whole(entry_of(item)))
    return _begin(session, actor, program.id, entry, now=now)


def _may_see(session: Session, code: str, program_id: int) -> bool:
    """A question in quarantine may be another program's own."""
    entry = published_entry(session, code)
    return entry is not None and entry.program_id in (None, program_id)


def _begin(
    session: Session, actor: Actor | None, program_id: int, entry: Entry, *, now: datetime
) -> ItemDraft:
    me = access.signed_in(actor)
    entry.pop("checked", None)
    untouched = _untouched(session, me, program_id, entry)
    if untouched is not None:
        return untouched
    code = _free_code(session, program_id, entry["concept"])
    draft = ItemDraft(
        program_id=program_id, code=code, author_id=me.person_id, entry={**entry, "id": code},
        edit=1, state=DRAFT, created_at=now, updated_at=now,
    )  # fmt: skip
    session.add(draft)
    session.flush()
    audit.record(session, me.person_id, "draft.made", "draft", draft.id, now=now, code=code)
    return draft


def _untouched(session: Session, me: Actor, program_id: int, entry: Entry) -> ItemDraft | None:
    """A draft that this person has just made in the same way and not written in yet."""
    same = select(ItemDraft).where(
        ItemDraft.program_id == program_id, ItemDraft.author_id == me.person_id,
        ItemDraft.edit == 1, ItemDraft.state == DRAFT,
    )  # fmt: skip
    for draft in session.scalars(same.order_by(ItemDraft.id)):
        if whole({**draft.entry, "id": ""}) == whole({**entry, "id": ""}):
            return draft
    return None


def _free_code(session: Session, program_id: int, concept: str) -> str:
    """`p<program>-<concept>-NN`, the lowest number that was never used."""
    start = f"p{program_id}-{concept}-"
    if len(start) + 2 > 64:
        raise Invalid("concept", "The code of this idea is too long for a question of your own.")
    taken = set(session.scalars(select(ItemDraft.code).where(ItemDraft.code.startswith(start))))
    code = next((c for n in range(1, 100) if (c := f"{start}{n:02}") not in taken), None)
    if code is None:
        raise Invalid("concept", "There are 99 questions on this idea already. Edit one of them.")
    return code


def save(
    session: Session, actor: Actor | None, draft_id: int, edit: int, entry: Entry, *,
    now: datetime,
) -> Saved:  # fmt: skip
    """Keep what was written. What is sent twice counts once; an older page overwrites nothing."""
    draft = access.get_draft(session, actor, draft_id, lock=True)
    before = stored(session, draft)
    sent = _fitted(session, actor, before, entry)
    if _same(sent, before.entry):
        return Saved(before)
    if draft.edit != edit:
        return Saved(before, refused=sent)
    _refuse_endless(sent)
    _keep(session, access.signed_in(actor), draft, sent, now=now)
    return Saved(stored(session, draft))


def _fitted(session: Session, actor: Actor | None, before: Stored, entry: Entry) -> Entry:
    """The entry with what the page does not decide: its code, and the regions of a picture."""
    sent = whole(entry)
    known = catalogue.current(session, access.signed_in(actor).programs)
    sent.pop("checked", None)
    sent["id"] = before.code
    if before.is_published or sent["concept"] not in known.concepts:
        sent["concept"] = before.entry["concept"]
    drawing = checking.drawings(known).get(sent["picture"])
    if drawing is None:
        sent["picture"] = ""
    elif sent["type"] == "hot_spot" and drawing.places:
        fit_regions(sent, drawing.places)
    return filled(sent)


def fitted(session: Session, actor: Actor | None, draft_id: int, entry: Entry) -> Entry:
    """What would be kept of this entry; keeps nothing."""
    return _fitted(session, actor, get(session, actor, draft_id), entry)


def _same(one: Entry, other: Entry) -> bool:
    plain = {name: value for name, value in other.items() if name != "checked"}
    return one == plain


def _refuse_endless(entry: Any, field: str = "") -> None:
    if isinstance(entry, str):
        if len(entry) > MAX_FIELD:
            message = f"This is longer than {MAX_FIELD:,} characters and was not saved."
            raise Invalid(field, message)
        return
    inside = entry.items() if isinstance(entry, dict) else enumerate(entry)
    for name, value in inside:
        _refuse_endless(value, f"{field}-{name}" if field else str(name))


def _keep(session: Session, me: Actor, draft: ItemDraft, entry: Entry, *, now: datetime) -> None:
    if entry["concept"] != draft.entry.get("concept"):
        draft.code = entry["id"] = _free_code(session, draft.program_id, entry["concept"])
    if draft.state == PUBLISHED:
        draft.author_id = me.person_id
    draft.entry, draft.edit, draft.state = entry, draft.edit + 1, DRAFT
    draft.updated_at = now
    audit.record(
        session, me.person_id, "draft.saved", "draft", draft.id, now=now, code=draft.code,
        edit=draft.edit,
    )  # fmt: skip
    session.flush()


def writers(session: Session, draft: ItemDraft) -> frozenset[int]:
    """Who wrote what stands there now: everybody who saved since it was last published."""
    acts = session.execute(
        select(AuditEntry.action, AuditEntry.actor_id)
        .where(AuditEntry.object_kind == "draft", AuditEntry.object_id == draft.id)
        .order_by(AuditEntry.id)
    )
    found: set[int] = set()
    for action, person_id in acts:
        if action == "draft.published":
            found.clear()
        elif action == "draft.saved" and person_id is not None:
            found.add(person_id)
    return frozenset(found | {draft.author_id})


def drop(session: Session, actor: Actor | None, draft_id: int, *, now: datetime) -> str:
    """Delete a draft that was never published; gives its code. Its number is free again unless
    somebody has answered it: answers are kept."""
    draft = access.get_draft(session, actor, draft_id, lock=True)
    if published_entry(session, draft.code) is not None:
        raise Conflict("This question is published. It can be retired, not deleted.")
    me, code = access.signed_in(actor), draft.code
    audit.record(session, me.person_id, "draft.deleted", "draft", draft.id, now=now, code=code)
    answered = select(DraftReading.id).where(DraftReading.draft_id == draft.id).limit(1)
    if session.scalar(answered) is None:
        session.delete(draft)
    else:
        draft.state, draft.entry, draft.updated_at = DROPPED, {}, now
    session.flush()
    return code


def require_edit(draft: ItemDraft, edit: int) -> None:
    """Raises Conflict when the page shows an older edit than the one that stands there."""
    if draft.edit != edit:
        raise Conflict("This question was changed since the page was opened. Open it again.")
