"""Questions made from the table of word parts: nothing doubtful, nothing that is seen."""

import re

import pytest

from tests.content.test_families import (
    DATA,
    FACTS,
    ITEMS,
    PART_TABLE,
    made,
    of_kind,
    wrong,
)
from trainer.content.families.choosing import given_away
from trainer.content.families.english import slug
from trainer.core.items import Item

PARTS = {row["part"]: row for group in DATA["word-parts"]["groups"] for row in group["parts"]}


def clashing() -> set[frozenset[str]]:
    pairs = set()
    for names in DATA["word-parts"]["same"]:
        pairs |= {frozenset((one, other)) for one in names for other in names if one != other}
    for row in DATA["word-parts"]["within"]:
        pairs |= {frozenset((row["whole"], part)) for part in row["parts"]}
    return pairs


def meanings_of(item: Item) -> list[str]:
    if item.code.endswith("-m"):
        return [option.text for option in item.options]
    return [PARTS[option.text]["means"] for option in item.options]


def test_no_two_parts_in_a_question_mean_the_same():
    pairs = clashing()
    for item in ITEMS["word-parts"]:
        if "wp-term-" not in item.code:
            found = meanings_of(item)
            assert len(set(found)) == len(found), item.code
            both = {frozenset((one, other)) for one in found for other in found if one != other}
            assert not both & pairs, item.code


def test_parts_with_two_meanings_are_neither_asked_nor_offered():
    doubtful = {name for name, row in PARTS.items() if row.get("status") == "ambiguous"}
    codes = {f"-{slug(name)}-" for name in doubtful}

    assert doubtful >= {"cervic/o", "salping/o", "para-"}
    for item in ITEMS["word-parts"]:
        assert not {option.text for option in item.options} & doubtful, item.code
        assert not [code for code in codes if code in f"{item.code}-" and "term" not in item.code]


def test_options_are_parts_of_one_kind():
    for item in of_kind("word-parts", "p") + of_kind("word-parts", "b"):
        shapes = {(o.text.startswith("-"), o.text.endswith("-")) for o in item.options}
        assert len(shapes) == 1, item.code


def test_a_built_term_is_offered_with_each_half_in_two_options():
    item = next(item for item in ITEMS["word-parts"] if item.code == "wp-term-nephrectomy")

    assert item.key.text == "surgical removal of a kidney"
    assert sum("surgical removal of" in option.text for option in item.options) == 2
    assert sum("a kidney" in option.text for option in item.options) == 2


def test_no_part_begins_as_the_word_that_it_asks_for():
    """A reader who sees muc/o and mucus needs no knowledge."""
    for item in ITEMS["word-parts"]:
        if item.code.endswith("-m"):
            part = re.search(r" ([a-z/-]+) mean\?$", item.lead_in)[1]
        elif "wp-term-" in item.code:
            part = item.code.removeprefix("wp-term-")
        else:
            part = item.key.text
        asked = part if item.key.text != part else PARTS[part]["means"]
        assert not given_away(asked, item.key.text, wrong(item)), item.code


def test_parts_of_growth_never_stand_beside_each_other():
    growth = {"-blast", "-genesis", "-poiesis", "-plasia", "-genic", "-trophy"}
    said = {PARTS[part]["means"] for part in growth}

    for item in ITEMS["word-parts"]:
        texts = {option.text for option in item.options}
        assert len(texts & growth) <= 1, item.code
        assert len(texts & said) <= 1, item.code


def test_no_whole_word_is_shown_as_a_word_part():
    for item in of_kind("word-parts", "b"):
        shown = re.search(r"(?:before|after) (\S+) to say", item.lead_in)[1]
        assert shown not in {"-sound", "-graft", "-conscious", "-location", "-nutrition"}, item.code


def test_a_term_stands_where_any_term_may_stand():
    stems = {item.stem.replace(item.code[8:], "") for item in ITEMS["word-parts"] if item.stem}

    assert len(stems) <= 6


