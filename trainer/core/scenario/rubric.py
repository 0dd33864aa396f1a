"""What a scenario expects and what it forbids: steps, errors, the pass rule (design B2, B3)."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from trainer.core.scenario.conditions import Condition

AXES: Final = ("clinical", "administrative", "communication", "safety")
Severity = Literal["minor", "major", "critical"]


@dataclass(frozen=True, slots=True)
class PassRule:
    """What passing asks for, in percent (design B2.7)."""

    overall: Fraction = Fraction(75)
    safety: Fraction = Fraction(80)
    axis_min: Fraction = Fraction(60)


@dataclass(frozen=True, slots=True)
class Credit:
    """An action that bears on a step, and its value from 0 (wrong) to 1 (right)."""

    do: str
    value: Fraction


@dataclass(frozen=True, slots=True)
class Step:
    """One expected act of the rubric (design B2.1 to B2.3)."""

    id: str
    weights: tuple[tuple[str, int], ...]
    credit: tuple[Credit, ...]
    before: tuple[str, ...] = ()
    late: Fraction = Fraction(1, 2)
    by_minute: int | None = None
    retry: Fraction = Fraction(1, 2)
    concepts: tuple[str, ...] = ()
    text: str = ""
    why: str = ""
    source: str | None = None

    @property
    def weight(self) -> int:
        """All weight points of the step, over its axes."""
        return sum(points for _, points in self.weights)

    def value_of(self, action: str) -> Fraction | None:
        """What the action is worth for this step; None when it does not bear on it."""
        for credit in self.credit:
            if credit.do == action:
                return credit.value
        return None


@dataclass(frozen=True, slots=True)
class Trigger:
    """When an error happens: an action, a scene entered, or an action never done."""

    do: str | None = None
    unless_done: str | None = None
    condition: Condition | None = None
    enter: str | None = None
    never: str | None = None


@dataclass(frozen=True, slots=True)
class Mitigation:
    """What makes an error weigh less when done within so many simulated minutes."""

    do: str
    within: int
    factor: Fraction


@dataclass(frozen=True, slots=True)
class HarmfulError:
    """A harmful act or omission (design B2.4)."""

    id: str
    severity: Severity
    axis: str
    penalty: Fraction
    when: Trigger
    mitigated_by: Mitigation | None = None
    concepts: tuple[str, ...] = ()
    text: str = ""
    why: str = ""
    next_time: str = ""
    source: str | None = None
