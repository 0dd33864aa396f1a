"""The shape of a scenario file (design B3). Conversion to core values; no rule about play."""

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema, model_validator

from trainer.content.models.fields import (
    Block,
    Entry,
    Flag,
    Line,
    OptionalBlock,
    OptionalLine,
    Whole,
)
from trainer.content.models.item_parts import SourceEntry
from trainer.core.scenario import model as core
from trainer.core.scenario.conditions import MAX_LENGTH, Condition, Value
from trainer.core.scenario.rubric import PassRule

_SIGNED = re.compile(r"[+-]?[0-9]{1,6}")
_SHARE = re.compile(r"[0-9]{1,4}(/[1-9][0-9]{0,3})?")
_WALL = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"


def parse_change(raw: Any) -> Value:
    """What `set` does: a whole number, with or without sign, is added; a word is assigned."""
    if isinstance(raw, str) and _SIGNED.fullmatch(raw):
        return int(raw)
    if isinstance(raw, str) and re.fullmatch(r"[a-z][a-z0-9_]{0,59}", raw):
        return raw
    raise ValueError("write a whole number to add, such as -2, or a word to assign")


def parse_signed(raw: Any) -> int:
    if isinstance(raw, str) and _SIGNED.fullmatch(raw):
        return int(raw)
    raise ValueError("write a whole number in digits, such as 3 or -1")


def parse_fraction(raw: Any) -> Fraction:
    """An exact number: whole or as a fraction, since decimals cannot hold 1/3."""
    if isinstance(raw, str) and _SHARE.fullmatch(raw):
        return Fraction(raw)
    raise ValueError("write a whole number or a fraction such as 1/2")


def parse_share(raw: Any) -> Fraction:
    """A fraction from 0 to 1."""
    share = parse_fraction(raw)
    if share > 1:
        raise ValueError("must be between 0 and 1")
    return share


def parse_condition(raw: Any) -> Condition:
    if not isinstance(raw, str):
        raise ValueError("a condition is text such as trust < 2")
    return Condition(raw)


def _as(pattern: str, parse: Callable[[Any], Any]) -> tuple[Any, ...]:
    return BeforeValidator(parse), WithJsonSchema(
        {"type": ["string", "number"], "pattern": pattern}
    )


Ident = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Change = Annotated[Value, *_as("^[+-]?[0-9]+$|^[a-z][a-z0-9_]*$", parse_change)]
Signed = Annotated[int, *_as("^[+-]?[0-9]+$", parse_signed)]
Number = Annotated[Fraction, *_as("^[0-9]+(/[1-9][0-9]*)?$", parse_fraction)]
Share = Annotated[Fraction, *_as("^[0-9]+(/[1-9][0-9]*)?$", parse_share)]
When = Annotated[
    Condition,
    BeforeValidator(parse_condition),
    WithJsonSchema({"type": "string", "maxLength": MAX_LENGTH}),
]
Axis = Literal["clinical", "administrative", "communication", "safety"]
Points = Annotated[Whole, Field(ge=1, le=5)]
Changes = dict[Ident, Change]


class VarEntry(Entry):
    """`int` needs min, max and start; `enum` needs values and start."""

    type: Literal["int", "enum"]
    min: Signed | None = None
    max: Signed | None = None
    values: tuple[Ident, ...] = ()
    start: Change

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.type == "int":
            if self.min is None or self.max is None or self.values:
                raise ValueError("a variable of type int needs min, max and start")
            if not isinstance(self.start, int):
                raise ValueError("start of a variable of type int is a whole number")
        elif len(self.values) < 2 or self.min is not None or self.max is not None:
            raise ValueError("a variable of type enum needs at least two values and start")
        return self

    def to_core(self, name: str) -> core.Var:
        if self.type == "enum":
            return core.EnumVar(name, self.values, str(self.start))
        low, high, start = self.min or 0, self.max or 0, self.start
        return core.IntVar(name, low, high, start if isinstance(start, int) else low)


