"""The shape of a scenario's rubric, errors and patient card. Conversion to core values."""

from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from trainer.content.models.fields import (
    Code,
    Entry,
    Line,
    OptionalBlock,
    OptionalLine,
    Whole,
)
from trainer.content.models.scenarios import Axis, Ident, Number, Points, Share, When
from trainer.core.scenario import model as core
from trainer.core.scenario import rubric


class CreditEntry(Entry):
    do: Ident
    value: Annotated[Share, Field(description="1 right, a fraction for partly right, 0 wrong.")]

    def to_core(self) -> rubric.Credit:
        return rubric.Credit(self.do, self.value)


class StepEntry(Entry):
    """One expected act. Give `axis` and `weight`, or `weights` to split it over axes."""

    id: Ident
    text: Annotated[OptionalLine, Field(description="What is expected.")] = ""
    axis: Axis | None = None
    weight: Points | None = None
    weights: Annotated[dict[Axis, Points], Field(default_factory=dict)]
    credit: Annotated[list[CreditEntry], Field(min_length=1)]
    before: Annotated[tuple[Ident, ...], Field(description="Must come before these actions.")] = ()
    by_minute: Whole | None = None
    late: Share = Fraction(1, 2)
    retry: Share = Fraction(1, 2)
    concepts: tuple[Code, ...] = ()
    why: OptionalBlock = ""
    source: Annotated[str | None, Field(description="A key of sources.")] = None

    @model_validator(mode="after")
    def _one_way_to_weigh(self) -> Self:
        single = self.axis is not None and self.weight is not None
        if bool(self.weights) == single or (self.axis is None) != (self.weight is None):
            raise ValueError("a step needs either axis and weight, or weights")
        return self

    def to_core(self) -> rubric.Step:
        # Axes in their fixed order: the order of keys in a file has no meaning.
        given = self.weights if self.axis is None else {self.axis: self.weight or 0}
        return rubric.Step(
            id=self.id,
            weights=tuple((axis, given[axis]) for axis in rubric.AXES if axis in given),
            credit=tuple(credit.to_core() for credit in self.credit),
            before=self.before,
            late=self.late,
            by_minute=self.by_minute,
            retry=self.retry,
            concepts=self.concepts,
            text=self.text,
            why=self.why,
            source=self.source,
        )


class TriggerEntry(Entry):
    """`do` (with `unless_done` and `if`), or `enter`, or `never`."""

    do: Ident | None = None
    unless_done: Ident | None = None
    condition: Annotated[When | None, Field(alias="if")] = None
    enter: Ident | None = None
    never: Ident | None = None

    @model_validator(mode="after")
    def _one_trigger(self) -> Self:
        if sum(part is not None for part in (self.do, self.enter, self.never)) != 1:
            raise ValueError("an error needs exactly one of do, enter and never")
        if self.do is None and (self.unless_done or self.condition):
            raise ValueError("unless_done and if belong to do")
        return self

    def to_core(self) -> rubric.Trigger:
        return rubric.Trigger(self.do, self.unless_done, self.condition, self.enter, self.never)


class MitigationEntry(Entry):
    do: Ident
    within: Annotated[Whole, Field(description="Simulated minutes after the error.")]
    factor: Share

    def to_core(self) -> rubric.Mitigation:
        return rubric.Mitigation(self.do, self.within, self.factor)


class ErrorEntry(Entry):
    id: Ident
    text: Annotated[OptionalLine, Field(description="What happened.")] = ""
    severity: Literal["minor", "major", "critical"]
    axis: Axis
    penalty: Annotated[Number, Field(gt=0, le=20)]
    when: TriggerEntry
    mitigated_by: MitigationEntry | None = None
    concepts: tuple[Code, ...] = ()
    why: Annotated[OptionalBlock, Field(description="What could follow.")] = ""
    next_time: Annotated[OptionalBlock, Field(description="What to do instead.")] = ""
    source: Annotated[str | None, Field(description="A key of sources.")] = None

    def to_core(self) -> rubric.HarmfulError:
        return rubric.HarmfulError(
            id=self.id,
            severity=self.severity,
            axis=self.axis,
            penalty=self.penalty,
            when=self.when.to_core(),
            mitigated_by=self.mitigated_by.to_core() if self.mitigated_by else None,
            concepts=self.concepts,
            text=self.text,
            why=self.why,
            next_time=self.next_time,
            source=self.source,
        )


class FactEntry(Entry):
    id: Ident
    label: Line
    text: Line
    when: When | None = None

    def to_core(self) -> core.PatientFact:
        return core.PatientFact(self.id, self.label, self.text, self.when)


class VitalEntry(Entry):
    id: Ident
    label: Line
    value: Line
    unit: OptionalLine = ""
    when: When | None = None

    def to_core(self) -> core.Vital:
        return core.Vital(self.id, self.label, self.value, self.unit, self.when)


class PatientEntry(Entry):
    name: Line
    age: Annotated[OptionalLine, Field(description='As text, such as "34 years".')] = ""
    born: OptionalLine = ""
    says: Annotated[OptionalLine, Field(description="The complaint in the patient's words.")] = ""
    facts: tuple[FactEntry, ...] = ()
    vitals: tuple[VitalEntry, ...] = ()
    identity: Annotated[When | None, Field(description="When the identity is checked.")] = None

    def to_core(self) -> core.Patient:
        return core.Patient(
            name=self.name,
            age=self.age,
            born=self.born,
            says=self.says,
            facts=tuple(fact.to_core() for fact in self.facts),
            vitals=tuple(vital.to_core() for vital in self.vitals),
            identity=self.identity,
        )
