"""Rules on dangerous or unexplained short forms and on written doses: I24, I25.

The lists follow the fact table of abbreviations (a test compares them), as far as a short form can
be told from a word: "IN", "&" or ">" cannot.
"""

import re
from collections.abc import Iterator

from trainer.content.lint.finding import Finding
from trainer.content.lint.numbers import unsafe_number
from trainer.content.lint.said import Said, Texts
from trainer.core.items import Item

# Questions about dangerous ways of writing have to show them; so have those on abbreviations.
SHOWS_DANGEROUS = frozenset(
    {"abbreviations-do-not-use", "safe-dose-writing", "lookalike-high-alert"}
)
_DO_NOT_USE = re.compile(
    r"(?<![A-Za-z.])(U|IU|QD|QOD|q\.?d\.?|q\.?o\.?d\.?|Q\.D\.|Q\.O\.D\.|MSO4|MgSO4)"
    r"(?![A-Za-z]|\.[A-Za-z])"
)
_ERROR_PRONE = re.compile(
    r"(?<![A-Za-z])(SC|SQ|sub q|BIW|TIW|HS|qn|q6PM|UD|i/d|o\.d\.|OD|OS|OU|AD|AS|AU|D/C|per os|IJ"
    r"|NAS|APAP|HCTZ|HCT|MTX|AZT|ARA A|PTU|TNK|DPT)(?![A-Za-z])"
)
# Both patterns hold one of these words.
_RISKY_WORDS = """
    U IU QD QOD Q q qd qod MSO4 MgSO4 SC SQ sub BIW TIW HS qn q6PM UD i o OD OS OU AD AS AU D os
    IJ NAS APAP HCTZ HCT MTX AZT ARA PTU TNK DPT
"""
_RISKY = frozenset(_RISKY_WORDS.split())
# A dose, or words that give an order: there an error-prone form is an error (rule I24).
_ORDER = re.compile(
    r"\d\s?(?:mg|mcg|g|mL|units?|tablets?|drops?|puffs?)\b"
    r"|\b(?:order|orders|ordered) (?:is|reads)\b"
)
_ABBREVIATION = re.compile(r"(?<![A-Za-z0-9.$-])([A-Z][A-Z0-9]{1,5})(?![a-z0-9])")
_KNOWN_WORDS = """
    ADA AED AHRQ AIDS AM BMI CDC CLIA CM CMS CPR CPT CT DEA DNA ECG EHR EKG EPA FDA HBV HCPCS
    HHS HIPAA HIV ICD ID II III ISMP IV IX MA MD MRI NIOSH NP OSHA PA PCS PM PPE RN SBAR SDS
    STAT TB US UV VI VII VIII VIS XI XII ZIP
"""
_KNOWN = frozenset(_KNOWN_WORDS.split())


def check_safety(item: Item, said: Said) -> Iterator[Finding]:
    if item.concept in SHOWS_DANGEROUS or item.concept.startswith("abbr"):
        return
    if not said.tokens.isdisjoint(_RISKY) or unsafe_number(said.whole):
        yield from _dangerous(said.texts)
    yield from _defined(said)


def _dangerous(texts: Texts) -> Iterator[Finding]:
    for path, text in texts:
        if hit := _DO_NOT_USE.search(text):
            yield Finding("I24", f'"{hit[1]}" is on the do-not-use list; write it out.', path)
        if hit := _ERROR_PRONE.search(text):
            message = f'"{hit[1]}" is error-prone; write it out.'
            yield Finding("I24", message, path, warn=not _ORDER.search(text))
        if danger := unsafe_number(text):
            yield Finding("I25", f"Unsafe number: {danger}.", path)


def _defined(said: Said) -> Iterator[Finding]:
    """I24: an abbreviation is known at this level or written out once in the item."""
    if not [token for token in said.tokens - _KNOWN if token.isupper() and len(token) > 1]:
        return
    whole = said.whole
    unknown = {
        short
        for short in _ABBREVIATION.findall(whole)
        if short not in _KNOWN and f"({short})" not in whole and f"{short} (" not in whole
    }
    for short in sorted(unknown):
        path = next(path for path, text in said.texts if short in text)
        yield Finding("I24", f'"{short}" is not written out.', path, warn=True)
