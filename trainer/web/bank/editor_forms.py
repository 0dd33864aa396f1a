"""The form of the question editor: from names such as `options-2-text` to the fields of a draft.

What a page does not show is kept as it was; what it sends is kept as typed.
"""

import re
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from trainer.services.bank.fields import MOST, NUMBER, ROWS, TEXTS, Entry, Move, rows_of

_MOVE = re.compile(r"(add|remove|up) ([a-z]+)(?: ([0-9]{1,2}))?")
_COUNT = re.compile(r"[0-9]{1,2}")
_EDIT = re.compile(r"[1-9][0-9]{0,8}")

Sent = MultiDict[str, str]


def entry_from(form: Sent, before: Entry, today: date) -> Entry:
    """The draft with everything that the form holds."""
    entry: dict[str, Any] = {**before}
    for name in TEXTS:
        if name in form:
            entry[name] = form[name]
    for name in ("options", "partners", "sources", "accepted"):
        entry[name] = _rows(form, name, before)
    if "keys-shown" in form:
        keys = set(form.getlist("key"))
        for index, row in enumerate(entry["options"]):
            row["correct"] = "yes" if str(index) in keys else "no"
    if "fixed_order-shown" in form:
        entry["fixed_order"] = "yes" if form.get("fixed_order") == "yes" else "no"
    for index, row in enumerate(entry["sources"]):
        if form.get(f"sources-{index}-read") == "yes":
            row["checked_on"] = today.isoformat()
    entry["number"] = _number(form, before)
    return entry


def _rows(form: Sent, name: str, before: Entry) -> list[dict[str, str]]:
    """The rows sent; parts that the page does not show come from the row of the same id."""
    start = "number-errors" if name == "errors" else name
    count = form.get(f"{start}-rows", "")
    kept = rows_of(before, name)
    if not _COUNT.fullmatch(count):
        return [dict(row) for row in kept]
    known = {row["id"]: row for row in kept if "id" in row}
    found = []
    for index in range(min(int(count), MOST[name])):
        sent = {part: form.get(f"{start}-{index}-{part}") for part in ROWS[name]}
        old = known.get(sent.get("id") or "", {})
        found.append({
            part: old.get(part, "") if text is None else text for part, text in sent.items()
        })  # fmt: skip
    return found


def _number(form: Sent, before: Entry) -> dict[str, Any]:
    number = dict(before["number"])
    for name in NUMBER:
        number[name] = form.get(f"number-{name}", number[name])
    if "number-units" in form:
        number["units"] = [unit.strip() for unit in form["number-units"].split(",")][:12]
        number["units"] = [unit for unit in number["units"] if unit]
    number["errors"] = _rows(form, "errors", before)
    return number


def move_of(form: Sent) -> Move | None:
    """The button that adds, removes or raises a row, when that was pressed."""
    found = _MOVE.fullmatch(form.get("act", ""))
    if found is None or found[2] not in ROWS:
        return None
    verb, rows, index = found.groups()
    return Move(verb, rows, int(index or 0))  # type: ignore[arg-type]  # the pattern's words


def edit_of(form: Sent) -> int:
    """The edit that the page shows; 0, which never was one, for anything else."""
    text = form.get("edit", "")
    return int(text) if _EDIT.fullmatch(text) else 0
