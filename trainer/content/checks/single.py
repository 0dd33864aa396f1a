"""One item while it is written: the reader and the rules of files, with paths instead of lines.

What keeps one field from being read does not hide what can be said about the others.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError

from trainer.content.checks.accepted import settle
from trainer.content.formats.items_yaml import Entry
from trainer.content.lint import ERROR_OVER, RULES, Finding, lint_item
from trainer.content.lint.duplicates import like
from trainer.content.models.entries import faults
from trainer.content.models.items import ItemEntry
from trainer.content.readers.items import picture_problem
from trainer.content.yamlfile import FieldPath
from trainer.core.items import Item, Picture


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an item is compared with."""

    bank: str
    concepts: Collection[str]
    pictures: Mapping[str, Picture]
    others: Sequence[Item]


@dataclass(frozen=True, slots=True)
class Remark:
    """What is wrong with a part of the item; a warning may be accepted for a reason."""

    path: FieldPath
    rule: str
    message: str
    warn: bool = False
    accepted: str = ""


@dataclass(frozen=True, slots=True)
class Examined:
    """The item, as soon as the entry is one, and everything there is to say about it."""

    item: Item | None
    remarks: tuple[Remark, ...]
    passed: tuple[str, ...]
    """Codes of the rules that were looked at and have nothing to say."""

    @property
    def errors(self) -> tuple[Remark, ...]:
        """What has to be put right first."""
        return tuple(remark for remark in self.remarks if not remark.warn)


# Rules of one item that a program checks; N02 is about templates.
_LOOKED_AT: Final = tuple(
    code
    for code, rule in RULES.items()
    if (code[0] in "ITDN" or code == "K03") and code != "N02" and rule.weight not in ("H", "B")
)


def examine(entry: Entry, known: Surroundings) -> Examined:
    """Read and check one entry as if it stood in a file."""
    read, remarks = _read(entry, known)
    stood_in: list[FieldPath] = []
    looked_at = read
    if read is None:
        looked_at, stood_in = _with_stand_ins(entry, [remark.path for remark in remarks])
    if looked_at is None:
        return Examined(None, tuple(remarks), ())
    item = looked_at.to_core(known.bank, known.pictures)
    found = [*lint_item(item), *_likeness(item, known.others)]
    hidden = {one.rule for one in found if _is_below(one.path, stood_in)}
    for finding, reason in settle(item, found):
        if not _is_below(finding.path, stood_in):
            remark = Remark(finding.path, finding.rule, finding.message, finding.warn, reason)
            remarks.append(remark)
    unclean = hidden | {remark.rule for remark in remarks}
    passed = tuple(code for code in _LOOKED_AT if code not in unclean)
    return Examined(item if read else None, tuple(remarks), passed)


def _read(entry: Entry, known: Surroundings) -> tuple[ItemEntry | None, list[Remark]]:
    try:
        read = ItemEntry.model_validate(entry)
    except ValidationError as error:
        return None, [Remark(*fault) for fault in faults(error)]
    wrong = picture_problem(read, known.pictures)
    if wrong:
        return None, [Remark(("picture",), "I34", wrong)]
    if read.concept not in known.concepts:
        message = f'There is no idea with the code "{read.concept}".'
        return read, [Remark(("concept",), "X02", message)]
    return read, []


def _likeness(item: Item, others: Sequence[Item]) -> Iterator[Finding]:
    for other, share in like(item, others):
        message = f"{share:.0%} the same as {other.code}."
        yield Finding("I35", message, warn=share <= ERROR_OVER)


def _is_below(path: FieldPath, tops: Sequence[FieldPath]) -> bool:
    return any(path[: len(top)] == top for top in tops)


_DAY: Final = "2026-01-01"
_UNWRITTEN: Final = "Not written."
# None: the field may be left out.
_WHOLE: Final[dict[str, Any]] = {
    "id": "x-01", "concept": "x", "difficulty": "2", "bloom": "apply", "rule": _UNWRITTEN,
    "sources": [{"title": _UNWRITTEN, "url": "https://example.org/", "checked_on": _DAY}],
    "status_as_of": _DAY, "review_by": "2026-12-01", "stem": None, "pool": None, "select": None,
    "fixed_order": None, "checked": None, "accepted": None,
}  # fmt: skip


def _with_stand_ins(
    entry: Entry, paths: Sequence[FieldPath]
) -> tuple[ItemEntry | None, list[FieldPath]]:
    """The entry with harmless values where it cannot be read, and where these are; none when
    the question itself or an option is among them."""
    patched = deepcopy(entry)
    stood_in = [_stand_in(patched, path) for path in paths]
    if not all(stood_in):
        return None, []
    try:
        return ItemEntry.model_validate(patched), [place for place in stood_in if place]
    except ValidationError:
        return None, []


def _stand_in(entry: Entry, path: FieldPath) -> FieldPath:
    """Patch the entry there; the place that was patched, or () where nothing can stand in."""
    top = str(path[0]) if path else ""
    if top in _WHOLE:
        if _WHOLE[top] is None:
            entry.pop(top, None)
        else:
            entry[top] = deepcopy(_WHOLE[top])
        return (top,)
    if path[:2] == ("number", "errors"):
        entry["number"]["errors"] = []
        return path[:2]
    if path and path[-1] in ("reason", "solution"):
        around: Any = entry
        for step in path[:-1]:
            around = around[step]
        around[path[-1]] = _UNWRITTEN
        return path
    return ()
