"""Every rule of the table: known, documented, tripped by a bad item, not by a good one."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.content.build import ITEM, make_item, make_root
from tests.content.lint_rows import ROWS, Row
from trainer.content.bundle import load_content
from trainer.content.checks.accepted import settle
from trainer.content.checks.coverage import check_coverage
from trainer.content.checks.freshness import due_by
from trainer.content.checks.templates import check_templates
from trainer.content.lint import RULES, lint_bank, lint_item, lint_whole, near_duplicates
from trainer.content.located import Found, Located
from trainer.content.readers.root import read_root
from trainer.content.stats import unchecked
from trainer.content.yamlfile import Document
from trainer.core.items import Accepted, Checked, Derived, Item, Parameters, Range

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "authoring-items.md").read_text(encoding="utf-8")
SHORT_KEY = ["Read it again later", "Record it as negative", "Record it as positive", "Repeat it"]
DIFFICULTIES = [1, 1, 1, 2, 2, 2, 2, 2, 3, 3]


def found(item: Item) -> set[tuple[str, bool]]:
    """Rule and whether it only warns."""
    return {(finding.rule, finding.warn) for finding in lint_item(item)}


def bank(*keys: int, **changes: object) -> list[Item]:
    """Items whose keys stand in these places."""
    return [make_item(_with_key_short(key), key=key, **changes) for key in keys]


def _with_key_short(key: int) -> list[str]:
    wrong = iter(SHORT_KEY[:3])
    return [SHORT_KEY[3] if place == key else next(wrong) for place in range(4)]


def levels(*blooms: str) -> list[Item]:
    return [
        replace(ITEM, bloom=bloom, difficulty=difficulty)
        for bloom, difficulty in zip(blooms, DIFFICULTIES, strict=True)
    ]


def of_bank(items: list[Item]) -> set[str]:
    return {remark.rule for remark in lint_bank(items)}


def of_whole(items: list[Item]) -> set[str]:
    return {remark.rule for remark in lint_whole(items)}


def likeness(items: list[Item]) -> set[str]:
    return {"I35" for _ in near_duplicates(items)}


def accepting(rule: str, reason: str) -> Item:
    """An item with one warning, I10, and one acceptance."""
    texts = ["Call first", "Wait", "Only chart"]
    return make_item(texts, accepted=(Accepted(rule, reason),))


def settled(items: list[Item]) -> set[str]:
    return {f.rule for item in items for f, reason in settle(item, lint_item(item)) if not reason}


def second_reading(items: list[Item]) -> set[str]:
    return {"Q01"} if unchecked(items) else set()


def draws(items: list[Item]) -> set[str]:
    rows = [Located(item, Document("items/testing.yaml", {}, "items: []"), ()) for item in items]
    return {problem.rule for problem in check_templates(rows)}


def january(items: list[Item]) -> set[str]:
    return {"K11" for due in due_by(items, {}, "2027-02-01") if "January" in due.why}


def template(*doses: int) -> Item:
    texts = ["{dose} mL", "{twice} mL", "{thrice} mL"]
    item = make_item(texts, key=1, fixed_order=True, stem="The order is for {dose} mL, doubled.")
    named = tuple(replace(o, error="" if o.correct else "added wrongly") for o in item.options)
    return replace(
        item,
        options=named,
        parameters=Parameters(
            ranges=(Range("dose", tuple(map(str, doses))),),
            derived=(Derived("twice", "dose * 2"), Derived("thrice", "dose * 3")),
        ),
    )


USUAL = ["apply"] * 6 + ["analyze"] * 2 + ["remember"] * 2
LONG = make_item(["Wait", "Call", "Look at the whole device", "Go"], key=2)
ABSOLUTE = make_item(["Always wait", "Call", "Look", "Repeat it"], key=1)
NAMED = replace(ITEM, stem="Ms. Rivera waits.")
SETS: list[tuple[str, Callable[[list[Item]], set[str]], list[Item], list[Item]]] = [
    ("I35", likeness, [ITEM, replace(ITEM, code="b")], [ITEM, LONG]),
    ("K01", of_bank, bank(1, 2, 2, 2, 2, 0), bank(1, 2, 2, 2, 0)),
    ("K01", of_bank, bank(*[0, 1] * 9, 2, 3, 0, 1), bank(*[0, 1, 2, 3] * 6)),
    ("K01", of_bank, bank(*[0, 1, 2, 3] * 22, *[0, 1] * 13), bank(*[0, 1, 2, 3] * 27)),
    ("K02", of_bank, [*bank(*[0, 1, 3] * 2), *[LONG] * 4], [*bank(*[0, 1, 3] * 3), LONG]),
    ("K04", of_bank, [*bank(*[0, 3] * 6), ABSOLUTE, ABSOLUTE], [*bank(*[0, 3] * 6), ABSOLUTE]),
    ("K06", of_whole, levels(*["understand"] * 6, *["apply"] * 4), levels(*USUAL)),
    ("K06", of_whole, levels(*["remember"] * 4, *["apply"] * 6), levels(*USUAL)),
    ("K07", of_whole, [replace(ITEM, difficulty=2)] * 10, levels(*USUAL)),
    ("K08", of_bank, [*bank(0, 1, 2), NAMED, NAMED], [*bank(0, 1, 2), NAMED]),
    ("K08", of_whole, [NAMED, *levels(*USUAL), NAMED], [NAMED, *levels(*USUAL)]),
    ("K09", of_whole, [*levels(*USUAL), replace(ITEM, lead_in="Which step is NOT yours?")],
     levels(*USUAL)),
    ("K11", january, [replace(ITEM, bank="immunization")], [ITEM]),
    ("N02", draws, [template(1, 2, 3)], [template(*range(1, 60))]),
    ("Q01", second_reading, [ITEM], [replace(ITEM, checked=Checked("agreed", "2026-11-24"))]),
    ("Q02", settled, [accepting("I10", "It is fine")],
     [accepting("I10", "The law itself uses this word")]),
    ("Q02", settled, [accepting("I05", "The law itself uses this word")],
     [accepting("I10", "The law itself uses this word")]),
    ("Q02", settled, [accepting("X99", "The law itself uses this word")],
     [accepting("I10", "The law itself uses this word")]),
    ("Q03", settled, [accepting("I08", "The law itself uses this word")],
     [accepting("I10", "The law itself uses this word")]),
]  # fmt: skip


def test_the_good_item_has_nothing_to_say_against_it() -> None:
    assert found(ITEM) == set()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.rule)
def test_a_bad_item_trips_its_rule_and_a_good_one_does_not(row: Row) -> None:
    assert (row.rule, row.warn) in found(row.bad)
    assert row.rule not in {rule for rule, _ in found(row.good)}


@pytest.mark.parametrize(
    ("rule", "check", "bad", "good"), SETS, ids=[f"{row[0]}-{n}" for n, row in enumerate(SETS)]
)
def test_a_bad_set_of_items_trips_its_rule_and_a_good_one_does_not(
    rule: str, check: Callable[[list[Item]], set[str]], bad: list[Item], good: list[Item]
) -> None:
    assert rule in check(bad)
    assert rule not in check(good)


def test_a_domain_that_cannot_be_filled_is_pointed_out(tmp_path: Path) -> None:
    """K05 and K02 by domain: ten items on one concept for six questions."""
    thin = read_root(make_root(tmp_path))
    thin.items = [replace(thin.items[0], value=item) for item in [LONG] * 10]
    full = Found(exams=thin.exams, items=[], areas=thin.areas)

    assert [(p.rule, p.line) for p in check_coverage(thin)] == [
        ("K05", 17), ("K02", 17), ("K05", 25), ("K02", 25),
    ]  # fmt: skip
    assert list(check_coverage(full)) == []


def test_every_rule_that_a_program_can_check_has_been_tripped_and_passed() -> None:
    tried = {row.rule for row in ROWS} | {row[0] for row in SETS} | {"K05"}
    by_people = {code for code, rule in RULES.items() if rule.weight == "H"}

    assert tried == RULES.keys() - by_people


def test_findings_have_the_weight_of_the_table() -> None:
    for row in ROWS:
        for rule, warn in found(row.bad):
            assert ("W" if warn else "E") in RULES[rule].weight, rule


def test_every_code_in_the_sources_stands_in_the_table() -> None:
    written = {
        code
        for folder in ("lint", "checks")
        for path in (ROOT / "trainer" / "content" / folder).glob("*.py")
        for code in re.findall(r'"([IKTDNQ]\d\d)"', path.read_text(encoding="utf-8"))
    }

    assert written <= RULES.keys()


def test_the_guide_has_the_table_of_rules() -> None:
    rows = [f"| {r.code} | {r.weight} | {r.what} | {r.fix} |" for r in RULES.values()]

    assert [row for row in rows if row not in GUIDE] == []
    assert len(re.findall(r"^\| [IKTDNQ]\d\d \|", GUIDE, re.MULTILINE)) == len(rows)


def test_codes_of_references_and_shapes_stand_in_the_guide_too() -> None:
    written = {
        code
        for path in (ROOT / "trainer" / "content").rglob("*.py")
        for code in re.findall(r'"([A-Z]\d\d)"', path.read_text(encoding="utf-8"))
        if code[0] in "XYS"
    }

    assert sorted(code for code in written if f"| {code} |" not in GUIDE) == []


def test_the_shipped_bank_is_read_with_the_same_rules() -> None:
    bundle = load_content(ROOT)

    assert {problem.rule for problem in bundle.accepted} <= RULES.keys()
