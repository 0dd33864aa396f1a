"""Checks that every name in a scenario leads to something that exists (V02)."""

from collections.abc import Collection, Iterator

from trainer.core.scenario.conditions import CLOCK, Compare, Condition, Constant, Name, Value
from trainer.core.scenario.finding import Finding, PartPath
from trainer.core.scenario.model import Change, EnumVar, IntVar, Scenario
from trainer.core.scenario.rubric import HarmfulError, Step


def check_references(
    scenario: Scenario, concepts: Collection[str] | None = None
) -> Iterator[Finding]:
    """Nodes, errors, actions, variables, phases, sources, choices; concepts where known."""
    yield from _nodes(scenario)
    yield from _actions(scenario)
    for condition, path in _conditions(scenario):
        yield from _condition(scenario, condition, path)
    for changes, path in _changes(scenario):
        yield from _sets(scenario, changes, path)
    yield from _display(scenario)
    yield from _paths(scenario)
    if concepts is not None:
        yield from _concepts(scenario, concepts)


def _missing(kind: str, name: str, path: PartPath) -> Finding:
    return Finding("V02", f'There is no {kind} "{name}".', path)


def _nodes(scenario: Scenario) -> Iterator[Finding]:
    targets: list[tuple[str | None, PartPath]] = [
        (scenario.start, ("start",)),
        (scenario.on_time_up, ("on_time_up",)),
    ]
    for node in scenario.nodes.values():
        for index, choice in enumerate(node.choices):
            targets.append((choice.goto, ("nodes", node.id, "choices", index, "goto")))
        for index, route in enumerate(node.routes):
            targets.append((route.goto, ("nodes", node.id, "routes", index, "goto")))
    for index, error in enumerate(scenario.errors):
        targets.append((error.when.enter, ("errors", index, "when", "enter")))
    for target, path in targets:
        if target is not None and target not in scenario.nodes:
            yield _missing("node", target, path)
    errors = {error.id for error in scenario.errors}
    for node in scenario.nodes.values():
        if node.error is not None and node.error not in errors:
            yield _missing("error", node.error, ("nodes", node.id, "error"))


def _actions(scenario: Scenario) -> Iterator[Finding]:
    """An action exists when some choice emits it."""
    for action, path in _named_actions(scenario):
        if action not in scenario.actions:
            yield Finding("V02", f'No choice does "{action}".', path)


def _named_actions(scenario: Scenario) -> Iterator[tuple[str, PartPath]]:
    for index, step in enumerate(scenario.rubric):
        for at, credit in enumerate(step.credit):
            yield credit.do, ("rubric", index, "credit", at, "do")
        for at, action in enumerate(step.before):
            yield action, ("rubric", index, "before", at)
    for index, error in enumerate(scenario.errors):
        when = error.when
        parts = {"do": when.do, "unless_done": when.unless_done, "never": when.never}
        for field, name in parts.items():
            if name is not None:
                yield name, ("errors", index, "when", field)
        if error.mitigated_by is not None:
            yield error.mitigated_by.do, ("errors", index, "mitigated_by", "do")
    for condition, path in _conditions(scenario):
        for action in sorted(condition.actions):
            yield action, path


def _conditions(scenario: Scenario) -> Iterator[tuple[Condition, PartPath]]:
    for condition, path in _all_whens(scenario):
        if condition is not None:
            yield condition, path


def _all_whens(scenario: Scenario) -> Iterator[tuple[Condition | None, PartPath]]:
    for node in scenario.nodes.values():
        here = ("nodes", node.id)
        for index, choice in enumerate(node.choices):
            yield choice.when, (*here, "choices", index, "when")
        for index, route in enumerate(node.routes):
            yield route.when, (*here, "routes", index, "when")
        for index, variant in enumerate(node.text_if):
            yield variant.when, (*here, "text_if", index, "when")
    for index, error in enumerate(scenario.errors):
        yield error.when.condition, ("errors", index, "when", "if")
    if scenario.patient is not None:
        yield scenario.patient.identity, ("patient", "identity")
        for index, fact in enumerate(scenario.patient.facts):
            yield fact.when, ("patient", "facts", index, "when")
        for index, vital in enumerate(scenario.patient.vitals):
            yield vital.when, ("patient", "vitals", index, "when")


