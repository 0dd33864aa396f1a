"""One row for every rule: an item that trips it and one like it that does not.

Rules on single items only; those on sets of items are tried in `test_lint_rules`.
"""

from dataclasses import dataclass, replace

from tests.content.build import ITEM, OPTIONS, make_item
from trainer.core.items import (
    Item,
    Number,
    Option,
    Parameters,
    Partner,
    Picture,
    Range,
    Source,
    WrongNumber,
)

REASON = "This is what people do who leave out the second step here."
KEY_REASON = OPTIONS[3].reason


@dataclass(frozen=True, slots=True)
class Row:
    """`warn` is the weight with which the bad item trips the rule."""

    rule: str
    warn: bool
    bad: Item
    good: Item


def several(*right: str, texts: str = "Mask Gown Gloves Apron", **changes: object) -> Item:
    """Multiple response with these keys."""
    options = tuple(
        Option(letter, text, letter in right, KEY_REASON if letter in right else REASON)
        for letter, text in zip("abcdefg", texts.split(), strict=False)
    )
    return replace(ITEM, type="multiple_response", options=options, **changes)  # type: ignore[arg-type]


def steps(*texts: str) -> Item:
    options = tuple(
        Option(letter, text, False, REASON) for letter, text in zip("abcdefg", texts, strict=False)
    )
    return replace(ITEM, type="ordered_response", options=options)


def matched(texts: str, matches: str, partners: str) -> Item:
    options = tuple(
        Option(letter, text, False, REASON, match)
        for letter, text, match in zip("abcdef", texts.split(), matches, strict=False)
    )
    there = tuple(Partner(str(place), text) for place, text in enumerate(partners.split(), start=1))
    return replace(ITEM, type="matching", options=options, partners=there)


NUMBER = Number(
    value="2.5",
    tolerance="0",
    low="0.1",
    high="20",
    units=("mL",),
    solution="Divide the ordered amount by the strength on the label, and multiply the result by "
    "the volume in which this strength is dissolved.",
    errors=(WrongNumber("0.4", "inverted ratio", REASON),),
)


def typed(**changes: object) -> Item:
    number = replace(NUMBER, **changes)  # type: ignore[arg-type]
    return replace(ITEM, type="numeric", options=(), number=number)


def pictured(alt: str, **changes: object) -> Item:
    return replace(ITEM, picture=Picture("strip", alt, "<svg/>"), **changes)  # type: ignore[arg-type]


def place(*texts: str, key: int = 0, alt: str = "A strip with three windows.") -> Item:
    """Hot spot."""
    options = tuple(
        Option(letter, text, number == key, KEY_REASON if number == key else REASON)
        for number, (letter, text) in enumerate(zip("abcdefgh", texts, strict=False))
    )
    return pictured(alt, type="hot_spot", options=options)


def reasoned(letter: str, reason: str) -> Item:
    options = tuple(replace(o, reason=reason) if o.id == letter else o for o in OPTIONS)
    return replace(ITEM, options=options)


def template(stem: str) -> Item:
    """A template with two draws that can be told apart by their dose."""
    return replace(
        make_item(["1 mL", "2 mL", "5 mL"], key=1, fixed_order=True, stem=stem),
        parameters=Parameters(ranges=(Range("dose", ("5", "10")),)),
    )


def _texts(rule: str, warn: bool, bad: str, good: str, key: int = -1) -> Row:
    """Options written with a slash between them."""
    return Row(rule, warn, make_item(bad.split(" / "), key), make_item(good.split(" / "), key))


def _lead_in(rule: str, warn: bool, bad: str, good: str) -> Row:
    return Row(rule, warn, make_item(lead_in=bad), make_item(lead_in=good))


def _rule(rule: str, warn: bool, bad: str, good: str) -> Row:
    """A sentence that stands in the item's rule."""
    return Row(rule, warn, make_item(rule=bad), make_item(rule=good))


def _stem(rule: str, warn: bool, bad: str, good: str) -> Row:
    return Row(rule, warn, make_item(stem=bad), make_item(stem=good))


def _two_keys() -> Item:
    return replace(ITEM, options=tuple(replace(option, correct=True) for option in OPTIONS))


