"""Items in the form of items files: each field as text, and whole files.

The way back of `read_items`: what is written here is read there as an equal item.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import yaml

from trainer.core.items import Item, Number, Option, Parameters

Entry = dict[str, Any]
"""The fields of an item as files name them; every value is text, a list or a mapping of these."""

_HEAD: Final = "# yaml-language-server: $schema=../../docs/schemas/items.schema.json\n"


def entry_of(item: Item) -> Entry:
    """The fields of an item as a file holds them; what is at its default is left out."""
    return _said(
        id=item.code,
        concept=item.concept,
        type=item.type,
        difficulty=str(item.difficulty),
        bloom=item.bloom,
        stem=item.stem,
        lead_in=item.lead_in,
        options=[_option(option) for option in item.options],
        select=str(item.select or ""),
        partners=[{"id": partner.id, "text": partner.text} for partner in item.partners],
        number=_number(item.number) if item.number else None,
        picture=item.picture.code if item.picture else "",
        parameters=_parameters(item.parameters) if item.parameters else None,
        rule=item.rule,
        sources=[
            {"title": one.title, "url": one.url, "checked_on": one.checked_on}
            for one in item.sources
        ],
        status_as_of=item.status_as_of,
        review_by=item.review_by,
        fixed_order="yes" if item.fixed_order else "",
        pool="" if item.pool == "both" else item.pool,
        checked=(
            {"blind_answer": item.checked.blind_answer, "on": item.checked.on}
            if item.checked
            else None
        ),
        accepted=[{"rule": one.rule, "reason": one.reason} for one in item.accepted],
    )


def _said(**fields: Any) -> Entry:
    return {name: value for name, value in fields.items() if value}


def _option(option: Option) -> Entry:
    return _said(
        id=option.id,
        text=option.text,
        correct="yes" if option.correct else "",
        reason=option.reason,
        match=option.match,
        error=option.error,
    )


def _number(number: Number) -> Entry:
    return {
        "value": number.value,
        "tolerance": number.tolerance,
        "low": number.low,
        "high": number.high,
        "units": list(number.units),
        "solution": number.solution,
        "errors": [
            {"value": one.value, "error": one.error, "reason": one.reason} for one in number.errors
        ],
    }


def _parameters(parameters: Parameters) -> Entry:
    return _said(
        rows=[dict(row) for row in parameters.rows],
        ranges=[{"name": one.name, "values": list(one.values)} for one in parameters.ranges],
        derived=[{"name": one.name, "formula": one.formula} for one in parameters.derived],
        where=list(parameters.where),
    )


def items_file(bank: str, entries: Iterable[Mapping[str, Any]]) -> str:
    """An items file: what looks like a number, a day or a flag is quoted, nothing is aliased."""
    data = {"bank": bank, "items": [dict(entry) for entry in entries]}
    text: str = yaml.dump(
        data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100,
        default_flow_style=False,
    )  # fmt: skip
    return _HEAD + text


class _Dumper(yaml.SafeDumper):
    """Writes a list that occurs twice two times: the reader takes no aliases (promise P26)."""

    def ignore_aliases(self, data: Any) -> bool:
        return True
