"""Questions made from fact tables: one right answer by the rules, stable codes, bad tables."""

import re
from collections import Counter, defaultdict
from time import perf_counter

import pytest

from trainer.content.families import facts_of, read_facts
from trainer.content.families.choosing import (
    TooFewError,
    given_away,
    in_turn,
    shows,
    wrong_answers,
)
from trainer.content.families.english import article, plural
from trainer.content.families.parts import Meanings
from trainer.content.lint import lint_item
from trainer.content.yamlfile import parse_yaml
from trainer.core.items import Item
from trainer.settings import shipped_root

FACTS = shipped_root() / "question_banks" / "facts"
TABLES = ("word-parts", "abbreviations", "drugs")


def table(name: str):
    document, problems = parse_yaml((FACTS / f"{name}.yaml").read_text(encoding="utf-8"), name)
    assert document is not None, problems
    return document


def shipped(name: str) -> list[Item]:
    items, problems = read_facts(FACTS / f"{name}.yaml")
    assert problems == []
    return [row.value for row in items]


ITEMS = {name: shipped(name) for name in TABLES}
ALL = [item for items in ITEMS.values() for item in items]
DATA = {name: table(name).data for name in TABLES}


def wrong(item: Item) -> list[str]:
    return [option.text for option in item.options if not option.correct]


def of_kind(name: str, kind: str) -> list[Item]:
    return [item for item in ITEMS[name] if item.code.endswith(f"-{kind}")]


# All that the shipped tables give


def test_the_tables_give_about_a_thousand_questions_in_many_variants():
    variants = Counter(item.concept for item in ALL)

    assert 1000 <= len(ALL) <= 1300
    assert len(variants) >= 80
    assert [concept for concept, count in variants.items() if count < 2] == []


def test_every_question_is_a_plain_item_with_one_key():
    for item in ALL:
        assert (item.type, item.origin) == ("single_best_answer", "generated"), item.code
        assert sum(option.correct for option in item.options) == 1, item.code
        assert len({option.text.lower() for option in item.options}) == len(item.options) >= 3
        assert [option.id for option in item.options] == list("abcd")[: len(item.options)]


def test_codes_are_unique_and_can_be_stored():
    assert [code for code, count in Counter(i.code for i in ALL).items() if count > 1] == []
    for item in ALL:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", item.code)
        assert len(item.code) <= 64


def test_no_question_breaks_a_rule_of_item_writing():
    assert [(i.code, f.rule, f.message) for i in ALL for f in lint_item(i)] == []


def test_no_two_questions_ask_the_same_among_the_same_options():
    asked = [(i.stem, i.lead_in, tuple(sorted(o.text for o in i.options))) for i in ALL]

    assert [one for one, count in Counter(asked).items() if count > 1] == []


def test_the_same_question_never_has_two_keys():
    keys: dict[tuple[str, str], set[str]] = defaultdict(set)
    options: dict[tuple[str, str], set[str]] = defaultdict(set)
    for item in ALL:
        keys[item.stem, item.lead_in].add(item.key.text)
        options[item.stem, item.lead_in] |= set(wrong(item))

    assert [question for question in keys if keys[question] & options[question]] == []


def test_the_key_stands_in_each_place_about_equally_often():
    places = Counter(item.key.id for item in ALL)

    assert all(0.2 < places[place] / len(ALL) < 0.3 for place in "abcd")


def test_no_stem_names_an_age_or_a_length_of_treatment():
    said = re.compile(r"\d+-year-old|for a (week|month)|weeks? after", re.IGNORECASE)

    assert [item.code for item in ALL if said.search(f"{item.stem} {item.lead_in}")] == []


def test_every_situation_leads_to_its_question():
    unkept = ("calls about a new problem", "one question asked", "imaging center", "insurer")

    assert [item.code for item in ALL if any(text in item.stem for text in unkept)] == []


def test_wordings_that_readers_stumbled_over_are_gone():
    said = " ".join(f"{item.stem} {item.lead_in} {item.key.text} {item.rule}" for item in ALL)
    stumbled = (
        "understood from its parts", "Which wording", "carries the meaning", "speaks of",
        "sleepy it makes.", "usual meaning is right", "humpback", "few white cells",
        "changes of mood", "taken for bedtime", "suffix -prandial",
    )  # fmt: skip

    assert [text for text in stumbled if text in said] == []


def test_reading_all_tables_takes_a_moment():
    start = perf_counter()
    for name in TABLES:
        read_facts(FACTS / f"{name}.yaml")

    # A third of this on an idle machine; the bound only catches a slip by an order of magnitude.
    assert perf_counter() - start < 1.5


