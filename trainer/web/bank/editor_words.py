"""How the editor names the parts of a question, and where on the page a remark belongs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from trainer.services.bank.checking import rule_text
from trainer.services.bank.fields import ROWS, Entry, rows_of

TYPES: Final = {
    "single_best_answer": "One best answer",
    "multiple_response": "Several answers",
    "ordered_response": "Steps in order",
    "matching": "Matching",
    "numeric": "A number",
    "hot_spot": "A place on a picture",
}
STATES: Final = {
    "draft": "Draft",
    "review": "In review",
    "agreed": "Read and agreed",
    "published": "Published",
}
BLOOMS: Final = {
    "remember": "Remember", "understand": "Understand", "apply": "Apply", "analyze": "Analyze",
}  # fmt: skip
POOLS: Final = {"": "Practice and exams", "practice": "Practice only", "exam": "Exams only"}
_ROW_WORDS: Final = {
    "single_best_answer": "Option", "multiple_response": "Option", "ordered_response": "Step",
    "matching": "Row", "numeric": "Option", "hot_spot": "Place",
}  # fmt: skip
_FIELDS: Final = {
    "id": "Code", "concept": "Idea", "type": "How it is answered", "difficulty": "Difficulty",
    "bloom": "Level", "stem": "Situation", "lead_in": "Question", "options": "Options",
    "select": "How many to choose", "partners": "Matches", "number": "The number",
    "picture": "Picture", "rule": "One-line rule", "sources": "Sources",
    "status_as_of": "Facts as of", "review_by": "Review by", "fixed_order": "Fixed order",
    "pool": "Where it is asked", "accepted": "Accepted warnings", "text": "", "reason": "reason",
    "correct": "key", "match": "match", "error": "named mistake", "value": "value",
    "tolerance": "tolerance", "low": "lowest likely value", "high": "highest likely value",
    "units": "units", "solution": "worked solution", "errors": "Wrong values", "title": "title",
    "url": "link", "checked_on": "day read",
}  # fmt: skip
_SINGLE: Final = {
    "partners": "Match", "sources": "Source", "accepted": "Accepted warning",
    "errors": "Wrong value",
}  # fmt: skip
# Names of the file form and the words of the editor, where a message quotes one.
_QUOTED: Final = re.compile(r'^"[a-z_]+":? ')
_PATTERN: Final = "string should match pattern"
_WRITE: Final = {
    "value": "Write a plain number such as 2.5.", "low": "Write a plain number such as 0.1.",
    "high": "Write a plain number such as 20.", "tolerance": "Write a plain number such as 0.",
    "rule": "Write the code of a rule, such as I08.",
    "id": "This row has lost its mark. Remove it and add a new one.",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Note:
    """A remark as the page shows it: in the list of checks, and at its field."""

    field: str
    label: str
    message: str
    rule: str
    kind: str
    """fix, consider or accepted."""
    reason: str = ""


def fields_of(entry: Entry) -> set[str]:
    """Ids of everything on the editor page that a remark can stand at."""
    found = set(_FIELDS) - {"id"}
    found |= {f"number-{name}" for name in (*entry["number"],)}
    for name, parts in ROWS.items():
        start = "number-errors" if name == "errors" else name
        for index in range(len(rows_of(entry, name))):
            shown = [part for part in parts if part != "id"]
            found |= {f"{start}-{index}", *(f"{start}-{index}-{part}" for part in shown)}
    return found


def notes_of(entry: Entry, remarks: Sequence[Any]) -> list[Note]:
    """All remarks in the words of the page, what has to be fixed first."""
    known = fields_of(entry)
    found = [_note(remark, entry, known) for remark in remarks]
    order = ("fix", "consider", "accepted")
    return sorted(dict.fromkeys(found), key=lambda note: order.index(note.kind))


def _note(remark: Any, entry: Entry, known: set[str]) -> Note:
    kind = "accepted" if remark.accepted else "consider" if remark.warn else "fix"
    rule, message = _plain(remark)
    return Note(
        anchor(remark.path, known), label(remark.path, entry), message, rule, kind, remark.accepted
    )


def anchor(path: Sequence[str | int], known: set[str]) -> str:
    """The id of the nearest field or group on the page."""
    parts = [str(part) for part in path]
    for end in range(len(parts), 0, -1):
        if (found := "-".join(parts[:end])) in known:
            return found
    return "lead_in"


def label(path: Sequence[str | int], entry: Entry) -> str:
    """What a part of the question is called: "Option B, reason"."""
    if path == ("number", "value"):
        return "Right value"
    said: list[str] = []
    for place, part in enumerate(path):
        if isinstance(part, int):
            said[-1:] = [_row_label(str(path[place - 1]), part, entry)]
        elif part in _FIELDS and _FIELDS[part] and not (part == "number" and len(path) > 1):
            said.append(_FIELDS[part])
    text = ", ".join(said) or "Question"
    return text[:1].upper() + text[1:]


def _row_label(name: str, index: int, entry: Entry) -> str:
    if name == "options":
        word = row_word(entry["type"])
        return f"{word} {'ABCDEFGH'[index : index + 1] if word == 'Option' else index + 1}"
    return f"{_SINGLE.get(name, 'Line')} {index + 1}"


def row_word(kind: str) -> str:
    """What the rows of a type of question are called."""
    return _ROW_WORDS.get(kind, "Option")


def _plain(remark: Any) -> tuple[str, str]:
    """Rule and message; what speaks of the file form is said in words of the page."""
    last = next((part for part in reversed(remark.path) if isinstance(part, str)), "")
    text: str = remark.message
    if remark.path == ("sources",) and remark.rule[0] == "S":
        return "I22", "There is no source yet. Add a title and a link."
    if _PATTERN in text:
        return remark.rule, _WRITE.get(last, "This cannot be read. Write it differently.")
    if remark.rule == "S01":
        empty = "This is empty. Please write it."
        return remark.rule, "Choose a picture." if last == "picture" else empty
    if "input should be" in text:
        return remark.rule, "Choose one of the list."
    plain = _QUOTED.sub("", text)
    for code, name in TYPES.items():
        plain = re.sub(rf"(?i)\b{code}\b", f"“{name}”", plain)
    return remark.rule, plain[:1].upper() + plain[1:]


def passed_of(codes: Sequence[str]) -> list[tuple[str, str]]:
    """Rules that have nothing to say, with what they ask for."""
    return [(code, rule_text(code)) for code in codes]