def by_start(items: dict[str, Item], start: str) -> Item:
    return next(item for code, item in items.items() if code.startswith(start))


def test_a_part_is_asked_with_look_alikes_and_without_what_overlaps():
    items, problems = made(PART_TABLE)
    heart = by_start(items, "wp-root-cardi-o")
    texts = {option.text for option in heart.options}

    assert problems == []
    assert texts & {"wrist", "carp/o"}
    assert not texts & {"valve", "valv/o"}
    assert len(texts & {"blood", "red", "hem/o", "erythr/o"}) <= 1
    assert heart.rule == "Cardi/o means heart."


def test_a_term_question_explains_each_wrong_half():
    items, _ = made(PART_TABLE)
    reasons = {option.text: option.reason for option in items["wp-term-carditis"].options}

    assert set(reasons) == {
        "inflammation of the heart",
        "inflammation of the spleen",
        "enlargement of the heart",
        "enlargement of the spleen",
    }
    assert "splen/o" in reasons["inflammation of the spleen"]
    assert "-megaly" in reasons["enlargement of the heart"]


def test_a_new_row_keeps_all_codes_and_most_wrong_answers():
    before = {item.code: item for item in ITEMS["word-parts"]}
    text = (FACTS / "word-parts.yaml").read_text(encoding="utf-8")
    row = "      - {part: odont/o, means: molar, example: odontoid, says: like a molar}\n"
    after, problems = made(
        text.replace("  - concept: roots-eye\n", f"{row}  - concept: roots-eye\n")
    )
    changed = [code for code, item in before.items() if set(wrong(item)) != set(wrong(after[code]))]

    assert problems == []
    assert set(before) < set(after)
    assert len(changed) <= 0.02 * len(before)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("part: ot/o,", "part: hem/o,", "word-parts.yaml:20: F01 The part or term \"hem/o\""),
        (", means: ear,", ",", 'word-parts.yaml:20: S01 The field "means" is missing'),
        ("kind: root", "kind: stem", "word-parts.yaml:10: S03"),
        ("concept: roots", "family: roots", 'word-parts.yaml:9: S01 The field "concept"'),
        ("[[blood, red]]", "[[blood, crimson]]", 'word-parts.yaml:5: F02 No row has the meaning'),
        ("parts: [valve]", "parts: [atrium]", 'word-parts.yaml:6: F02 No row has the meaning'),
        ("[[cardi/o, carp/o]]", "[[cardi/o, cor/o]]", 'word-parts.yaml:7: F02 No row has the part'),
        ("{carditis: -itis}", "{carditis: -algia}", 'word-parts.yaml:13: F02 "carditis" needs'),
        ("bank: word-parts", "bank: parts", "word-parts.yaml:1: S03 The bank must be named"),
        ("    kind: suffix\n", "    kind: suffix\n    color: red\n", "word-parts.yaml:23: S02"),
    ],
)  # fmt: skip
def test_a_bad_table_of_parts_is_refused_with_file_and_line(old: str, new: str, expected: str):
    assert old in PART_TABLE
    _, problems = made(PART_TABLE.replace(old, new, 1))

    assert [problem for problem in problems if expected in problem], problems


def test_a_row_without_safe_wrong_answers_is_named():
    _, problems = made(PART_TABLE.replace("same: [[blood, red]]", "same: [[inflammation, pain]]"))

    assert problems[0].startswith("facts/word-parts.yaml:24: F03 This row has only 1 safe")


def test_a_group_without_rows_and_a_file_of_another_name_are_refused():
    empty = (
        PART_TABLE.split("groups:")[0] + "groups:\n  - {concept: roots, kind: root, parts: []}\n"
    )
    _, problems = made(empty)
    _, unknown = made(PART_TABLE, "diseases")

    assert problems == ['facts/word-parts.yaml:9: S01 A list "parts" is needed here.']
    assert unknown[0].startswith("facts/diseases.yaml:1: F05 There is no fact table of this name")