ROWS = (
    Row("I01", False, _two_keys(), ITEM),
    Row("I01", False, several("a"), several("a", "b")),
    Row("I01", False, several("a", "b", "c", "d"), several("a", "b", "c")),
    Row("I01", False, several("a", "b", select=3), several("a", "b", select=2)),
    Row("I01", False, replace(steps("Wash", "Dry", "Glove"), options=OPTIONS),
        steps("Wash", "Dry", "Glove")),
    Row("I01", False, matched("Mask Gown Cap", "129", "face body"),
        matched("Mask Gown Cap", "121", "face body")),
    Row("I01", False, replace(typed(), number=None), typed()),
    Row("I01", False, replace(place("left", "middle", "right"), options=(
        Option("a", "left", False, REASON), Option("b", "middle", False, REASON),
        Option("c", "right", False, REASON))), place("left", "middle", "right")),
    _texts("I02", False, "Call / call. / Chart", "Call / Wait / Chart"),
    _texts("I02", False, "Call / Wait", "Call / Wait / Chart"),
    _texts("I02", True, "Wash both hands with soap / Wash both hands with soaps / Open the pack",
           "Wash both hands with soap / Put on a clean gown / Open the pack"),
    Row("I02", False, several("a", "b", texts="Mask Gown Gloves"), several("a", "b")),
    Row("I02", False, steps("Wash", "Dry", "wash"), steps("Wash", "Dry", "Glove")),
    Row("I02", False, matched("Mask Gown Cap", "121", "face Face"),
        matched("Mask Gown Cap", "121", "face body")),
    Row("I02", False, place("left", "left", "right"), place("left", "middle", "right")),
    _lead_in("I03", False, "The medical assistant should", "What should you do next?"),
    _lead_in("I03", False, "Do what now?", "What should you do next?"),
    _lead_in("I03", False, "The medical assistant is ____?", "What should you do next?"),
    Row("I04", True, make_item(stem="", lead_in="Which of the following is true?"),
        make_item(lead_in="Which of the following is true?")),
    Row("I04", True, make_item(stem="", lead_in="What is correct about gloves?"),
        several("a", "b", stem="", lead_in="What is correct about gloves?")),
    _texts("I05", False, "Gown / Mask / All of the above", "Gown / Mask / Gloves"),
    _texts("I05", False, "Gown / Mask / Both A and B", "Gown / Mask / Gloves"),
    _texts("I05", False, "Gown / Mask / A and C only", "Gown / Mask / Gloves"),
    _texts("I05", False, "Gown / Mask / None of these", "Gown / Mask / Gloves"),
    _lead_in("I06", False, "What should the assistant NOT do?", "What is done at least daily?"),
    _lead_in("I06", False, "What is done except on Monday?", "What is done on every Monday?"),
    _lead_in("I06", False, "Which step should not come first?", "Which step comes first here?"),
    _lead_in("I06", True, "Which step helps those who do not hear?", "Which step helps them?"),
    _lead_in("I06", False, "Which of these is false here?", 'Which prefix says "false" here?'),
    _lead_in("I06", True, "Which unsafe act should the assistant NOT do?",
             "Which act should the assistant avoid?"),
    _texts("I07", True, "Washing hands / Wear gloves / Opening packs",
           "Washing hands / Wearing gloves / Opening packs"),
    _texts("I07", True, "Wash hands / Wear gloves. / Open packs",
           "Wash hands / Wear gloves / Open packs"),
    _texts("I07", True, "2 minutes / Ten hours / Two days", "Two minutes / Ten hours / Two days"),
    _texts("I07", True, "Wash hands / A clean gown / Open packs",
           "A basin / A clean gown / An open pack"),
    Row("I07", True, steps("Wash", "Dry.", "Glove"), steps("Wash", "Dry", "Glove")),
    _texts("I08", True, "Record it / Discard it / Repeat the run with a new kit and specimen",
           "Record the result at once / Discard the device now / Repeat it with a new kit"),
    Row("I08", True, make_item(["x" * 90, "y" * 90, "z" * 110]),
        make_item(["x" * 90, "y" * 90, "z" * 109])),
    _texts("I09", True,
           "Record the result as negative and send home / Discard the kit / Repeat the run",
           "Record the result / Discard the kit / Repeat the run"),
    _texts("I10", True, "Always call first / Wait / Chart", "Call first / Wait / Chart"),
    _texts("I10", True, "Call first / Wait / Only chart", "Only call / Wait / Only chart"),
    _texts("I11", True, "Usually call first / Wait / Chart", "Call on May 3 / Wait / Chart"),
    _lead_in("I12", False, "The tool that you take is called an?", "Which tool should you take?"),
    Row("I12", False,
        make_item(["Gown", "Mask", "Clean gloves"], lead_in="What is the right thing to wear?"),
        make_item(["Gowns", "Mask", "Clean gloves"], lead_in="What is the right thing to wear?")),
    Row("I12", False,
        make_item(["Gown", "Mask", "Clean gloves"], lead_in="What are the right things to wear?"),
        make_item(["Gowns", "Mask", "Clean gloves"], lead_in="What are the right things to wear?")),
    _texts("I13", True, "Discard the slip / Record the finding / Replace the device",
           "Discard the missing slip / Record the reading / Replace the missing strip"),
    _texts("I14", True, "Gown and goggles / Apron and mask / Gown and mask",
           "Gown and mask / Gloves and mask / Gown and gloves"),
    _texts("I15", False, "40–59 / 50–100 / 101–120", "40–59 / 60–100 / 101–120"),
    _texts("I15", False, "under 60 / less than 90 / over 120", "under 60 / 60–100 / over 100"),
    _texts("I15", True, "Wash the hands / Open the pack / Wash the hands twice",
           "Wash the hands / Open the pack / Call the nurse"),
    Row("I16", False, make_item(["2 mL", "10 mL", "5 mL"], fixed_order=True),
        make_item(["2 mL", "5 mL", "10 mL"], fixed_order=True)),
    Row("I16", True, make_item(["2 mL", "5 mg", "10 mL"], fixed_order=True),
        make_item(["−5 °C", "0 °C", "5 °C"], fixed_order=True)),
    Row("I16", True, make_item(["2 mL", "5 mL", "10 mL"], fixed_order=False),
        make_item(["10 mL", "5 mL", "2 mL"], fixed_order=True)),
    Row("I16", False, typed(errors=(WrongNumber("2.5", "inverted ratio", REASON),)), typed()),
    Row("I17", True, make_item(["Mask", "Apron", "Gown"], fixed_order=True),
        make_item(["Apron", "Gown", "Mask"], fixed_order=True)),
    Row("I17", True, make_item(["Plan", "Assess", "Object"], fixed_order=True),
        make_item(["In the first week", "In the second week", "Later"], fixed_order=True)),
    _stem("I18", True, "word " * 110, ITEM.stem),
    Row("I18", True, make_item(stem="The line is missing."),
        make_item(stem="The line is missing.", bloom="understand")),
    Row("I18", True, make_item(stem="The line is missing."),
        make_item(stem="The line is missing.", origin="generated")),
    _lead_in("I19", True, "Which of these steps comes next now?", ITEM.lead_in),
    _texts("I19", False, "Call the provider / Read it again / Prescribe a new drug",
           "Prescribe a new drug / Read it again / Call the provider"),
    _texts("I19", False, "Call the provider / Read it again / Interpret it for the patient",
           "Interpret it for the patient / Read it again / Call the provider"),
    Row("I19", False, steps("Wash the hands", "Diagnose the flu", "Call the nurse"),
        steps("Wash the hands", "Label the tube", "Call the nurse")),
    Row("I21", False, reasoned("a", "This is too late here."), ITEM),
    Row("I21", False, reasoned("a", "It cannot be this one because option D is right."), ITEM),
    Row("I21", False, typed(errors=(WrongNumber("0.4", "inverted", "Wrong."),)), typed()),
    Row("I22", False, reasoned("d", "Without a control line the run is invalid."), ITEM),
    Row("I22", False, reasoned("d", "word " * 91), ITEM),
    Row("I22", False, make_item(sources=()), ITEM),
    Row("I22", False, typed(solution="Divide and multiply."), typed()),
    _rule("I22", False, "Rule " * 30, ITEM.rule),
    Row("I23", True, make_item(bloom="remember"), make_item(bloom="analyze")),
    Row("I23", True, make_item(stem="", lead_in="Which prefix means slow in your note?"),
        make_item(stem="", lead_in="Which prefix means slow in your note?", bloom="remember")),
    _rule("I24", False, "Give the dose QD.", "Give the dose daily."),
    _rule("I24", False, "Give 5 mg SQ.", "Give 5 mg subcutaneously."),
    _rule("I24", True, "The note says SQ.", "The note says it in full."),
    _rule("I24", True, "Check the ABG first.", "Check the arterial blood gas (ABG) first."),
    Row("I24", False, make_item(rule="QD is on the list."),
        make_item(rule="QD is on the list.", concept="abbreviations-do-not-use")),
    _rule("I25", False, "Give 5.0 mg of it.", "Hemoglobin was 12.0 g/dL."),
    _rule("I25", False, "Give .5 mg of it.", "Give 0.5 mg of it."),
    _rule("I25", False, "Give 5 cc of it.", "Write cc: above the second address."),
    _rule("I25", False, "Give 5 µg of it.", "Give 5 mcg of it."),
    _rule("I25", False, "Give 5 ml of it.", "Give 5 mL of it."),
    _rule("I26", True, "Tylenol is counted too.", "Acetaminophen (Tylenol) is counted too."),
    _rule("I27", True, "A noncompliant person needs a call.", "A person who missed it is called."),
    _stem("I28", True, "The patient waits " + "and waits in a room " * 8 + "today.", ITEM.stem),
    _stem("I28", True, "Several providers consider numerous abnormal conditions, and the assistant "
          "prepares important documents during the annual medical visit.", ITEM.stem),
    _lead_in("I29", False, "What should you do? And what then?", "What should you do then?"),
    _lead_in("I29", False, "Which step is not unsafe for you?", "Is it not understood by you?"),
    _stem("I29", True, "It is not unusual that the line is missing.", ITEM.stem),
    _rule("I31", False, "The Medicare premium is $185.", "A copay of $20 is due at the visit."),
    Row("I31", False, make_item(rule="The deductible is $500."),
        make_item(rule="The deductible is $500.", stem="The plan has a deductible of $500.")),
    _rule("I31", False, "Acetaminophen in pregnancy is safe.", "Acetaminophen lowers a fever."),
    _rule("I31", False, "Cannabis is in schedule I.", "Morphine is in schedule II."),
    _rule("I31", False, "The blood pressure target is 120.", "The blood pressure was 120."),
    _rule("I31", True, "A routine vaccine is due at 2 months.",
          "By the provider's order a routine vaccine is due at 2 months."),
    _rule("I31", True, "Rub the hands for 20 seconds.", "Count the pulse for 30 seconds."),
    _rule("I31", True, "A mammogram is due every two years.", "A mammogram shows the breast."),
    _rule("I31", True, "Remove the sutures after 7 days.", "Remove the sutures as ordered."),
    Row("I32", False, make_item(review_by="2026-11-23"), ITEM),
    Row("I32", True, make_item(review_by="2029-01-01"), ITEM),
    Row("I32", False, make_item(sources=(Source("CDC", "https://cdc.gov", "2025-01-01"),)), ITEM),
    _lead_in("I33", False, "Which tube follows the previous question?", "Which tube comes next?"),
    Row("I34", False, pictured(""), pictured("A test strip.")),
    Row("I34", False, pictured("Repeat it with a new specimen."), pictured("A test strip.")),
    Row("I34", False, replace(typed(), picture=Picture("p", "A syringe at 2.5 mL.", "<svg/>")),
        replace(typed(), picture=Picture("p", "A syringe with marks.", "<svg/>"))),
    Row("I34", False, place("left", "middle", "right", alt="The line is on the left."),
        place("left", "middle", "right", alt="Windows left, middle and right.")),
    _rule("T01", False, "Look <b>here</b>.", "Look here, at 3 < 4."),
    _rule("T01", False, "Look at {{ 7*7 }}.", "Look at {7}."),
    _rule("T01", False, "Look [here](https://example.org).", "Look here (below)."),
    _rule("D01", True, "Metformine lowers sugar.", "Metformin lowers sugar."),
    _rule("D01", True, "Paracetamol is counted.", "Acetaminophen (paracetamol) is counted."),
    Row("D02", True, make_item(["hydralazine", "hydroxyzine", "aspirin"],
                               concept="lookalike-high-alert"),
        make_item(["hydrALAZINE", "hydrOXYzine", "aspirin"], concept="lookalike-high-alert")),
    Row("N01", False, typed(value="25"), typed(value="20")),
    Row("N01", False, typed(tolerance="-1"), typed(tolerance="0.1")),
    Row("N01", False, typed(value="2,5"), typed()),
    _texts("K03", True, "Call / Wait / Chart (last)", "Call (first) / Wait / Chart (last)"),
    _texts("K03", True, "Call / Wait / 9 mg once", "5 mg once / Wait / 9 mg once"),
    Row("I25", False, template("Give {dose}.0 mg to the patient who waits."),
        template("Give {dose} mg to the patient who waits.")),
)  # fmt: skip
