"""Questions made from the table of abbreviations: knowledge is needed, not the letters."""

import re
from pathlib import Path

from tests.content.test_families import (
    DATA,
    ITEMS,
    made,
    of_kind,
    wrong,
)
from trainer.content.families.english import slug

ABBRS = [row for group in DATA["abbreviations"]["groups"] for row in group["abbreviations"]]


def test_ambiguous_abbreviations_are_neither_asked_nor_offered():
    doubtful = {row["abbr"] for row in ABBRS if row.get("status") == "ambiguous"}
    codes = {f"ab-{slug(abbr)}" for abbr in doubtful}

    assert doubtful >= {"PT", "ROM", "qhs"}
    for item in ITEMS["abbreviations"]:
        assert item.code.rpartition("-")[0] not in codes
        assert not {option.text for option in item.options} & doubtful, item.code


def unsafe_abbreviations() -> set[str]:
    return {row["abbr"] for row in ABBRS if row.get("status") in {"error_prone", "do_not_use"}}


def test_unsafe_abbreviations_stand_only_as_something_to_replace():
    unsafe = unsafe_abbreviations()

    assert unsafe >= {"QD", "U", "SC", "OU"}
    for item in ITEMS["abbreviations"]:
        assert not {option.text for option in item.options} & unsafe, item.code
        for abbr in unsafe:
            named = re.search(rf"(?<![\w/]){re.escape(abbr)}(?![\w/])", item.stem + item.lead_in)
            if named and item.code[-1] not in "wd":
                assert abbr in {"IN", "AS", "per os"}, item.code


def test_no_line_of_a_chart_holds_an_unsafe_abbreviation():
    unsafe = unsafe_abbreviations()
    lines = [row["line"] for row in ABBRS if "line" in row]

    assert len(lines) >= 25
    assert [line for line in lines if set(re.split(r"[\s,.:]+", line)) & unsafe] == []


def test_a_meaning_is_never_offered_beside_one_that_says_the_same():
    pairs = {
        frozenset((one, other))
        for names in DATA["abbreviations"]["same"]
        for one in names
        for other in names
    }
    for item in ITEMS["abbreviations"]:
        for text in wrong(item):
            assert frozenset((item.key.text, text)) not in pairs, item.code


def test_an_abbreviation_in_a_line_of_an_order():
    item = next(item for item in ITEMS["abbreviations"] if item.code == "ab-bid-l")

    assert item.stem.endswith(
        'in an order of the provider: "Apply the ointment BID to the left forearm."'
    )
    assert item.key.text == "twice a day"
    assert item.bloom == "apply"
    assert "three times a day" in wrong(item)


def test_an_unsafe_one_is_answered_with_the_safer_wording():
    item = next(item for item in ITEMS["abbreviations"] if item.code == "ab-qd-w")

    assert item.key.text == "daily"
    assert item.rule == 'Write "daily", not "QD".'
    assert "Joint Commission" in item.key.reason
    assert "every other day" in wrong(item)


BY_CODE = {f"ab-{row.get('code') or slug(row['abbr'])}": row for row in ABBRS}
EXPANSIONS = [item for item in ITEMS["abbreviations"] if item.code[-1] in "mlw"]


def spelled(abbr: str, text: str) -> bool:
    """The letters of the abbreviation stand in the text in order, the first one at a word."""
    letters = re.sub(r"[^a-z]", "", abbr.lower())
    if re.fullmatch("[A-Z]x", abbr):
        letters = letters[0]
    return bool(re.search(r"\b" + ".*".join(letters), text.lower()))


def test_no_reading_is_found_by_its_letters_alone():
    assert len(EXPANSIONS) > 200
    for item in EXPANSIONS:
        abbr = BY_CODE[item.code[:-2]]["abbr"]
        if spelled(abbr, item.key.text):
            assert sum(spelled(abbr, text) for text in wrong(item)) >= 2, item.code


def test_no_abbreviation_is_found_by_the_letters_of_its_meaning():
    for item in of_kind("abbreviations", "r"):
        assert not spelled(item.key.text, BY_CODE[item.code[:-2]]["means"]), item.code


def test_no_made_up_reading_is_the_meaning_of_a_row_of_the_same_letters():
    for row in ABBRS:
        meant = {one["means"] for one in ABBRS if one["abbr"].lower() == row["abbr"].lower()}
        assert not meant & set(row.get("traps", ())), row["abbr"]
        assert "traps" not in row or len(row["traps"]) >= 2, row["abbr"]


