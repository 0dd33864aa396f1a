"""Means by exam domain, with the number behind them. "Too few to say" is a value.

Source: design C3 (the mean leans on the other domains when there is little), E3.2 (limits).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

PRIOR_MEAN: Final = 0.60
PRIOR_STRENGTH: Final = 10
CLASS_STUDENTS: Final = 5
CLASS_ANSWERS: Final = 30
STUDENT_ANSWERS: Final = 8


@dataclass(frozen=True, slots=True)
class Count:
    """Answers of one student on one concept."""

    student: int
    concept: str
    answers: int
    correct: int


@dataclass(frozen=True, slots=True)
class DomainMean:
    """The share right in one domain of an exam outline; `mean` is None when too few to say."""

    code: str
    name: str
    answers: int
    correct: int
    students: int
    mean: float | None


def domain_means(
    counts: Iterable[Count],
    domains: Iterable[tuple[str, str]],
    domains_of: Mapping[str, frozenset[str]],
    *,
    of_class: bool,
) -> list[DomainMean]:
    """Shrunken means of each (code, name) domain, in the order given.

    `domains_of` says which domains a concept belongs to. A class needs 5 students and 30
    answers in the domain, one student 8 answers; below that the mean is None.
    """
    rows = list(counts)
    total, right = sum(r.answers for r in rows), sum(r.correct for r in rows)
    mu = (PRIOR_STRENGTH * PRIOR_MEAN + right) / (PRIOR_STRENGTH + total)
    found = []
    for code, name in domains:
        inside = [r for r in rows if code in domains_of.get(r.concept, frozenset())]
        answers, correct = sum(r.answers for r in inside), sum(r.correct for r in inside)
        students = len({r.student for r in inside if r.answers})
        enough = (
            students >= CLASS_STUDENTS and answers >= CLASS_ANSWERS
            if of_class
            else answers >= STUDENT_ANSWERS
        )
        mean = (PRIOR_STRENGTH * mu + correct) / (PRIOR_STRENGTH + answers) if enough else None
        found.append(DomainMean(code, name, answers, correct, students, mean))
    return found


def share_right(answers: int, correct: int) -> float | None:
    """The share of right answers of one student; None when too few to say."""
    return correct / answers if answers >= STUDENT_ANSWERS else None
