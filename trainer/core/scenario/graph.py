"""Which node leads to which, conditions left aside. Knows no variables and no clock."""

from collections.abc import Collection

from trainer.core.scenario.model import Scenario


def ways_of(scenario: Scenario) -> dict[str, set[str]]:
    """Which node leads to which, conditions left aside."""
    return {
        node.id: {choice.goto for choice in node.choices if choice.goto is not None}
        | {route.goto for route in node.routes}
        for node in scenario.nodes.values()
    }


def reach(ways: dict[str, set[str]], start: str) -> Collection[str]:
    """A node and everything that can come after it."""
    reached = {start}
    todo = [start]
    while todo:
        for target in ways[todo.pop()] - reached:
            reached.add(target)
            todo.append(target)
    return reached


def story_order(ways: dict[str, set[str]], scenario: Scenario) -> list[str]:
    """Nodes with each before those it leads to, as far as circles allow (reverse postorder)."""
    left: list[str] = []
    seen: set[str] = set()
    for first in (scenario.start, *ways):
        trail = [(first, iter(sorted(ways[first])))] if first not in seen else []
        seen.add(first)
        while trail:
            target = next((one for one in trail[-1][1] if one not in seen), None)
            if target is None:
                left.append(trail.pop()[0])
            else:
                seen.add(target)
                trail.append((target, iter(sorted(ways[target]))))
    # Nodes that the start does not lead to were left last and would come first; they are never
    # met, so their place does not matter.
    return left[::-1]
