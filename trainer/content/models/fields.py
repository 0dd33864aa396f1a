"""Field types of content files: how text becomes a number, a day, a flag or a code.

Knows the written form of single values; knows no file kind.
"""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, WithJsonSchema

from trainer.content.models.text import one_line, paragraphs

_WHOLE = re.compile(r"0|[1-9][0-9]{0,8}")
_DECIMAL = re.compile(r"(0|[1-9][0-9]{0,8})(\.[0-9]{1,4})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FLAGS = {"yes": True, "true": True, "no": False, "false": False}


class Entry(BaseModel):
    """Base of all content models: an unknown field is a mistake, never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def parse_flag(raw: Any) -> bool:
    """yes/no or true/false; YAML itself is never asked (it would read `no` as false anywhere)."""
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and raw in _FLAGS:
        return _FLAGS[raw]
    raise ValueError("write yes or no")


def parse_whole(raw: Any) -> int:
    """A whole number in plain digits, without sign, leading zero, exponent or separator."""
    if isinstance(raw, int) and not isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and _WHOLE.fullmatch(raw):
        return int(raw)
    raise ValueError("write a whole number in digits, such as 12")


def parse_decimal(raw: Any) -> float:
    """A number such as 20.9; no exponent, no comma."""
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        return float(raw)
    if isinstance(raw, str) and _DECIMAL.fullmatch(raw):
        return float(raw)
    raise ValueError("write a number such as 20.9")


def parse_day(raw: Any) -> str:
    """A calendar day as YYYY-MM-DD; kept as text."""
    if not isinstance(raw, str) or not _DAY.fullmatch(raw):
        raise ValueError("write a day as YYYY-MM-DD")
    try:
        date.fromisoformat(raw)
    except ValueError:
        raise ValueError("there is no such day") from None
    return raw


def _text_line(raw: Any) -> Any:
    return one_line(raw) if isinstance(raw, str) else raw


def _text_block(raw: Any) -> Any:
    return paragraphs(raw) if isinstance(raw, str) else raw


def _web_address(raw: Any) -> Any:
    if not isinstance(raw, str) or not re.fullmatch(r"https?://[!-~]+", raw):
        raise ValueError("write a full address that starts with https://")
    return raw


Flag = Annotated[
    bool,
    BeforeValidator(parse_flag),
    WithJsonSchema({"enum": ["yes", "no", "true", "false", True, False]}),
]
Whole = Annotated[int, BeforeValidator(parse_whole)]
Decimal = Annotated[float, BeforeValidator(parse_decimal)]
Day = Annotated[
    str, BeforeValidator(parse_day), WithJsonSchema({"type": "string", "format": "date"})
]
Line = Annotated[str, BeforeValidator(_text_line), StringConstraints(min_length=1, max_length=600)]
Block = Annotated[
    str, BeforeValidator(_text_block), StringConstraints(min_length=1, max_length=4000)
]
OptionalLine = Annotated[str, BeforeValidator(_text_line), StringConstraints(max_length=600)]
OptionalBlock = Annotated[str, BeforeValidator(_text_block), StringConstraints(max_length=4000)]
Code = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", min_length=1, max_length=60)
]
Address = Annotated[
    str,
    BeforeValidator(_web_address),
    StringConstraints(max_length=400),
    WithJsonSchema({"type": "string", "format": "uri"}),
]
CompetencyCode = Annotated[
    str, StringConstraints(pattern=r"^([IVX]+\.[CP]\.[0-9]+(\.[a-z])?|A\.[0-9]+)$")
]
NodeCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]+(\.[A-Z0-9]+){1,3}$")]
