"""How problems and counts of content are written on the screen and in reports."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from trainer.content.bundle import Bundle
from trainer.content.checks.freshness import Due
from trainer.content.problems import Problem, errors_of
from trainer.content.stats import PartCount, Stats, unchecked

_NAME_WIDTH = 46


def shown(problem: Problem) -> str:
    """One problem, the way editors and shells find it again: file, line, rule."""
    mark = "" if problem.severity == "E" else " (warning)"
    return f"{problem.file}:{problem.line}: {problem.rule}{mark} {problem.message}"


def check_report(bundle: Bundle, only: str | None) -> dict[str, Any]:
    """The report of `content check --json`; its shape stands in docs/authoring-items.md."""
    problems = in_file(bundle.problems, only)
    errors = len(errors_of(problems))
    items = (
        item
        for item in bundle.items.values()
        if only is None or only == f"question_banks/items/{item.bank}.yaml"
    )
    return {
        **_sizes(bundle),
        "errors": errors,
        "warnings": len(problems) - errors,
        "problems": [{**_place(p), "severity": p.severity} for p in problems],
        "accepted": [{**_place(p), "reason": p.accepted} for p in in_file(bundle.accepted, only)],
        "unchecked": list(unchecked(items)),
    }


def check_lines(bundle: Bundle, only: str | None) -> Iterator[str]:
    """The same for people."""
    problems, accepted = in_file(bundle.problems, only), in_file(bundle.accepted, only)
    errors = len(errors_of(problems))
    yield from map(shown, problems)
    if accepted:
        yield f"{len(accepted)} warnings are accepted with a reason."
    sizes = ", ".join(f"{count} {what}" for what, count in _sizes(bundle).items())
    yield f"{sizes}: {errors} errors, {len(problems) - errors} warnings."


def in_file(problems: Iterable[Problem], only: str | None) -> list[Problem]:
    return [problem for problem in problems if only is None or problem.file == only]


def stats_lines(counts: Stats) -> Iterator[str]:
    """Counts of the whole, then one table for each exam."""
    yield f"{counts.items} items, {counts.concepts} concepts, {counts.scenarios} scenarios"
    yield _row("Banks", counts.banks)
    yield _row("Origin", counts.origins)
    yield _row("Type", counts.types)
    yield _row("Difficulty", counts.difficulty)
    yield _row("Level", counts.bloom)
    yield _row("Place of the key", counts.key_positions)
    yield f"Key is the longest option: {counts.key_longest}"
    yield f"Concepts with fewer than three questions: {len(counts.few_variants)}"
    yield f"Without a second reading: {len(counts.unchecked)}"
    yield f"Warnings accepted with a reason: {sum(counts.accepted.values())}"
    for code, domains in counts.exams.items():
        yield ""
        head = f"{'quota':>6}{'concepts':>10}{'ratio':>7}  {'health':<7}{'items':>6}"
        yield f"{code.upper():<{_NAME_WIDTH}}{head}{'share/plan':>13}"
        for domain in domains:
            yield _part(domain, "")
            yield from (_part(part, "  ") for part in domain.subdomains)


def due_lines(due: Iterable[Due]) -> Iterator[str]:
    """Reviews that come due, one a line."""
    for one in due:
        yield f"{one.by} {one.code} ({one.bank}): {one.why}"


def _part(part: PartCount, indent: str) -> str:
    name = f"{indent}{part.code} {part.name}"
    if len(name) >= _NAME_WIDTH:
        name = f"{name[: _NAME_WIDTH - 4]}..."
    ratio = "" if part.ratio is None else f"{part.ratio:.2f}"
    counts = f"{part.quota:>6}{part.families:>10}{ratio:>7}  {part.health:<7}{part.items:>6}"
    return f"{name:<{_NAME_WIDTH}}{counts}{part.share_pct:>7.1f}/{part.plan_pct:<5.1f}".rstrip()


def _sizes(bundle: Bundle) -> dict[str, int]:
    return {
        "items": len(bundle.items),
        "concepts": len(bundle.concepts),
        "scenarios": len(bundle.scenarios),
    }


def _place(problem: Problem) -> dict[str, Any]:
    return {
        "file": problem.file,
        "line": problem.line,
        "rule": problem.rule,
        "message": problem.message,
    }


def _row(title: str, counts: Mapping[str, int]) -> str:
    return f"{title}: " + ", ".join(f"{name} {number}" for name, number in counts.items())
