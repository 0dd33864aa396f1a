"""Draws: the same seed gives the same plain item, and values are written as people read them."""

from fractions import Fraction
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.items.templates import numeric, plain, template, with_parameters
from trainer.core.items import Range
from trainer.core.items.draws import DrawError, draw, draw_seed, drawn, draws_of
from trainer.core.items.filling import FillError, fill, fill_number, shown


def test_an_item_without_parameters_is_its_own_draw() -> None:
    item = plain()

    assert draw(item, "any") is item
    assert draws_of(item) == ({},)


def test_the_seed_of_a_sight_is_the_rule_of_the_design() -> None:
    expected = sha256(b"par|student-7|liquid-dose-01|3").hexdigest()

    assert expected == draw_seed("student-7", "liquid-dose-01", 3)


def test_the_seed_picks_a_draw_by_its_hash() -> None:
    item = template()
    draws = draws_of(item)
    number = int(sha256(b"abc").hexdigest(), 16) % len(draws)

    assert draw(item, "abc") == drawn(item, draws[number])
    assert draw(item, "abc") == draw(template(), "abc")


def test_a_draw_is_a_plain_item_with_rising_numbers() -> None:
    values = next(d for d in draws_of(template()) if d["drug"] == "amoxicillin" and d["right"] == 3)

    item = drawn(template(), values)

    assert item.parameters is None
    assert item.stem == "The order is amoxicillin 150 mg. The label reads 250 mg per 5 mL."
    assert [option.text for option in item.options] == ["0.6 mL", "3 mL", "5 mL", "8.3 mL"]
    assert item.key.id == "a"
    assert item.key.reason == "150 over 250, times 5 mL."
    assert item.fixed_order


def test_options_without_numbers_stay_as_they_are() -> None:
    item = template(options=plain().options)

    assert draw(item, "1").options == plain().options
    assert not draw(item, "1").fixed_order


def test_a_numeric_draw_has_figures_a_program_can_read() -> None:
    big = with_parameters(numeric(high="90000"), ranges=(Range("right", ("2500", "1500.5")),))

    number = drawn(big, draws_of(big)[0]).number

    assert number is not None
    assert (number.value, number.high) == ("2500", "90000")
    assert number.solution.startswith("125,000 over 250 is 500")


def test_conditions_leave_out_what_they_exclude() -> None:
    rights = {values["right"] for values in draws_of(template())}

    assert Fraction(5) not in rights
    assert Fraction(3) in rights


def test_a_condition_is_asked_before_the_formula_it_guards() -> None:
    guarded = with_parameters(
        template(), ranges=(Range("right", ("0", "2", "3")),), where=("right != 0",)
    )

    assert len(draws_of(guarded)) == 4


def test_too_many_combinations_are_refused_with_advice() -> None:
    many = tuple(str(n) for n in range(1, 60))
    item = with_parameters(template(), ranges=(Range("right", many), Range("other", many)))

    with pytest.raises(DrawError, match=r"6,962 combinations are too many; leave out values"):
        draws_of(item)


def test_no_draw_at_all_is_an_error() -> None:
    with pytest.raises(DrawError, match="No combination"):
        draws_of(with_parameters(template(), where=("right > 1000",)))


def test_a_value_that_does_not_exist_or_cannot_be_shown_is_an_error() -> None:
    with pytest.raises(DrawError, match='no value "nothing"'):
        draw(template(rule="{nothing}"), "1")
    with pytest.raises(DrawError, match="is text"):
        draw(template(rule="{drug:money}"), "1")


@pytest.mark.parametrize(
    ("raw", "form", "expected"),
    [
        ("2.50", "", "2.5"),
        ("0.5", "", "0.5"),
        ("10", "", "10"),
        ("1250", "", "1,250"),
        ("1234567.25", "", "1,234,567.25"),
        ("0.0625", "", "0.0625"),
        ("-2", "", "−2"),
        ("0", "", "0"),
        ("20", "money", "$20.00"),
        ("1250.5", "money", "$1,250.50"),
        ("-3.1", "money", "−$3.10"),
        ("560", "time", "9:20 a.m."),
        ("0", "time", "12:00 a.m."),
        ("720", "time", "12:00 p.m."),
        ("785", "time", "1:05 p.m."),
        ("1439", "time", "11:59 p.m."),
        ("875", "clock", "14:35"),
        ("5", "clock", "00:05"),
        ("80", "hours", "1 hour 20 minutes"),
        ("61", "hours", "1 hour 1 minute"),
        ("45", "hours", "45 minutes"),
        ("120", "hours", "2 hours"),
        ("0", "hours", "0 minutes"),
        ("0.125", "about", "0.125"),
        ("1/3", "about", "about 0.333"),
        ("-2/3", "about", "about −0.667"),
        ("1", "s", ""),
        ("0.5", "s", ""),
        ("1.5", "s", "s"),
        ("0", "s", "s"),
    ],
)
def test_values_are_written_as_people_read_them(raw: str, form: str, expected: str) -> None:
    assert shown(Fraction(raw), form) == expected


@pytest.mark.parametrize(
    ("raw", "form", "message"),
    [
        ("1/3", "", "does not end within 4 decimals; round it"),
        ("0.00001", "", "round it"),
        ("0.005", "money", "whole cents"),
        ("1440", "time", "after the end of the day"),
        ("-1", "time", "whole minutes"),
        ("1.5", "hours", "whole minutes"),
    ],
)
def test_a_value_that_does_not_fit_its_form_is_refused(raw: str, form: str, message: str) -> None:
    with pytest.raises(FillError, match=message):
        shown(Fraction(raw), form)


@pytest.mark.parametrize("text", ["{", "a } b", "{Dose}", "{dose", "{{dose}}", "{dose!r}", "{0}"])
def test_a_brace_that_names_no_value_is_refused(text: str) -> None:
    with pytest.raises(FillError, match="brace is left over"):
        fill(text, {"dose": Fraction(1)})


def test_an_unknown_form_is_refused_with_the_known_ones() -> None:
    with pytest.raises(FillError, match='no form "euro"; there are money, time'):
        fill("{dose:euro}", {"dose": Fraction(1)})


def test_a_time_at_the_end_of_a_sentence_has_one_period() -> None:
    assert fill("Until {end:time}. Then home.", {"end": Fraction(750)}) == (
        "Until 12:30 p.m. Then home."
    )


@given(st.integers(-10_000_000, 10_000_000))
def test_a_shown_number_reads_back_as_the_same_number(ten_thousandths: int) -> None:
    value = Fraction(ten_thousandths, 10_000)

    text = fill_number("{x}", {"x": value})

    assert Fraction(text) == value
    assert "." not in text or not text.endswith("0")


@given(st.text(min_size=1, max_size=20))
def test_every_seed_gives_one_of_the_draws(seed: str) -> None:
    item = template()

    assert draw(item, seed) in {drawn(item, values) for values in draws_of(item)}
