"""Every situation a scenario can come to, with as little of its past as matters (design B6).

An abstract state is the node, the variables, the actions that conditions ask about, and the picks
that still bind. Of the clock only the earliest and latest minute are kept; running out of time is
an outcome, not a state.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from heapq import heappop, heappush
from typing import Final

from trainer.core.scenario.conditions import CLOCK, Condition, Facts, Value
from trainer.core.scenario.graph import reach, story_order, ways_of
from trainer.core.scenario.model import Choice, Node, Scenario
from trainer.core.scenario.play import available, changed, next_route

STATE_LIMIT: Final = 50_000
Span = tuple[int, int]
"""Earliest and latest minute."""


class TooManyStates(ValueError):
    """The scenario is too large to be checked; it must be made simpler."""


@dataclass(frozen=True, slots=True)
class Situation:
    """An abstract state. `picks` are the choices made in hubs that can still be offered."""

    node: str
    vars: tuple[Value, ...]
    done: frozenset[str]
    picks: tuple[str, ...]


@dataclass(slots=True)
class Exploration:
    """What was found, in the order of discovery."""

    spans: dict[Situation, Span] = field(default_factory=dict)
    nexts: dict[Situation, frozenset[Situation]] = field(default_factory=dict)
    nodes: set[str] = field(default_factory=set)
    offered: set[str] = field(default_factory=set)
    stuck: set[Situation] = field(default_factory=set)
    """Situations in which, at some minute, nothing is on offer."""
    timed_out: set[Situation] = field(default_factory=set)
    """Situations in which a choice can use up the time."""
    origins: dict[Situation, tuple[Situation, str]] = field(default_factory=dict)

    def endless(self, scenario: Scenario) -> list[Situation]:
        """Situations from which no end can be reached (backward search from the ends).

        Running out of time counts as an end only where every choice does it: a circle that
        nothing but the clock ends is a dead end.
        """
        before: dict[Situation, list[Situation]] = {}
        for situation, targets in self.nexts.items():
            for target in targets:
                before.setdefault(target, []).append(situation)
        todo = [one for one in self.spans if self._is_end(scenario, one)]
        good = set(todo)
        while todo:
            for earlier in before.get(todo.pop(), ()):
                if earlier not in good:
                    good.add(earlier)
                    todo.append(earlier)
        return [one for one in self.spans if one not in good]

    def example(self, situation: Situation) -> tuple[str, ...]:
        """Choices that lead to the situation from the start."""
        path: list[str] = []
        while situation in self.origins:
            situation, choice = self.origins[situation]
            path.append(choice)
        return tuple(reversed(path))

    def _is_end(self, scenario: Scenario, situation: Situation) -> bool:
        if scenario.nodes[situation.node].kind == "end":
            return True
        return situation in self.timed_out and not self.nexts[situation]


def explore(scenario: Scenario, limit: int = STATE_LIMIT) -> Exploration:
    """Visit every abstract state; raises TooManyStates above the limit.

    The references of the scenario must have been checked before.
    """
    return _Explorer(scenario, limit).run()


class _Explorer:
    def __init__(self, scenario: Scenario, limit: int) -> None:
        self._scenario = scenario
        self._limit = limit
        self._found = Exploration()
        self._todo: list[tuple[int, int, Situation]] = []
        self._waiting: set[Situation] = set()
        self._met = 0

    def run(self) -> Exploration:
        scenario = self._scenario
        values: dict[str, Value] = {var.name: var.start for var in scenario.vars}
        first = scenario.clock.start
        facts = Facts(values, first, frozenset())
        for situation, span in self._arrivals(scenario.start, facts, (first, first), ()):
            self._meet(situation, span)
        while self._todo:
            *_, situation = heappop(self._todo)
            self._waiting.discard(situation)
            self._visit(situation)
        return self._found

    def _meet(self, situation: Situation, span: Span) -> None:
        """Note a situation; look at it (again) when it is new or its minutes have widened."""
        known = self._found.spans.get(situation)
        wider = (min(known[0], span[0]), max(known[1], span[1])) if known else span
        if wider == known:
            return
        self._found.spans[situation] = wider
        if len(self._found.spans) > self._limit:
            raise TooManyStates(f"more than {self._limit:,} abstract states")
        if situation not in self._waiting:
            # Scenes in the order of the story: all ways into one are known before it is left,
            # so that few situations are looked at twice.
            self._met += 1
            heappush(self._todo, (self._place[situation.node], self._met, situation))
            self._waiting.add(situation)

    def _visit(self, situation: Situation) -> None:
        node = self._scenario.nodes[situation.node]
        if node.kind == "end":
            return
        span = self._found.spans[situation]
        targets: set[Situation] = set()
        for facts, window in self._facts(node, situation, span):
            choices = available(node, facts, situation.picks)
            if not choices:
                self._found.stuck.add(situation)
            for choice in choices:
                self._found.offered.add(choice.id)
                for target, minutes in self._after(situation, choice, facts, window):
                    targets.add(target)
                    if target not in self._found.spans:
                        self._found.origins[target] = (situation, choice.id)
                    self._meet(target, minutes)
        self._found.nexts[situation] = frozenset(targets)

    def _facts(self, node: Node, situation: Situation, span: Span) -> Iterator[tuple[Facts, Span]]:
        """The facts of a situation: once, or for each minute when the node asks for the time."""
        values = dict(zip((var.name for var in self._scenario.vars), situation.vars, strict=True))
        for minute, window in self._minutes(node, span):
            yield Facts(values, minute, situation.done), window

    def _minutes(self, node: Node, span: Span) -> Iterator[tuple[int, Span]]:
        if node.id in self._timed_nodes:
            yield from ((minute, (minute, minute)) for minute in range(span[0], span[1] + 1))
        else:
            yield span[0], span

    def _after(
        self, situation: Situation, choice: Choice, facts: Facts, span: Span
    ) -> Iterator[tuple[Situation, Span]]:
        """Where a choice leads while there is time; notes when there may be none left."""
        scenario = self._scenario
        earliest, latest = span[0] + choice.minutes, span[1] + choice.minutes
        values = changed(scenario, facts.vars, choice.set)
        done = situation.done | self._asked.intersection(choice.do)
        picks = (*situation.picks, choice.id)
        end_of_time = scenario.clock.max
        if latest >= end_of_time:
            self._found.timed_out.add(situation)
            self._found.nodes.add(scenario.on_time_up)
        if earliest < end_of_time:
            window = (earliest, min(latest, end_of_time - 1))
            there = Facts(values, earliest, done)
            if choice.goto is None:
                yield self._situation(situation.node, there, picks), window
            else:
                yield from self._arrivals(choice.goto, there, window, picks)

    def _arrivals(
        self, target: str, facts: Facts, span: Span, picks: tuple[str, ...]
    ) -> Iterator[tuple[Situation, Span]]:
        """The scenes behind a target, routers passed; a timed router may lead to several."""
        node = self._scenario.nodes[target]
        self._found.nodes.add(target)
        values = changed(self._scenario, facts.vars, node.enter_set)
        if node.kind != "router":
            yield self._situation(target, Facts(values, span[0], facts.done), picks), span
            return
        for minute, window in self._minutes(node, span):
            there = Facts(values, minute, facts.done)
            yield from self._arrivals(next_route(node, there), there, window, picks)

    def _situation(self, node: str, facts: Facts, picks: Iterable[str]) -> Situation:
        values = tuple(facts.vars[var.name] for var in self._scenario.vars)
        return Situation(node, values, frozenset(facts.done), self._binding(node, picks))

    def _binding(self, node: str, picks: Iterable[str]) -> tuple[str, ...]:
        """The picks that limit what can be offered from here on.

        A pick in a hub that cannot be come back to no longer matters. Kept are `once` choices
        and, where a hub counts its picks, all of its non-exit choices; order is of no account.
        """
        binding = self._binding_at[node]
        return tuple(sorted(pick for pick in picks if pick in binding)) if binding else ()

    @cached_property
    def _ways(self) -> dict[str, set[str]]:
        return ways_of(self._scenario)

    @cached_property
    def _place(self) -> dict[str, int]:
        """The nodes numbered in the order of the story."""
        return {node: place for place, node in enumerate(story_order(self._ways, self._scenario))}

    @cached_property
    def _binding_at(self) -> dict[str, frozenset[str]]:
        return {
            id: frozenset(
                choice.id
                for other in reach(self._ways, id)
                for choice in self._scenario.nodes[other].choices
                if choice.once or _is_counted(self._scenario.nodes[other], choice)
            )
            for id in self._scenario.nodes
        }

    @cached_property
    def _asked(self) -> frozenset[str]:
        """Actions that a condition asks about."""
        conditions = scenario_conditions(self._scenario)
        return frozenset(action for one in conditions for action in one.actions)

    @cached_property
    def _timed_nodes(self) -> frozenset[str]:
        """Nodes whose ways or offers hang on the clock."""
        return frozenset(
            node.id
            for node in self._scenario.nodes.values()
            if any(CLOCK in one.names for one in _gates(node))
        )


def scenario_conditions(scenario: Scenario) -> list[Condition]:
    """The conditions that steer: of choices, routes and errors."""
    gates = [one for node in scenario.nodes.values() for one in _gates(node)]
    errors = [error.when.condition for error in scenario.errors]
    return [*gates, *(one for one in errors if one is not None)]


def _gates(node: Node) -> list[Condition]:
    gates = [choice.when for choice in node.choices] + [route.when for route in node.routes]
    return [one for one in gates if one is not None]


def _is_counted(node: Node, choice: Choice) -> bool:
    return node.kind == "hub" and node.max_picks is not None and not choice.is_exit
