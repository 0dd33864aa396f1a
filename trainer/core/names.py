"""What people may be called. Knows text rules, not who exists already."""

import unicodedata
from typing import Final

from trainer.core.errors import Invalid

MAX_NAME: Final = 120
MAX_LOGIN: Final = 64
MAX_LINE: Final = 200
MAX_TEXT: Final = 4000

# Letters, digits and these: a login is typed on shared lab keyboards and read out aloud.
_LOGIN_EXTRA: Final = frozenset("._-@+")


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cs", "Co", "Cn"}


def _is_invisible(char: str) -> bool:
    # Cf holds zero-width joiners and the marks that turn the direction of text.
    return unicodedata.category(char) in {"Cf", "Zl", "Zp"}


def clean_line(text: str, field: str, label: str, limit: int = MAX_LINE) -> str:
    """One line of text as stored: NFC, single spaces, no control or invisible characters.

    Raises Invalid naming the field when nothing is left or it is too long.
    """
    if len(text) > limit * 8:
        raise Invalid(field, f"{label} is longer than {limit} characters.")
    kept = "".join(c for c in unicodedata.normalize("NFC", text) if not _is_invisible(c))
    line = " ".join(kept.split())
    if any(_is_control(c) for c in line):
        raise Invalid(field, f"{label} holds a character that cannot be stored.")
    if not line:
        raise Invalid(field, f"{label} is empty. Please write it.")
    if len(line) > limit:
        raise Invalid(field, f"{label} is longer than {limit} characters.")
    return line


def clean_text(text: str, field: str, label: str, limit: int = MAX_TEXT) -> str:
    """Several lines of text as stored; may be empty. Raises Invalid when too long or unstorable."""
    if len(text) > limit * 2:
        raise Invalid(field, f"{label} is longer than {limit} characters.")
    kept = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if any(_is_control(c) and c not in "\n\t" for c in kept):
        raise Invalid(field, f"{label} holds a character that cannot be stored.")
    if len(kept) > limit:
        raise Invalid(field, f"{label} is longer than {limit} characters.")
    return kept


def clean_login(text: str, field: str = "login") -> str:
    """A login as stored and compared: ASCII, lower case, so that no two can look alike.

    Raises Invalid for anything else (a Cyrillic a, a dotless i, a zero-width joiner).
    """
    login = text.strip().lower()
    if not login:
        raise Invalid(field, "Sign-in name is empty. Please write it.")
    if len(login) > MAX_LOGIN:
        raise Invalid(field, f"Sign-in name is longer than {MAX_LOGIN} characters.")
    if not all(c.isascii() and (c.isalnum() or c in _LOGIN_EXTRA) for c in login):
        raise Invalid(
            field, "Sign-in name may hold the letters a to z, digits and the signs . _ - @ +"
        )
    return login


def initials(name: str) -> str:
    """Up to two capitals for the round badge beside a name."""
    words = [word for word in name.split() if word[:1].isalnum()]
    picked = words[:1] + words[-1:] if len(words) > 1 else words
    return "".join(word[0].upper() for word in picked) or "?"
