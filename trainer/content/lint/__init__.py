"""The rules of good item writing that a program can check, applied to items and banks.

I01 to I35 are rules for one item, K01 to K09 for a bank; T01 asks for plain text, D01 and D02 for
safe drug names, N01 for sound numbers. `rules.RULES` says what each one asks.
"""

from collections.abc import Iterator

from trainer.content.lint.banks import BankFinding, lint_bank, lint_whole
from trainer.content.lint.contested import check_contested
from trainer.content.lint.drugs import check_drugs
from trainer.content.lint.duplicates import ERROR_OVER, near_duplicates
from trainer.content.lint.finding import Finding
from trainer.content.lint.language import check_language
from trainer.content.lint.numbers import check_numbers
from trainer.content.lint.options import check_options
from trainer.content.lint.rules import RULES
from trainer.content.lint.safety import check_safety
from trainer.content.lint.said import said_by
from trainer.content.lint.shape import check_shape
from trainer.content.lint.texts import check_texts
from trainer.content.lint.wording import check_wording
from trainer.core.items import Item
from trainer.core.items.draws import DrawError, draw

__all__ = [
    "ERROR_OVER",
    "RULES",
    "BankFinding",
    "Finding",
    "lint_bank",
    "lint_item",
    "lint_whole",
    "near_duplicates",
]

_SAMPLES = ("lint", "lint 2", "lint 3")
"""Draws of a template that are looked at; that every draw is sound is proved elsewhere."""


def lint_item(item: Item) -> Iterator[Finding]:
    """Everything that can be said about one item alone; about sample draws of a template."""
    if item.parameters is None:
        yield from _lint(item)
        return
    seen = set()
    for seed in _SAMPLES:
        try:
            drawn = draw(item, seed)
        except DrawError:
            return  # Reported with the values that show it, by the checks of templates.
        for finding in _lint(drawn):
            if (finding.rule, finding.path, finding.warn) not in seen:
                seen.add((finding.rule, finding.path, finding.warn))
                yield finding


def _lint(item: Item) -> Iterator[Finding]:
    shape = list(check_shape(item))
    yield from shape
    yield from check_wording(item)
    if not any(finding.rule == "I01" for finding in shape):
        yield from check_options(item)
    yield from check_numbers(item)
    yield from check_texts(item)
    said = said_by(item)
    yield from check_language(item, said)
    yield from check_safety(item, said)
    yield from check_drugs(item, said)
    yield from check_contested(item, said)
