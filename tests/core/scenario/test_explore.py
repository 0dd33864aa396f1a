"""The abstract states of design B6."""

from dataclasses import replace

import pytest

from tests.core.scenario.flu_shot import flu_shot, made
from trainer.core.scenario.explore import TooManyStates, explore


def test_the_fixture_has_315_abstract_states() -> None:
    found = explore(flu_shot())

    assert len(found.spans) == 315


def test_every_node_and_choice_of_the_fixture_can_come_up() -> None:
    found = explore(flu_shot())

    assert found.nodes == set(flu_shot().nodes)
    assert found.offered == set(flu_shot().choices)
    assert found.stuck == set()
    assert found.endless(flu_shot()) == []


def test_minutes_are_kept_as_earliest_and_latest() -> None:
    found = explore(made())
    spans = {one.node: span for one, span in found.spans.items() if one.node in {"room", "finish"}}

    assert spans == {"room": (2, 4), "finish": (2, 5)}


def test_an_example_path_leads_to_a_situation() -> None:
    found = explore(made())
    room = next(one for one in found.spans if one.node == "room")

    assert found.example(room) == ("c_room",)


def test_a_scenario_above_the_limit_is_refused() -> None:
    with pytest.raises(TooManyStates, match="more than 314"):
        explore(flu_shot(), limit=314)
    assert explore(flu_shot(), limit=315)


def test_a_pick_binds_only_while_its_hub_can_be_come_back_to() -> None:
    found = explore(flu_shot())

    assert {one.picks for one in found.spans if one.node == "medroom"} >= {(), ("c_hyg",)}
    assert all(one.picks == () for one in found.spans if one.node == "sharps")


def test_picks_still_bind_after_a_detour() -> None:
    scenario = made(
        ("goto: room}\n", "goto: room}\n      - {id: c_step, text: Step out, goto: hall}\n"),
        ("  room:\n", "  hall:\n    kind: decision\n    text: The hall.\n    choices:\n"
         "      - {id: c_back, text: Back, minutes: 1, goto: desk}\n  room:\n"),
    )  # fmt: skip
    found = explore(scenario)

    assert {one.picks for one in found.spans if one.node == "hall"} == {
        (), ("c_greet",), ("c_ask",), ("c_ask", "c_greet"),
    }  # fmt: skip


def test_running_out_of_time_is_noted_but_is_no_state() -> None:
    scenario = replace(made(), clock=replace(made().clock, max=4))
    found = explore(scenario)

    assert "late" in found.nodes
    assert "late" not in {one.node for one in found.spans}
