"""The language of conditions (design B3): what it says, and what it refuses."""

import pytest

from trainer.core.scenario.conditions import BadCondition, Condition, Facts, holds

NOW = Facts({"trust": 1, "vial": "expired", "low": -2}, clock=12, done={"wash", "ask"})


@pytest.mark.parametrize(
    "text",
    [
        "trust < 2",
        "trust <= 1 and trust >= 1",
        "trust == 1",
        "trust != 2",
        "2 > trust",
        "low == -2",
        "clock >= 12",
        "vial == 'expired'",
        'vial == "expired"',
        "vial != 'none'",
        "did('wash')",
        "not did('report')",
        "did('report') or did('ask')",
        "not (did('wash') and did('report'))",
        "trust == 5 and trust == 6 or clock > 3",
        "not trust == 5 and clock > 3",
        "((trust == 1))",
    ],
)
def test_a_condition_that_is_true(text: str) -> None:
    assert holds(Condition(text), NOW)


@pytest.mark.parametrize(
    "text",
    ["trust > 1", "clock < 12", "vial == 'none'", "did('report')", "trust == 1 and clock == 1"],
)
def test_a_condition_that_is_false(text: str) -> None:
    assert not holds(Condition(text), NOW)


def test_and_binds_tighter_than_or() -> None:
    assert holds(Condition("clock == 12 or trust == 9 and trust == 8"), NOW)
    assert not holds(Condition("(clock == 12 or trust == 9) and trust == 8"), NOW)


def test_no_condition_always_holds() -> None:
    assert holds(None, NOW)


def test_a_condition_tells_what_it_reads() -> None:
    condition = Condition("trust < 2 and not did('wash') or clock > vial")

    assert condition.names == {"trust", "clock", "vial"}
    assert condition.actions == {"wash"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "stops too early"),
        ("trust", "not finished"),
        ("trust <", "stops too early"),
        ("trust < 2 trust", "one too many"),
        ("trust < 2 < 3", "one too many"),
        ("trust = 2", "not understood"),
        ("trust < 2.5", "not understood"),
        ("trust < 1e3", "not understood"),
        ("Trust < 2", "not understood"),
        ("trust + 1 < 2", "not understood"),
        ("trust.real < 2", "not understood"),
        ("trust < 2; import os", "not understood"),
        ("__import__('os')", "not understood"),
        ("vial == 'a\"b'", "not understood"),
        ("vial == 'open", "not understood"),
        ("print('x')", "expected"),
        ("did(wash)", "in quotes"),
        ("did('')", "in quotes"),
        ("did 'wash'", "is missing"),
        ("did('wash'", "is missing"),
        ("(trust < 2", "is missing"),
        ("trust < 2)", "one too many"),
        ("and trust < 2", "expected"),
        ("trust < not", "expected"),
        ("true", "expected"),
        ("lambda: 1", "not understood"),
        ("trust < 2 or", "stops too early"),
        ("[1][0] == 1", "not understood"),
        ("trust < 99999999", "not understood"),
    ],
)
def test_a_condition_that_is_refused_with_a_message(text: str, said: str) -> None:
    with pytest.raises(BadCondition, match=said):
        Condition(text)


def test_deep_and_long_conditions_are_refused() -> None:
    with pytest.raises(BadCondition, match="nested deeper"):
        Condition("(" * 60 + "trust < 2" + ")" * 60)
    with pytest.raises(BadCondition, match="nested deeper"):
        Condition("not " * 60 + "trust < 2")
    with pytest.raises(BadCondition, match="longer than"):
        Condition("trust < 2 or " * 60 + "trust < 2")


def test_words_have_no_order() -> None:
    with pytest.raises(BadCondition, match="words can be compared"):
        holds(Condition("vial < 'none'"), NOW)
