"""Wrong readings of an abbreviation: made-up ones of the same letters, then true ones of others.

A reading that alone fits the letters is found without any knowledge; then nothing is asked.
"""

from collections.abc import Iterator

from trainer.content.families.abbreviation_table import Abbreviation, Family
from trainer.content.families.choosing import (
    FEWEST,
    WANTED,
    NotAskedError,
    TooFewError,
    wrong_answers,
)
from trainer.content.families.drafts import Choice


def other_readings(
    family: Family, key: Abbreviation, code: str, field: str = "means"
) -> tuple[Choice, ...]:
    """Two or three readings; where the key fits the letters, each of them does."""
    right = getattr(key.row, field)
    told = key.fits(right)
    made_up = [
        Choice(
            trap,
            f"The letters may suggest it, but {key.abbr} {_stands(key)} for {key.means}; "
            "this reading is made up.",
        )
        for trap in key.row.traps
    ]
    true = _true(family, key, code, field, told)
    taken = {choice.text for choice in made_up}
    found = [*made_up, *(choice for choice in true if choice.text not in taken)]
    if len(found) < FEWEST:
        if told:
            raise NotAskedError("the key alone fits the letters")
        raise TooFewError(f"only {len(found)} safe wrong answers; {FEWEST} or more are needed")
    return tuple(found[:WANTED])


def _stands(key: Abbreviation) -> str:
    return "stood" if key.row.status != "accepted" else "stands"


def _true(family: Family, key: Abbreviation, code: str, field: str, told: bool) -> Iterator[Choice]:
    """What other abbreviations mean; where the key fits its letters, only what fits them too."""

    def text(one: Abbreviation) -> str:
        return str(getattr(one.row, field))

    def clash(one: Abbreviation, other: Abbreviation) -> bool:
        return family.clash(one, other) or text(one) == text(other)

    tiers = [
        [one for one in tier if not told or (one.concept == key.concept and key.fits(text(one)))]
        for tier in family.tiers(key, field)
    ]
    for one in wrong_answers(code, key, tiers, text, clash, fewest=0):
        yield Choice(
            text(one), f"That is the meaning of {one.shown}, not the meaning of {key.abbr}."
        )
