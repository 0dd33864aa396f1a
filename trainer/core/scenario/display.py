"""Checks that a shipped scenario has all that its pages show (rule V16, warnings).

The engine plays without any of these fields; a page with holes in it should not be published.
"""

from collections.abc import Iterable, Iterator

from trainer.core.scenario.finding import Finding, PartPath
from trainer.core.scenario.model import Node, Scenario

_TOP_FIELDS = (
    "setting",
    "summary",
    "level",
    "minutes_real",
    "patient",
    "phases",
    "sources",
    "transfer",
)
_PATIENT_FIELDS = ("age", "born", "says", "facts", "vitals", "identity")
_STEP_FIELDS = ("text", "why", "source", "concepts")
_ERROR_FIELDS = ("text", "why", "next_time", "source", "concepts")
_NODE_FIELDS: dict[str, tuple[str, ...]] = {
    "hub": ("phase", "place", "title", "ask"),
    "decision": ("phase", "place", "title", "ask"),
    "consequence": ("phase", "place", "title", "ask"),
    "router": (),
    "end": ("title",),
}


def check_display(scenario: Scenario) -> Iterator[Finding]:
    """One warning for each part that lacks something."""
    yield from _lacks("The scenario", scenario, _TOP_FIELDS, ())
    if not scenario.clock.wall:
        yield Finding("V16", "The clock lacks wall, the time of day at minute 0.", ("clock",), True)
    if scenario.patient is not None:
        yield from _lacks("The patient", scenario.patient, _PATIENT_FIELDS, ("patient",))
    for node in scenario.nodes.values():
        yield from _node(node)
    for index, step in enumerate(scenario.rubric):
        yield from _lacks(f'The step "{step.id}"', step, _STEP_FIELDS, ("rubric", index))
    for index, error in enumerate(scenario.errors):
        yield from _lacks(f'The error "{error.id}"', error, _ERROR_FIELDS, ("errors", index))


def _node(node: Node) -> Iterator[Finding]:
    yield from _lacks(f'The node "{node.id}"', node, _NODE_FIELDS[node.kind], ("nodes", node.id))


def _lacks(what: str, part: object, fields: Iterable[str], path: PartPath) -> Iterator[Finding]:
    missing = [field for field in fields if not getattr(part, field)]
    if missing:
        yield Finding("V16", f"{what} lacks {', '.join(missing)}.", path, warn=True)
