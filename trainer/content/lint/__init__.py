"""The rules of good item writing that a program can check, applied to items and banks.

I01 to I35 are rules for one item, K01 to K09 for a bank; T01 asks for plain text.
"""

from collections.abc import Iterator

from trainer.content.lint.banks import BankFinding, lint_bank, lint_whole
from trainer.content.lint.duplicates import ERROR_OVER, near_duplicates
from trainer.content.lint.finding import Finding
from trainer.content.lint.language import check_language
from trainer.content.lint.numbers import check_numbers
from trainer.content.lint.options import check_options
from trainer.content.lint.texts import check_review_day, check_texts
from trainer.content.lint.wording import check_wording
from trainer.core.items import Item

__all__ = [
    "ERROR_OVER",
    "BankFinding",
    "Finding",
    "check_review_day",
    "lint_bank",
    "lint_item",
    "lint_whole",
    "near_duplicates",
]


def lint_item(item: Item) -> Iterator[Finding]:
    """Everything that can be said about one item alone."""
    yield from check_wording(item)
    yield from check_options(item)
    yield from check_numbers(item)
    yield from check_texts(item)
    yield from check_language(item)
