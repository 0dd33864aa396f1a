"""`trainer item show`: questions of all types on the screen, with and without their key."""

import pytest

from tests.cli.running import Trainer
from trainer.content.bundle import Bundle
from trainer.core.items.given import key_of, shown_order
from trainer.core.items.told import lesson


def words(text: str) -> str:
    return " ".join(text.split())


def test_a_question_is_shown_without_its_key(trainer: Trainer, shipped: Bundle) -> None:
    item = shipped.items["hand-hygiene-01"]
    found = trainer("item", "show", item.code)

    assert found.code == 0
    assert words(item.stem) in words(found.out)
    assert item.lead_in in found.out
    assert all(words(option.text) in words(found.out) for option in item.options)
    assert not any(words(option.reason) in words(found.out) for option in item.options)
    assert item.rule not in words(found.out)


def test_the_key_comes_with_every_reason_and_the_source(trainer: Trainer, shipped: Bundle) -> None:
    item = shipped.items["hand-hygiene-01"]
    found = words(trainer("item", "show", item.code, "--key").out)

    assert f"Key: {item.key.text}" in found
    assert all(words(option.reason) in found for option in item.options)
    assert item.sources[0].url in found


@pytest.mark.parametrize(
    "kind",
    ["single_best_answer", "multiple_response", "ordered_response", "matching", "numeric",
     "hot_spot"],
)  # fmt: skip
def test_every_type_is_shown_whole(trainer: Trainer, shipped: Bundle, kind: str) -> None:
    item = next(i for i in shipped.items.values() if i.type == kind and i.parameters is None)
    found = words(trainer("item", "show", item.code, "--key").out)

    for part in lesson(item, key_of(item), shown_order(item, "any")).told:
        assert words(part.text) in found
        assert words(part.why) in found


def test_the_seed_decides_order_and_numbers(trainer: Trainer, shipped: Bundle) -> None:
    template = next(i for i in shipped.items.values() if i.parameters is not None)
    seen = {trainer("item", "show", template.code, "--seed", str(n)).out for n in range(4)}
    again = trainer("item", "show", template.code, "--seed", "1").out

    assert len(seen) > 1
    assert again in seen
    assert "{" not in again


def test_a_generated_question_is_found_too(trainer: Trainer, shipped: Bundle) -> None:
    made = next(i for i in shipped.items.values() if i.origin == "generated")

    assert words(made.lead_in) in words(trainer("item", "show", made.code).out)


def test_an_unknown_code_is_met_with_close_ones(trainer: Trainer) -> None:
    found = trainer("item", "show", "hand-hygeine-01")

    assert found.code == 1
    assert "hand-hygiene-01" in found.err
    assert "Traceback" not in found.err


@pytest.mark.parametrize("code", ["", "../../etc/passwd", "x" * 5000, "{{7*7}}", "a\nb"])
def test_what_is_no_code_breaks_nothing(trainer: Trainer, code: str) -> None:
    found = trainer("item", "show", code)

    assert found.code == 1
    assert "There is no question" in found.err
