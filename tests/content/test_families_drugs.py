"""Questions made from the table of drugs: no wrong answer that could be defended."""

import re

import pytest

from tests.content.test_families import (
    DATA,
    FACTS,
    ITEMS,
    made,
    of_kind,
    wrong,
)
from trainer.content.families.choosing import given_away, shows
from trainer.content.families.english import slug
from trainer.core.items import Item

DRUGS = {row["name"]: (group, row) for group in DATA["drugs"]["classes"] for row in group["drugs"]}


def test_no_wrong_answer_is_of_the_class_or_ends_like_it():
    for item in of_kind("drugs", "c"):
        group, _ = DRUGS[item.key.text]
        stem = group.get("stem", "").strip("-")
        for text in wrong(item):
            assert DRUGS[text][0]["code"] != group["code"], item.code
            assert not stem or not text.endswith(stem), item.code


def test_a_drug_is_offered_one_class_only_that_it_belongs_to():
    names = {slug(name): group["name"] for name, (group, _) in DRUGS.items()}
    for item in of_kind("drugs", "k"):
        assert item.key.text == names[item.code.removeprefix("dr-").removesuffix("-k")]


def test_no_wrong_use_is_another_use_of_the_drug():
    uses = {row["code"]: row for row in DATA["drugs"]["uses"]}
    by_slug = {slug(name): pair for name, pair in DRUGS.items()}
    asked = of_kind("drugs", "u")

    assert len(asked) > 40
    for item in asked:
        group, row = by_slug[item.code.removeprefix("dr-").removesuffix("-u")]
        own = {group["use"], row.get("use", group["use"]), *group.get("also_for", [])}
        near = own | {kin for code in own for kin in uses[code].get("kin", [])}
        near |= {code for code, use in uses.items() if own & set(use.get("kin", []))}
        assert not set(wrong(item)) & {uses[code]["name"] for code in near}, item.code


POINTS = {row["code"]: row for row in DATA["drugs"]["points"]}
USES = {row["code"]: row for row in DATA["drugs"]["uses"]}
BY_SLUG = {slug(name): pair for name, pair in DRUGS.items()}


def about(item: Item) -> tuple[dict, dict]:
    """The class and the row of the drug that a question is about."""
    return BY_SLUG[item.code.removeprefix("dr-")[:-2]]


def test_wrong_points_are_those_the_table_names_as_not_true_of_the_drug():
    asked = of_kind("drugs", "t")

    assert len(asked) > 90
    for item in asked:
        group, row = about(item)
        allowed = {POINTS[code]["text"] for code in row.get("unlike", group.get("unlike", []))}
        assert set(wrong(item)) <= allowed, item.code
        assert POINTS[row.get("point", group.get("point"))]["text"] == item.key.text


def test_what_many_drugs_can_do_is_never_a_wrong_point():
    common = re.compile(
        r"allerg|hives|throat|breath(?!e out)|black|bloody|white blood|dark urine|mood (or|and)"
        r"|rash|chest|self-harm|sudden(ly)?, as|contrast|alcohol",
        re.IGNORECASE,
    )
    for item in of_kind("drugs", "t"):
        assert [text for text in wrong(item) if common.search(text)] == [], item.code


def test_a_warning_is_asked_for_as_one_and_every_complaint_is_passed_on():
    asked = [
        item
        for item in of_kind("drugs", "t")
        if POINTS[about(item)[1].get("point", about(item)[0].get("point"))]["ask"] != "teach"
    ]

    assert len(asked) > 60
    for item in asked:
        assert re.search("warning|side effect", item.lead_in), item.code
        assert "report" not in item.lead_in
        assert "Whatever a patient complains of is recorded" in item.key.reason


@pytest.mark.parametrize("drug", ["morphine", "doxazosin", "glipizide", "lisinopril"])
def test_what_cannot_wait_is_told_at_once(drug: str):
    item = next(item for item in ITEMS["drugs"] if item.code == f"dr-{drug}-t")

    assert item.key.reason.endswith("is told to the provider at once.")


