"""Small rules of English for made sentences. Knows words, not medicine."""

import re

_NOT_CODE = re.compile(r"[^a-z0-9]+")
_LETTERS = re.compile(r"[A-Z][A-Z0-9]*(?![a-z])")
# Letters whose names begin with a vowel: an ACE inhibitor, an H2 blocker.
_VOWEL_NAMES = frozenset("AEFHILMNORSX")
_LIKE_YOU = ("uni", "ute", "uri", "ure", "eu", "one")


def article(words: str) -> str:
    """The words with "a" or "an" before them."""
    if _LETTERS.match(words):
        vowel = words[0] in _VOWEL_NAMES
    else:
        start = words.lower()
        vowel = start[:1] in "aeiou" and not start.startswith(_LIKE_YOU)
    return f"{'an' if vowel else 'a'} {words}"


def plural(noun: str) -> str:
    """Of a noun that ends regularly, as the names of drug classes do."""
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"


def start(text: str) -> str:
    """With a capital letter, as a sentence begins."""
    return text[:1].upper() + text[1:]


def lower_start(text: str) -> str:
    return text[:1].lower() + text[1:]


def slug(text: str) -> str:
    """The part of a code that a word gives; empty when it has no letter or digit."""
    return _NOT_CODE.sub("-", text.lower()).strip("-")
