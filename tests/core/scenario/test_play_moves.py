"""How a play moves: clock, set, log, end of time, hubs, routers, display order (design B3)."""

import pytest

from tests.core.scenario.flu_shot import (
    BEST,
    INTAKE,
    flu_shot,
    made,
    rebuilt,
    straight,
    swapped,
)
from trainer.core.errors import Conflict
from trainer.core.scenario.model import Scenario
from trainer.core.scenario.play import (
    BrokenScenario,
    NotOffered,
    choose,
    ended,
    next_route,
    offered,
    picks_used,
    replay,
    scene_text,
    start,
    walk,
)


def ids(scenario: Scenario, path: str, seed: str = "seed-1") -> list[str]:
    state = replay(scenario, seed, path.split())
    return [choice.id for choice in offered(scenario, state)]


def test_a_play_starts_at_the_first_scene_with_the_clock_at_its_start() -> None:
    state = start(flu_shot(), "seed-1")

    assert (state.node, state.clock, state.path, state.log) == ("intake", 0, (), ())
    assert state.vars == {"trust": 3, "condition": "well", "vial": "none"}
    assert [arrival.node for arrival in state.arrivals] == ["intake"]


def test_a_choice_moves_the_clock_first_and_is_logged_with_what_it_set() -> None:
    state = straight(flu_shot(), "c_order c_rush")
    order, rush = state.log

    assert (order.action, order.minute, order.vars["trust"]) == ("verify_order", 2, 3)
    assert (rush.action, rush.minute, rush.vars["trust"]) == ("false_promise", 3, 1)
    assert (rush.choice, state.clock) == ("c_rush", 3)


def test_actions_of_one_choice_are_logged_in_their_order() -> None:
    state = straight(flu_shot(), f"{INTAKE} c_chk c_inj c_del")

    assert [entry.action for entry in state.log][-2:] == ["site_deltoid", "give_vaccine"]


def test_numbers_stay_within_their_range() -> None:
    scenario = made(
        ("start: desk", "vars: {trust: {type: int, min: 0, max: 3, start: 1}}\nstart: desk"),
        ("do: [greet], minutes: 1", "do: [greet], minutes: 1, set: {trust: 9}"),
        ("do: [ask], minutes: 1", "do: [ask], minutes: 1, set: {trust: -9}"),
    )

    assert straight(scenario, "c_greet").vars["trust"] == 3
    assert straight(scenario, "c_greet c_ask").vars["trust"] == 0


def test_a_pick_in_a_hub_stays_there_and_can_be_made_once() -> None:
    state = straight(flu_shot(), "c_order")

    assert state.node == "intake"
    assert "c_order" not in ids(flu_shot(), "c_order")
    with pytest.raises(NotOffered, match="not open"):
        choose(flu_shot(), state, "c_order")


def test_a_hub_that_has_used_its_picks_offers_only_exits() -> None:
    assert ids(made(), "c_greet c_ask") == ["c_room"]


def test_picks_of_a_hub_count_over_all_visits() -> None:
    scenario = made(
        ("goto: room}\n", "goto: room}\n      - {id: c_step, text: Step out, goto: hall}\n"),
        ("  room:\n", "  hall:\n    kind: decision\n    text: The hall.\n    choices:\n"
         "      - {id: c_back, text: Back, minutes: 1, goto: desk}\n  room:\n"),
    )  # fmt: skip

    assert set(ids(scenario, "c_greet c_step c_back")) == {"c_ask", "c_room", "c_step"}
    assert ids(scenario, "c_greet c_step c_back c_ask") == ["c_room", "c_step"]
    assert picks_used(scenario.nodes["desk"], ("c_greet", "c_step", "c_back", "c_ask")) == 2


def test_what_is_offered_follows_its_condition() -> None:
    before = ids(flu_shot(), INTAKE)
    after = ids(flu_shot(), f"{INTAKE} c_grab")

    assert "c_inj" not in before
    assert "c_inj" in after
    assert not {"c_chk", "c_grab"} & set(after)


def test_routers_are_passed_and_remembered() -> None:
    state = straight(flu_shot(), f"c_rush {INTAKE} c_chk c_inj")

    assert state.node == "hesitate"
    assert [arrival.node for arrival in state.arrivals][-2:] == ["route_inject", "hesitate"]


