"""Every item-writing rule with a value that passes and one that does not."""

from dataclasses import replace
from datetime import date

import pytest

from tests.content.build import ITEM, OPTIONS, make_item
from trainer.content.lint import check_review_day, lint_item
from trainer.core.items import Item, Source

KEY_REASON = OPTIONS[3].reason


def found(item: Item) -> set[tuple[str, bool]]:
    """Rule and whether it only warns."""
    return {(finding.rule, finding.warn) for finding in lint_item(item)}


def rules(item: Item) -> set[str]:
    return {finding.rule for finding in lint_item(item)}


def with_reason(letter: str, reason: str) -> Item:
    options = tuple(replace(o, reason=reason) if o.id == letter else o for o in OPTIONS)
    return replace(ITEM, options=options)


def test_the_good_item_has_nothing_to_say_against_it():
    assert found(ITEM) == set()


@pytest.mark.parametrize(
    ("rule", "warn", "good", "bad"),
    [
        ("I02", False, ["Call", "Wait", "Chart"], ["Call", "call.", "Chart"]),
        (
            "I02",
            True,
            ["Wash both hands with soap", "Put on a clean gown", "Open the sterile pack"],
            ["Wash both hands with soap", "Wash both hands with soaps", "Open the sterile pack"],
        ),
        ("I05", False, ["Gown", "Mask", "Gloves"], ["Gown", "Mask", "All of the above"]),
        ("I05", False, ["Gown", "Mask", "Gloves"], ["Gown", "Mask", "Both A and B"]),
        ("I05", False, ["Gown", "Mask", "Gloves"], ["Gown", "Mask", "A and C only"]),
        ("I05", False, ["Gown", "Mask", "Gloves"], ["Gown", "Mask", "None of these"]),
        (
            "I07",
            True,
            ["Washing hands", "Wearing gloves", "Opening packs"],
            ["Washing hands", "Wear gloves", "Opening packs"],
        ),
        ("I07", True, ["Wash hands", "Wear gloves"], ["Wash hands", "Wear gloves."]),
        ("I07", True, ["Wash hands", "Wear gloves"], ["Wash hands", "to wear gloves"]),
        ("I07", True, ["Two minutes", "Ten hours"], ["2 minutes", "Ten hours"]),
        (
            "I08",
            True,
            ["Record the result at once", "Discard the device now", "Repeat it with a new kit"],
            ["Record it", "Discard it", "Repeat the run with a new kit and a new specimen"],
        ),
        (
            "I09",
            True,
            ["Record the result", "Discard the kit", "Repeat the run"],
            [
                "Record the result as negative and send the patient home",
                "Discard the kit",
                "Repeat the run",
            ],
        ),
        ("I10", True, ["Call first", "Wait", "Chart"], ["Always call first", "Wait", "Chart"]),
        ("I10", True, ["Call first", "Wait", "Chart"], ["Call first", "Wait", "Only chart"]),
        ("I11", True, ["Call first", "Wait", "Chart"], ["Usually call first", "Wait", "Chart"]),
        (
            "I13",
            True,
            ["Discard the missing slip", "Record the reading", "Replace the missing strip"],
            ["Discard the slip", "Record the finding", "Replace the device"],
        ),
        (
            "I14",
            True,
            ["Gown and mask", "Gloves and mask", "Gown and gloves"],
            ["Gown and goggles", "Apron and mask", "Gown and mask"],
        ),
        ("I15", False, ["40–59", "60–100", "101–120"], ["40–59", "50–100", "101–120"]),
        (
            "I15",
            True,
            ["Wash the hands", "Open the pack", "Call the nurse"],
            ["Wash the hands", "Open the pack", "Wash the hands twice"],
        ),
        ("K03", True, ["Call (first)", "Wait", "Chart (last)"], ["Call", "Wait", "Chart (last)"]),
        ("K03", True, ["5 mg once", "Wait", "9 mg once"], ["Call", "Wait", "9 mg once"]),
    ],
)
def test_options_that_give_the_key_away_are_found(rule, warn, good, bad):
    assert rule not in rules(make_item(good))
    assert (rule, warn) in found(make_item(bad))


def test_absolute_words_in_every_option_are_no_cue():
    assert "I10" not in rules(make_item(["Only the arm", "Only the leg", "Only the hip"]))


@pytest.mark.parametrize(
    ("rule", "warn", "good", "bad"),
    [
        ("I16", False, ["2 mL", "5 mL", "10 mL"], ["2 mL", "10 mL", "5 mL"]),
        ("I16", True, ["2 mL", "5 mL", "10 mL"], ["2 mL", "5 mg", "10 mL"]),
        ("I25", False, ["0.5 mL", "2.5 mL", "5 mL"], [".5 mL", "2.5 mL", "5 mL"]),
        ("I25", False, ["0.5 mL", "2.5 mL", "5 mL"], ["0.5 mL", "2.5 mL", "5.0 mL"]),
        ("I25", False, ["0.5 mL", "2.5 mL", "5 mL"], ["0.5 ml", "2.5 ml", "5 ml"]),
    ],
)
def test_numeric_options_are_ordered_and_safe(rule, warn, good, bad):
    assert rule not in rules(make_item(good, key=1, fixed_order=True))
    assert (rule, warn) in found(make_item(bad, key=1, fixed_order=True))


def test_descending_numbers_are_in_order_and_signs_count():
    assert "I16" not in rules(make_item(["10 mL", "5 mL", "2 mL"], fixed_order=True))
    assert "I16" not in rules(make_item(["−5 °C", "0 °C", "5 °C"], fixed_order=True))
    assert "I02" not in rules(make_item(["−5 °C", "0 °C", "5 °C"], fixed_order=True))


