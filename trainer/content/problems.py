"""One finding about a content file: where, which rule, what is wrong. Knows nothing of display."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

Severity = Literal["E", "W"]


@dataclass(frozen=True, slots=True)
class Problem:
    """An error (E) keeps content from being taken in; a warning (W) asks a person to look."""

    file: str
    line: int
    rule: str
    message: str
    severity: Severity = "E"
    accepted: str = ""
    """The reason for which an author lets a warning stand."""

    def accept(self, reason: str) -> "Problem":
        return replace(self, accepted=reason)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.rule} {self.message}"


def errors_of(problems: Iterable[Problem]) -> list[Problem]:
    """Only the problems that block."""
    return [problem for problem in problems if problem.severity == "E"]


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Problems as a reader walks the files: by file, line and rule."""
    return sorted(problems, key=lambda p: (p.file, p.line, p.severity, p.rule, p.message))
