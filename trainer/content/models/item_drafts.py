"""An items entry while somebody writes it: all its fields, its rows, what the reader is given.

A draft keeps everything that was typed, also for an item type that was left again; the reader
gets the fields of the present type only. Knows fields and rows, not whether they are any good.
"""

from collections.abc import Mapping
from typing import Any, Final

from trainer.content.formats.items_yaml import Entry
from trainer.content.models.item_shapes import SIZES

Rows = list[dict[str, str]]

_TEXTS: Final = (
    "id", "concept", "type", "difficulty", "bloom", "stem", "lead_in", "select", "picture", "rule",
    "status_as_of", "review_by", "fixed_order", "pool",
)  # fmt: skip
ROWS: Final[dict[str, tuple[str, ...]]] = {
    "options": ("id", "text", "correct", "reason", "match", "error"),
    "partners": ("id", "text"),
    "sources": ("title", "url", "checked_on"),
    "accepted": ("rule", "reason"),
    "errors": ("value", "error", "reason"),
}
"""Fields of the rows of each list; `errors` are those of the number."""
NUMBER: Final = ("value", "tolerance", "low", "high", "solution")
MOST: Final = {"options": 8, "partners": 8, "sources": 6, "accepted": 8, "errors": 8}
_IDS: Final = {"options": "abcdefgh", "partners": "12345678"}

_COMMON: Final = (
    "id", "concept", "type", "difficulty", "bloom", "stem", "lead_in", "picture", "rule", "sources",
    "status_as_of", "review_by", "pool", "checked", "accepted",
)  # fmt: skip
_OWN: Final[dict[str, tuple[str, ...]]] = {
    "single_best_answer": ("options", "fixed_order"),
    "multiple_response": ("options", "select", "fixed_order"),
    "ordered_response": ("options",),
    "matching": ("options", "partners"),
    "numeric": ("number",),
    "hot_spot": ("options",),
}
_OPTION_PARTS: Final[dict[str, tuple[str, ...]]] = {
    "ordered_response": ("id", "text", "reason"),
    "matching": ("id", "text", "match", "reason"),
}
_CHOICE_PARTS: Final = ("id", "text", "correct", "reason", "error")
TYPES: Final = tuple(_OWN)


def whole(entry: Mapping[str, Any]) -> Entry:
    """The entry with every field there is, as text; whatever else it held is left out."""
    number = entry.get("number") if isinstance(entry.get("number"), Mapping) else {}
    found: Entry = {name: _text(entry.get(name)) for name in _TEXTS}
    if found["type"] not in TYPES:
        found["type"] = TYPES[0]
    for name in ("options", "partners", "sources", "accepted"):
        found[name] = _rows(name, entry.get(name))
    assert number is not None
    units = number.get("units")
    found["number"] = {
        **{name: _text(number.get(name)) for name in NUMBER},
        "units": [_text(one) for one in units] if isinstance(units, list) else [],
        "errors": _rows("errors", number.get("errors")),
    }
    if isinstance(entry.get("checked"), Mapping):
        found["checked"] = {key: _text(one) for key, one in entry["checked"].items()}
    return found


def _rows(name: str, rows: Any) -> Rows:
    listed = rows if isinstance(rows, list) else []
    return [
        {part: _text(row.get(part)) for part in ROWS[name]}
        for row in listed[: MOST[name]]
        if isinstance(row, Mapping)
    ]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def blank(code: str, concept: str, kind: str, day: str, review_by: str) -> Entry:
    """A new entry with the least number of rows that its type has."""
    entry = whole({
        "id": code, "concept": concept, "type": kind, "difficulty": "2", "bloom": "apply",
        "status_as_of": day, "review_by": review_by,
    })  # fmt: skip
    entry["number"]["tolerance"] = "0"
    return filled(entry)


def filled(entry: Entry) -> Entry:
    """The entry with rows to write in, so that no page begins with an empty list."""
    low, _ = SIZES[entry["type"]]
    usual = {"single_best_answer": 4, "multiple_response": 5}.get(entry["type"], low)
    least = low if entry["options"] else usual
    if entry["type"] != "hot_spot":
        while len(entry["options"]) < least:
            add_row(entry, "options")
    if entry["type"] == "matching":
        while len(entry["partners"]) < low:
            add_row(entry, "partners")
    if not entry["sources"]:
        add_row(entry, "sources")
    return entry


def rows_of(entry: Entry, name: str) -> Rows:
    """One of the lists of an entry."""
    rows: Rows = entry["number"]["errors"] if name == "errors" else entry[name]
    return rows


def add_row(entry: Entry, name: str) -> None:
    """One more row with an id of its own; nothing happens when there are as many as can be."""
    rows = rows_of(entry, name)
    if len(rows) >= MOST[name]:
        return
    row = dict.fromkeys(ROWS[name], "")
    if name in _IDS:
        taken = {one["id"] for one in rows}
        row["id"] = next((one for one in _IDS[name] if one not in taken), "")
    rows.append(row)


def remove_row(entry: Entry, name: str, index: int) -> None:
    """Take a row out; rows that were matched with it are matched with nothing."""
    rows = rows_of(entry, name)
    if index < len(rows):
        gone = rows.pop(index)
        if name == "partners":
            for option in entry["options"]:
                option["match"] = "" if option["match"] == gone["id"] else option["match"]


def raise_row(entry: Entry, name: str, index: int) -> None:
    """Let a row and the one above it change places."""
    rows = rows_of(entry, name)
    if 0 < index < len(rows):
        rows[index - 1], rows[index] = rows[index], rows[index - 1]


def fit_regions(entry: Entry, places: Mapping[str, str]) -> None:
    """Let the options of a hot spot be the regions of its picture; what was written stays."""
    written = {row["id"]: row for row in entry["options"]}
    entry["options"] = [
        {**dict.fromkeys(ROWS["options"], ""), **written.get(region, {}), **fixed}
        for region, text in places.items()
        for fixed in [{"id": region, "text": text}]
    ]


def for_reader(entry: Mapping[str, Any]) -> Entry:
    """What the reader of files is given: fields of the type, without those left blank.

    Blank rows at the end of a list are rows that nobody has begun to write.
    """
    full = whole(entry)
    kind = full["type"]
    found: Entry = {}
    for name in (*_COMMON, *_OWN[kind]):
        value = full.get(name)
        if name == "options":
            value = [_option(row, _OPTION_PARTS.get(kind, _CHOICE_PARTS)) for row in value or ()]
        elif name in ("partners", "sources", "accepted"):
            value = _begun(value or [])
        elif name == "number":
            value = _number(full["number"])
        if value or name in _NEEDED:
            found[name] = value
    return found


_NEEDED: Final = frozenset({"lead_in", "rule", "options", "sources"})


def _option(row: Mapping[str, str], parts: tuple[str, ...]) -> dict[str, str]:
    kept = {part: row[part] for part in parts}
    return {part: text for part, text in kept.items() if text or part in ("id", "text", "reason")}


def _number(number: Mapping[str, Any]) -> Entry:
    units = [unit for unit in number["units"] if unit.strip()]
    kept = {name: number[name] for name in NUMBER if number[name] or name != "tolerance"}
    return {**kept, "units": units, "errors": _begun(number["errors"])}


def _begun(rows: Rows) -> Rows:
    last = max((n for n, row in enumerate(rows, 1) if _is_begun(row)), default=0)
    return rows[:last]


def _is_begun(row: Mapping[str, str]) -> bool:
    return any(text.strip() for part, text in row.items() if part != "id")