def _condition(scenario: Scenario, condition: Condition, path: PartPath) -> Iterator[Finding]:
    known = {CLOCK, *(var.name for var in scenario.vars)}
    unknown = sorted(condition.names - known)
    for name in unknown:
        yield _missing("variable", name, path)
    if not unknown:
        for comparison in condition.comparisons:
            message = _misfit(scenario, comparison)
            if message:
                yield Finding("V02", message, path)


def _misfit(scenario: Scenario, comparison: Compare) -> str:
    """Why the two sides cannot be compared; empty when they can."""
    left, right = _values(scenario, comparison.left), _values(scenario, comparison.right)
    if left is None and right is None:
        return ""
    if left is None or right is None:
        return "A number is compared with a word, which can never be equal."
    if comparison.op not in {"==", "!="}:
        return f'Words can be compared with == and != only, not with "{comparison.op}".'
    if not set(left) & set(right):
        odd = right if isinstance(comparison.right, Constant) else left
        return f'The word "{odd[0]}" is not a value of that variable.'
    return ""


def _values(scenario: Scenario, side: Name | Constant) -> tuple[str, ...] | None:
    """The words a side can be; None when it is a number."""
    if isinstance(side, Constant):
        return (side.value,) if isinstance(side.value, str) else None
    var = next((var for var in scenario.vars if var.name == side.name), None)
    return var.values if isinstance(var, EnumVar) else None


def _changes(scenario: Scenario) -> Iterator[tuple[tuple[Change, ...], PartPath]]:
    for node in scenario.nodes.values():
        yield node.enter_set, ("nodes", node.id, "enter", "set")
        for index, choice in enumerate(node.choices):
            yield choice.set, ("nodes", node.id, "choices", index, "set")


def _sets(scenario: Scenario, changes: tuple[Change, ...], path: PartPath) -> Iterator[Finding]:
    known = {var.name: var for var in scenario.vars}
    for name, value in changes:
        var = known.get(name)
        if var is None:
            yield _missing("variable", name, (*path, name))
        elif not _fits(var, value):
            wanted = "a number to add" if isinstance(var, IntVar) else "one of its values"
            yield Finding("V02", f'"{name}" needs {wanted}, not "{value}".', (*path, name))


def _fits(var: IntVar | EnumVar, value: Value) -> bool:
    return isinstance(value, int) if isinstance(var, IntVar) else value in var.values


def _display(scenario: Scenario) -> Iterator[Finding]:
    phases = {phase.id for phase in scenario.phases}
    for node in scenario.nodes.values():
        if node.phase is not None and node.phase not in phases:
            yield _missing("phase", node.phase, ("nodes", node.id, "phase"))
    for part, path in _sourced(scenario):
        if part.source is not None and part.source not in scenario.sources:
            yield _missing("source", part.source, (*path, "source"))


def _sourced(scenario: Scenario) -> Iterator[tuple[Step | HarmfulError, PartPath]]:
    for index, step in enumerate(scenario.rubric):
        yield step, ("rubric", index)
    for index, error in enumerate(scenario.errors):
        yield error, ("errors", index)


def _paths(scenario: Scenario) -> Iterator[Finding]:
    paths: list[tuple[tuple[str, ...], PartPath]] = [(scenario.best_path, ("best_path",))]
    for index, walkthrough in enumerate(scenario.walkthroughs):
        paths.append((walkthrough.choices, ("walkthroughs", index, "choices")))
        if walkthrough.end not in scenario.nodes:
            yield _missing("node", walkthrough.end, ("walkthroughs", index, "end"))
    for choices, path in paths:
        for at, choice in enumerate(choices):
            if choice not in scenario.choices:
                yield _missing("choice", choice, (*path, at))


def _concepts(scenario: Scenario, known: Collection[str]) -> Iterator[Finding]:
    for part, path in _sourced(scenario):
        for at, concept in enumerate(part.concepts):
            if concept not in known:
                yield _missing("concept", concept, (*path, "concepts", at))
