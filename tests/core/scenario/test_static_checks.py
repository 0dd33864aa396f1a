"""Planted faults for the static checks V01 to V05, V07 and V13 (design B6), and their lines."""

import pytest

from tests.core.scenario.flu_shot import FILE, flu_shot, small
from trainer.content.readers.scenarios import scenario_of
from trainer.content.yamlfile import parse_yaml
from trainer.core.scenario.checks import check_play
from trainer.core.scenario.explore import STATE_LIMIT

Change = tuple[str, str]
WALK = """walkthroughs:
  - name: Model
    choices: [c_greet, c_ask, c_room, c_tell]
    overall: "100"
    passed: yes
    end: finish
  - {name: No name, choices: [c_greet, c_room, c_tell], overall: "50", passed: no, end: finish}
  - name: Left
    choices: [c_greet, c_ask, c_room, c_leave]
    overall: "200/3"
    passed: no
    end: finish
  - {name: Rush, choices: [c_room, c_tell], overall: "100/3", passed: no, end: finish}
  - {name: Nothing, choices: [c_room, c_leave], overall: "0", passed: no, end: finish}
"""


def problems(text: str) -> list[str]:
    """Rule, line and message of every problem that blocks."""
    document, wrong = parse_yaml(text, "small.yaml")
    if document is not None:
        _, wrong = scenario_of(document)
    return [f"{p.rule} {p.line} {p.message}" for p in wrong if p.severity == "E"]


def line(text: str, part: str) -> int:
    return next(n for n, row in enumerate(text.splitlines(), start=1) if part in row)


def test_the_small_scenario_and_the_fixture_are_sound() -> None:
    assert problems(small()) == []
    assert problems(FILE.read_text()) == []


