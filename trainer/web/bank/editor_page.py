"""What the question editor shows: fields with their remarks, checks, what can be done next."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask import url_for

from trainer.core.errors import Invalid
from trainer.services.bank import checking, drafts, own, reading
from trainer.services.bank.drafts import Stored
from trainer.services.bank.fields import MOST, TYPES, Entry, rows_of
from trainer.web.bank import editor_words as words
from trainer.web.items import drawn
from trainer.web.request import actor, db

_SHOWN_PASSED = 6


def editor_page(
    stored: Stored,
    entry: Entry,
    *,
    refused: Invalid | None = None,
    conflict: bool = False,
) -> dict[str, Any]:
    """The page value of bank/editor.html for what stands in the fields."""
    found = checks(stored, entry, refused)
    readers = reading.readers(db(), actor(), stored.id)
    known = checking.known_drawings(db(), actor())
    chosen = known.get(entry["picture"])
    return {
        **found,
        "draft": stored,
        "state": words.STATES[stored.state],
        "entry": entry,
        "types": [(code, words.TYPES[code]) for code in TYPES],
        "blooms": words.BLOOMS.items(),
        "pools": words.POOLS.items(),
        "row_word": words.row_word(entry["type"]),
        "ideas": own.ideas(db(), actor()),
        "drawings": [
            (code, code.replace("-", " ").capitalize())
            for code, one in known.items()
            # A place can be asked for only where a picture has places.
            if one.places or entry["type"] != "hot_spot"
        ],
        "drawn": drawn(chosen.picture) if chosen else None,
        "matches": [
            (row["id"], row["text"] or f"Match {number}")
            for number, row in enumerate(entry["partners"], 1)
        ],
        "can_add": {name: len(rows_of(entry, name)) < most for name, most in MOST.items()},
        "readers": readers,
        "opinions": reading.opinions(db(), actor(), stored.id),
        "conflict": list(_differences(stored.entry, entry)) if conflict else [],
    }


def checks(stored: Stored, entry: Entry, refused: Invalid | None = None) -> dict[str, Any]:
    """What the list of checks and the fields say about an entry."""
    found = checking.check(db(), actor(), stored.id, entry)
    notes = words.notes_of(entry, found.remarks)
    if refused is not None:
        notes.insert(0, words.Note(refused.field, "Not saved", refused.message, "", "fix"))
    at: dict[str, list[words.Note]] = {}
    # Nobody has written anything yet: the list says what is needed, the fields stay calm.
    for note in notes if refused is not None or not _is_untouched(stored, entry) else ():
        at.setdefault(note.field, []).append(note)
    passed = words.passed_of(found.passed)
    return {
        "notes": notes,
        "at": at,
        "slots": sorted(words.fields_of(entry)),
        "fixes": sum(note.kind == "fix" for note in notes),
        "passed": passed[:_SHOWN_PASSED],
        "more_passed": passed[_SHOWN_PASSED:],
        "compared": checking.compared(db(), actor()),
        "checks_url": url_for("bank.draft_checks", draft_id=stored.id),
    }


def _is_untouched(stored: Stored, entry: Entry) -> bool:
    texts = [entry["stem"], entry["lead_in"], *(row["text"] for row in entry["options"])]
    return entry == stored.entry and not any(texts)


def _differences(one: Entry, other: Entry) -> Iterator[tuple[str, str, str]]:
    """Label, what is stored and what was typed, wherever these differ."""
    left, right = dict(_texts(one)), dict(_texts(other))
    for path in dict.fromkeys([*left, *right]):
        if left.get(path, "") != right.get(path, "") and path[-1] != "id":
            entry = other if path in right else one
            yield words.label(path, entry), left.get(path, ""), right.get(path, "")


def _texts(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[Any, str]]:
    """Every text of an entry with the way to it; what a reading recorded is not among them."""
    if isinstance(value, str):
        yield path, value
        return
    inside: Sequence[tuple[Any, Any]]
    inside = list(value.items()) if isinstance(value, dict) else list(enumerate(value))
    for name, part in inside:
        if name != "checked":
            yield from _texts(part, (*path, name))


def saved_words(stored: Stored) -> str:
    """What a save means for a draft that was further on."""
    return {
        drafts.REVIEW: "It waits for its second reader. Saving a change takes it back.",
        drafts.AGREED: "A colleague agreed with it. Saving a change asks for a new reading.",
        drafts.PUBLISHED: "It is published. Saving a change begins a new version; the published "
        "one stays in use until you publish again.",
    }.get(stored.state, "")
