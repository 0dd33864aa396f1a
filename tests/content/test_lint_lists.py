"""Word lists of the linter against the fact tables: a name missing in one of them shows here."""

from pathlib import Path
from typing import Any

import pytest

from tests.content.build import make_item
from trainer.content.lint import lint_item
from trainer.content.lint.contested import TOPICS, Topic
from trainer.content.lint.drugs import BRANDS, GENERIC, meant
from trainer.content.yamlfile import read_yaml

FACTS = Path(__file__).resolve().parents[2] / "question_banks" / "facts"
# They cannot be told from a word, a degree of comparison, or another list's accepted form.
NOT_BY_LETTERS = {"IN", "MS"}


def rows(name: str, field: str, value: str) -> list[str]:
    """The values of a field of all rows, wherever in the table they stand."""
    document, problems = read_yaml(FACTS / name)
    assert document is not None, problems
    return [row[value] for row in _with(document.data, field) if value in row]


def _with(data: Any, field: str) -> list[dict[str, Any]]:
    below = data.values() if isinstance(data, dict) else data if isinstance(data, list) else []
    own = [data] if isinstance(data, dict) and field in data else []
    return own + [row for part in below for row in _with(part, field)]


def test_every_unsafe_abbreviation_of_the_table_is_found_in_an_order() -> None:
    document, _ = read_yaml(FACTS / "abbreviations.yaml")
    assert document is not None
    unsafe = [
        row["abbr"]
        for row in _with(document.data, "abbr")
        if row.get("status") in {"do_not_use", "error_prone"}
    ]

    missed = [
        abbr
        for abbr in unsafe
        if not {"I24", "I25"} & _errors(f"The order is for 5 mg {abbr} now.")
    ]

    assert unsafe
    assert set(missed) <= NOT_BY_LETTERS


def _errors(rule: str) -> set[str]:
    return {finding.rule for finding in lint_item(make_item(rule=rule)) if not finding.warn}


def test_no_drug_of_the_table_is_taken_for_another_spelling() -> None:
    names = rows("drugs.yaml", "name", "name")
    words = {word.lower() for name in names for word in name.replace("/", " ").split()}

    assert {word: meant(word) for word in words if len(word) >= 7 and meant(word)} == {}


def test_names_and_brands_are_there() -> None:
    assert {"lisinopril", "metformin", "hydroxyzine"} <= GENERIC
    assert BRANDS["Zestril"] == "lisinopril"
    assert BRANDS.keys() & GENERIC == set()


CONTESTED = {
    "acetaminophen in pregnancy": "Acetaminophen is safe in pregnancy.",
    "leucovorin": "Leucovorin treats it.",
    "the boxed warning of menopausal hormones": "Estrogens have a boxed warning.",
    "the schedule of cannabis": "Marijuana is in schedule I.",
    "dietary graphics and protein advice": "MyPlate has five groups.",
    "blood pressure and lipid targets": "The LDL target is below 100.",
    "HIPAA rules that are not final": "HIPAA protects reproductive records.",
    "the gender provisions of section 1557": "Section 1557 covers gender.",
    "HIV treatment after an exposure": "After an HIV exposure the regimen has three drugs.",
    "telehealth dates and tele-prescribing": "Telehealth is paid until 2028.",
    "code counts of one year": "FY2027 added new codes.",
    "the childhood vaccine schedule": "The schedule has a vaccine at 2 months.",
    "doses and ages of vaccines under dispute": "HPV vaccine begins at 9 years.",
    "school-entry rules": "A vaccine is required for school.",
    "vaccines and autism or additives": "Thimerosal in a vaccine is safe.",
    "intervals of cancer screening": "A mammogram is due every year.",
    "the seconds of a hand wash": "Wash the hands for 20 seconds.",
    "gown or goggles first when taking off": "Remove the goggles before the gown.",
    "qhs": "Write qhs for bedtime.",
    "the largest volume for the deltoid": "The deltoid takes at most 1 mL.",
    "autoclave minutes": "Run the autoclave for 30 minutes.",
    "the depth of a heel stick": "A heel stick is 2.0 mm deep.",
    "the depth of a rectal thermometer": "Insert the rectal probe one inch.",
    "days until sutures come out": "Sutures are removed after 7 days.",
}


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_a_contested_topic_is_found_and_the_safe_wording_accepted(topic: Topic) -> None:
    sentence = CONTESTED[topic.name]
    found = [f for f in lint_item(make_item(rule=sentence)) if f.rule == "I31"]
    safe = make_item(rule=sentence, stem="By the provider's order.")
    still = [f for f in lint_item(safe) if f.rule == "I31"]

    assert [topic.no_item] == [not finding.warn for finding in found]
    assert bool(still) == topic.no_item
    assert topic.name in found[0].message
