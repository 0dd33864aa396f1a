"""The fixture of design B4 and the ways in which tests play it."""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path

from trainer.content.readers.scenarios import read_scenario, scenario_from_text
from trainer.core.scenario.model import Scenario
from trainer.core.scenario.play import Logged, State, choose, replay, start
from trainer.core.scenario.results import Run, Score, StepScore
from trainer.core.scenario.scores import score_run

FILE = Path(__file__).parents[2] / "fixtures" / "flu-shot-walk-in.yaml"
INTAKE = "c_order c_id2 c_screen c_vis c_ins c_go"
MEDROOM = "c_hyg c_chk c_inj"
ENDING = "c_bin c_refer c_exp c_obs c_docnow c_done"
BEST = f"{INTAKE} {MEDROOM} c_del {ENDING}"


@cache
def flu_shot() -> Scenario:
    scenario, problems = read_scenario(FILE)
    assert scenario is not None, problems
    return scenario


def straight(scenario: Scenario, path: str) -> State:
    state = start(scenario, "seed-1")
    for choice in path.split():
        state = choose(scenario, state, choice)
    return state


def rebuilt(scenario: Scenario, path: str) -> State:
    """Like `straight`, but before each choice the state is made anew from what was stored."""
    state = start(scenario, "seed-1")
    for choice in path.split():
        state = choose(scenario, replay(scenario, state.seed, state.path), choice)
    return state


def without(choice: str, path: str = BEST) -> str:
    return " ".join(one for one in path.split() if one != choice)


def swapped(old: str, new: str, path: str = BEST) -> str:
    return " ".join(new if one == old else one for one in path.split())


def log_of_best() -> list[Logged]:
    return list(straight(flu_shot(), BEST).log)


def logged(action: str, minute: int, choice: str = "c_order") -> Logged:
    return Logged(action, minute, choice, {"trust": 3, "condition": "well", "vial": "in_date"})


def after(log: list[Logged], action: str, other: str) -> list[Logged]:
    """The log with an action moved to just after another, at that one's minute."""
    moved = next(entry for entry in log if entry.action == action)
    rest = [entry for entry in log if entry is not moved]
    at = next(i for i, entry in enumerate(rest) if entry.action == other)
    return [*rest[: at + 1], replace(moved, minute=rest[at].minute), *rest[at + 1 :]]


def score_of_log(log: Iterable[Logged]) -> Score:
    return score_run(flu_shot(), Run(tuple(log)))


def axes(score: Score) -> tuple[Fraction | None, ...]:
    return tuple(axis.score for axis in score.axes)


def step(score: Score, id: str) -> StepScore:
    return next(one for one in score.steps if one.id == id)


SMALL = """
schema: 1
id: small
version: 1
title: A small visit
clock: {start: 0, max: 30}
start: desk
nodes:
  desk:
    kind: hub
    text: A patient is at the desk.
    max_picks: 2
    choices:
      - {id: c_greet, text: Greet, do: [greet], minutes: 1, once: yes}
      - {id: c_ask, text: Ask for the name, do: [ask], minutes: 1, once: yes}
      - {id: c_room, text: Go to the room, minutes: 2, goto: room}
  room:
    kind: decision
    text: You are in the room.
    choices:
      - {id: c_tell, text: Tell the provider, do: [tell], minutes: 1, goto: finish}
      - {id: c_leave, text: Leave, do: [leave], goto: finish}
  finish: {kind: end, text: Done.}
  late: {kind: end, text: Time is up.}
on_time_up: late
rubric:
  - {id: s_ask, axis: safety, weight: 3, credit: [{do: ask, value: 1}]}
  - {id: s_greet, axis: communication, weight: 1, credit: [{do: greet, value: 1}]}
  - {id: s_tell, axis: safety, weight: 2, credit: [{do: tell, value: 1}, {do: leave, value: 0}]}
best_path: [c_greet, c_ask, c_room, c_tell]
"""


def small(*changes: tuple[str, str]) -> str:
    """The text of a small scenario with some of it replaced; each old text must be there."""
    text = SMALL
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def made(*changes: tuple[str, str]) -> Scenario:
    scenario, problems = scenario_from_text(small(*changes))
    assert problems == []
    assert scenario is not None
    return scenario
