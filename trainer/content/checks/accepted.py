"""Warnings that an author accepts with a reason (Q02, Q03). An error cannot be accepted."""

from collections.abc import Iterable, Iterator

from trainer.content.lint import RULES, Finding
from trainer.content.lint.words import word_count
from trainer.core.items import Accepted, Item

MIN_WORDS = 5


def settle(item: Item, findings: Iterable[Finding]) -> Iterator[tuple[Finding, str]]:
    """Every finding with the reason it is accepted for, "" when it is open.

    What is wrong with an acceptance is a finding of its own, and that acceptance does not count.
    """
    findings = list(findings)
    warned = {finding.rule for finding in findings if finding.warn}
    failed = {finding.rule for finding in findings if not finding.warn}
    reasons: dict[str, str] = {}
    for index, entry in enumerate(item.accepted):
        path = ("accepted", index)
        wrong = _refused(entry, entry.rule in failed and entry.rule not in warned)
        if wrong:
            yield Finding("Q02", wrong, path), ""
        elif entry.rule not in warned:
            message = f"{entry.rule} has nothing to say here; take the acceptance out."
            yield Finding("Q03", message, path, warn=True), ""
        else:
            reasons[entry.rule] = entry.reason
    for finding in findings:
        yield finding, reasons.get(finding.rule, "") if finding.warn else ""


def _refused(entry: Accepted, is_error: bool) -> str:
    rule = RULES.get(entry.rule)
    if rule is None:
        return f"There is no rule {entry.rule}."
    if is_error or "W" not in rule.weight:
        return f"{entry.rule} is an error here; it cannot be accepted."
    if word_count(entry.reason) < MIN_WORDS:
        return f"Say in {MIN_WORDS} words or more why {entry.rule} is accepted."
    return ""
