from fractions import Fraction

import pytest

from trainer.core.errors import Invalid
from trainer.core.grading import grade
from trainer.core.items import Item, Option, Source


def item() -> Item:
    return Item(
        code="hand-hygiene-01",
        concept="hand-hygiene",
        type="single_best_answer",
        difficulty=2,
        bloom="apply",
        stem="Hands look clean after a visit.",
        lead_in="What comes next?",
        options=(
            Option("a", "Use hand rub", True, "Clean-looking hands call for rub."),
            Option("b", "Wash and dry twice", False, "Only soiled hands need this here."),
            Option("c", "Nothing", False, "Every contact ends with hand hygiene."),
        ),
        rule="Rub unless soiled.",
        sources=(Source("Guidance", "https://example.org/", "2026-11-23"),),
        status_as_of="2026-11-23",
        review_by="2027-11-01",
        fixed_order=False,
        bank="infection-control",
    )


def test_only_the_key_earns_the_point():
    assert Fraction(1) == grade(item(), "a")
    assert Fraction(0) == grade(item(), "b")
    assert Fraction(0) == grade(item(), "c")


def test_a_blank_earns_nothing():
    assert Fraction(0) == grade(item(), None)


@pytest.mark.parametrize("chosen", ["d", "", "A", "0", " a"])
def test_an_option_that_was_not_offered_is_refused_with_its_field(chosen):
    with pytest.raises(Invalid) as refused:
        grade(item(), chosen)

    assert refused.value.field == "option"


def test_an_item_knows_its_key_its_options_and_its_length():
    assert item().key.id == "a"
    assert item().option("b").text == "Wash and dry twice"
    assert item().words == 6 + 3 + 3 + 4 + 1
    with pytest.raises(KeyError):
        item().option("z")
