"""The proof of a template looks at every draw and names the values that show what is wrong."""

from dataclasses import replace

import pytest

from tests.core.items.templates import PARAMETERS, numeric, plain, template, with_parameters
from trainer.core.items import Derived, Item, Option, Range, WrongNumber
from trainer.core.items.proof import problems_of_template


def told(item: Item) -> str:
    """All problems, one a line, each after its path."""
    return "\n".join(
        f"{'.'.join(map(str, path))}: {message}" for path, message in problems_of_template(item)
    )


def with_derived(item: Item, name: str, formula: str) -> Item:
    """The template with another formula of that name."""
    return with_parameters(
        item,
        derived=tuple(
            Derived(name, formula) if derived.name == name else derived
            for derived in PARAMETERS.derived
        ),
    )


def with_option(item: Item, index: int, option: Option) -> Item:
    options = list(item.options)
    options[index] = option
    return replace(item, options=tuple(options))


@pytest.mark.parametrize("item", [template(), numeric(), plain()])
def test_a_sound_item_has_no_problems(item: Item) -> None:
    assert told(item) == ""


def test_two_options_that_meet_in_one_draw_are_found_with_its_values() -> None:
    item = with_parameters(template(), where=("inverted != right", "inverted != left"))
    item = with_parameters(
        item, ranges=(Range("right", (*PARAMETERS.ranges[0].values, "5")),), where=()
    )

    assert 'options.1.text: Options a and b are both "5 mL". Shown by' in told(item)
    assert "drug = amoxicillin, have = 250, right = 5." in told(item)


def test_options_that_differ_only_before_they_are_written_are_found() -> None:
    item = with_derived(template(), "left", "right")

    assert "options.2.text: Options a and c are both" in told(item)


def test_a_division_by_zero_is_found_with_its_values() -> None:
    item = with_derived(template(), "inverted", "round(have / (right - 3) * 5, 0.1)")

    assert told(item) == (
        "parameters.derived.3.formula: It divides by zero. "
        "Shown by drug = amoxicillin, have = 250, right = 3."
    )


def test_a_number_that_must_be_rounded_is_found_with_its_values() -> None:
    item = with_derived(template(), "inverted", "have / order * 5")

    assert 'options.3.text: "inverted": 16.666667 does not end within 4 decimals' in told(item)
    assert "Shown by drug = amoxicillin, have = 250, right = 1.5." in told(item)


def test_a_value_outside_its_range_is_found() -> None:
    assert "number.value: The value 12.5 is outside 0.5 to 12. Shown by" in told(numeric(high="12"))
    assert "number.value: The value 1.5 is outside 2 to 15." in told(numeric(low="2"))


def test_a_named_error_that_counts_as_right_is_found() -> None:
    item = numeric(tolerance="1")

    assert "number.errors.0.value: The error gives" in told(item)
    assert "which counts as right" in told(item)


def test_two_named_errors_with_one_value_are_found() -> None:
    wrong = WrongNumber("{inverted}", "another", "Something else.")
    item = numeric(errors=(numeric().number.errors[0], wrong))  # type: ignore[union-attr]

    assert "number.errors.1.value: Two errors give 16.7. Shown by" in told(item)


def test_fewer_than_forty_draws_are_too_few() -> None:
    few = PARAMETERS.ranges[0].values[:19]
    item = with_parameters(template(), ranges=(Range("right", few),))

    assert told(item) == "parameters: 38 different draws are too few; at least 40."


def test_draws_that_look_the_same_count_once() -> None:
    item = with_parameters(
        template(rule="Not asked: {same}."),
        ranges=(
            Range("right", PARAMETERS.ranges[0].values[:10]),
            Range("same", tuple(str(n) for n in range(20))),
        ),
    )

    assert told(item) == "parameters: 20 different draws are too few; at least 40."


def test_too_many_combinations_are_not_even_tried() -> None:
    values = tuple(str(n) for n in range(1, 201))
    ranges = tuple(Range(f"r{n}", values) for n in range(8))

    assert "combinations are too many" in told(with_parameters(template(), ranges=ranges))


