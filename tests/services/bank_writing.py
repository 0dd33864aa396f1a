"""Steps that tests of written questions share: a draft that passes all checks, its readers."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from tests.conftest import NOW
from trainer.services.access import Actor
from trainer.services.bank import drafts, publishing, reading
from trainer.services.bank.fields import Entry
from trainer.store.bank import ItemDraft

CONCEPT = "hand-hygiene"
LATER = NOW + timedelta(minutes=5)
OPTIONS = [
    ("Rub them with alcohol gel for ten seconds", "no",
     "Gel does not free hands of this germ's spores, and the rubbing ends too early."),
    ("Put fresh gloves over the hands as they are", "no",
     "Gloves cover what is on the skin, and germs pass on when they are taken off."),
    ("Wash them with soap and running water", "yes",
     "Running water and soap lift the spores of this germ off the skin and carry them away. "
     "Alcohol leaves spores alive, so rubbing alone would carry them to the next room."),
    ("Wipe them on a disposable paper towel", "no",
     "A dry towel moves germs around on the skin and takes hardly any away."),
]  # fmt: skip

OTHER = {
    "stem": "At the front desk of a family practice a medical assistant coughs into both palms "
    "while typing, and an older visitor holds out a signed form at the same moment.",
    "lead_in": "Which step by the medical assistant keeps the visitor from catching the cold?",
    "rule": "Clean the palms after a cough, before touching what others hold.",
}
"""Fields of a second question that the rules take, too, beside the first one."""


def sound(entry: Entry, **more: Any) -> Entry:
    """The entry of a draft with a question that passes every check."""
    written = {
        **entry,
        "stem": "A medical assistant at a pediatric clinic leaves the room of a child who has had "
        "watery stools from Clostridioides difficile since Monday. A toddler waits next door.",
        "lead_in": "What should the medical assistant do with the hands before the next room?",
        "options": [
            {"id": "abcd"[n], "text": text, "correct": key, "reason": reason, "match": "",
             "error": ""}
            for n, (text, key, reason) in enumerate(OPTIONS)
        ],
        "rule": "Spores come off with soap and water, not with alcohol gel.",
        "sources": [
            {"title": "CDC: clean hands", "url": "https://www.cdc.gov/clean-hands/",
             "checked_on": "2026-11-24"}
        ],
    }  # fmt: skip
    return {**written, **more}


def make_sound(session: Session, actor: Actor, **more: Any) -> ItemDraft:
    """A saved draft that could be sent to review."""
    made = drafts.make(session, actor, CONCEPT, "single_best_answer", now=NOW)
    drafts.save(session, actor, made.id, 1, sound(made.entry, **more), now=NOW)
    return made


def publish_read(session: Session, author: Actor, reader: Actor, draft: ItemDraft) -> int:
    """Send, let a colleague agree, publish; gives the number of the version."""
    reading.send(session, author, draft.id, draft.edit, now=NOW)
    reading.finish(session, reader, draft.id, (draft.edit, "c"), True, "", now=LATER)
    return publishing.publish(session, author, draft.id, draft.edit, alone=False, now=LATER)
