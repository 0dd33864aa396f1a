"""A whole scenario file (design B3 and the display fields). Conversion to the core value."""

from typing import Annotated, Literal

from pydantic import Field

from trainer.content.models.fields import Code, Entry, Line, OptionalLine, Whole
from trainer.content.models.rubrics import ErrorEntry, PatientEntry, StepEntry
from trainer.content.models.scenarios import (
    ClockEntry,
    Ident,
    NodeEntry,
    PassEntry,
    PhaseEntry,
    Sources,
    TransferEntry,
    VarEntry,
    WalkthroughEntry,
)
from trainer.core.scenario import model as core


class ScenarioFile(Entry):
    """A branching scenario."""

    schema_: Annotated[Literal["1"], Field(alias="schema")]
    id: Annotated[Code, Field(description="The name of the file without .yaml.")]
    version: Annotated[Whole, Field(ge=1, description="Grows with any change.")]
    title: Line
    setting: OptionalLine = ""
    summary: OptionalLine = ""
    level: Annotated[Whole, Field(ge=1, le=3)] | None = None
    minutes_real: Annotated[Whole, Field(ge=1, le=120)] | None = None
    pass_: Annotated[PassEntry, Field(alias="pass")] = PassEntry()
    clock: ClockEntry
    patient: PatientEntry | None = None
    phases: tuple[PhaseEntry, ...] = ()
    sources: Annotated[Sources, Field(default_factory=dict)]
    vars: Annotated[dict[Ident, VarEntry], Field(default_factory=dict)]
    start: Ident
    nodes: Annotated[dict[Ident, NodeEntry], Field(min_length=2, max_length=200)]
    on_time_up: Ident
    rubric: Annotated[list[StepEntry], Field(min_length=1)]
    errors: tuple[ErrorEntry, ...] = ()
    best_path: Annotated[list[Ident], Field(min_length=1)]
    walkthroughs: tuple[WalkthroughEntry, ...] = ()
    transfer: TransferEntry | None = None

    def to_core(self, file_hash: str) -> core.Scenario:
        transfer = self.transfer
        return core.Scenario(
            id=self.id,
            version=self.version,
            title=self.title,
            setting=self.setting,
            clock=self.clock.to_core(),
            vars=tuple(var.to_core(name) for name, var in self.vars.items()),
            start=self.start,
            nodes={id: node.to_core(id) for id, node in self.nodes.items()},
            on_time_up=self.on_time_up,
            rubric=tuple(step.to_core() for step in self.rubric),
            errors=tuple(error.to_core() for error in self.errors),
            best_path=tuple(self.best_path),
            pass_rule=self.pass_.to_core(),
            summary=self.summary,
            level=self.level or 0,
            minutes_real=self.minutes_real or 0,
            patient=self.patient.to_core() if self.patient else None,
            phases=tuple(core.Phase(phase.id, phase.name) for phase in self.phases),
            sources={key: source.to_core() for key, source in self.sources.items()},
            transfer=core.Transfer(transfer.question, transfer.answer) if transfer else None,
            walkthroughs=tuple(path.to_core() for path in self.walkthroughs),
            file_hash=file_hash,
        )
