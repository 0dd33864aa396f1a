"""Rules on words: I24 to I28. Word lists only; what they mean for a patient is not known here."""

import re
from collections.abc import Iterator

from trainer.content.lint.finding import Finding, option_path
from trainer.content.lint.numbers import unsafe_number
from trainer.content.lint.words import grade_level, mean, sentences, word_count
from trainer.content.yamlfile import FieldPath
from trainer.core.items import Item

# Questions about dangerous ways of writing have to show them.
_SHOWS_DANGEROUS = frozenset(
    {"abbreviations-do-not-use", "safe-dose-writing", "lookalike-high-alert"}
)
_DO_NOT_USE = re.compile(
    r"(?<![A-Za-z.])(U|IU|QD|QOD|q\.?d\.?|q\.?o\.?d\.?|Q\.D\.|Q\.O\.D\.|MSO4|MgSO4)"
    r"(?![A-Za-z]|\.[A-Za-z])"
)
_ERROR_PRONE = re.compile(
    r"(?<![A-Za-z])(SC|SQ|BIW|TIW|HS|qhs|OD|OS|OU|AD|AS|AU|D/C|per os)(?![A-Za-z])"
)
_ABBREVIATION = re.compile(r"(?<![A-Za-z0-9.$-])([A-Z][A-Z0-9]{1,5})(?![a-z0-9])")
_KNOWN_WORDS = """
    ADA AED AHRQ AIDS AM BMI CDC CLIA CM CMS CPR CPT CT DEA DNA ECG EHR EKG EPA FDA HBV HCPCS HHS
    HIPAA HIV ICD ID II III ISMP IV IX MA MD MRI NIOSH NP OSHA PA PCS PM PPE RN SBAR SDS STAT TB US
    UV VI VII VIII VIS XI XII ZIP
"""
_KNOWN = frozenset(_KNOWN_WORDS.split())
_BRANDS = {
    "Tylenol": "acetaminophen",
    "Advil": "ibuprofen",
    "Motrin": "ibuprofen",
    "Aleve": "naproxen",
    "Benadryl": "diphenhydramine",
    "Claritin": "loratadine",
    "Zyrtec": "cetirizine",
    "EpiPen": "epinephrine",
    "Lipitor": "atorvastatin",
    "Crestor": "rosuvastatin",
    "Zocor": "simvastatin",
    "Norvasc": "amlodipine",
    "Glucophage": "metformin",
    "Lasix": "furosemide",
    "Coumadin": "warfarin",
    "Synthroid": "levothyroxine",
    "Xanax": "alprazolam",
    "Ativan": "lorazepam",
    "Valium": "diazepam",
    "Ambien": "zolpidem",
    "Vicodin": "hydrocodone",
    "Percocet": "oxycodone",
    "Zoloft": "sertraline",
    "Prozac": "fluoxetine",
    "Ventolin": "albuterol",
    "Lovenox": "enoxaparin",
}
_LABELS = re.compile(
    r"\b(junkie|addict|alcoholic|crazy|insane|wheelchair-bound|confined to a wheelchair|oriental|"
    r"caucasian|illegal alien|drug-seeking|drug seeker|frequent flyer|non-?compliant|suffers from|"
    r"victim of|the elderly|mentally retarded|obese patient|diabetic patient)\b",
    re.IGNORECASE,
)
Texts = list[tuple[FieldPath, str]]
_MARKUP = re.compile(r"<[A-Za-z/!]|\{\{|\{%|javascript:|!\[|\]\(")


def check_language(item: Item) -> Iterator[Finding]:
    texts = list(all_texts(item))
    # One search over everything first: most items are clean, and most rules then cost one look.
    whole = "\n".join(text for _, text in texts)
    if _MARKUP.search(whole) or _LABELS.search(whole):
        yield from _plain_and_kind(texts)
    if item.concept not in _SHOWS_DANGEROUS:
        yield from _safe_writing(texts, whole)
        yield from _defined(texts, whole)
    yield from _brand_alone(texts, whole)
    yield from _readable(item)


def all_texts(item: Item) -> Iterator[tuple[FieldPath, str]]:
    """Every text of an item that a student can see, with its place."""
    yield ("stem",), item.stem
    yield ("lead_in",), item.lead_in
    yield ("rule",), item.rule
    for index, option in enumerate(item.options):
        yield option_path(index), option.text
        yield option_path(index, "reason"), option.reason


def _plain_and_kind(texts: Texts) -> Iterator[Finding]:
    for path, text in texts:
        if _MARKUP.search(text):
            yield Finding("T01", "Plain text only: no HTML, template or link marks.", path)
        if hit := _LABELS.search(text):
            message = f'"{hit[0]}" labels the person; put the person first.'
            yield Finding("I27", message, path, warn=True)


def _safe_writing(texts: Texts, whole: str) -> Iterator[Finding]:
    risky = _DO_NOT_USE.search(whole) or _ERROR_PRONE.search(whole) or unsafe_number(whole)
    for path, text in texts if risky else ():
        if hit := _DO_NOT_USE.search(text):
            yield Finding("I24", f'"{hit[1]}" is on the do-not-use list; write it out.', path)
        if hit := _ERROR_PRONE.search(text):
            message = f'"{hit[1]}" is error-prone; write it out.'
            yield Finding("I24", message, path, warn=True)
        if danger := unsafe_number(text):
            yield Finding("I25", f"Unsafe number: {danger}.", path)


def _defined(texts: Texts, whole: str) -> Iterator[Finding]:
    """I24: an abbreviation is known at this level or written out once in the item."""
    unknown = {
        short
        for short in _ABBREVIATION.findall(whole)
        if short not in _KNOWN and f"({short})" not in whole and f"{short} (" not in whole
    }
    for short in sorted(unknown):
        path = next(path for path, text in texts if short in text)
        yield Finding("I24", f'"{short}" is not written out.', path, warn=True)


def _brand_alone(texts: Texts, whole: str) -> Iterator[Finding]:
    for brand, generic in _BRANDS.items():
        if brand in whole and generic not in whole.lower():
            path = next(path for path, text in texts if brand in text)
            yield Finding("I26", f"{brand} is a brand; name {generic} first.", path, warn=True)


def _readable(item: Item) -> Iterator[Finding]:
    asked = f"{item.stem} {item.lead_in}".strip()
    average = mean(word_count(sentence) for sentence in sentences(asked))
    if average >= 25:
        message = f"Sentences average {average:.0f} words; keep them under 25."
        yield Finding("I28", message, ("stem",) if item.stem else ("lead_in",), warn=True)
    if word_count(asked) >= 20 and (grade := grade_level(asked)) > 12:
        message = f"Reads like grade {grade:.0f}; aim near grade 9."
        yield Finding("I28", message, ("stem",) if item.stem else ("lead_in",), warn=True)