def test_what_an_abbreviation_names_stands_among_things_of_its_own_kind():
    groups = {
        row["about"]: group["concept"]
        for group in DATA["abbreviations"]["groups"]
        for row in group["abbreviations"]
        if "about" in row
    }
    asked = of_kind("abbreviations", "a")

    assert len(asked) > 40
    for item in asked:
        assert {groups[option.text] for option in item.options} == {item.concept}


def test_a_line_stands_where_it_belongs():
    no_drug = {"NPO", "stat", "prn", "TID", "QID", "ac", "ad lib"}
    for item in of_kind("abbreviations", "l"):
        if BY_CODE[item.code[:-2]]["abbr"] in no_drug:
            assert "medication order" not in item.stem, item.code


def test_peripheral_artery_disease_stands_on_the_list_of_heart_problems():
    item = next(item for item in ITEMS["abbreviations"] if item.code == "ab-pad-m")

    assert item.key.text == "peripheral artery disease"
    assert "peripheral vascular disease" not in wrong(item)


ABBREVIATION_TABLE = """\
bank: abbreviations
as_of: 2026-11-23
review_by: 2027-11-01
sources: [{title: A book, url: "https://example.org/", checked_on: 2026-11-23}]
unsafe_sources: [{title: A list, url: "https://example.org/", checked_on: 2026-11-23}]
groups:
  - concept: orders
    place: In an order
    abbreviations:
      - {abbr: BID, means: twice a day}
      - {abbr: TID, means: three times a day}
      - {abbr: PRN, means: as needed}
      - {abbr: stat, means: at once, status: ambiguous}
"""


def test_the_last_two_wrong_answers_make_a_question_of_three_options():
    items, problems = made(ABBREVIATION_TABLE, "abbreviations")

    assert problems == []
    assert {len(item.options) for item in items.values()} == {3}


def test_a_reading_that_alone_fits_the_letters_is_not_asked():
    row = "      - {abbr: FIT, means: fecal immunochemical test}\n"
    items, problems = made(ABBREVIATION_TABLE + row, "abbreviations")
    trapped, _ = made(
        ABBREVIATION_TABLE
        + row.replace("}", ", traps: [fluid intake test, fasting insulin test]}"),
        "abbreviations",
    )

    assert problems == []
    assert not [code for code in items if code.startswith("ab-fit")]
    assert wrong(trapped["ab-fit-m"])[0] in {"fluid intake test", "fasting insulin test"}


def test_a_made_up_reading_must_fit_the_letters():
    row = "      - {abbr: FIT, means: fecal immunochemical test, traps: [stool test, blood test]}\n"
    _, problems = made(ABBREVIATION_TABLE + row, "abbreviations")

    assert problems[0] == (
        'facts/abbreviations.yaml:14: F06 "stool test" does not fit the letters of FIT, '
        "so it misleads nobody."
    )


def test_abbreviations_that_differ_in_case_only_need_a_code():
    row = "      - {abbr: bid, means: invitation}\n"
    _, problems = made(ABBREVIATION_TABLE + row, "abbreviations")
    fixed, none = made(
        ABBREVIATION_TABLE + row.replace("bid,", "bid, code: bid-word,").replace("bid,", "Bid,"),
        "abbreviations",
    )

    assert problems == [
        'facts/abbreviations.yaml:14: F01 The abbreviation "bid" is already in line 10.'
    ]
    assert none == []
    assert any(code.startswith("ab-bid-word") for code in fixed)


def test_the_folder_of_facts_is_read_with_everything_else(tmp_path: Path):
    from tests.content.build import make_root
    from trainer.content.bundle import load_content

    root = make_root(tmp_path)
    (root / "question_banks" / "facts").mkdir()
    text = ABBREVIATION_TABLE.replace("concept: orders", "concept: nothing")
    path = root / "question_banks" / "facts" / "abbreviations.yaml"
    path.write_text(text, encoding="utf-8")

    bundle = load_content(root)

    assert sum(item.origin == "generated" for item in bundle.items.values()) == 2
    assert next(str(problem) for problem in bundle.errors) == (
        'question_banks/facts/abbreviations.yaml:10: X02 There is no concept "nothing".'
    )
