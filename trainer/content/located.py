"""What was read, together with the place it stands, so that later checks can name file and line."""

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from trainer.content.problems import Problem
from trainer.content.yamlfile import Document, FieldPath
from trainer.core.items import Item, Picture
from trainer.core.outline.competencies import Framework
from trainer.core.outline.concepts import Area, Concept
from trainer.core.outline.exams import ExamProfile
from trainer.core.scenario.model import Scenario

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Located(Generic[T_co]):
    """Cross-file checks run on these; the bundle hands out the bare values."""

    value: T_co
    document: Document
    path: FieldPath

    @property
    def place(self) -> str:
        """File and line, for a message about something else."""
        return f"{self.document.file}:{self.document.line(self.path)}"

    def problem(self, rule: str, message: str, warn: bool = False, at: FieldPath = ()) -> Problem:
        """A problem with this value, or with the part of it that `at` leads to."""
        return self.document.problem((*self.path, *at), rule, message, warn)


@dataclass(slots=True)
class Found:
    """Everything that could be read, in file order, and the problems so far."""

    items: list[Located[Item]] = field(default_factory=list)
    concepts: list[Located[Concept]] = field(default_factory=list)
    areas: list[Located[Area]] = field(default_factory=list)
    exams: list[Located[ExamProfile]] = field(default_factory=list)
    competencies: list[Located[Framework]] = field(default_factory=list)
    scenarios: list[tuple[str, Scenario]] = field(default_factory=list)
    """File and value: scenario readers find lines themselves."""
    pictures: dict[str, Picture] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
