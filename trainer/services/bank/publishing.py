"""Publishing a program's own question: a version in the catalogue, drawn there only.

Asks for a second reading as long as the program has a colleague who could do it.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from trainer.content.payload import digest, to_payload
from trainer.core.errors import Conflict, Invalid
from trainer.core.items import Checked, Item
from trainer.services import access, audit, catalogue
from trainer.services.access import Actor
from trainer.services.bank import checking, drafts, reading
from trainer.store.accounts import Program
from trainer.store.bank import ContentDecision, DraftReading, ItemDraft
from trainer.store.catalogue import CatalogueEntry, CatalogueState, CatalogueVersion

PUBLISH: Final = "publish"


@dataclass(frozen=True, slots=True)
class Ready:
    """Whether a draft can be published, and if not, what comes first."""

    stored: drafts.Stored
    left_to_fix: int
    has_agreement: bool
    readers: int
    """Colleagues who could read it."""

    @property
    def alone(self) -> bool:
        """Nobody else could read it, so it may go out without a second reading."""
        return not self.has_agreement and self.readers == 0

    @property
    def possible(self) -> bool:
        return not self.left_to_fix and (self.has_agreement or self.alone)


def ready(session: Session, actor: Actor | None, draft_id: int) -> Ready:
    """What stands between a draft and its students."""
    draft = access.get_draft(session, actor, draft_id)
    found = checking.check_as(session, actor, draft.program_id, draft.code, draft.entry)
    return Ready(
        drafts.stored(session, draft), len(found.errors), _agreement(session, draft) is not None,
        reading.readers(session, actor, draft_id).others,
    )  # fmt: skip


def _agreement(session: Session, draft: ItemDraft) -> DraftReading | None:
    """The reading in which a colleague agreed with what stands there now."""
    return session.scalar(
        select(DraftReading).where(
            DraftReading.draft_id == draft.id, DraftReading.edit == draft.edit,
            DraftReading.agreed.is_(True),
        )
    )  # fmt: skip


def publish(
    session: Session, actor: Actor | None, draft_id: int, edit: int, *, alone: bool, now: datetime
) -> int:
    """Make the draft the version that the program's students are asked; gives its number.

    `alone` confirms that nobody has read it. A second press publishes nothing new.
    """
    # In the order of `catalogue.sync`, so that two who publish wait for each other.
    session.scalars(select(CatalogueState).with_for_update()).one()
    draft = access.get_draft(session, actor, draft_id, lock=True)
    drafts.require_edit(draft, edit)
    if draft.state == drafts.PUBLISHED:
        return _newest(session, draft.code)
    item = _item(session, actor, draft, alone)
    draft.entry = {**draft.entry, **_checked_of(item)}
    version = _add_version(session, draft, item, now=now)
    me = access.signed_in(actor)
    session.add(
        ContentDecision(
            code=draft.code, version_id=version.id, action=PUBLISH,
            reason="" if item.checked else "No second reading.", erratum="", source_url="",
            person_id=me.person_id, at=now,
        )
    )  # fmt: skip
    draft.state, draft.updated_at = drafts.PUBLISHED, now
    audit.record(
        session, me.person_id, "draft.published", "draft", draft.id, now=now, code=draft.code,
        version=version.version, read=item.checked is not None,
    )  # fmt: skip
    catalogue.changed(session)
    return version.version


def _item(session: Session, actor: Actor | None, draft: ItemDraft, alone: bool) -> Item:
    """The question as it goes out, with its second reading recorded."""
    found = checking.check_as(session, actor, draft.program_id, draft.code, draft.entry)
    if found.item is None or found.errors:
        raise Conflict("Something is left to fix in this question.")
    item = replace(found.item, origin="local", checked=None)
    agreed = _agreement(session, draft)
    if agreed is not None:
        program = session.get_one(Program, draft.program_id)
        day = agreed.at.astimezone(ZoneInfo(program.zone)).date().isoformat()
        return replace(item, checked=Checked("agreed", day))
    if reading.readers(session, actor, draft.id).others:
        raise Conflict("A colleague reads this question before it is published.")
    if not alone:
        raise Invalid("alone", "Confirm that it goes out without a second reading.")
    return item


def _checked_of(item: Item) -> dict[str, dict[str, str]]:
    if item.checked is None:
        return {}
    return {"checked": {"blind_answer": item.checked.blind_answer, "on": item.checked.on}}


def _newest(session: Session, code: str) -> int:
    mine = (CatalogueVersion.kind == drafts.KIND, CatalogueVersion.code == code)
    return session.scalar(select(func.max(CatalogueVersion.version)).where(*mine)) or 0


def _add_version(
    session: Session, draft: ItemDraft, item: Item, *, now: datetime
) -> CatalogueVersion:
    payload = to_payload(item)
    version = CatalogueVersion(
        kind=drafts.KIND, code=draft.code, version=_newest(session, draft.code) + 1,
        sha256=digest(payload), payload=payload, added_at=now,
    )  # fmt: skip
    session.add(version)
    session.flush()
    entry = drafts.published_entry(session, draft.code)
    if entry is None:
        entry = CatalogueEntry(
            kind=drafts.KIND, code=draft.code, version_id=version.id, program_id=draft.program_id
        )
        session.add(entry)
    # A question in quarantine stays there until somebody releases it.
    entry.version_id, entry.retired_at = version.id, None
    return version
