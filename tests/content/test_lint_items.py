"""Item-writing rules at their limits, and what they spare. Each rule's row is in `lint_rows`."""

from dataclasses import replace

import pytest

from tests.content.build import make_item
from tests.content.lint_rows import matched, place, several, steps, template, typed
from trainer.content.lint import lint_item
from trainer.content.lint.drugs import meant
from trainer.content.lint.numbers import interval
from trainer.core.items import Item, Option

DISEASES = ["Gout", "High fever", "Type 2 diabetes"]


def rules(item: Item) -> set[str]:
    return {finding.rule for finding in lint_item(item)}


@pytest.mark.parametrize(
    "item",
    [
        several("a", "b"),
        steps("Wash the hands", "Dry the hands", "Put on gloves"),
        matched("Mask Gown Cap", "121", "face body"),
        typed(),
        place("left", "middle", "right"),
    ],
    ids=lambda item: item.type,
)
def test_a_good_item_of_every_type_has_nothing_to_say_against_it(item):
    assert rules(item) == set()


@pytest.mark.parametrize(
    "item",
    [
        steps("Wash", "Put the clean apron on before anything else is done", "Open"),
        matched("Mask Gown The-long-name-of-a-cap", "121", "face body"),
        place("left", "always right", "the place that is furthest from the upper edge", key=2),
    ],
    ids=lambda item: item.type,
)
def test_types_without_distractors_in_words_are_spared_the_rules_on_cues(item):
    assert rules(item) & {"I08", "I09", "I10", "I13", "I14", "K03"} == set()


def test_where_several_answers_are_right_a_cue_is_one_that_all_keys_share():
    all_keys = several("a", "b", texts="strip-missing device-strip Gown Apron")
    one_key = several("a", "b", texts="strip-missing Mask Gown Apron")

    assert "I13" in rules(all_keys)
    assert "I13" not in rules(one_key)


def test_generated_items_are_spared_style_but_not_keys_likeness_and_safety():
    loose = make_item(
        ["Call the provider now and tell the whole story", "Wait", "Both of the above"],
        key=0, origin="generated", stem="", lead_in="Give 5 cc of what now?", bloom="apply",
    )  # fmt: skip
    short = replace(loose, options=tuple(replace(o, reason="So it is.") for o in loose.options))

    assert rules(short) == {"I05", "I25"}
    assert {"I08", "I18", "I19", "I21", "I22"} <= rules(replace(short, origin="written"))
    assert "I01" in rules(replace(short, options=(Option("a", "Call", False, "So it is."),)))


def test_a_template_is_linted_with_its_values_and_each_finding_is_told_once():
    found = [f for f in lint_item(template("Give {dose}.0 mg of it now.")) if f.rule == "I25"]

    assert len(found) == 1
    assert "5.0 mg" in found[0].message or "10.0 mg" in found[0].message


def test_absolute_words_on_both_sides_are_no_cue():
    assert "I10" not in rules(make_item(["Only the arm", "Only the leg", "Only the hip"]))
    assert "I10" not in rules(make_item(["Only the arm", "The leg", "Only the hip"]))


def test_descending_numbers_are_in_order_and_signs_count():
    assert "I16" not in rules(make_item(["10 mL", "5 mL", "2 mL"], fixed_order=True))
    assert "I02" not in rules(make_item(["−5 °C", "0 °C", "5 °C"], fixed_order=True))
    assert "I16" not in rules(make_item(["$20.00", "$1,020.00", "$2,000.00"], fixed_order=True))


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ("40–59 mL", "59–80 mL", True),
        ("40–59 mL", "60–80 mL", False),
        ("40–59 mL", "50–80 mg", False),
        ("under 60", "60–80", False),
        ("up to 60", "60–80", True),
        ("at least 80", "60–80", True),
        ("over 80", "60–80", False),
        ("5 days", "3 to 7 days", True),
    ],
)
def test_ranges_overlap_when_one_value_lies_in_both(one, other, meet):
    first, second = interval(one), interval(other)
    assert first is not None
    assert second is not None

    assert meet == first.meets(second) == second.meets(first)


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("metformine", "metformin"),
        ("metfornin", "metformin"),
        ("lisinpril", "lisinopril"),
        ("lisinorpil", "lisinopril"),
        ("paracetamol", "acetaminophen"),
        ("metformin", ""),
        ("estrogen", ""),
        ("insulins", ""),
        ("prednisolone", ""),
        ("progress", ""),
    ],
)
def test_a_drug_name_one_letter_off_is_another_spelling(word, name):
    assert meant(word) == name


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("I24", {"rule": "Follow CDC and OSHA rules."}),
        ("I25", {"rule": "Write 5 mg, not 5.0 mg.", "concept": "safe-dose-writing"}),
        ("I31", {"rule": "Rub for 20 seconds.", "stem": "By the policy of the clinic: hands."}),
        ("I12", {"lead_in": "What is the usual reason for this strip?", "texts": DISEASES}),
        ("I04", {"lead_in": "Which one should the medical assistant draw first?"}),
    ],
)
def test_what_is_allowed_stays_allowed(rule, changes):
    assert rule not in rules(make_item(**changes))


def test_findings_lead_to_the_part_of_the_item():
    item = make_item(["Call", "Wait", "All of the above"])
    number = typed(solution="Divide.")

    assert ("options", 2, "text") in {finding.path for finding in lint_item(item)}
    assert ("number", "solution") in {finding.path for finding in lint_item(number)}
