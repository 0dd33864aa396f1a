"""From a question in plain parts to an item. Knows no table and no rule of choosing."""

from dataclasses import dataclass

from trainer.content.models.facts import FactsFrame
from trainer.content.models.item_parts import SourceEntry
from trainer.core.items import Bloom, Item, Option
from trainer.core.order import seeded_order


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer and why it is right or wrong."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A question before its options have places."""

    code: str
    concept: str
    difficulty: int
    bloom: Bloom
    lead_in: str
    key: Choice
    wrong: tuple[Choice, ...]
    rule: str
    stem: str = ""
    asked: str = ""
    """The part, term or name that the question turns on; no answer may show it."""
    sources: tuple[SourceEntry, ...] = ()
    """Left out: those of the table."""


def make_item(draft: Draft, frame: FactsFrame) -> Item:
    """The item; its options stand in the order of the seed rule (design 0)."""
    reasons = {choice.text: choice.reason for choice in (draft.key, *draft.wrong)}
    texts = seeded_order(reasons, "family-order", draft.code)
    sources = draft.sources or tuple(frame.sources)
    return Item(
        code=draft.code,
        concept=draft.concept,
        type="single_best_answer",
        difficulty=draft.difficulty,
        bloom=draft.bloom,
        stem=draft.stem,
        lead_in=draft.lead_in,
        options=tuple(
            Option("abcd"[place], text, text == draft.key.text, reasons[text])
            for place, text in enumerate(texts)
        ),
        rule=draft.rule,
        sources=tuple(source.to_core() for source in sources),
        status_as_of=frame.as_of,
        review_by=frame.review_by,
        fixed_order=False,
        bank=frame.bank,
        origin="generated",
    )
