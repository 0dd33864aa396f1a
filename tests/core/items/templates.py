"""A sound template and its numeric sister, for the tests of draws and of the proof."""

from dataclasses import replace

from trainer.core.items import (
    Derived,
    Item,
    Number,
    Option,
    Parameters,
    Range,
    Source,
    WrongNumber,
)

PARAMETERS = Parameters(
    rows=(
        (("drug", "amoxicillin"), ("have", "250")),
        (("drug", "cephalexin"), ("have", "125")),
    ),
    ranges=(Range("right", tuple(str(half / 2) for half in range(3, 26) if half != 10)),),
    derived=(
        Derived("order", "have * right / 5"),
        Derived("five", "have / have * 5"),
        Derived("left", "right / 5"),
        Derived("inverted", "round(have / order * 5, 0.1)"),
    ),
    where=("inverted != right", "inverted != left", "left != five"),
)


def template(**changes: object) -> Item:
    """Volume of a liquid dose, four options."""
    item = Item(
        code="liquid-dose-01",
        concept="liquid-dose",
        type="single_best_answer",
        difficulty=1,
        bloom="apply",
        stem="The order is {drug} {order} mg. The label reads {have} mg per 5 mL.",
        lead_in="How many milliliters should the medical assistant prepare?",
        options=(
            Option("a", "{right} mL", True, "{order} over {have}, times 5 mL."),
            Option("b", "{five} mL", False, "Holds {have} mg.", error="label taken for the dose"),
            Option("c", "{left} mL", False, "The 5 mL was left out.", error="volume left out"),
            Option("d", "{inverted} mL", False, "Turned over.", error="inverted ratio"),
        ),
        rule="Ordered over labeled, times volume.",
        sources=(Source("Guidance", "https://example.org/", "2026-11-23"),),
        status_as_of="2026-11-23",
        review_by="2027-11-01",
        fixed_order=False,
        bank="demo",
        parameters=PARAMETERS,
    )
    return replace(item, **changes)  # type: ignore[arg-type]


def numeric(**changes: object) -> Item:
    """The same as numeric entry; changes are those of its number."""
    number = Number(
        value="{right}",
        tolerance="0",
        low="0.5",
        high="15",
        units=("mL",),
        solution="{order} over {have} is {left}, times {five} mL.",
        errors=(WrongNumber("{inverted}", "inverted ratio", "The {have} mg stood on top."),),
    )
    changed = replace(number, **changes)  # type: ignore[arg-type]
    return template(type="numeric", options=(), number=changed)


def with_parameters(item: Item, **changes: object) -> Item:
    assert item.parameters is not None
    changed = replace(item.parameters, **changes)  # type: ignore[arg-type]
    return replace(item, parameters=changed)


def plain() -> Item:
    """No template at all."""
    return template(
        stem="The order is 250 mg. The label reads 125 mg per 5 mL.",
        parameters=None,
        options=(
            Option("a", "10 mL", True, "Two times 5 mL."),
            Option("b", "2.5 mL", False, "Turned over."),
            Option("c", "5 mL", False, "Label volume."),
        ),
    )
