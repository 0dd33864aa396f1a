"""Orders that look random and are the same on every machine. Knows no randomness."""

from collections.abc import Iterable
from hashlib import sha256


def seeded_order(ids: Iterable[str], purpose: str, *parts: str) -> list[str]:
    """The ids sorted by the hash of "purpose|part|...|id" (design 0, rule 2)."""
    prefix = "|".join((purpose, *parts))
    return sorted(ids, key=lambda one: sha256(f"{prefix}|{one}".encode()).hexdigest())
