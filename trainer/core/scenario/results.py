"""What is scored and what comes out of it, as values (design B2). Knows no rule."""

from dataclasses import dataclass
from fractions import Fraction

from trainer.core.scenario.play import Arrival, Logged
from trainer.core.scenario_memory import StepStatus


@dataclass(frozen=True, slots=True)
class Run:
    """What is scored. `shown` are the choices ever on offer; None means all of them."""

    log: tuple[Logged, ...]
    arrivals: tuple[Arrival, ...] = ()
    clock: int = 0
    shown: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class StepScore:
    """How one step of the rubric ended, and the choice and minute that decided it."""

    id: str
    status: StepStatus
    credit: Fraction
    weight: int
    decided_by: str | None = None
    minute: int | None = None


@dataclass(frozen=True, slots=True)
class ErrorScore:
    """An error that was triggered; `penalty` is what is left of it after mitigation."""

    id: str
    level: str
    penalty: Fraction
    minute: int
    mitigated: bool

    @property
    def severity(self) -> str:
        """The level that counts: a critical error put right in time is "mitigated"."""
        return "mitigated" if self.level == "critical" and self.mitigated else self.level


@dataclass(frozen=True, slots=True)
class AxisScore:
    """The points of one axis; without possible points there is no score."""

    axis: str
    earned: Fraction
    harm: Fraction
    possible: int

    @property
    def score(self) -> Fraction | None:
        if self.possible == 0:
            return None
        return min(Fraction(100), max(Fraction(0), 100 * (self.earned - self.harm) / self.possible))


@dataclass(frozen=True, slots=True)
class Score:
    """The whole result; `cap_reason` is set only when the cap lowered the overall score."""

    steps: tuple[StepScore, ...]
    errors: tuple[ErrorScore, ...]
    axes: tuple[AxisScore, ...]
    overall: Fraction
    overall_uncapped: Fraction
    cap_reason: str | None
    fail_reasons: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return not self.fail_reasons

    @property
    def critical(self) -> bool:
        """True when a critical error was left unmitigated."""
        return any(error.severity == "critical" for error in self.errors)
