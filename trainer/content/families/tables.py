"""Reading a fact table: its head, its groups and rows, and what is wrong with them.

Knows the common shape of tables; knows nothing of what the rows mean.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from trainer.content.families.choosing import NotAskedError, TooFewError, given_away
from trainer.content.families.drafts import Draft, make_item
from trainer.content.located import Located
from trainer.content.models.entries import read_entry
from trainer.content.models.facts import FactsFrame
from trainer.content.problems import Problem
from trainer.content.yamlfile import Document, FieldPath
from trainer.core.items import Item

H = TypeVar("H", bound=FactsFrame)
G = TypeVar("G", bound=BaseModel)
R = TypeVar("R", bound=BaseModel)
MAX_CODE = 64
Question = tuple[FieldPath, Sequence[Callable[[], Draft]]]
"""The place of a row and the ways to ask about it; the first sound one is taken."""


@dataclass(frozen=True, slots=True)
class Shape(Generic[H, G, R]):
    """The models of a table and the names of its two lists."""

    name: str
    head: type[H]
    groups: str
    group: type[G]
    rows: str
    row: type[R]


@dataclass(frozen=True, slots=True)
class Table(Generic[H, G, R]):
    """What could be read: the head, and every good row with its group and place."""

    document: Document
    head: H
    rows: list[tuple[FieldPath, G, R]]


def read_table(
    document: Document, shape: Shape[H, G, R]
) -> tuple[Table[H, G, R] | None, list[Problem]]:
    """A bad row or group is reported and left out; a bad head keeps everything out."""
    data = document.data
    if not isinstance(data, dict):
        return None, [document.problem((), "S03", "The file must be a mapping of fields.")]
    bare = {key: value for key, value in data.items() if key != shape.groups}
    head, problems = read_entry(document, (), shape.head, bare)
    groups = data.get(shape.groups)
    if not isinstance(groups, list) or not groups:
        message = f'A list "{shape.groups}" is needed here.'
        return None, [*problems, document.problem((shape.groups,), "S01", message)]
    if head is not None and head.bank != shape.name:
        message = f'The bank must be named as its file: "{shape.name}".'
        return None, [document.problem(("bank",), "S03", message)]
    rows: list[tuple[FieldPath, G, R]] = []
    for index, group in enumerate(groups):
        found, wrong = _read_group(document, (shape.groups, index), group, shape)
        rows += found
        problems += wrong
    return (Table(document, head, rows) if head is not None else None), problems


def _read_group(
    document: Document, path: FieldPath, data: Any, shape: Shape[H, G, R]
) -> tuple[list[tuple[FieldPath, G, R]], list[Problem]]:
    if not isinstance(data, dict):
        return [], [document.problem(path, "S03", "A group must be a mapping of fields.")]
    bare = {key: value for key, value in data.items() if key != shape.rows}
    group, problems = read_entry(document, path, shape.group, bare)
    entries = data.get(shape.rows)
    if not isinstance(entries, list) or not entries:
        message = f'A list "{shape.rows}" is needed here.'
        return [], [*problems, document.problem((*path, shape.rows), "S01", message)]
    rows: list[tuple[FieldPath, G, R]] = []
    for index, entry in enumerate(entries):
        place = (*path, shape.rows, index)
        row, wrong = read_entry(document, place, shape.row, entry)
        problems += wrong
        if row is not None and group is not None:
            rows.append((place, group, row))
    return rows, problems


def repeated(
    table: Table[H, G, R], names: Callable[[R], Iterable[str]], what: str
) -> Iterator[Problem]:
    """F01: the same thing in two rows would give two questions of one code."""
    first: dict[str, FieldPath] = {}
    for path, _, row in table.rows:
        for name in names(row):
            if name in first:
                line = table.document.line(first[name])
                message = f'The {what} "{name}" is already in line {line}.'
                yield table.document.problem(path, "F01", message)
            first.setdefault(name, path)


def unknown_names(
    document: Document, field: str, lists: Iterable[Iterable[str]], known: Iterable[str], what: str
) -> Iterator[Problem]:
    """F02: a list that names something no row has would quietly protect nothing."""
    there = frozenset(known)
    for index, names in enumerate(lists):
        for name in names:
            if name not in there:
                message = f'No row has the {what} "{name}".'
                yield document.problem((field, index), "F02", message)


def _first_sound(ways: Iterable[Callable[[], Draft]]) -> Draft | None:
    """The first way to ask that neither lacks answers nor gives its own away."""
    lacking: TooFewError | None = None
    for draw in ways:
        try:
            draft = draw()
        except NotAskedError:
            continue
        except TooFewError as error:
            lacking = lacking or error
            continue
        if not given_away(draft.asked, draft.key.text, [one.text for one in draft.wrong]):
            return draft
    if lacking:
        raise lacking
    return None


def make_all(
    document: Document,
    head: FactsFrame,
    problems: list[Problem],
    asked: Iterable[Question],
) -> tuple[list[Located[Item]], list[Problem]]:
    """Every question as an item at the place of its row; a row that cannot be asked is named.

    Beside bad rows the good ones are still asked, or a slip would empty a whole table of concepts.
    A question that answers itself is left out, and so is a row of which all questions do.
    """
    items: list[Located[Item]] = []
    problems = list(problems)
    for path, ways in asked:
        try:
            draft = _first_sound(ways)
        except TooFewError as error:
            problems.append(document.problem(path, "F03", f"This row has {error}."))
            continue
        if draft is None:
            continue
        if len(draft.code) > MAX_CODE:
            message = f'The code "{draft.code}" is longer than {MAX_CODE} characters.'
            problems.append(document.problem(path, "F04", message))
            continue
        items.append(Located(make_item(draft, head), document, path))
    return items, problems