SHAPE: list[tuple[str, Change, str, str]] = [
    ("unknown field", ("kind: decision", "kind: decision\n    titel: Room"), "titel", "no field"),
    ("missing field", ("kind: decision\n    text: You are in the room.", "kind: decision"),
     "room:", "needs text"),
    ("bad number", ("minutes: 2", "minutes: two"), "c_room", "whole number"),
    ("negative minutes", ("minutes: 2", "minutes: -2"), "c_room", "whole number"),
    ("bad kind", ("kind: decision", "kind: choice"), "kind: choice", "kind"),
    ("bad axis", ("axis: communication", "axis: kindness"), "kindness", "axis"),
    ("weight 6", ("weight: 3", "weight: 6"), "s_ask", "weight"),
    ("decimal value", ("do: ask, value: 1", "do: ask, value: 0.5"), "s_ask", "fraction"),
    ("value above 1", ("do: ask, value: 1", "do: ask, value: 3/2"), "s_ask", "between 0 and 1"),
    ("no full credit", ("do: ask, value: 1", "do: ask, value: 1/2"), "s_ask", "worth 1"),
    ("axis and weights", ("axis: safety, weight: 3", "axis: safety, weights: {safety: 3}"),
     "s_ask", "either axis and weight"),
    ("choice id twice", ("id: c_leave", "id: c_greet"), "id: c_greet, text: Leave", "used twice"),
    ("step id twice", ("id: s_tell", "id: s_ask"), "id: s_ask, axis: safety, weight: 2", "twice"),
    ("duplicate key", ("title: A small visit", "title: A\ntitle: B"), "title: B", "twice"),
    ("alias", ("title: A small visit", "title: &a A\nsetting: *a"), "title: &a", "Anchors"),
    ("hub without exit", (", goto: room", ""), "    choices:", "no exit"),
    ("decision without goto", ("do: [leave], goto: finish", "do: [leave]"), "c_leave", "goto"),
    ("end with choices", ("{kind: end, text: Done.}",
     "{kind: end, text: Done., choices: [{id: x, text: X, goto: late}]}"), "Done.", "cannot have"),
    ("end without text", ("{kind: end, text: Done.}", "{kind: end}"), "finish: {", "needs text"),
    ("picks in a decision", ("text: You are in the room.", "text: Room.\n    max_picks: 3"),
     "max_picks: 3", "cannot have max_picks"),
    ("consequence without error", ("kind: decision", "kind: consequence"), "room:", "needs error"),
    ("clock backwards", ("start: 0, max: 30", "start: 30, max: 30"), "clock:", "later than"),
    ("time-up is no end", ("on_time_up: late", "on_time_up: room"), "on_time_up", "kind end"),
    ("condition", ("minutes: 2, goto", "minutes: 2, when: 'clock => 3', goto"),
     "c_room", "not understood"),
    ("reserved variable", ("start: desk", "vars: {clock: {type: int, min: 0, max: 1, start: 0}}\n"
     "start: desk"), "vars:", "cannot be called"),
    ("start out of range", ("start: desk", "vars: {a: {type: int, min: 0, max: 1, start: 5}}\n"
     "start: desk"), "vars:", "between min and max"),
    ("enum start", ("start: desk", "vars: {a: {type: enum, values: [x, y], start: z}}\n"
     "start: desk"), "vars:", "one of its values"),
    ("int without max", ("start: desk", "vars: {a: {type: int, min: 0, start: 0}}\nstart: desk"),
     "vars:", "needs min, max and start"),
    ("soft pass rule", ("start: desk", "pass: {overall: 50}\nstart: desk"), "pass:", "75"),
    ("schema of another time", ("schema: 1", "schema: 2"), "schema: 2", "schema"),
    ("two triggers", ("best_path:", "errors:\n  - {id: e, severity: minor, axis: safety,"
     " penalty: 1, when: {do: leave, never: tell}}\nbest_path:"), "id: e,", "exactly one"),
    ("no penalty", ("best_path:", "errors:\n  - {id: e, severity: minor, axis: safety,"
     " penalty: 0, when: {do: leave}}\nbest_path:"), "id: e,", "greater than 0"),
    ("omission put right", ("best_path:", "errors:\n  - {id: e, severity: minor, axis: safety,"
     " penalty: 1, when: {never: tell}, mitigated_by: {do: ask, within: 5, factor: 1/2}}\n"
     "best_path:"), "id: e,", "judged at the end"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "where", "said"), [s[1:] for s in SHAPE], ids=[s[0] for s in SHAPE]
)
def test_v01_finds_what_is_out_of_shape(change: Change, where: str, said: str) -> None:
    text = small(change)
    found = problems(text)

    assert [p for p in found if p.startswith(("V01", "Y0")) and said in p], found
    assert int(found[0].split()[1]) == line(text, where), found


REFERENCES: list[tuple[str, Change, str, str]] = [
    ("node", ("goto: room", "goto: roof"), "c_room", 'no node "roof"'),
    ("start", ("start: desk", "start: door"), "start: door", 'no node "door"'),
    ("end of time", ("on_time_up: late", "on_time_up: never"), "on_time_up", 'no node "never"'),
    ("credited action", ("do: tell, value: 1", "do: shout, value: 1"), "s_tell", 'does "shout"'),
    ("before", ("do: ask, value: 1}]", "do: ask, value: 1}], before: [jump]"), "s_ask", '"jump"'),
    ("did", ("minutes: 2, goto", "minutes: 2, when: \"did('jump')\", goto"), "c_room", '"jump"'),
    ("variable", ("minutes: 2, goto", "minutes: 2, when: trust > 1, goto"), "c_room",
     'no variable "trust"'),
    ("set", ("minutes: 2, goto", "minutes: 2, set: {trust: 1}, goto"), "c_room",
     'no variable "trust"'),
    ("phase", ("kind: decision", "kind: decision\n    phase: p1"), "phase: p1", 'no phase "p1"'),
    ("source", ("do: ask, value: 1}]", "do: ask, value: 1}], source: cdc"), "s_ask",
     'no source "cdc"'),
    ("consequence", ("kind: decision", "kind: consequence\n    error: e_x"), "error: e_x",
     'no error "e_x"'),
    ("best path", ("c_greet, c_ask, c_room", "c_hello, c_ask, c_room"), "best_path",
     'no choice "c_hello"'),
    ("error enter", ("best_path:", "errors:\n  - {id: e, severity: minor, axis: safety, penalty: 1,"
     " when: {enter: roof}}\nbest_path:"), "id: e,", 'no node "roof"'),
    ("mitigation", ("best_path:", "errors:\n  - {id: e, severity: minor, axis: safety, penalty: 1,"
     " when: {do: leave}, mitigated_by: {do: cry, within: 1, factor: 1/2}}\nbest_path:"),
     "id: e,", 'does "cry"'),
    ("end of a walkthrough", ("best_path:", "walkthroughs: [{name: W, choices: [c_room],"
     " overall: '0', passed: no, end: roof}]\nbest_path:"), "walkthroughs", 'no node "roof"'),
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "where", "said"), [r[1:] for r in REFERENCES], ids=[r[0] for r in REFERENCES]
)
def test_v02_finds_names_that_lead_nowhere(change: Change, where: str, said: str) -> None:
    text = small(change)
    found = problems(text)

    assert [p for p in found if p.startswith(f"V02 {line(text, where)} ") and said in p], found


