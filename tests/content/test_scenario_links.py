"""Scenarios inside a bundle: the concepts they name, and payloads that read back equal."""

from pathlib import Path

from tests.content.build import make_root
from trainer.content.checks.references import check_references
from trainer.content.located import Found
from trainer.content.payload import from_payload, to_payload
from trainer.content.readers.root import read_root
from trainer.content.readers.scenarios import scenario_from_text
from trainer.core.scenario.model import Scenario

TEXT = """\
schema: 1
id: demo
version: 1
title: Demo
setting: Clinic
clock: {start: 0, max: 10}
vars:
  trust: {type: int, min: 0, max: 5, start: 3}
start: begin
nodes:
  begin:
    kind: decision
    text: The strip has no control line.
    choices:
      - {id: c_look, text: Look again, do: [look], minutes: 1, set: {trust: -1}, goto: finish}
      - {id: c_new, text: Repeat it, do: [repeat], minutes: 5, when: "trust > 1", goto: finish}
  finish: {kind: end, text: Done.}
on_time_up: finish
rubric:
  - id: s_control
    axis: safety
    weight: 3
    credit: [{do: repeat, value: 1}, {do: look, value: 1/3}]
    concepts: [test-control-line]
errors: []
best_path: [c_new]
"""


def demo(text: str = TEXT) -> Scenario:
    scenario, problems = scenario_from_text(text)
    assert scenario is not None, problems
    return scenario


def found(root: Path, text: str = TEXT) -> Found:
    read = read_root(make_root(root))
    read.scenarios.append(("scenarios/demo.yaml", demo(text)))
    return read


def rules(read: Found) -> list[str]:
    return [problem.rule for problem in check_references(read)]


def test_a_scenario_may_name_a_concept_that_has_items(tmp_path: Path):
    assert rules(found(tmp_path)) == []


def test_a_concept_that_no_bank_has_is_an_error(tmp_path: Path):
    assert rules(found(tmp_path, TEXT.replace("test-control-line", "none-such"))) == ["X11"]


def test_a_concept_without_items_could_not_be_reviewed(tmp_path: Path):
    read = found(tmp_path)
    read.items.clear()

    assert rules(read) == ["X07", "X12"]


def test_two_scenarios_may_not_share_an_id(tmp_path: Path):
    read = found(tmp_path)
    read.scenarios.append(("scenarios/other.yaml", demo()))

    assert rules(read) == ["X01"]


def test_conditions_and_fractions_survive_the_payload():
    scenario = demo()
    text = to_payload(scenario)

    assert from_payload("scenario", text) == scenario
    assert to_payload(from_payload("scenario", text)) == text
