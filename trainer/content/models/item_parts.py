"""The parts of an item as files write them. Conversion to core values, nothing about item types."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from trainer.content.models.fields import (
    Address,
    Block,
    Code,
    Day,
    Entry,
    Flag,
    Line,
    OptionalLine,
)
from trainer.core.items import (
    Accepted,
    Checked,
    Derived,
    Number,
    Option,
    Parameters,
    Partner,
    Range,
    Source,
    WrongNumber,
)

OptionId = Annotated[str, StringConstraints(pattern=r"^[a-h]$")]
PartnerId = Annotated[str, StringConstraints(pattern=r"^[1-8]$")]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=30)]
Formula = Annotated[Line, Field(max_length=200)]
Decimal = Annotated[str, StringConstraints(pattern=r"^-?(0|[1-9][0-9]{0,8})(\.[0-9]{1,4})?$")]
Figure = Annotated[str, StringConstraints(pattern=r"^(-?[0-9.]{1,14}|\{[a-z][a-z0-9_]*\})$")]
"""A decimal number, or in a template the name of a value in braces."""
ErrorName = Annotated[OptionalLine, Field(max_length=60, description="The named error behind it.")]
RuleCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][0-9]{2}$")]


class OptionEntry(Entry):
    id: OptionId
    text: Annotated[Line, Field(max_length=240, description="What the student can choose.")]
    correct: Flag = False
    reason: Annotated[Block, Field(description="Why it is right, or why it is wrong here.")]
    match: Annotated[str, Field(description="Matching: the id of its partner.")] = ""
    error: ErrorName = ""

    def to_core(self) -> Option:
        return Option(self.id, self.text, self.correct, self.reason, self.match, self.error)


class PartnerEntry(Entry):
    id: PartnerId
    text: Annotated[Line, Field(max_length=240)]

    def to_core(self) -> Partner:
        return Partner(self.id, self.text)


class WrongNumberEntry(Entry):
    value: Figure
    error: Annotated[ErrorName, Field(min_length=1)]
    reason: Block

    def to_core(self) -> WrongNumber:
        return WrongNumber(self.value, self.error, self.reason)


class NumberEntry(Entry):
    value: Figure
    tolerance: Decimal = "0"
    low: Annotated[Figure, Field(description="The plausible range; outside is a slip of typing.")]
    high: Figure
    units: Annotated[tuple[Line, ...], Field(description="Accepted spellings, first one shown.")]
    solution: Annotated[Block, Field(description="The worked solution.")]
    errors: tuple[WrongNumberEntry, ...] = ()

    def to_core(self) -> Number:
        errors = tuple(error.to_core() for error in self.errors)
        return Number(
            self.value, self.tolerance, self.low, self.high, self.units, self.solution, errors
        )


class RangeEntry(Entry):
    name: Name
    values: Annotated[tuple[Decimal, ...], Field(min_length=1, max_length=200)]

    def to_core(self) -> Range:
        return Range(self.name, self.values)


class DerivedEntry(Entry):
    name: Name
    formula: Formula

    def to_core(self) -> Derived:
        return Derived(self.name, self.formula)


class ParametersEntry(Entry):
    rows: Annotated[tuple[dict[Name, Line], ...], Field(max_length=200)] = ()
    ranges: Annotated[tuple[RangeEntry, ...], Field(max_length=8)] = ()
    derived: Annotated[tuple[DerivedEntry, ...], Field(max_length=20)] = ()
    where: Annotated[tuple[Formula, ...], Field(max_length=20)] = ()

    def to_core(self) -> Parameters:
        return Parameters(
            rows=tuple(tuple(row.items()) for row in self.rows),
            ranges=tuple(entry.to_core() for entry in self.ranges),
            derived=tuple(entry.to_core() for entry in self.derived),
            where=self.where,
        )


class SourceEntry(Entry):
    title: Line
    url: Address
    checked_on: Day

    def to_core(self) -> Source:
        return Source(self.title, self.url, self.checked_on)


class CheckedEntry(Entry):
    blind_answer: Literal["agreed"]
    on: Day

    def to_core(self) -> Checked:
        return Checked(self.blind_answer, self.on)


class AcceptedEntry(Entry):
    rule: RuleCode
    reason: Line

    def to_core(self) -> Accepted:
        return Accepted(self.rule, self.reason)


PictureCode = Annotated[Code, Field(description="A file of question_banks/pictures.")]