def test_a_consequence_that_sets_something_does_so_on_arrival() -> None:
    state = straight(flu_shot(), f"{INTAKE} c_chk c_inj c_del c_bin c_refer c_done")

    assert (state.node, state.vars["condition"]) == ("cons_faint", "faint")


def test_an_ending_shows_the_text_that_fits() -> None:
    fainted = straight(
        flu_shot(), f"{INTAKE} c_chk c_inj c_del c_bin c_refer c_done c_help c_cl_full"
    )
    well = straight(flu_shot(), BEST)
    finish = flu_shot().nodes["finish"]

    assert "recovering" in scene_text(finish, fainted.facts)
    assert scene_text(finish, well.facts) == "Visit complete."


def test_time_up_wins_over_the_way_a_choice_leads() -> None:
    scenario = made(("max: 30", "max: 3"))
    state = straight(scenario, "c_greet c_room")

    assert (state.node, state.clock) == ("late", 3)
    assert ended(scenario, state)


def test_time_up_also_takes_the_play_out_of_a_hub() -> None:
    assert straight(made(("max: 30", "max: 1")), "c_greet").node == "late"


def test_an_ended_play_offers_nothing_and_takes_nothing() -> None:
    state = straight(flu_shot(), BEST)

    assert ended(flu_shot(), state)
    assert offered(flu_shot(), state) == ()
    with pytest.raises(NotOffered, match="ended"):
        choose(flu_shot(), state, "c_done")


def test_an_unknown_choice_is_a_conflict_and_changes_nothing() -> None:
    state = start(flu_shot(), "seed-1")

    with pytest.raises(Conflict, match="no such choice"):
        choose(flu_shot(), state, "c_nothing")
    assert state == start(flu_shot(), "seed-1")


def test_choices_are_shuffled_by_the_seed_with_exits_last() -> None:
    one, same, other = (ids(flu_shot(), "", seed) for seed in ("a-1", "a-1", "a-2"))

    assert one == same
    assert one != other
    assert one[-1] == other[-1] == "c_go"
    assert sorted(one) == sorted(other)


def test_all_choices_of_a_decision_are_shuffled() -> None:
    path = f"{INTAKE} c_chk c_inj c_del"
    first = {tuple(ids(flu_shot(), path, f"seed-{n}")) for n in range(20)}

    assert first == {("c_bin", "c_recap"), ("c_recap", "c_bin")}


def test_the_display_order_is_the_same_on_every_machine() -> None:
    assert ids(flu_shot(), "", "att-1") == [
        "c_id2", "c_id1", "c_order", "c_screen", "c_ins", "c_rush", "c_vis", "c_go",
    ]  # fmt: skip


@pytest.mark.parametrize("path", [BEST, swapped("c_bin", "c_recap"), "c_order c_go", ""])
def test_a_replay_gives_the_same_state_as_playing(path: str) -> None:
    played = straight(flu_shot(), path)

    assert replay(flu_shot(), "seed-1", played.path) == played
    assert rebuilt(flu_shot(), path) == played


def test_a_stored_path_that_does_not_fit_is_refused() -> None:
    with pytest.raises(NotOffered):
        replay(flu_shot(), "seed-1", ("c_order", "c_del"))


def test_a_walk_gives_every_state_on_the_way() -> None:
    states = list(walk(flu_shot(), "seed-1", ("c_order", "c_id2", "c_go")))

    assert [state.clock for state in states] == [0, 2, 3, 4]
    assert [(t.choice, t.node, t.began, t.minute) for t in states[-1].taken] == [
        ("c_order", "intake", 0, 2),
        ("c_id2", "intake", 2, 3),
        ("c_go", "intake", 3, 4),
    ]


def test_a_router_without_a_way_says_so() -> None:
    node = flu_shot().nodes["route_inject"]
    broken = type(node)(id=node.id, kind="router", routes=node.routes[:1])

    with pytest.raises(BrokenScenario, match="no route"):
        next_route(broken, start(flu_shot(), "s").facts)


def test_the_wall_clock_moves_with_the_minutes() -> None:
    clock = made(("max: 30", 'max: 30, wall: "09:05"')).clock

    assert clock.wall_at(0) == "9:05 am"
    assert clock.wall_at(15) == "9:20 am"
    assert clock.wall_at(175) == "12:00 pm"
    assert made().clock.wall_at(5) == ""
