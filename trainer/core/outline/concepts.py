"""What a question is about: concepts, and the areas that place them in exam outlines."""

from collections.abc import Mapping
from dataclasses import dataclass, field

# Banks whose name is more than their code with spaces.
_BANK_NAMES = {
    "insurance-coding": "Insurance and coding",
    "law-ethics": "Law and ethics",
    "records-scheduling": "Records and scheduling",
    "safety-sterilization": "Safety and sterilization",
    "terminology-systems": "Terminology by body system",
}


def bank_name(bank: str) -> str:
    """The code of a question bank as pages write it."""
    return _BANK_NAMES.get(bank, bank.replace("-", " ").capitalize())


@dataclass(frozen=True, slots=True)
class Concept:
    """The unit of memory: one idea, tested by several questions (design A1)."""

    code: str
    name: str
    lesson: str
    area: str
    competencies: tuple[str, ...]
    prerequisites: tuple[str, ...]
    bank: str


@dataclass(frozen=True, slots=True)
class Area:
    """A row of the crosswalk: where a field of knowledge stands in each exam's outline."""

    code: str
    name: str
    outline: Mapping[str, tuple[str, ...]] = field(hash=False)
    maerb_areas: tuple[str, ...]

    def nodes(self, exam: str) -> tuple[str, ...]:
        """Outline nodes of one exam; empty when that exam does not cover the area."""
        return self.outline.get(exam, ())