MOOD = ("start: desk", "vars: {mood: {type: enum, values: [calm, upset], start: calm},"
        " trust: {type: int, min: 0, max: 3, start: 1}}\nstart: desk")  # fmt: skip


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("when: mood == 'angry'", "not a value"),
        ("when: mood == 3", "number is compared with a word"),
        ("when: trust == 'calm'", "number is compared with a word"),
        ("when: mood < 'upset'", "== and != only"),
        ("set: {mood: angry}", "one of its values"),
        ("set: {mood: 1}", "one of its values"),
        ("set: {trust: calm}", "a number to add"),
    ],
)
def test_v02_finds_values_that_do_not_fit_their_variable(part: str, said: str) -> None:
    found = problems(small(MOOD, ("minutes: 2, goto", f"minutes: 2, {part}, goto")))

    assert [p for p in found if p.startswith("V02") and said in p], found


def test_v02_finds_unknown_concepts_when_the_known_ones_are_given() -> None:
    text = small(("do: ask, value: 1}]", "do: ask, value: 1}], concepts: [patient-identifiers]"))
    document, _ = parse_yaml(text, "small.yaml")
    assert document is not None
    _, unknown = scenario_of(document, concepts={"hand-hygiene"})
    _, known = scenario_of(document, concepts={"patient-identifiers"})

    assert [p.rule for p in unknown if p.severity == "E"] == ["V02"]
    assert [p for p in known if p.severity == "E"] == []


def router(*routes: str) -> Change:
    rows = "".join(f"      - {route}\n" for route in routes)
    return ("  finish: {", f"  switch:\n    kind: router\n    routes:\n{rows}  finish: {{")


TO_SWITCH = ("goto: room", "goto: switch")


@pytest.mark.parametrize(
    ("routes", "said"),
    [
        (["{when: clock > 3, goto: room}"], "must have no when"),
        (["{goto: room}", "{goto: finish}"], "always holds"),
        (["{when: clock > 3, goto: room}", "{goto: switch}"], "lead back to itself"),
    ],
)
def test_v03_finds_routers_that_are_not_total(routes: list[str], said: str) -> None:
    found = problems(small(TO_SWITCH, router(*routes)))

    assert [p for p in found if p.startswith("V03") and said in p], found


def test_v04_finds_a_node_that_is_never_reached() -> None:
    text = small(router("{when: clock > 29, goto: room}", "{goto: room}"))

    assert problems(text) == [f'V04 {line(text, "switch:")} The node "switch" is never reached.']


def test_v04_finds_a_choice_that_is_never_offered() -> None:
    text = small(MOOD, ("do: [leave], goto", "do: [leave], when: mood == 'upset', goto"))
    where = line(text, "c_leave")

    assert problems(text) == [f'V04 {where} The choice "c_leave" is never offered.']


def test_v04_knows_how_late_it_can_be() -> None:
    late = ("do: [leave], goto", "do: [leave], when: clock > {}, goto")
    possible = small((late[0], late[1].format(3)))
    never = small((late[0], late[1].format(4)))

    assert problems(possible) == []
    assert "never offered" in problems(never)[0]


