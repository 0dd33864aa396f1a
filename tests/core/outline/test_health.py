"""Bank health at its limits (design D1: green from 3 families a question, amber from 1.5)."""

import pytest

from trainer.core.outline.health import health, ratio


@pytest.mark.parametrize(
    ("families", "quota", "expected"),
    [
        (30, 10, "green"),
        (29, 10, "amber"),
        (15, 10, "amber"),
        (14, 10, "red"),
        (9, 3, "green"),
        (8, 3, "amber"),
        (5, 3, "amber"),
        (4, 3, "red"),
        (0, 1, "red"),
        (0, 0, "green"),
    ],
)
def test_health_is_families_for_one_question(families, quota, expected):
    assert health(families, quota) == expected


@pytest.mark.parametrize(
    ("families", "quota", "expected"), [(15, 10, 1.5), (1, 3, 0.33), (2, 3, 0.67), (5, 0, None)]
)
def test_the_ratio_is_shown_with_two_decimals(families, quota, expected):
    assert ratio(families, quota) == expected
