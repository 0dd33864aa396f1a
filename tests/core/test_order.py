import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.core.order import seeded_order


@pytest.mark.parametrize(
    ("attempt", "expected"), [("att-1", "BDAC"), ("att-2", "DBCA"), ("att-3", "DBCA")]
)
def test_the_worked_orders_of_the_design(attempt, expected):
    assert list(expected) == seeded_order("ABCD", "opt", attempt, "q-17")


def test_purpose_and_every_part_change_the_order():
    ids = [str(n) for n in range(20)]
    orders = [
        seeded_order(ids, "opt", "1", "2"),
        seeded_order(ids, "var", "1", "2"),
        seeded_order(ids, "opt", "3", "2"),
        seeded_order(ids, "opt", "1", "3"),
        seeded_order(ids, "opt"),
    ]

    assert len({tuple(order) for order in orders}) == len(orders)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=6), unique=True, max_size=8), st.randoms(use_true_random=False))
def test_the_order_given_does_not_matter(ids, rng):
    mixed = list(ids)
    rng.shuffle(mixed)

    assert seeded_order(ids, "opt", "x") == seeded_order(mixed, "opt", "x")
