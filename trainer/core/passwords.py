"""Which passwords are acceptable. Knows rules, not hashes. Source: promises P32."""

from typing import Final

from trainer.core.errors import Invalid

SHORTEST: Final = 12
LONGEST: Final = 256

# The core of passwords that are guessed first; any password built on one of them and little
# else is refused. The list is short on purpose: length does most of the work.
_COMMON: Final = (
    "password", "passwort", "qwerty", "qwertz", "letmein", "welcome", "iloveyou", "administrator",
    "123456789012", "1234567890", "abcdefghijkl", "111111111111", "000000000000", "changeme",
    "trustno1", "monkey", "dragon", "sunshine", "princess", "football", "baseball", "superman",
)  # fmt: skip
_PRODUCT: Final = ("matrainer", "trainer", "medicalassistant")


def _squeezed(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def check_password(password: str, *, login: str, name: str, field: str = "password") -> None:
    """Refuse a password that is too short, too long or easy to guess.

    No rules on which kinds of characters; the text is used exactly as typed.
    Raises Invalid with what to write instead.
    """
    if len(password) < SHORTEST:
        raise Invalid(field, f"Use at least {SHORTEST} characters. Four plain words work well.")
    if len(password) > LONGEST:
        raise Invalid(field, f"Use at most {LONGEST} characters.")
    squeezed = _squeezed(password)
    own = [_squeezed(login.split("@")[0]), *(_squeezed(word) for word in name.split())]
    for part in (*_COMMON, *_PRODUCT, *(p for p in own if len(p) >= 4)):
        # What is left beside the guessable part must be long enough to stand alone.
        if part in squeezed and len(squeezed) - len(part) < 8:
            raise Invalid(field, "This is easy to guess. Please choose other words.")
    if len(set(password)) < 5:
        raise Invalid(field, "This repeats a few characters. Please choose other words.")