def test_v04_does_not_ask_that_time_can_run_out() -> None:
    assert problems(small(("max: 30", "max: 500"))) == []


def test_v04_refuses_what_is_too_large_to_check() -> None:
    (finding,) = check_play(flu_shot(), limit=100)[:1]

    assert finding.rule == "V04"
    assert "too large to check: more than 100 abstract states" in finding.message
    assert STATE_LIMIT == 50_000


def test_v05_finds_a_scene_in_which_nothing_is_on_offer() -> None:
    text = small(("minutes: 2, goto: room", "minutes: 2, when: \"did('ask')\", goto: room"),
                 ("max_picks: 2", "max_picks: 1"),
                 ("best_path: [c_greet, ", "best_path: ["))  # fmt: skip
    found = problems(text)

    assert [p for p in found if p.startswith(f"V05 {line(text, 'desk:')} ")], found
    assert 'At "desk" nothing is on offer, for example after c_greet.' in found[0]


def test_v05_finds_a_circle_that_only_the_clock_ends() -> None:
    pit = ("  finish: {", "  pit:\n    kind: decision\n    text: Round and round.\n    choices:\n"
           "      - {id: c_round, text: Again, minutes: 1, goto: pit}\n  finish: {")  # fmt: skip
    found = problems(small(pit, ("do: [leave], goto: finish", "do: [leave], goto: pit")))

    assert len(found) == 1
    assert "V05" in found[0]
    assert 'At "pit" no end can be reached' in found[0]


def test_v05_accepts_a_scene_that_always_uses_up_the_time() -> None:
    text = small(("do: [leave], goto", "do: [leave], minutes: 60, goto"))

    assert problems(text) == []


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("c_greet, c_room, c_tell", "not 100"),
        ("c_greet, c_ask, c_room", "stops at"),
        ("c_greet, c_tell, c_room", "is not open"),
        ("c_greet, c_ask, c_room, c_tell, c_leave", "after the end"),
        ("c_greet, c_ask, c_room, c_leave", "s_tell wrong 0"),
    ],
)
def test_v07_finds_a_best_path_that_is_not_the_best(path: str, said: str) -> None:
    text = small(("[c_greet, c_ask, c_room, c_tell]", f"[{path}]"))
    found = problems(text)

    assert [p for p in found if p.startswith(f"V07 {line(text, 'best_path')} ") and said in p], (
        found
    )


def test_v07_finds_a_best_path_that_does_harm() -> None:
    text = small(("best_path:", "errors:\n  - {id: e, severity: minor, axis: safety, penalty: 1,"
                  " when: {do: tell}}\nbest_path:"))  # fmt: skip

    assert [p for p in problems(text) if "triggers errors: e" in p]


def test_v13_accepts_walkthroughs_that_keep_their_promise() -> None:
    assert problems(small() + WALK) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('overall: "50"', 'overall: "60"', '"No name" scores 50, not 60.'),
        ('overall: "200/3"', 'overall: "66"', "scores 200/3 (66.7), not 66."),
        ('"50", passed: no', '"50", passed: yes', '"No name" does not pass (overall, safety).'),
        (
            "passed: yes\n    end: finish",
            "passed: yes\n    end: late",
            'ends at "finish" (minute 5).',
        ),
        ("[c_greet, c_room, c_tell]", "[c_greet, c_tell]", '"c_tell" is not open at "desk"'),
    ],
)
def test_v13_finds_a_broken_promise(old: str, new: str, said: str) -> None:
    assert [
        p for p in problems(small() + WALK.replace(old, new)) if p.startswith("V13") and said in p
    ]


def test_v13_asks_for_five_walkthroughs_and_each_critical_error() -> None:
    few = "\n".join((small() + WALK).splitlines()[:-1])
    critical = ("best_path:", "errors:\n  - {id: e, severity: critical, axis: safety, penalty: 1,"
                " when: {do: ask, unless_done: greet}}\nbest_path:")  # fmt: skip

    assert "There are 4 walkthroughs" in problems(few)[0]
    assert "No walkthrough shows the critical error" in problems(small(critical) + WALK)[0]
