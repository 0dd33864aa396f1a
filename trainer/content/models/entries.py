"""Turns the plain data of a file into validated models, one problem per wrong field.

Knows pydantic's messages and gives them in our words; knows no file kind.
"""

from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from trainer.content.problems import Problem
from trainer.content.yamlfile import Document, FieldPath

M = TypeVar("M", bound=BaseModel)

_OWN_RULE = ("I01", "I02", "S01", "S02")


def read_entry(
    document: Document, path: FieldPath, model: type[M], data: Any
) -> tuple[M | None, list[Problem]]:
    """One validated entry, or the problems that keep it from being one."""
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        return None, [
            document.problem((*path, *at), rule, message) for at, rule, message in faults(error)
        ]


def read_entries(
    document: Document, field: str, model: type[M]
) -> tuple[list[tuple[FieldPath, M]], list[Problem]]:
    """The good entries of a list field with their paths; a bad one does not hide the others."""
    found: list[tuple[FieldPath, M]] = []
    problems: list[Problem] = []
    rows = document.data.get(field)
    if not isinstance(rows, list) or not rows:
        return [], [document.problem((field,), "S01", f'A list "{field}" is needed here.')]
    for index, row in enumerate(rows):
        path: FieldPath = (field, index)
        entry, wrong = read_entry(document, path, model, row)
        problems += wrong
        if entry is not None:
            found.append((path, entry))
    return found, problems


def check_frame(document: Document, fields: tuple[str, ...]) -> list[Problem]:
    """The top level is a mapping with these fields and no others."""
    if not isinstance(document.data, dict):
        return [document.problem((), "S03", "The file must be a mapping of fields.")]
    unknown = [key for key in document.data if key not in fields]
    missing = [field for field in fields if field not in document.data]
    return [
        *(document.problem((key,), "S02", _unknown(key)) for key in unknown),
        *(document.problem((), "S01", f'The field "{key}" is missing.') for key in missing),
    ]


def _unknown(key: object) -> str:
    return f'There is no field "{str(key)[:40]}"; check its spelling or take it out.'


def faults(error: ValidationError) -> Iterator[tuple[FieldPath, str, str]]:
    """Path, rule code and sentence of everything that is wrong in the shape of an entry."""
    for detail in error.errors():
        yield (detail["loc"], *_words(detail))


def _words(detail: ErrorDetails) -> tuple[str, str]:
    """Rule code and sentence for one pydantic error."""
    name = str(detail["loc"][-1]) if detail["loc"] else "entry"
    kind = detail["type"]
    if kind == "missing":
        return "S01", f'The field "{name}" is missing.'
    if kind == "extra_forbidden":
        return "S02", _unknown(name)
    text = detail["msg"].removeprefix("Value error, ")
    if text[:3] in _OWN_RULE:
        return text[:3], text[4].upper() + text[5:] + "."
    if kind in {"too_short", "too_long", "string_too_short", "string_too_long"}:
        return _wrong_size(name, detail)
    if kind in {"model_type", "dict_type"}:
        return "S03", f'"{name}" must be a mapping of fields.'
    return "S03", f'"{name}": {text[:1].lower()}{text[1:]}.'


def _wrong_size(name: str, detail: ErrorDetails) -> tuple[str, str]:
    """Texts are measured in characters, lists in entries; pydantic speaks of items for both."""
    limits = detail.get("ctx", {})
    unit = "characters" if isinstance(detail["input"], str) else "entries"
    if "max_length" in limits:
        return "S03", f'"{name}" has more than {limits["max_length"]} {unit}.'
    if unit == "characters" and limits.get("min_length") == 1:
        return "S01", f'The field "{name}" is empty.'
    return "S03", f'"{name}" needs at least {limits.get("min_length")} {unit}.'
