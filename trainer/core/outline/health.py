"""How well a bank can fill a part of an exam: families for every question needed (design D1)."""

from fractions import Fraction
from typing import Literal

Health = Literal["green", "amber", "red"]
GREEN = Fraction(3)
AMBER = Fraction(3, 2)


def health(families: int, quota: int) -> Health:
    """Green from 3 families a question, amber from 1.5; a part without questions lacks nothing."""
    if quota <= 0 or families >= GREEN * quota:
        return "green"
    return "amber" if families >= AMBER * quota else "red"


def ratio(families: int, quota: int) -> float | None:
    """Families for one question, to two decimals for reading; none where nothing is asked."""
    return round(families / quota, 2) if quota > 0 else None
