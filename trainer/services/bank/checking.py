"""What the rules say about a draft, against the questions of its program and of everybody."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from trainer.content.checks.single import Examined, Surroundings, examine
from trainer.content.formats.items_yaml import Entry
from trainer.content.lint import RULES
from trainer.content.models.item_drafts import for_reader
from trainer.core.items import Item, Picture
from trainer.services import access, catalogue
from trainer.services.access import Actor
from trainer.services.catalogue import Catalogue

LOCAL = "local"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture that questions show, and the words for its regions; none when it has none."""

    picture: Picture
    places: dict[str, str]


def drawings(known: Catalogue) -> dict[str, Drawing]:
    """The pictures of all questions, by code. A hot spot on a picture names its regions."""
    found: dict[str, Drawing] = {}
    for versions in (known.items, known.withheld):
        for code in sorted(versions):
            item: Item = versions[code].value
            if item.picture is None or item.origin == LOCAL:
                continue
            kept = found.get(item.picture.code)
            if kept is None or (item.type == "hot_spot" and not kept.places):
                places = {o.id: o.text for o in item.options} if item.type == "hot_spot" else {}
                found[item.picture.code] = Drawing(item.picture, dict(sorted(places.items())))
    return dict(sorted(found.items()))


def bank_of(program_id: int) -> str:
    """The name of the bank that a program's own questions make up."""
    return f"program-{program_id}"


def check(session: Session, actor: Actor | None, draft_id: int, entry: Entry) -> Examined:
    """Everything that the reader of files and the rules say about an entry of this draft."""
    draft = access.get_draft(session, actor, draft_id)
    return check_as(session, actor, draft.program_id, draft.code, entry)


def check_as(
    session: Session, actor: Actor | None, program_id: int, code: str, entry: Entry
) -> Examined:
    """The same for a draft that was looked up before."""
    known = catalogue.current(session, access.signed_in(actor).programs)
    others = [v.value for other, v in known.items.items() if other != code]
    pictures = {name: one.picture for name, one in drawings(known).items()}
    around = Surroundings(bank_of(program_id), known.concepts.keys(), pictures, others)
    return examine(for_reader(entry), around)


def rule_text(code: str) -> str:
    """What a rule asks for, in a sentence; "" for rules on the form of an entry."""
    return RULES[code].what if code in RULES else ""


def compared(session: Session, actor: Actor | None) -> int:
    """With how many questions a draft is compared."""
    return len(catalogue.current(session, access.signed_in(actor).programs).items)


def known_drawings(session: Session, actor: Actor | None) -> dict[str, Drawing]:
    """The pictures that the actor's questions may show."""
    return drawings(catalogue.current(session, access.programs_written_for(actor)))
