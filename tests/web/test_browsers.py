"""Browsers are named in two words; nothing else of their description is kept."""

import pytest

from trainer.web.browsers import describe

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        (f"{WINDOWS} Chrome/156.0.0.0 Safari/537.36", "Chrome on Windows"),
        (f"{WINDOWS} Chrome/156.0.0.0 Safari/537.36 Edg/156.0", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 20_0 like Mac OS X) Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (X11; CrOS x86_64) Chrome/156.0 Safari/537.36", "Chrome on Chromebook"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0",
         "Firefox on Linux"),
        ("", "A browser"),
        ("\x00<script>alert(1)</script>" * 100, "A browser"),
    ],
)  # fmt: skip
def test_a_browser_is_named_by_what_it_says(sent: str, name: str) -> None:
    assert describe(sent) == name
