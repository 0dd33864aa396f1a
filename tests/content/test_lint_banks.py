"""Where rules on whole banks put their remarks, and the search for near duplicates (I35, G/J16)."""

from dataclasses import replace

from tests.content.build import ITEM, make_item
from trainer.content.lint import lint_bank, near_duplicates
from trainer.core.items import Item, Parameters

SHORT_KEY = ["Read it again later", "Record it as negative", "Record it as positive", "Repeat it"]


def bank(*keys: int, **changes: object) -> list[Item]:
    return [make_item(_with_key_short(key), key=key, **changes) for key in keys]


def _with_key_short(key: int) -> list[str]:
    wrong = iter(SHORT_KEY[:3])
    return [SHORT_KEY[3] if place == key else next(wrong) for place in range(4)]


def test_four_keys_in_a_row_are_told_at_the_first_of_them():
    remarks = list(lint_bank(bank(1, 2, 2, 2, 2, 0)))

    assert [(remark.rule, remark.index) for remark in remarks] == [("K01", 1)]


def test_a_name_seen_again_is_told_at_the_second_item():
    items = bank(0, 1, 2, 3)
    named = [replace(item, stem="Ms. Rivera waits.") for item in items[:2]]

    remarks = list(lint_bank([*items, *named]))

    assert [(remark.rule, remark.index) for remark in remarks] == [("K08", 5)]


def test_places_of_keys_are_those_of_plain_single_best_answers():
    """Templates and other types between them neither count nor break a run."""
    several_right = replace(ITEM, type="multiple_response")
    drawn = replace(ITEM, parameters=Parameters())
    items = [*bank(2, 2), several_right, drawn, *bank(2, 2)]

    assert [(remark.rule, remark.index) for remark in lint_bank(items)] == [("K01", 0)]


def test_an_item_that_differs_in_punctuation_only_is_the_same():
    other = replace(ITEM, stem=ITEM.stem.replace(".", " !").upper())

    assert list(near_duplicates([ITEM, other])) == [(0, 1, 1.0)]


def test_a_changed_word_makes_a_near_duplicate_and_a_new_text_none():
    near = replace(ITEM, stem=ITEM.stem.replace("influenza", "strep"))
    other = replace(
        make_item(["Gown", "Mask", "Apron"]), stem="A child coughs.", lead_in="Which comes first?"
    )

    found = list(near_duplicates([near, other, ITEM]))

    assert [pair[:2] for pair in found] == [(0, 2)]
    assert 0.70 <= found[0][2] < 1


def test_the_order_of_options_hides_no_duplicate():
    turned = replace(ITEM, options=ITEM.options[::-1])

    assert list(near_duplicates([ITEM, turned])) == [(0, 1, 1.0)]


def test_no_pair_is_missed_compared_with_trying_all():
    words = [f"w{n}" for n in range(60)]
    items = [
        replace(ITEM, stem=" ".join(words[start : start + 40]), lead_in="", options=())
        for start in range(0, 20, 2)
    ]

    found = {pair[:2] for pair in near_duplicates(items)}

    def runs(item: Item) -> set[tuple[str, ...]]:
        said = item.stem.split()
        return {tuple(said[i : i + 3]) for i in range(len(said) - 2)}

    expected = {
        (i, j)
        for i in range(len(items))
        for j in range(i + 1, len(items))
        if len(runs(items[i]) & runs(items[j])) / len(runs(items[i]) | runs(items[j])) >= 0.70
    }
    assert expected == found
    assert expected
