"""One entry while it is written: what the reader and the rules say, and where."""

from typing import Any

import pytest

from tests.services.bank_writing import CONCEPT, sound
from trainer.content.bundle import Bundle
from trainer.content.checks.single import Examined, Surroundings, examine
from trainer.content.formats.items_yaml import Entry, entry_of
from trainer.content.models.item_drafts import (
    TYPES,
    add_row,
    blank,
    filled,
    for_reader,
    raise_row,
    remove_row,
    whole,
)
from trainer.content.payload import from_payload, to_payload

CODE = f"p1-{CONCEPT}-01"


def empty(kind: str = "single_best_answer") -> Entry:
    return blank(CODE, CONCEPT, kind, "2026-11-24", "2027-11-24")


def good(**more: Any) -> Entry:
    return sound(empty(), **more)


def look(entry: Entry, *others: Any) -> Examined:
    return examine(for_reader(entry), Surroundings("program-1", {CONCEPT}, {}, others))


def rules(found: Examined) -> set[str]:
    return {remark.rule for remark in found.remarks}


def test_a_sound_entry_is_an_item_with_nothing_to_say() -> None:
    found = look(good())

    assert found.item is not None
    assert found.item.code == CODE
    assert found.remarks == ()
    assert {"I01", "I25", "I35"} <= set(found.passed)


def test_remarks_name_the_part_that_is_meant() -> None:
    entry = good()
    entry["options"][1]["reason"] = "Wrong amount."
    entry["options"][3]["text"] = "Wipe them {{7*7}} <b>dry</b>"
    found = {(remark.rule, remark.path) for remark in look(entry).errors}

    assert ("I21", ("options", 1, "reason")) in found
    assert ("T01", ("options", 3, "text")) in found


def test_what_is_missing_does_not_hide_what_else_is_wrong() -> None:
    entry = good(sources=[], rule="", stem="")
    entry["options"][0]["reason"] = ""
    entry["options"][1]["reason"] = "Wrong amount."
    found = look(entry)

    assert found.item is None
    assert {("sources",), ("rule",), ("options", 0, "reason"), ("options", 1, "reason")} == {
        remark.path for remark in found.errors
    }
    assert "I21" not in found.passed


def test_an_unwritten_question_says_only_what_is_missing() -> None:
    found = look(empty())

    assert found.item is None
    assert found.passed == ()
    assert rules(found) <= {"S01", "S03", "I01"}


def test_the_same_question_is_found_among_the_others() -> None:
    first = look(good()).item
    found = look(good(), first)

    assert [(remark.rule, remark.warn) for remark in found.remarks] == [("I35", False)]


def test_a_warning_may_stay_for_a_reason() -> None:
    long = "Wash them with soap under running water for as long as the office asks, then dry them"
    entry = good()
    entry["options"][2]["text"] = long
    warned = [remark for remark in look(entry).remarks if remark.rule == "I08"]
    entry["accepted"] = [{"rule": "I08", "reason": "The steps are what is asked for here."}]
    accepted = [remark for remark in look(entry).remarks if remark.rule == "I08"]

    assert [remark.accepted for remark in warned] == [""]
    assert [remark.accepted for remark in accepted] == ["The steps are what is asked for here."]


def test_an_error_may_not_stay() -> None:
    entry = good(accepted=[{"rule": "T01", "reason": "I would like to have bold type here."}])
    entry["options"][0]["text"] = "<b>Rub</b> them with gel"

    assert {"T01", "Q02"} <= {remark.rule for remark in look(entry).errors}


def test_an_unknown_idea_is_named() -> None:
    assert "X02" in rules(look(good(concept="no-such-idea")))


BAD = [
    "", " ", "\x00", "a\x00b", "\u200b", "\u202egnp", "x" * 20_480, "{{7*7}}", "{drug}", "{",
    "<script>alert(1)</script>", "[x](javascript:alert(1))", "Z" + "\u0300" * 100, "\ud800", "%s%n",
    "1e309", "NaN", "-0", "1.2.3", ".", "...", "{x}", "९", "1/0", "null", "=1+1", "\u2028",
    "a" * 600, "I99", "2026-02-30", "https://", "javascript:alert(1)", "\n\n\n", "O'Brien",
    "\U0001f600",
]  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every text of an entry."""
    if isinstance(value, str):
        return [path]
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    return [place for name, part in inside for place in places(part, (*path, name))]


@pytest.mark.parametrize("kind", TYPES)
def test_no_text_in_any_field_breaks_the_checks(shipped: Bundle, kind: str) -> None:
    """Bad input G/F, G/J4, J5, J6, J8, J15: said at the field, or taken as text."""
    item = next(i for i in shipped.items.values() if i.type == kind and i.parameters is None)
    pictures = {i.picture.code: i.picture for i in shipped.items.values() if i.picture}
    around = Surroundings("own", shipped.concepts.keys(), pictures, ())
    entry = whole({**entry_of(item), "id": CODE})
    add_row(entry, "accepted")
    for number, path in enumerate(places(entry)):
        for text in BAD[number % 3 :: 3]:
            changed = whole(entry)
            spot: Any = changed
            for step in path[:-1]:
                spot = spot[step]
            spot[path[-1]] = text
            found = examine(for_reader(changed), around)
            assert found.item is not None or found.errors
            assert all(len(remark.message) < 400 for remark in found.remarks)
            if found.item is not None and not found.errors:
                assert from_payload("item", to_payload(found.item)) == found.item


@pytest.mark.parametrize("raw", [{}, {"options": 5, "number": "x", "sources": [1, None, {}]},
                                 {"type": "nope", "options": [{"id": 3}] * 50}])  # fmt: skip
def test_a_damaged_draft_is_still_a_draft(raw: dict[str, Any]) -> None:
    entry = whole(raw)

    assert look(filled(entry)).item is None
    assert len(entry["options"]) <= 8


def test_other_types_keep_what_was_typed() -> None:
    entry = good()
    entry["type"] = "numeric"
    read = for_reader(entry)
    entry["type"] = "single_best_answer"

    assert "options" not in read
    assert "number" in read
    assert look(entry).errors == ()


def test_rows_get_free_ids_and_matches_follow() -> None:
    entry = empty("matching")
    entry["options"][0]["match"] = "2"
    entry["options"][1]["match"] = "3"
    remove_row(entry, "partners", 1)
    add_row(entry, "partners")
    raise_row(entry, "options", 1)

    assert [row["id"] for row in entry["partners"]] == ["1", "3", "2"]
    assert [(row["id"], row["match"]) for row in entry["options"]] == [
        ("b", "3"), ("a", ""), ("c", ""),
    ]  # fmt: skip
    for _ in range(20):
        add_row(entry, "options")
    assert [row["id"] for row in entry["options"]] == list("bacdefgh")
