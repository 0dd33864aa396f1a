"""Runs the rules of item writing over all items, and settles which warnings are accepted.

Knows where items stand; the rules are in `lint`.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from trainer.content.checks.accepted import settle
from trainer.content.lint import (
    ERROR_OVER,
    Finding,
    lint_bank,
    lint_item,
    lint_whole,
    near_duplicates,
)
from trainer.content.located import Located
from trainer.content.problems import Problem
from trainer.core.items import Item

Rows = Sequence[Located[Item]]
Found = dict[int, list[Finding]]
"""Findings by the position of their item."""
WHOLE = "question_banks/items"


def check_writing(items: Rows) -> Iterator[Problem]:
    """Problems of single items, of likeness and of banks; accepted warnings carry the reason."""
    found: Found = defaultdict(list)
    for index, row in enumerate(items):
        found[index] += lint_item(row.value)
    _likeness(items, found)
    yield from _banks(items, found)
    for index, row in enumerate(items):
        for finding, reason in settle(row.value, found.get(index, [])):
            message = f"[{row.value.code}] {finding.message}"
            problem = row.problem(finding.rule, message, finding.warn, finding.path)
            yield problem.accept(reason) if reason else problem


def _likeness(items: Rows, found: Found) -> None:
    for one, other, share in near_duplicates([row.value for row in items]):
        if {items[one].value.origin, items[other].value.origin} == {"generated"}:
            continue  # Made from one sentence on purpose; what they ask differs by their rows.
        message = f"{share:.0%} the same as {items[one].value.code}."
        found[other].append(Finding("I35", message, warn=share <= ERROR_OVER))


def _banks(items: Rows, found: Found) -> Iterator[Problem]:
    """Proportions are those of items that people chose to write (rules K01 to K09)."""
    written = [index for index, row in enumerate(items) if row.value.origin == "written"]
    banks: dict[str, list[int]] = defaultdict(list)
    for index in written:
        banks[items[index].document.file].append(index)
    for file, members in banks.items():
        for remark in lint_bank([items[index].value for index in members]):
            if remark.index is None:
                yield Problem(file, 1, remark.rule, remark.message, "W")
            else:
                finding = Finding(remark.rule, remark.message, warn=True)
                found[members[remark.index]].append(finding)
    for remark in lint_whole([items[index].value for index in written]):
        yield Problem(WHOLE, 1, remark.rule, remark.message, "W")
