"""Playing a scenario: from a scenario and a path of choices to the present state (design B3).

Knows the rules of moving, not of scoring. The scenario never changes; a state is a value, and
the same seed and choices always give the same state.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import accumulate

from trainer.core.errors import Conflict
from trainer.core.order import seeded_order
from trainer.core.scenario.conditions import Facts, Value, holds
from trainer.core.scenario.model import Change, Choice, IntVar, Node, Scenario


class NotOffered(Conflict):
    """The choice is not on offer in this state, or the play has ended."""


class BrokenScenario(ValueError):
    """The scenario cannot be played on; the static checks name the place."""


@dataclass(frozen=True, slots=True)
class Logged:
    """One action that was done: when it finished, by which choice, in what state."""

    action: str
    minute: int
    choice: str
    vars: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A node entered; `position` is how many actions stood in the log by then."""

    node: str
    minute: int
    position: int


@dataclass(frozen=True, slots=True)
class Taken:
    """One choice of the path: where it was made and the minutes before and after."""

    choice: str
    node: str
    began: int
    minute: int


@dataclass(frozen=True, slots=True)
class State:
    """Everything that moves during a play."""

    seed: str
    node: str
    clock: int
    vars: Mapping[str, Value]
    taken: tuple[Taken, ...] = ()
    log: tuple[Logged, ...] = ()
    arrivals: tuple[Arrival, ...] = ()
    shown: frozenset[str] = frozenset()
    """Choices that were on offer at some moment so far."""

    @property
    def path(self) -> tuple[str, ...]:
        """The choices made, in order. They and the seed are all that needs storing."""
        return tuple(step.choice for step in self.taken)

    @property
    def facts(self) -> Facts:
        """What conditions look at now."""
        return Facts(self.vars, self.clock, {entry.action for entry in self.log})


def start(scenario: Scenario, seed: str) -> State:
    """The state before the first choice."""
    values: dict[str, Value] = {var.name: var.start for var in scenario.vars}
    before = State(seed, scenario.start, scenario.clock.start, values)
    return _arrive(scenario, before, scenario.start)


def offered(scenario: Scenario, state: State) -> tuple[Choice, ...]:
    """The choices on offer, in display order: shuffled by the seed, exits last."""
    node = scenario.nodes[state.node]
    open_now = available(node, state.facts, state.path)
    by_id = {choice.id: choice for choice in open_now}
    if node.kind != "hub":
        return tuple(by_id[id] for id in _shuffled(by_id, state))
    inner = [choice.id for choice in open_now if not choice.is_exit]
    exits = [choice for choice in open_now if choice.is_exit]
    return (*(by_id[id] for id in _shuffled(inner, state)), *exits)


def choose(scenario: Scenario, state: State, choice_id: str) -> State:
    """The state after that choice. Raises NotOffered when it cannot be made now."""
    node = scenario.nodes[state.node]
    open_now = available(node, state.facts, state.path)
    choice = next((one for one in open_now if one.id == choice_id), None)
    if choice is None:
        raise NotOffered(_refusal(scenario, state, choice_id))
    # Design B3: minutes, then set, then log, then the end of time, then goto.
    clock = state.clock + choice.minutes
    values = changed(scenario, state.vars, choice.set)
    moved = replace(
        state,
        clock=clock,
        vars=values,
        taken=(*state.taken, Taken(choice.id, state.node, state.clock, clock)),
        log=(*state.log, *(Logged(action, clock, choice.id, values) for action in choice.do)),
    )
    target = scenario.on_time_up if clock >= scenario.clock.max else choice.goto
    return _show(scenario, moved) if target is None else _arrive(scenario, moved, target)


def walk(scenario: Scenario, seed: str, path: Iterable[str]) -> Iterator[State]:
    """Every state along a path, the one before the first choice included."""
    return accumulate(
        path,
        lambda state, choice: choose(scenario, state, choice),
        initial=start(scenario, seed),
    )


def replay(scenario: Scenario, seed: str, path: Iterable[str]) -> State:
    """The state that stored choices lead to. Raises NotOffered when they do not fit."""
    *_, last = walk(scenario, seed, path)
    return last


def ended(scenario: Scenario, state: State) -> bool:
    return scenario.nodes[state.node].kind == "end"


def scene_text(node: Node, facts: Facts) -> str:
    """The text of a scene: the first variant that holds, else the plain text."""
    for variant in node.text_if:
        if holds(variant.when, facts):
            return variant.text
    return node.text


def picks_used(node: Node, path: Collection[str]) -> int:
    """How many non-exit choices of a hub were made, over all visits."""
    inner = {choice.id for choice in node.choices if not choice.is_exit}
    return sum(choice in inner for choice in path)


def available(node: Node, facts: Facts, path: Collection[str]) -> tuple[Choice, ...]:
    """The choices of a node that can be made now, in the order of the file."""
    full = (
        node.kind == "hub"
        and node.max_picks is not None
        and picks_used(node, path) >= node.max_picks
    )
    return tuple(
        choice
        for choice in node.choices
        if not (choice.once and choice.id in path)
        and (choice.is_exit or not full)
        and holds(choice.when, facts)
    )


def changed(
    scenario: Scenario, values: Mapping[str, Value], changes: tuple[Change, ...]
) -> Mapping[str, Value]:
    """The variables after a `set`: whole numbers add and stay in range, words are assigned."""
    if not changes:
        return values
    after = dict(values)
    for name, change in changes:
        var = scenario.var_by_name[name]
        after[name] = _added(var, after[name], change) if isinstance(var, IntVar) else change
    return after


def next_route(node: Node, facts: Facts) -> str:
    """Where a router leads: its first route that holds."""
    for route in node.routes:
        if holds(route.when, facts):
            return route.goto
    raise BrokenScenario(f"no route of {node.id} holds")


def _added(var: IntVar, value: Value, change: Value) -> int:
    if isinstance(value, str) or isinstance(change, str):
        raise BrokenScenario(f"{var.name} is a whole number")
    return min(var.max, max(var.min, value + change))


def _arrive(scenario: Scenario, state: State, target: str) -> State:
    """Enter a node and pass through routers until a scene or an end is reached."""
    values, arrivals = state.vars, list(state.arrivals)
    done = state.facts.done
    for _ in range(len(scenario.nodes) + 1):
        node = scenario.nodes[target]
        values = changed(scenario, values, node.enter_set)
        arrivals.append(Arrival(target, state.clock, len(state.log)))
        if node.kind != "router":
            break
        target = next_route(node, Facts(values, state.clock, done))
    else:
        raise BrokenScenario(f"routers lead in a circle at {target}")
    there = replace(state, node=target, vars=values, arrivals=tuple(arrivals))
    return _show(scenario, there)


def _show(scenario: Scenario, state: State) -> State:
    """Remember what is on offer: a step whose choices were never offered was not missed."""
    node = scenario.nodes[state.node]
    now = {choice.id for choice in available(node, state.facts, state.path)}
    return state if now <= state.shown else replace(state, shown=state.shown | now)


def _shuffled(ids: Iterable[str], state: State) -> list[str]:
    return seeded_order(ids, "choice", state.seed, state.node)


def _refusal(scenario: Scenario, state: State, choice_id: str) -> str:
    if ended(scenario, state):
        return "This visit has ended."
    if choice_id not in scenario.choices:
        return "There is no such choice in this scenario."
    return "This choice is not open at this point."
