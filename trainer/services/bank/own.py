"""The own questions of a program: the list, what a new one can begin as, files to take away."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.content.formats.items_yaml import entry_of, items_file
from trainer.content.models.item_drafts import for_reader
from trainer.core.errors import Invalid
from trainer.core.items import Item
from trainer.services import access, catalogue
from trainer.services.access import Actor
from trainer.services.bank import checking, drafts
from trainer.store.accounts import Person
from trainer.store.bank import ItemDraft
from trainer.store.catalogue import CatalogueEntry, CatalogueVersion

MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class OwnRow:
    """One line of the list."""

    draft_id: int
    code: str
    lead_in: str
    concept: str
    type: str
    state: str
    author: str
    is_mine: bool
    updated_at: datetime
    version: int | None
    """The version that students are asked; none when it was never published."""
    is_read: bool
    """The published version had a second reading."""
    withheld: str
    """`quarantined`, `retired`, or "" when it is drawn."""


@dataclass(frozen=True, slots=True)
class Begin:
    """A question that can be copied; a template cannot."""

    code: str
    lead_in: str
    concept: str
    is_template: bool


@dataclass(frozen=True, slots=True)
class Idea:
    """An idea to write about, with how many questions there are on it."""

    code: str
    name: str
    questions: int


def list_own(session: Session, actor: Actor | None) -> list[OwnRow]:
    """Drafts and published questions of the actor's programs, newest work first.
    Two statements whatever their number."""
    held = access.programs_written_for(actor)
    me = access.signed_in(actor)
    known = catalogue.current(session, held)
    rows = session.execute(
        select(
            ItemDraft, Person.name, CatalogueVersion.version, CatalogueEntry.quarantined_at,
            CatalogueEntry.retired_at,
        )
        .join(Person, Person.id == ItemDraft.author_id)
        .outerjoin(
            CatalogueEntry,
            (CatalogueEntry.code == ItemDraft.code) & (CatalogueEntry.kind == drafts.KIND),
        )
        .outerjoin(CatalogueVersion, CatalogueVersion.id == CatalogueEntry.version_id)
        .where(ItemDraft.program_id.in_(held), ItemDraft.state != drafts.DROPPED)
        .order_by(ItemDraft.updated_at.desc(), ItemDraft.id.desc())
    )  # fmt: skip
    return [
        OwnRow(
            draft.id, draft.code, str(draft.entry.get("lead_in", ""))[:300].strip(),
            _concept_name(known, str(draft.entry.get("concept", ""))),
            str(draft.entry.get("type", "")), draft.state, name, draft.author_id == me.person_id,
            draft.updated_at, version, _is_read(known, draft.code),
            "retired" if retired else "quarantined" if quarantined else "",
        )
        for draft, name, version, quarantined, retired in rows
    ]  # fmt: skip


def _concept_name(known: catalogue.Catalogue, code: str) -> str:
    return known.concepts[code].name if code in known.concepts else code


def _is_read(known: catalogue.Catalogue, code: str) -> bool:
    found = known.items.get(code) or known.withheld.get(code)
    return found is not None and found.value.checked is not None


def ideas(session: Session, actor: Actor | None) -> list[tuple[str, list[Idea]]]:
    """Every idea by the name of its area."""
    known = catalogue.current(session, access.programs_written_for(actor))
    found: dict[str, list[Idea]] = {}
    for concept in sorted(known.concepts.values(), key=lambda one: one.name.lower()):
        area = known.areas[concept.area].name if concept.area in known.areas else concept.area
        count = len(known.items_of(concept.code))
        found.setdefault(area, []).append(Idea(concept.code, concept.name, count))
    return sorted(found.items())


def search(session: Session, actor: Actor | None, words: str) -> tuple[list[Begin], int]:
    """Questions that hold all the words in code, idea or text, and how many there are."""
    known = catalogue.current(session, access.programs_written_for(actor))
    wanted = words.lower().split()[:12]
    if not wanted:
        return [], 0
    found = []
    for code in sorted(known.items):
        item: Item = known.items[code].value
        name = _concept_name(known, item.concept)
        said = " ".join((code, name, item.stem, item.lead_in)).lower()
        if all(word in said for word in wanted):
            found.append(Begin(code, item.lead_in, name, item.parameters is not None))
    return found[:MOST_FOUND], len(found)


def export_one(session: Session, actor: Actor | None, draft_id: int) -> tuple[str, str]:
    """File name and text of an items file with this question. Raises Invalid while it is no
    question yet."""
    draft = access.get_draft(session, actor, draft_id)
    found = checking.check_as(session, actor, draft.program_id, draft.code, draft.entry)
    if found.item is None:
        raise Invalid("checks", "A question can be taken away once all its parts are written.")
    entry = {**entry_of(found.item), **_checked(draft)}
    return f"{draft.code}.yaml", items_file(checking.bank_of(draft.program_id), [entry])


def _checked(draft: ItemDraft) -> dict[str, object]:
    """The second reading counts for the published text only."""
    kept = for_reader(draft.entry).get("checked")
    return {"checked": kept} if kept and draft.state == drafts.PUBLISHED else {}


def export_all(session: Session, actor: Actor | None) -> tuple[str, str]:
    """File name and text of an items file with all questions that the program has published."""
    program = access.program_of_instructor(session, actor)
    known = catalogue.current(session)
    own = known.local.get(program.id, {})
    if not own:
        raise Invalid("own", "Your program has no published questions of its own yet.")
    bank = checking.bank_of(program.id)
    return f"{bank}.yaml", items_file(bank, [entry_of(own[code].value) for code in sorted(own)])
