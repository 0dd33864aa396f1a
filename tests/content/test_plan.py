"""Payloads that read back equal, and the plan from known versions to a bundle."""

from pathlib import Path

import pytest

from tests.content.build import CONCEPTS, ITEM, make_root
from trainer.content.bundle import load_content
from trainer.content.payload import KINDS, digest, from_payload, to_payload
from trainer.content.plan import changes, make_plan


@pytest.fixture
def bundle(tmp_path: Path):
    return load_content(make_root(tmp_path))


def known_of(bundle):
    return {code: (1, digest(text)) for code, text in bundle.payloads().items()}


def test_every_value_reads_back_equal(bundle):
    for (kind, code), text in bundle.payloads().items():
        assert bundle.of_kind()[kind][code] == from_payload(kind, text)


def test_equal_values_have_one_text_and_one_hash(bundle):
    text = to_payload(ITEM)

    assert text == to_payload(bundle.items[ITEM.code])
    assert text == to_payload(from_payload("item", text))
    assert len(digest(text)) == 64


@pytest.mark.parametrize(("kind", "text"), [("exam", "{}"), ("item", "["), ("nothing", "{}")])
def test_a_payload_of_another_kind_is_refused(kind, text):
    with pytest.raises(ValueError, match=r"no kind|validation error"):
        from_payload(kind, text)


def test_an_empty_catalogue_gets_everything(bundle):
    plan = make_plan(bundle, {})

    assert {action.name for action in plan} == {"add"}
    assert {action.kind for action in plan} == set(KINDS) - {"scenario"}
    assert all(action.version == 1 and action.payload for action in plan)


def test_the_same_content_changes_nothing(bundle):
    plan = make_plan(bundle, known_of(bundle))

    assert {action.name for action in plan} == {"unchanged"}
    assert changes(plan) == []


def test_a_changed_value_gets_a_new_version(bundle, tmp_path: Path):
    known = known_of(bundle)
    make_root(tmp_path, concepts=CONCEPTS.replace("The control", "Its control"))

    plan = changes(make_plan(load_content(tmp_path), known))

    assert [(a.name, a.kind, a.version) for a in plan] == [("new_version", "concept", 2)]
    assert plan[0].payload
    assert str(plan[0]) == "new version: concept test-control-line (version 2)"


def test_what_is_gone_is_retired_once(bundle):
    known = known_of(bundle) | {("item", "old-01"): (3, "x"), ("item", "older-01"): (1, "y")}

    plan = changes(make_plan(bundle, known, retired={("item", "older-01")}))

    assert [(a.name, a.code, a.version) for a in plan] == [("retire", "old-01", 3)]


def test_what_comes_back_unchanged_is_restored_and_what_changed_counts_up(bundle):
    one, two = ("item", "test-control-line-01"), ("item", "test-control-line-02")
    known = known_of(bundle) | {two: (4, "other")}

    plan = changes(make_plan(bundle, known, retired={one, two}))

    assert [("new_version", two[1], 5), ("restore", one[1], 1)] == [
        (a.name, a.code, a.version) for a in plan
    ]
