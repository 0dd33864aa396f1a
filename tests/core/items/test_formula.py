"""Formulas are read by a small grammar of their own and computed exactly."""

from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.items.formula import (
    MAX_LENGTH,
    FormulaError,
    read_condition,
    read_formula,
    round_half_up,
)


def value(text: str, **values: int | str) -> Fraction:
    return read_formula(text).compute({name: Fraction(raw) for name, raw in values.items()})


def holds(text: str, **values: int | str) -> bool:
    return read_condition(text).holds({name: Fraction(raw) for name, raw in values.items()})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("10 - 4 - 3", "3"),
        ("12 / 4 / 3", "1"),
        ("-2 * -3", "6"),
        ("--2", "2"),
        ("−2 + 5", "3"),
        ("0.1 + 0.2", "0.3"),
        ("round(2.25, 0.1)", "2.3"),
        ("round(-2.25, 0.1)", "-2.3"),
        ("round(1.7, 0.5)", "1.5"),
        ("round(1.75, 0.5)", "2"),
        ("floor(2.9)", "2"),
        ("floor(-0.5)", "-1"),
        ("ceil(2.1)", "3"),
        ("min(3, 1, 2)", "1"),
        ("max(3, 1, 2)", "3"),
        ("abs(2 - 5)", "3"),
    ],
)
def test_arithmetic_is_the_one_taught_at_school(text: str, expected: str) -> None:
    assert value(text) == Fraction(expected)


def test_a_dose_is_exact_and_not_nearly_so() -> None:
    read = read_formula("order / have * volume")

    assert read.names == {"order", "have", "volume"}
    assert value("order / have * volume", order=100, have=3, volume=5) == Fraction(500, 3)
    assert value("third * 3 - 1", third=Fraction(1, 3)) == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a < 2", True),
        ("2 < a", False),
        ("0 < a <= 1", True),
        ("0 < a < 1", False),
        ("a == 1 and b == 2", True),
        ("a == 2 or b == 2", True),
        ("(a == 2 or b == 2) and a != b", True),
        ("a == 2 or a == 1 and b == 3", False),
        ("b != 0 and a / b < 1", True),
        ("a * (b + 1) >= 3", True),
    ],
)
def test_conditions_compare_and_join(text: str, expected: bool) -> None:
    assert holds(text, a=1, b=2) is expected


def test_a_condition_can_guard_a_division() -> None:
    assert not holds("b != 0 and a / b > 1", a=1, b=0)


def test_a_text_is_only_compared_with_a_text() -> None:
    words = frozenset({"drug"})
    condition = read_condition("drug == \"ibuprofen\" or drug != 'aspirin'", words)

    assert condition.holds({"drug": "ibuprofen"})
    assert not condition.holds({"drug": "aspirin"})
    for text, message in [
        ('drug < "b"', "Texts can only be compared"),
        ("drug == 1", "A text cannot be compared with a number"),
        ("drug + 1 == 2", "A number is needed where a text stands"),
    ]:
        with pytest.raises(FormulaError, match=message):
            read_condition(text, words)
    with pytest.raises(FormulaError, match="A number is needed where a text stands"):
        read_formula("drug", words)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("1 +", "stops in the middle"),
        ("(1 + 2", "not closed"),
        ("1)", r'"\)" cannot stand where it does'),
        ("2 x", '"x" cannot stand where it does'),
        ("* 2", r'"\*" cannot stand where it does'),
        ("2 ** 9", r'"\*\*" is not possible'),
        ("9 // 2", '"//" is not possible'),
        ("9 % 2", '"%" cannot stand in a formula'),
        ("a = 1", '"==" to compare'),
        ('"abc', "quotation mark is not closed"),
        ("__import__('os')", 'no function "__import__"'),
        ("eval('1')", 'no function "eval"'),
        ("a.real", r'"\." cannot stand in a formula'),
        ("a[0]", r'"\[" cannot stand in a formula'),
        ("lambda x: x", '":" cannot stand in a formula'),
        ("lambda x", '"x" cannot stand where it does'),
        ("{a}", '"{" cannot stand in a formula'),
        ("1e9", '"e9" cannot stand where it does'),
        (".5", r'"\." cannot stand in a formula'),
        ("a := 1", '":" cannot stand in a formula'),
        ("a if b else c", '"if" cannot stand where it does'),
        ("and", '"and" cannot stand where it does'),
        ("not a", '"not" cannot stand where it does'),
        ("a\x00b", "cannot stand in a formula"),
        ("²", "cannot stand in a formula"),
        ("a < 1", "A number is needed where a comparison stands"),
        ("(a < 1) + 1", "A number is needed where a comparison stands"),
        ("round(1)", "round takes 2 numbers, not 1"),
        ("min(1)", "min takes 2 to 8 numbers, not 1"),
        ("abs(1, 2)", "abs takes 1 numbers, not 2"),
        ("round()", r'"\)" cannot stand where it does'),
        ("round(1, 2", "not closed"),
    ],
)
def test_a_bad_formula_is_refused_with_what_is_wrong(text: str, message: str) -> None:
    with pytest.raises(FormulaError, match=message):
        read_formula(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a + 1", "A condition compares"),
        ("(a < 1) < 2", "A comparison cannot be compared"),
        ("a and b", "A comparison is needed where a number stands"),
    ],
)
def test_a_bad_condition_is_refused_with_what_is_wrong(text: str, message: str) -> None:
    with pytest.raises(FormulaError, match=message):
        read_condition(text)


@pytest.mark.parametrize("text", ["1 / 0", "a / (b - b)", "1 / floor(0.5)"])
def test_a_division_by_zero_is_named(text: str) -> None:
    with pytest.raises(FormulaError, match="divides by zero"):
        value(text, a=1, b=1)


def test_the_step_of_rounding_must_be_more_than_zero() -> None:
    with pytest.raises(FormulaError, match="more than 0"):
        value("round(1, 0)")


def test_huge_and_deep_formulas_are_refused_at_once() -> None:
    with pytest.raises(FormulaError, match=f"at most {MAX_LENGTH}"):
        read_formula("1+" * 50_000 + "1")
    for deep in ("(" * 80 + "1" + ")" * 80, "-" * 150 + "1", "abs(" * 30 + "1" + ")" * 30):
        with pytest.raises(FormulaError, match="within each other"):
            read_formula(deep)


@given(st.fractions(-1000, 1000, max_denominator=400), st.sampled_from(["0.01", "0.1", "0.5", "5"]))
def test_rounding_is_to_the_nearest_step_and_a_half_goes_away_from_zero(
    number: Fraction, raw: str
) -> None:
    step = Fraction(raw)

    rounded = round_half_up(number, step)

    assert (rounded / step).denominator == 1
    assert abs(rounded - number) <= step / 2
    if abs(rounded - number) == step / 2:
        assert abs(rounded) > abs(number)
    assert round_half_up(-number, step) == -rounded


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_and_nothing_else_happens(text: str) -> None:
    with suppress(FormulaError):
        read_formula(text)


@given(st.lists(st.integers(1, 99), min_size=1, max_size=20), st.data())
def test_long_sums_agree_with_exact_arithmetic(numbers: list[int], data: st.DataObject) -> None:
    text, expected = str(numbers[0]), Fraction(numbers[0])
    for number in numbers[1:]:
        sign = data.draw(st.sampled_from("+-"))
        text += f" {sign} {number}"
        expected = expected + number if sign == "+" else expected - number

    assert value(text) == expected