class ClockEntry(Entry):
    start: Whole = 0
    max: Annotated[Whole, Field(ge=1, le=600, description="The minute at which time is up.")]
    wall: Annotated[
        str, StringConstraints(pattern=_WALL), Field(description="Time of day at minute 0.")
    ] = ""

    def to_core(self) -> core.Clock:
        return core.Clock(self.start, self.max, self.wall)


class PassEntry(Entry):
    """What passing asks for, in percent; a scenario may only be stricter than 75, 80 and 60."""

    overall: Annotated[Number, Field(ge=75, le=100)] = Fraction(75)
    safety: Annotated[Number, Field(ge=80, le=100)] = Fraction(80)
    axis_min: Annotated[Number, Field(ge=60, le=100)] = Fraction(60)

    def to_core(self) -> PassRule:
        return PassRule(self.overall, self.safety, self.axis_min)


class TextIfEntry(Entry):
    when: When
    text: Block

    def to_core(self) -> core.TextIf:
        return core.TextIf(self.when, self.text)


class SpeechEntry(Entry):
    who: Line
    text: Block

    def to_core(self) -> core.Speech:
        return core.Speech(self.who, self.text)


class ChoiceEntry(Entry):
    id: Ident
    text: Line
    do: Annotated[tuple[Ident, ...], Field(description="Actions it emits, in this order.")] = ()
    minutes: Annotated[Whole, Field(le=240)] = 0
    set: Annotated[Changes, Field(default_factory=dict)]
    when: When | None = None
    once: Flag = False
    goto: Annotated[Ident | None, Field(description="Left out in a hub: stay there.")] = None

    def to_core(self) -> core.Choice:
        return core.Choice(
            id=self.id,
            text=self.text,
            do=self.do,
            minutes=self.minutes,
            set=tuple(self.set.items()),
            when=self.when,
            once=self.once,
            goto=self.goto,
        )


class RouteEntry(Entry):
    when: When | None = None
    goto: Ident

    def to_core(self) -> core.Route:
        return core.Route(self.goto, self.when)


class EnterEntry(Entry):
    set: Changes


class NodeEntry(Entry):
    kind: Literal["hub", "decision", "router", "consequence", "end"]
    phase: Annotated[Ident | None, Field(description="An id of phases.")] = None
    place: OptionalLine = ""
    title: Annotated[OptionalLine, Field(max_length=80)] = ""
    text: OptionalBlock = ""
    text_if: tuple[TextIfEntry, ...] = ()
    says: SpeechEntry | None = None
    ask: Annotated[OptionalLine, Field(description="The question above the choices.")] = ""
    error: Annotated[Ident | None, Field(description="The error a consequence shows.")] = None
    enter: EnterEntry | None = None
    max_picks: Annotated[Whole, Field(ge=1)] | None = None
    choices: tuple[ChoiceEntry, ...] = ()
    routes: tuple[RouteEntry, ...] = ()

    def to_core(self, id: str) -> core.Node:
        return core.Node(
            id=id,
            kind=self.kind,
            text=self.text,
            choices=tuple(choice.to_core() for choice in self.choices),
            routes=tuple(route.to_core() for route in self.routes),
            text_if=tuple(variant.to_core() for variant in self.text_if),
            max_picks=self.max_picks,
            error=self.error,
            enter_set=tuple(self.enter.set.items()) if self.enter else (),
            title=self.title,
            place=self.place,
            phase=self.phase,
            says=self.says.to_core() if self.says else None,
            ask=self.ask,
        )


class PhaseEntry(Entry):
    id: Ident
    name: Line


class TransferEntry(Entry):
    question: Block
    answer: Block


class WalkthroughEntry(Entry):
    name: Line
    choices: Annotated[list[Ident], Field(min_length=1)]
    overall: Annotated[Number, Field(description='Exact, such as "100" or "675/7".')]
    passed: Flag
    end: Annotated[Ident, Field(description="The end node it comes to.")]

    def to_core(self) -> core.Walkthrough:
        return core.Walkthrough(self.name, tuple(self.choices), self.overall, self.passed, self.end)


Sources = dict[Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]*$")], SourceEntry]
