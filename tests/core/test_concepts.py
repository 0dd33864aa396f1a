import pytest

from trainer.core.outline.concepts import bank_name


@pytest.mark.parametrize(
    ("bank", "name"),
    [
        ("law-ethics", "Law and ethics"),
        ("records-scheduling", "Records and scheduling"),
        ("infection-control", "Infection control"),
        ("testing", "Testing"),
    ],
)
def test_a_bank_is_named_in_words(bank: str, name: str) -> None:
    assert bank_name(bank) == name
