"""What kind of browser asks, in two words: all that is kept of its description."""

from typing import Final

# The first name found wins: Edge and Opera also call themselves Chrome, and Chrome Safari.
_BROWSERS: Final = (
    ("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"),
    ("CriOS", "Chrome"), ("FxiOS", "Firefox"), ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS: Final = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "Chromebook"),
    ("Windows", "Windows"), ("Mac OS", "Mac"), ("Linux", "Linux"),
)  # fmt: skip


def describe(user_agent: str) -> str:
    """`Chrome on Windows`; `A browser` when it does not say."""
    text = user_agent[:400]
    browser = next((name for sign, name in _BROWSERS if sign in text), "A browser")
    system = next((name for sign, name in _SYSTEMS if sign in text), "")
    return f"{browser} on {system}" if system else browser