PART_TABLE = """\
bank: word-parts
as_of: 2026-11-23
review_by: 2027-11-01
sources: [{title: A book, url: "https://example.org/", checked_on: 2026-11-23}]
same: [[blood, red]]
within: [{whole: heart, parts: [valve]}]
look_alikes: [[cardi/o, carp/o]]
groups:
  - concept: roots
    kind: root
    parts:
      - {part: cardi/o, means: heart, example: cardiac, says: of the heart,
         terms: {carditis: -itis}}
      - {part: carp/o, means: wrist, example: carpal, says: of the wrist}
      - {part: valv/o, means: valve, example: valvular, says: of a valve}
      - {part: splen/o, means: spleen, example: splenic, says: of the spleen,
         terms: {splenomegaly: -megaly}}
      - {part: hem/o, means: blood, example: hemolysis, says: breakdown of blood cells}
      - {part: erythr/o, means: red, example: erythrocyte, says: red blood cell}
      - {part: ot/o, means: ear, example: otic, says: of the ear}
  - concept: endings
    kind: suffix
    parts:
      - {part: -itis, means: inflammation, example: carditis, says: inflammation of the heart,
         reads: "inflammation of {}", builds: condition}
      - {part: -megaly, means: enlargement, example: splenomegaly, says: large spleen,
         reads: "enlargement of {}", builds: condition}
      - {part: -algia, means: pain, example: otalgia, says: pain in the ear}
"""


def made(text: str, name: str = "word-parts"):
    document, problems = parse_yaml(text, f"facts/{name}.yaml")
    assert document is not None, problems
    rows, found = facts_of(document, name)
    return {row.value.code: row.value for row in rows}, [str(problem) for problem in found]


def test_contested_matters_are_left_out():
    said = " ".join(
        text.lower() for item in ALL for text in (item.stem, item.lead_in, item.rule, item.key.text)
    )

    for word in ("gabapentin", "marijuana", "cannabis", "estradiol", "covid", "ivermectin"):
        assert word not in said


# The pieces


def test_an_answer_is_seen_by_its_first_letters_or_by_what_it_holds():
    assert shows("muc/o", "mucus")
    assert shows("conazole", "azole antifungal")
    assert shows("sulfa", "sulfonamide antibiotic")
    assert shows("ur/o", "urine")
    assert not shows("pril", "ACE inhibitor")
    assert not shows("in the order", "into a vein")


def test_an_answer_is_given_away_unless_two_others_show_the_same():
    assert given_away("insulin lispro", "insulin", ["insulin pump", "statin"])
    assert given_away("thyromegaly", "thyroid", ["thymus", "thymus gland"])
    assert not given_away("insulin lispro", "rapid insulin", ["long insulin", "short insulin"])


def test_the_next_kind_is_asked_where_the_first_would_answer_itself():
    table = PART_TABLE.replace("means: spleen", "means: splendor")
    items, problems = made(table)

    assert problems == []
    assert not [code for code in items if code.startswith("wp-root-splen-o")]
    assert in_turn(["m", "p"], "family-kind", "x") in (["m", "p"], ["p", "m"])


def test_wrong_answers_keep_their_places_when_a_row_is_added():
    rows = ["one", "two", "six", "ten", "red", "tin", "cup"]
    chosen = wrong_answers("q", "key", [rows], str, str.__eq__)
    more = wrong_answers("q", "key", [[*rows, "new"]], str, str.__eq__)

    assert len(chosen) == 3
    assert len(set(chosen) & set(more)) >= 2


def test_two_wrong_answers_are_enough_and_one_is_not():
    assert sorted(wrong_answers("q", "key", [["one", "two"]], str, str.__eq__)) == ["one", "two"]
    with pytest.raises(TooFewError, match="only 1 safe wrong answers"):
        wrong_answers("q", "key", [["one"]], str, str.__eq__)


def test_meanings_are_compared_by_telling_words_lists_and_parts():
    meanings = Meanings([["lung", "air sac"]], [("ear", ["eardrum"])])

    assert meanings.of("narrowing of a vessel") & meanings.of("blood vessel")
    assert not meanings.of("surgical removal") & meanings.of("surgical repair")
    assert meanings.of("lung") & meanings.of("air sac")
    assert meanings.contains("eardrum", "ear")
    assert not meanings.contains("eardrum", "eye")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("opioid analgesic", "an opioid analgesic"),
        ("ACE inhibitor", "an ACE inhibitor"),
        ("SGLT2 inhibitor", "an SGLT2 inhibitor"),
        ("H2 receptor antagonist", "an H2 receptor antagonist"),
        ("DPP-4 inhibitor", "a DPP-4 inhibitor"),
        ("5-HT3 antagonist", "a 5-HT3 antagonist"),
        ("urinary analgesic", "a urinary analgesic"),
        ("statin", "a statin"),
    ],
)
def test_a_and_an_follow_the_sound(words: str, expected: str):
    assert article(words) == expected


def test_plurals_of_class_names():
    assert [plural(one) for one in ("beta blocker", "therapy", "bisphosphonate")] == [
        "beta blockers",
        "therapies",
        "bisphosphonates",
    ]
