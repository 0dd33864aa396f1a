"""A scenario as a frozen value: its scenes, choices, rubric and errors (design B3).

Knows no file, table or page. Nothing in here changes while somebody plays.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Literal, TypeVar

from trainer.core.items import Source
from trainer.core.scenario.conditions import Condition, Value
from trainer.core.scenario.rubric import HarmfulError, PassRule, Step

NodeKind = Literal["hub", "decision", "router", "consequence", "end"]
Change = tuple[str, Value]
"""A variable and what is added to it (int) or assigned (enum)."""


@dataclass(frozen=True, slots=True)
class IntVar:
    """A whole number kept between `min` and `max`."""

    name: str
    min: int
    max: int
    start: int


@dataclass(frozen=True, slots=True)
class EnumVar:
    """One word out of a few."""

    name: str
    values: tuple[str, ...]
    start: str


Var = IntVar | EnumVar


@dataclass(frozen=True, slots=True)
class Clock:
    """Simulated whole minutes. `wall` is the time of day at minute 0, as HH:MM, or empty."""

    start: int
    max: int
    wall: str = ""

    def wall_at(self, minute: int) -> str:
        """Time of day at that minute, such as "9:05 am"; empty without a wall clock."""
        if not self.wall:
            return ""
        hours, minutes = self.wall.split(":")
        hour, minute = divmod(int(hours) * 60 + int(minutes) + minute, 60)
        half = "am" if hour % 24 < 12 else "pm"
        return f"{hour % 12 or 12}:{minute:02d} {half}"


@dataclass(frozen=True, slots=True)
class TextIf:
    """Another text of a scene, shown while its condition holds."""

    when: Condition
    text: str


@dataclass(frozen=True, slots=True)
class Speech:
    """A spoken line and its speaker."""

    who: str
    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Something the student can do. Without `goto` it stays in its hub."""

    id: str
    text: str
    do: tuple[str, ...] = ()
    minutes: int = 0
    set: tuple[Change, ...] = ()
    when: Condition | None = None
    once: bool = False
    goto: str | None = None

    @property
    def is_exit(self) -> bool:
        return self.goto is not None


@dataclass(frozen=True, slots=True)
class Route:
    """A way out of a router; the last one has no condition."""

    goto: str
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """A scene, a switch (router) or an ending. Fields that its kind has no use for are empty."""

    id: str
    kind: NodeKind
    text: str = ""
    choices: tuple[Choice, ...] = ()
    routes: tuple[Route, ...] = ()
    text_if: tuple[TextIf, ...] = ()
    max_picks: int | None = None
    error: str | None = None
    enter_set: tuple[Change, ...] = ()
    title: str = ""
    place: str = ""
    phase: str | None = None
    says: Speech | None = None
    ask: str = ""


@dataclass(frozen=True, slots=True)
class PatientFact:
    """A line of the patient card, known once its condition holds."""

    id: str
    label: str
    text: str
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Vital:
    """A measured value of the patient card, known once its condition holds."""

    id: str
    label: str
    value: str
    unit: str = ""
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Patient:
    """The patient card; `identity` says when the identity counts as checked."""

    name: str
    age: str = ""
    born: str = ""
    says: str = ""
    facts: tuple[PatientFact, ...] = ()
    vitals: tuple[Vital, ...] = ()
    identity: Condition | None = None


@dataclass(frozen=True, slots=True)
class Phase:
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Transfer:
    """One unscored question after the debrief."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Walkthrough:
    """A path with the score its author promises for it (check V13)."""

    name: str
    choices: tuple[str, ...]
    overall: Fraction
    passed: bool
    end: str


@dataclass(frozen=True)
class Scenario:
    """One version of a scenario."""

    id: str
    version: int
    title: str
    setting: str
    clock: Clock
    vars: tuple[Var, ...]
    start: str
    nodes: Mapping[str, Node] = field(hash=False)
    on_time_up: str
    rubric: tuple[Step, ...]
    errors: tuple[HarmfulError, ...]
    best_path: tuple[str, ...]
    pass_rule: PassRule = field(default_factory=PassRule)
    summary: str = ""
    level: int = 0
    minutes_real: int = 0
    patient: Patient | None = None
    phases: tuple[Phase, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict, hash=False)
    transfer: Transfer | None = None
    walkthroughs: tuple[Walkthrough, ...] = ()
    file_hash: str = ""

    @cached_property
    def var_by_name(self) -> Mapping[str, Var]:
        return {var.name: var for var in self.vars}

    @cached_property
    def choices(self) -> Mapping[str, Choice]:
        """Every choice by its id; ids are unique over the scenario."""
        return {choice.id: choice for node in self.nodes.values() for choice in node.choices}

    @cached_property
    def actions(self) -> frozenset[str]:
        """Every action that some choice emits."""
        return frozenset(action for choice in self.choices.values() for action in choice.do)

    @cached_property
    def concepts(self) -> frozenset[str]:
        """Every concept that a step or an error names."""
        parts: tuple[Step | HarmfulError, ...] = (*self.rubric, *self.errors)
        return frozenset(concept for part in parts for concept in part.concepts)

    def step(self, id: str) -> Step:
        """The rubric step of that id; KeyError when there is none."""
        return _by_id(self.rubric, id)

    def error(self, id: str) -> HarmfulError:
        """The error of that id; KeyError when there is none."""
        return _by_id(self.errors, id)


_Part = TypeVar("_Part", Step, HarmfulError)


def _by_id(parts: tuple[_Part, ...], id: str) -> _Part:
    for part in parts:
        if part.id == id:
            return part
    raise KeyError(id)
