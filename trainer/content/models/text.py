"""One canonical form for every text that content brings in (bad inputs G/J15, G/F11, G/F16).

Knows characters only. Texts that look alike but differ in code points would defeat the search for
duplicates and the comparison of options, and some are read wrongly by screen readers.
"""

import re
import unicodedata

# The micro sign is the unit; the Greek letter and compatibility letters only look like it.
_SAME_SIGN = str.maketrans(
    {
        "\u03bc": "\u00b5",  # Greek mu
        "\u00ba": "\u00b0",  # masculine ordinal
        "\u02da": "\u00b0",  # ring above
        "\ufe63": "\u2212",  # small hyphen-minus
        "\uff0d": "\u2212",  # full-width hyphen-minus
        "\u2010": "-",
        "\u2011": "-",  # non-breaking hyphen
        "\u2012": "\u2013",  # figure dash
        "\u00a0": " ",
        "\u2007": " ",
        "\u2009": " ",
        "\u202f": " ",
        "\u2103": "\u00b0C",
        "\u2109": "\u00b0F",
        "\r": "\n",
    }
)
_HYPHEN_AS_MINUS = re.compile(r"(?<![^\s(=<>≤≥])-(?=\d)")
_ASCII_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_DEGREE_GAP = re.compile(r"\s+(?=°[CF]\b)")
_SPACES = re.compile(r"[ \t\n]+")
_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")


def one_line(raw: str) -> str:
    """Canonical text without line breaks; ValueError for characters that must not be there."""
    return _SPACES.sub(" ", canonical(raw)).strip()


def paragraphs(raw: str) -> str:
    """Canonical text that keeps paragraph breaks and nothing else of the layout."""
    parts = (_SPACES.sub(" ", part).strip() for part in _PARAGRAPHS.split(canonical(raw)))
    return "\n\n".join(part for part in parts if part)


def canonical(raw: str) -> str:
    """NFC, one micro sign, one degree sign, one minus sign, plain spaces."""
    if raw.isascii():
        # Nearly every text; only a hyphen before a number can still need a change.
        text = raw.replace("\r\n", "\n").replace("\r", "\n")
    else:
        text = unicodedata.normalize("NFC", raw.replace("\r\n", "\n")).translate(_SAME_SIGN)
        text = _DEGREE_GAP.sub("", text)
    _refuse_hidden(text)
    return _HYPHEN_AS_MINUS.sub("\u2212", text) if "-" in text else text


def _refuse_hidden(text: str) -> None:
    if text.isascii():
        found = _ASCII_CONTROL.search(text)
        hidden = {found[0]} if found else set()
    else:
        hidden = {char for char in set(text) if char not in "\n\t" and _is_hidden(char)}
    for char in sorted(hidden):
        raise ValueError(f"holds the hidden character U+{ord(char):04X}; remove it")


def _is_hidden(char: str) -> bool:
    """Control, format (zero width, direction), surrogate, private use or unassigned."""
    return unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn"}
