"""Checks of everything read together: item writing, references, likeness, proportions.

Knows values and their places; reads no file.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from trainer.content.checks.outlines import check_outlines
from trainer.content.checks.references import check_references
from trainer.content.lint import ERROR_OVER, lint_bank, lint_item, lint_whole, near_duplicates
from trainer.content.located import Found, Located
from trainer.content.problems import Problem
from trainer.core.items import Item


def check_all(found: Found) -> list[Problem]:
    """Everything that needs more than the shape of one entry to be seen."""
    return [
        *check_references(found),
        *check_outlines(found),
        *_item_writing(found.items),
        *_likeness(found.items),
        *_banks(found.items),
    ]


def _item_writing(items: Sequence[Located[Item]]) -> Iterator[Problem]:
    for row in items:
        for finding in lint_item(row.value):
            message = f"[{row.value.code}] {finding.message}"
            yield row.problem(finding.rule, message, finding.warn, finding.path)


def _likeness(items: Sequence[Located[Item]]) -> Iterator[Problem]:
    for one, other, share in near_duplicates([row.value for row in items]):
        message = f"[{items[other].value.code}] {share:.0%} the same as {items[one].value.code}."
        yield items[other].problem("I35", message, warn=share <= ERROR_OVER)


def _banks(items: Sequence[Located[Item]]) -> Iterator[Problem]:
    banks: dict[str, list[Located[Item]]] = defaultdict(list)
    for row in items:
        banks[row.document.file].append(row)
    for rows in banks.values():
        for remark in lint_bank([row.value for row in rows]):
            yield rows[remark.index].problem(remark.rule, remark.message, warn=True)
    for remark in lint_whole([row.value for row in items]):
        yield Problem("question_banks/items", 1, remark.rule, remark.message, "W")
