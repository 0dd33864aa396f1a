"""Class lists as spreadsheets save them. Knows text and rows, not who exists. Source: G/G."""

import csv
import io
from collections import Counter
from dataclasses import dataclass
from typing import Final

from trainer.core.errors import Invalid
from trainer.core.names import MAX_NAME, clean_line, clean_login

MAX_BYTES: Final = 500_000
MAX_ROWS: Final = 500
MAX_CELL: Final = 300
# Cells that begin so are run as formulas when the list is opened in a spreadsheet again.
FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")

_NAME: Final = frozenset({"name", "full name", "student", "student name"})
_LOGIN: Final = frozenset(
    {"login", "sign-in name", "sign in name", "username", "user name", "email", "e-mail"}
)


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One student of the list."""

    line: int
    name: str
    login: str


@dataclass(frozen=True, slots=True)
class RosterProblem:
    """What is wrong in one line of the list (line 0: the file as a whole)."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Roster:
    """A class list as read, with everything that is wrong in it."""

    rows: tuple[RosterRow, ...]
    problems: tuple[RosterProblem, ...]


def read_bytes(data: bytes) -> str:
    """The text of an uploaded list. Raises Invalid for anything that is not plain CSV text."""
    if len(data) > MAX_BYTES:
        raise Invalid("file", "This file is larger than 500 kB. A class list is smaller.")
    if data[:2] == b"PK" or data[:4] == b"\xd0\xcf\x11\xe0":
        raise Invalid("file", "This is a workbook. Save it as CSV UTF-8 and send that file.")
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise Invalid("file", "Some letters cannot be read. Save the list as CSV UTF-8.") from None


def read_roster(text: str) -> Roster:
    """Rows and problems of a class list with the columns name and login, in any order.

    Commas, semicolons or tabs may separate the cells. All problems are reported at once.
    """
    if len(text) > MAX_BYTES:
        return _refused("This list is longer than 500 kB. A class list is shorter.")
    plain = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if "\x00" in plain:
        return _refused("This list holds a character that is not text.")
    if not plain.strip():
        return _refused("This list is empty. It needs a first line with: name, login.")
    try:
        lines = _cells(plain)
    except csv.Error as error:
        return _refused(f"This list cannot be read: {error}.")
    columns = _columns(lines[0][1])
    if isinstance(columns, str):
        return Roster((), (RosterProblem(lines[0][0], columns),))
    return _rows(lines[1:], columns, len(lines[0][1]))


def _refused(message: str) -> Roster:
    return Roster((), (RosterProblem(0, message),))


def _cells(plain: str) -> list[tuple[int, list[str]]]:
    """Lines with at least one filled cell, each with its number in the file."""
    first = plain.lstrip("\n ").split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(plain), delimiter=separator, strict=True)
    found = []
    for cells in reader:
        if any(cell.strip() for cell in cells):
            found.append((reader.line_num, [cell.strip() for cell in cells]))
        if len(found) > MAX_ROWS + 1:
            break
    return found


def _columns(header: list[str]) -> tuple[int, int] | str:
    """Where name and login stand, or what is wrong with the first line."""
    words = [" ".join(cell.lower().replace("_", " ").split()) for cell in header]
    names = [i for i, word in enumerate(words) if word in _NAME]
    logins = [i for i, word in enumerate(words) if word in _LOGIN]
    for found, what in ((names, "name"), (logins, "login")):
        if not found:
            return f"The first line needs a column called {what}."
        if len(found) > 1:
            return f"The first line has two columns for the {what}. Keep one."
    return names[0], logins[0]


def _rows(lines: list[tuple[int, list[str]]], columns: tuple[int, int], width: int) -> Roster:
    rows: list[RosterRow] = []
    problems: list[RosterProblem] = []
    if not lines:
        problems.append(RosterProblem(0, "There are no students below the first line."))
    if len(lines) > MAX_ROWS:
        problems.append(RosterProblem(0, f"Send at most {MAX_ROWS} students at once."))
    for number, cells in lines[:MAX_ROWS]:
        try:
            rows.append(_row(number, cells, columns, width))
        except Invalid as error:
            problems.append(RosterProblem(number, error.message))
    problems += _doubles(rows)
    return Roster(tuple(rows), tuple(sorted(problems, key=lambda p: p.line)))


def _row(number: int, cells: list[str], columns: tuple[int, int], width: int) -> RosterRow:
    if len(cells) != width:
        cells_here = "1 cell" if len(cells) == 1 else f"{len(cells)} cells"
        raise Invalid("row", f"This line has {cells_here}; the first line has {width}.")
    if any(len(cell) > MAX_CELL for cell in cells):
        raise Invalid("row", f"A cell is longer than {MAX_CELL} characters.")
    name, login = cells[columns[0]], cells[columns[1]]
    for what, cell in (("name", name), ("sign-in name", login)):
        if cell.startswith(FORMULA_SIGNS):
            raise Invalid("row", f"The {what} begins with a sign that spreadsheets run: {cell[0]}")
    return RosterRow(number, clean_line(name, "name", "Name", MAX_NAME), clean_login(login))


def _doubles(rows: list[RosterRow]) -> list[RosterProblem]:
    often = {login for login, n in Counter(row.login for row in rows).items() if n > 1}
    return [
        RosterProblem(row.line, f"The sign-in name {row.login} stands twice in this list.")
        for row in rows
        if row.login in often
    ]
