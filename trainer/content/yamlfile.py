"""Reads one YAML file as plain data in which every scalar is still text (promise P26).

Knows the refusals that keep a pack honest; knows nothing of what the fields mean.
"""

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from trainer.content.problems import Problem

MAX_BYTES = 1_000_000
MAX_DEPTH = 24

FieldPath = tuple[str | int, ...]
"""The way to a value: field names and list positions, e.g. ("items", 3, "stem")."""


@dataclass(frozen=True)
class Document:
    """A file that passed: its data, and the line on which any part of it stands."""

    file: str
    data: Any
    text: str = field(repr=False)

    def line(self, path: FieldPath) -> int:
        """The line of a value; of the nearest thing around it when the value is missing."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)

    def problem(self, path: FieldPath, rule: str, message: str, warn: bool = False) -> Problem:
        return Problem(self.file, self.line(path), rule, message, "W" if warn else "E")

    @cached_property
    def _lines(self) -> dict[FieldPath, int]:
        # Asked for only when there is something to report, so the usual load pays nothing.
        builder = _Builder(keep_lines=True)
        builder.read(self.text)
        return builder.lines


def read_yaml(path: Path, shown_as: str | None = None) -> tuple[Document | None, list[Problem]]:
    """Read a file; a bad one is reported, never raised."""
    file = shown_as or path.name
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        return None, [Problem(file, 1, "Y01", f"The file cannot be read: {error.strerror}.")]
    if len(raw) > MAX_BYTES:
        message = f"The file is larger than {MAX_BYTES // 1000} kB; split it."
        return None, [Problem(file, 1, "Y01", message)]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return None, [Problem(file, line, "Y01", "The file is not UTF-8 text.")]
    return parse_yaml(text, file)


def parse_yaml(text: str, file: str) -> tuple[Document | None, list[Problem]]:
    """Plain dicts, lists and strings out of YAML text, or the one problem that stopped it."""
    try:
        _refuse_tabs(text)
        data = _Builder().read(text)
    except _Refused as refusal:
        return None, [Problem(file, refusal.line, refusal.rule, refusal.message)]
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        return None, [Problem(file, line, "Y02", "Not valid YAML: half a surrogate pair.")]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        return None, [Problem(file, line, "Y02", f"Not valid YAML: {error.problem}.")]
    except yaml.YAMLError as error:
        return None, [Problem(file, _line_of_bad_character(text), "Y02", _first_line(error))]
    return Document(file, data, text), []


class _Refused(Exception):
    def __init__(self, line: int, rule: str, message: str) -> None:
        super().__init__(message)
        self.line, self.rule, self.message = line, rule, message


_TAB_INDENT = re.compile(r"^ *\t", re.MULTILINE)
# What YAML calls printable; the parser names an offset only, so the line is found here.
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _refuse_tabs(text: str) -> None:
    found = _TAB_INDENT.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        raise _Refused(line, "Y08", "A tab is used for indentation; use spaces.")


def _line_of_bad_character(text: str) -> int:
    found = _UNPRINTABLE.search(text)
    return text.count("\n", 0, found.start()) + 1 if found else 1


def _first_line(error: Exception) -> str:
    return "Not valid YAML: " + (str(error).splitlines() or ["unreadable"])[0] + "."


class _StrictLoader(yaml.CSafeLoader):
    """Only the event stream of the C parser is used.

    No resolver and no constructor runs, so nothing can turn `1:30` into 90 or call Python.
    """


class _Frame:
    """An open mapping or list while its children are read."""

    __slots__ = ("key", "path", "value")

    def __init__(self, value: dict[str, Any] | list[Any], path: FieldPath) -> None:
        self.value = value
        self.path = path
        self.key: str | None = None


class _Builder:
    """Turns parser events into plain data with its own stack, so depth cannot exhaust Python's."""

    def __init__(self, keep_lines: bool = False) -> None:
        self.lines: dict[FieldPath, int] = {}
        self._keep_lines = keep_lines
        self._stack: list[_Frame] = []
        self._documents = 0
        self._root: Any = None

    def read(self, text: str) -> Any:
        loader = _StrictLoader(text)
        try:
            while (event := loader.get_event()) is not None:
                self._take(event)
        finally:
            loader.dispose()
        if self._root is None:
            raise _Refused(1, "Y11", "The file is empty.")
        return self._root

    def _take(self, event: Event) -> None:
        kind = type(event)
        if kind is ScalarEvent:
            self._scalar(cast(ScalarEvent, event))
        elif kind is MappingStartEvent:
            self._open({}, event)
        elif kind is SequenceStartEvent:
            self._open([], event)
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            self._stack.pop()
        elif kind is AliasEvent:
            raise _Refused(_line(event), "Y04", "Aliases (*name) are not allowed; write it out.")
        elif kind is DocumentStartEvent:
            self._documents += 1
            if self._documents > 1:
                raise _Refused(_line(event), "Y07", "Only one document per file is allowed.")

    def _scalar(self, event: ScalarEvent) -> None:
        _refuse_marks(event)
        frame = self._stack[-1] if self._stack else None
        if frame is not None and isinstance(frame.value, dict) and frame.key is None:
            self._key(frame, event)
        else:
            self._place(event.value, event)

    def _key(self, frame: _Frame, event: ScalarEvent) -> None:
        key = event.value
        if key == "<<":
            raise _Refused(_line(event), "Y06", "Merge keys (<<) are not allowed; write it out.")
        if key in frame.value:
            raise _Refused(_line(event), "Y03", f'The key "{_short(key)}" is given twice.')
        frame.key = key
        if self._keep_lines:
            self.lines[(*frame.path, key)] = _line(event)

    def _open(self, value: dict[str, Any] | list[Any], event: Event) -> None:
        _refuse_marks(event)
        if len(self._stack) >= MAX_DEPTH:
            message = f"Nested deeper than {MAX_DEPTH} levels."
            raise _Refused(_line(event), "Y09", message)
        path = self._place(value, event)
        self._stack.append(_Frame(value, path))

    def _place(self, value: Any, event: Event) -> FieldPath:
        """Put a finished scalar or a fresh container where it belongs; give its path."""
        if not self._stack:
            self._root = value
            return ()
        frame = self._stack[-1]
        if isinstance(frame.value, list):
            path = (*frame.path, len(frame.value)) if self._keep_lines else ()
            if self._keep_lines:
                self.lines[path] = _line(event)
            frame.value.append(value)
            return path
        if frame.key is None:
            raise _Refused(_line(event), "Y10", "A key must be plain text.")
        path = (*frame.path, frame.key) if self._keep_lines else ()
        frame.value[frame.key] = value
        frame.key = None
        return path


def _refuse_marks(event: Any) -> None:
    if event.anchor is not None:
        raise _Refused(_line(event), "Y04", "Anchors (&name) are not allowed; write it out.")
    if event.tag is not None:
        raise _Refused(_line(event), "Y05", f'The tag "{_short(event.tag)}" is not allowed.')


def _line(event: Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "..."