def test_uses_and_classes_stand_beside_two_of_a_neighboring_body_system():
    first_use = {group["name"]: group["use"] for group, _ in DRUGS.values()}
    for item in of_kind("drugs", "u") + of_kind("drugs", "k"):
        group, row = about(item)
        use = row.get("use", group["use"])
        beside = USES[group["use"] if use == "no" else use]["beside"]
        names = {USES[code]["name"] for code in beside}
        near = [text for text in wrong(item) if text in names or first_use.get(text) in beside]
        assert len(near) >= 2, item.code


def test_no_wrong_class_is_for_a_use_of_the_drug():
    first_use = {group["name"]: group["use"] for group, _ in DRUGS.values()}
    for item in of_kind("drugs", "k"):
        group, row = about(item)
        own = {group["use"], row.get("use", group["use"]), *group.get("also_for", [])}
        assert not {first_use[text] for text in wrong(item)} & own, item.code


def test_no_name_or_ending_shows_its_answer():
    for item in of_kind("drugs", "k") + of_kind("drugs", "n") + of_kind("drugs", "u"):
        assert not given_away(about(item)[1]["name"], item.key.text, wrong(item)), item.code
    for item in of_kind("drugs", "s"):
        ending = re.search(r"(?:end in|begin with) ([a-z -]+?)(?: belong|\?)", item.lead_in)[1]
        assert not shows(ending.replace("-", ""), item.key.text), item.code


def test_facts_that_readers_corrected():
    tizanidine = next(i for i in ITEMS["drugs"] if i.code.startswith("dr-tizanidine"))
    brands = {brand for _, row in DRUGS.values() for brand in row.get("brands", ())}
    mixed = {i.code for i in of_kind("drugs", "t") if i.key.text == POINTS["not-mixed"]["text"]}

    assert USES[DRUGS["tizanidine"][1]["use"]]["name"] == "muscle spasticity"
    assert tizanidine.concept == "nsaids-muscle-relaxants"
    assert "Toradol" not in brands
    assert mixed == {"dr-insulin-glargine-t"}
    assert not [i for i in of_kind("drugs", "t") if POINTS["not-mixed"]["text"] in wrong(i)]


def test_a_schedule_question_has_one_drug_of_that_schedule():
    asked = of_kind("drugs", "h")

    assert len(asked) > 15
    for item in asked:
        schedule = DRUGS[item.key.text][1]["schedule"]
        assert f"Schedule {schedule} " in f"{item.lead_in} ".replace("?", " ")
        assert schedule not in {DRUGS[text][1]["schedule"] for text in wrong(item)}
        assert item.concept == "controlled-schedules"


def test_the_ending_of_statins_is_never_offered_with_antifungals():
    group = next(row for row in DATA["drugs"]["classes"] if row["code"] == "ppi")
    item = next(item for item in ITEMS["drugs"] if item.code == "dr-class-ppi-s")

    assert group["trapped"] == ["antipsychotic"]
    assert "antipsychotic" not in wrong(item)


def test_no_question_asks_or_offers_a_dose():
    dose = re.compile(r"\d\s?(mg|mcg|mL|g|units?)\b")

    assert [
        item.code for item in ITEMS["drugs"] if dose.search(f"{item.stem} {item.lead_in}")
    ] == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("    use: diabetes\n", "    use: sugar-control\n", 'There is no use "sugar-control"'),
        ("    point: yeast\n", "    point: itch\n", 'There is no point "itch"'),
        ("trapped: [antipsychotic]", "trapped: [calming]", 'There is no class "calming"'),
        ("kin: [severe-pain, inflammation]", "kin: [ache]", 'There is no use "ache"'),
        ("  - code: arb\n", "  - code: ace-inhibitor\n", 'F01 The class "ace-inhibitor" is there'),
        ("name: losartan", "name: lisinopril", 'F01 The drug or brand "lisinopril"'),
        ("schedule: IV", "schedule: VI", "S03"),
        ("stem: -pril", "stem: pril", "S03"),
    ],
)
def test_a_bad_table_of_drugs_is_refused(old: str, new: str, expected: str):
    text = (FACTS / "drugs.yaml").read_text(encoding="utf-8")
    assert old in text
    _, problems = made(text.replace(old, new, 1), "drugs")

    assert [problem for problem in problems if expected in problem], problems
    assert all(re.match(r"facts/drugs\.yaml:\d+: ", problem) for problem in problems)