def test_numbers_that_would_be_shuffled_are_pointed_out():
    assert ("I16", True) in found(make_item(["2 mL", "5 mL", "10 mL"], fixed_order=False))


@pytest.mark.parametrize(
    ("rule", "warn", "good", "bad"),
    [
        ("I03", False, "What should you do next?", "The medical assistant should"),
        ("I03", False, "What should you do next?", "Do what now?"),
        ("I03", False, "What should you do next?", "The medical assistant is ____?"),
        ("I06", False, "What is done at least daily by you?", "What should the assistant NOT do?"),
        ("I06", False, "What is done at least daily by you?", "What is done except on Monday?"),
        ("I06", False, "Which step comes first for you?", "Which step should not come first?"),
        ("I06", True, "Which step comes first for you?", "Which step helps those who do not hear?"),
        ("I12", False, "Which tool should you take?", "The tool that you take is called an?"),
        ("I29", False, "What should you do next?", "What should you do? And what then?"),
        ("I29", False, "Is it understood by all of you?", "Which step is not unsafe for you?"),
        ("I33", False, "What should you do next?", "Which tube follows the previous question?"),
    ],
)  # fmt: skip
def test_how_the_question_is_asked(rule, warn, good, bad):
    assert rule not in rules(make_item(lead_in=good))
    assert (rule, warn) in found(make_item(lead_in=bad))


def test_a_question_that_needs_its_options_is_pointed_out():
    assert ("I04", True) in found(make_item(stem="", lead_in="Which of the following is true?"))
    assert ("I04", True) in found(make_item(stem="", lead_in="What is correct about gloves?"))
    assert "I04" not in rules(ITEM)


@pytest.mark.parametrize(
    ("rule", "warn", "changes"),
    [
        ("I18", True, {"stem": "word " * 110}),
        ("I18", True, {"stem": "The line is missing."}),
        ("I19", True, {"lead_in": "Which of these steps comes next now?"}),
        ("I22", False, {"rule": "Rule " * 30}),
        ("I23", True, {"bloom": "remember"}),
        ("I23", True, {"stem": "", "lead_in": "Which prefix means slow in your note?"}),
        ("I24", False, {"rule": "Give the dose QD."}),
        ("I24", True, {"rule": "Give the dose SQ."}),
        ("I24", True, {"rule": "Check the ABG first."}),
        ("I25", False, {"rule": "Give 5.0 mg of it."}),
        ("I25", False, {"rule": "Give .5 mg of it."}),
        ("I25", False, {"rule": "Give 5 cc of it."}),
        ("I26", True, {"rule": "Tylenol is counted too."}),
        ("I27", True, {"rule": "A noncompliant person needs a call."}),
        ("I28", True, {"stem": "The patient waits " + "and waits in a room " * 8 + "today."}),
        ("I31", False, {"rule": "The Medicare premium is $185."}),
        ("I32", False, {"review_by": "2026-11-23"}),
        ("I32", True, {"review_by": "2029-01-01"}),
        ("I32", False, {"sources": (Source("CDC", "https://cdc.gov", "2025-01-01"),)}),
        ("T01", False, {"rule": "Look <b>here</b>."}),
        ("T01", False, {"rule": "Look at {{ 7*7 }}."}),
        ("T01", False, {"rule": "Look [here](https://example.org)."}),
    ],
)  # fmt: skip
def test_texts_level_language_and_dates(rule, warn, changes):
    assert (rule, warn) in found(make_item(**changes))


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("I24", {"rule": "Check the arterial blood gas (ABG) first."}),
        ("I24", {"rule": "Follow CDC and OSHA rules."}),
        ("I24", {"rule": "QD is on the list.", "concept": "abbreviations-do-not-use"}),
        ("I25", {"rule": "Write 5 mg, not 5.0 mg.", "concept": "safe-dose-writing"}),
        ("I25", {"rule": "Hemoglobin was 12.0 g/dL."}),
        ("I26", {"rule": "Acetaminophen (Tylenol) is counted too."}),
        ("I31", {"rule": "A copay of $20 is due at the visit."}),
        ("I18", {"bloom": "understand", "stem": "The line is missing."}),
    ],
)
def test_what_is_allowed_stays_allowed(rule, changes):
    assert rule not in rules(make_item(**changes))


@pytest.mark.parametrize(
    ("rule", "letter", "reason"),
    [
        ("I21", "a", "This is too late here."),
        ("I21", "a", "Incorrect."),
        ("I21", "a", "It cannot be this one because option D is right."),
        ("I22", "d", "Without a control line the run is invalid."),
        ("I22", "d", "word " * 91),
    ],
)
def test_reasons_say_why_at_the_right_length(rule, letter, reason):
    assert (rule, False) in found(with_reason(letter, reason))


@pytest.mark.parametrize(
    "text", ["Diagnose the flu now", "Prescribe a new drug", "Interpret the strip"]
)
def test_a_key_beyond_the_scope_of_the_role_is_an_error(text):
    others = ["Call the provider now", "Read the strip again", "Wait for ten minutes"]

    assert ("I19", False) in found(make_item([*others, text]))
    assert "I19" not in rules(make_item([text, *others]))


def test_an_overdue_review_is_told_to_whoever_knows_the_day():
    assert list(check_review_day(ITEM, date(2027, 11, 1))) == []
    assert [finding.warn for finding in check_review_day(ITEM, date(2027, 11, 2))] == [True]


def test_findings_lead_to_the_part_of_the_item():
    item = make_item(["Call", "Wait", "All of the above"])

    assert ("options", 2, "text") in {finding.path for finding in lint_item(item)}
