"""What a rule of item writing returns: the part of the item, the rule, the sentence to show."""

from dataclasses import dataclass

from trainer.content.yamlfile import FieldPath


@dataclass(frozen=True, slots=True)
class Finding:
    """`path` leads from the item to the part that is meant; `warn` asks for a look only."""

    rule: str
    message: str
    path: FieldPath = ()
    warn: bool = False


OPTIONS: FieldPath = ("options",)
LEAD_IN: FieldPath = ("lead_in",)


def option_path(index: int, part: str = "text") -> FieldPath:
    return ("options", index, part)
