"""Checks of form: what each kind of node needs, unique ids, total routers (V01, V03)."""

from collections.abc import Iterable, Iterator

from trainer.core.scenario.conditions import RESERVED
from trainer.core.scenario.finding import Finding, PartPath
from trainer.core.scenario.model import EnumVar, IntVar, Node, Scenario
from trainer.core.scenario.rubric import Step


def check_shape(scenario: Scenario) -> Iterator[Finding]:
    """Everything that can be seen without following a reference."""
    yield from _ids(scenario)
    yield from _vars(scenario)
    yield from _clock(scenario)
    for node in scenario.nodes.values():
        yield from _node(node)
        yield from _router(node)
    yield from _router_circles(scenario)
    yield from _rubric(scenario)
    yield from _errors(scenario)


def _ids(scenario: Scenario) -> Iterator[Finding]:
    choices = (
        (choice.id, ("nodes", node.id, "choices", index, "id"))
        for node in scenario.nodes.values()
        for index, choice in enumerate(node.choices)
    )
    yield from _unique("choice", choices)
    patient = scenario.patient
    lists: list[tuple[str, PartPath, Iterable[str]]] = [
        ("step", ("rubric",), (step.id for step in scenario.rubric)),
        ("error", ("errors",), (error.id for error in scenario.errors)),
        ("phase", ("phases",), (phase.id for phase in scenario.phases)),
        ("fact", ("patient", "facts"), (one.id for one in patient.facts) if patient else ()),
        ("vital", ("patient", "vitals"), (one.id for one in patient.vitals) if patient else ()),
    ]
    for kind, path, ids in lists:
        yield from _unique(kind, ((id, (*path, at, "id")) for at, id in enumerate(ids)))


def _unique(kind: str, ids: Iterable[tuple[str, PartPath]]) -> Iterator[Finding]:
    seen: set[str] = set()
    for id, path in ids:
        if id in seen:
            yield Finding("V01", f'The {kind} id "{id}" is used twice; ids are unique.', path)
        seen.add(id)


def _vars(scenario: Scenario) -> Iterator[Finding]:
    for var in scenario.vars:
        path = ("vars", var.name)
        if var.name in RESERVED:
            yield Finding("V01", f'A variable cannot be called "{var.name}".', path)
        if isinstance(var, IntVar) and not var.min <= var.start <= var.max:
            message = f"start of {var.name} must lie between min and max."
            yield Finding("V01", message, path)
        if isinstance(var, EnumVar) and var.start not in var.values:
            yield Finding("V01", f"start of {var.name} must be one of its values.", path)


def _clock(scenario: Scenario) -> Iterator[Finding]:
    if scenario.clock.start >= scenario.clock.max:
        yield Finding("V01", "clock.max must be later than clock.start.", ("clock",))
    end = scenario.nodes.get(scenario.on_time_up)
    if end is not None and end.kind != "end":
        yield Finding("V01", "on_time_up must name a node of kind end.", ("on_time_up",))


# What a node of each kind must have; whatever is not named must be left out.
_NEEDS = {
    "hub": ("text", "choices"),
    "decision": ("text", "choices"),
    "router": ("routes",),
    "consequence": ("text", "choices", "error"),
    "end": ("text",),
}
_MAY_HAVE = {"hub": ("max_picks",)}
_FIELDS = ("text", "choices", "routes", "error", "max_picks")


def _node(node: Node) -> Iterator[Finding]:
    path = ("nodes", node.id)
    for field in _FIELDS:
        given = bool(getattr(node, field))
        if field in _NEEDS[node.kind] and not given:
            yield Finding("V01", f'"{node.id}" is of kind {node.kind} and needs {field}.', path)
        elif given and field not in (*_NEEDS[node.kind], *_MAY_HAVE.get(node.kind, ())):
            message = f'"{node.id}" is of kind {node.kind} and cannot have {field}.'
            yield Finding("V01", message, (*path, field))
    if node.kind == "hub" and node.choices and not any(one.is_exit for one in node.choices):
        message = f'The hub "{node.id}" has no exit; one choice needs goto.'
        yield Finding("V01", message, (*path, "choices"))
    if node.kind in {"decision", "consequence"}:
        for index, choice in enumerate(node.choices):
            if not choice.is_exit:
                message = f'"{choice.id}" needs goto; only in a hub may it be left out.'
                yield Finding("V01", message, (*path, "choices", index))


def _router(node: Node) -> Iterator[Finding]:
    for index, route in enumerate(node.routes):
        path = ("nodes", node.id, "routes", index)
        is_last = index == len(node.routes) - 1
        if is_last and route.when is not None:
            message = f'The last route of "{node.id}" must have no when, so that one always holds.'
            yield Finding("V03", message, path)
        if not is_last and route.when is None:
            message = f'This route of "{node.id}" always holds; the ones after it are never used.'
            yield Finding("V03", message, path)


def _router_circles(scenario: Scenario) -> Iterator[Finding]:
    """Routers that lead to each other would never come to a scene."""
    ways = {
        node.id: {route.goto for route in node.routes}
        for node in scenario.nodes.values()
        if node.kind == "router"
    }
    for id in ways:
        reached: set[str] = set()
        todo = [id]
        while todo:
            for target in ways.get(todo.pop(), set()) - reached:
                reached.add(target)
                todo.append(target)
        if id in reached:
            message = f'The router "{id}" can lead back to itself without a scene between.'
            yield Finding("V03", message, ("nodes", id))


def _rubric(scenario: Scenario) -> Iterator[Finding]:
    for index, step in enumerate(scenario.rubric):
        yield from _step(step, ("rubric", index))


def _step(step: Step, path: PartPath) -> Iterator[Finding]:
    if all(credit.value != 1 for credit in step.credit):
        message = f'"{step.id}" has no action worth 1, so it can never be fully right.'
        yield Finding("V01", message, (*path, "credit"))
    named = ((credit.do, (*path, "credit", at)) for at, credit in enumerate(step.credit))
    seen: set[str] = set()
    for action, where in named:
        if action in seen:
            message = f'"{step.id}" names the action "{action}" twice.'
            yield Finding("V01", message, where)
        if action in step.before:
            message = f'"{step.id}" cannot come before its own action "{action}".'
            yield Finding("V01", message, where)
        seen.add(action)


def _errors(scenario: Scenario) -> Iterator[Finding]:
    for index, error in enumerate(scenario.errors):
        cure = error.mitigated_by
        if cure is None:
            continue
        path = ("errors", index, "mitigated_by")
        if error.when.never is not None:
            message = f'"{error.id}" is judged at the end, so nothing can come after it.'
            yield Finding("V01", message, path)
        if cure.do in {error.when.do, error.when.never}:
            message = f'"{error.id}" cannot be put right by the act that makes it.'
            yield Finding("V01", message, path)
