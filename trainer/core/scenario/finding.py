"""What a check of a scenario returns: the rule, the sentence, and the way to the part meant."""

from dataclasses import dataclass

PartPath = tuple[str | int, ...]
"""Field names and list positions as in the file, e.g. ("nodes", "intake", "choices", 2)."""


@dataclass(frozen=True, slots=True)
class Finding:
    """`warn` asks a person to look; anything else keeps the scenario from being published."""

    rule: str
    message: str
    path: PartPath = ()
    warn: bool = False