def test_names_that_do_not_exist_are_found_where_they_stand() -> None:
    assert told(template(stem="Give {dose} of {drug}, {order} of {have}.")) == (
        'stem: There is no value "dose".'
    )
    item = with_derived(template(), "left", "right / five / nothing")
    assert 'parameters.derived.2.formula: There is no value "nothing" before this.' in told(item)
    item = with_parameters(template(), where=("later > 1",))
    assert 'parameters.where.0: There is no value "later" before this.' in told(item)


def test_a_formula_cannot_use_a_value_that_comes_later() -> None:
    item = with_derived(template(), "order", "inverted * 2")

    assert 'parameters.derived.0.formula: There is no value "inverted" before this.' in told(item)


def test_values_that_are_used_nowhere_are_found() -> None:
    extra = (*PARAMETERS.derived, Derived("spare", "right * 2"))
    item = with_parameters(
        template(), derived=extra, ranges=(*PARAMETERS.ranges, Range("idle", ("1", "2")))
    )

    assert told(item) == (
        'parameters: The value "idle" is used nowhere.\n'
        'parameters: The value "spare" is used nowhere.'
    )


def test_braces_that_are_left_over_are_found() -> None:
    item = template(lead_in="How many {mL should the medical assistant prepare?")

    assert "lead_in: A brace is left over" in told(item)
    assert "stem: Braces name values of a template" in told(
        replace(plain(), stem="The order is {order} mg.")
    )


def test_every_distractor_needs_its_error() -> None:
    item = with_option(template(), 3, Option("d", "{inverted} mL", False, "Turned over."))

    assert "options.3: A distractor of a template needs the error" in told(item)


@pytest.mark.parametrize("text", ["{inverted} mg", "{inverted:money}", "Ask the provider"])
def test_options_of_another_kind_are_found(text: str) -> None:
    item = with_option(template(), 3, Option("d", text, False, "Turned over.", error="inverted"))

    assert "options.3.text: All options must be of one kind" in told(item)


def test_the_s_of_tablets_is_no_other_kind() -> None:
    item = template()
    for index, option in enumerate(item.options):
        name = option.text.split("}")[0].removeprefix("{")
        item = with_option(item, index, replace(option, text=f"{{{name}}} tablet{{{name}:s}}"))

    assert told(item) == ""


@pytest.mark.parametrize(
    "formula",
    ["__import__('os').system('x')", "right.real", "(lambda: 1)()", "right ** 999", "9" * 300],
)
def test_a_formula_that_is_none_is_refused_at_its_place(formula: str) -> None:
    problems = problems_of_template(with_derived(template(), "left", formula))

    assert [path for path, _ in problems] == [("parameters", "derived", 2, "formula")]


def test_numbers_cannot_grow_without_end() -> None:
    derived = [Derived("d0", "right * 1000000")]
    derived += [Derived(f"d{n}", "*".join([f"d{n - 1}"] * 30)) for n in range(1, 15)]
    item = with_parameters(template(rule="{d14}"), derived=(*PARAMETERS.derived, *derived))

    assert "too large or too long" in told(item)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"rows": (), "ranges": (), "derived": (), "where": ()}, "needs values in rows or ranges"),
        ({"ranges": (Range("right", ("1", "1")),)}, '"right" needs values that differ'),
        ({"ranges": (Range("right", ("1", "two")),)}, '"two" is not a decimal number'),
        ({"ranges": (Range("have", ("1", "2")),)}, 'The name "have" is used twice'),
        ({"ranges": (Range("round", ("1", "2")),)}, '"round" means something in formulas'),
        (
            {"rows": ((("drug", "x"), ("have", "1")), (("drug", "y"),))},
            "Every row must name the same values",
        ),
    ],
)
def test_parameters_of_a_wrong_shape_are_refused(changes: dict[str, object], message: str) -> None:
    assert message in told(with_parameters(template(), **changes))


def test_only_answers_that_can_be_computed_may_be_templates() -> None:
    assert "A matching item cannot have parameters" in told(template(type="matching"))


@pytest.mark.parametrize("value", ["1.2.3", "{drug}", "{right} mL", "{right}{have}", ""])
def test_a_figure_is_a_number_or_one_value(value: str) -> None:
    assert "is neither a decimal number nor a value in braces" in told(numeric(value=value))
