"""Commands on single questions: one as a student sees it, and with its key and reasons.

Reads the files; needs no database.
"""

from collections.abc import Iterator
from difflib import get_close_matches
from itertools import chain
from textwrap import wrap

import click

from trainer.content.formats.pictures import read_pictures
from trainer.content.readers.items import read_items
from trainer.content.readers.root import PICTURES, read_root
from trainer.core.errors import NotFound
from trainer.core.items import Item
from trainer.core.items.draws import draw
from trainer.core.items.given import key_of, shown_order
from trainer.core.items.told import lesson
from trainer.settings import shipped_root

_WIDTH = 88
_HOW = {
    "single_best_answer": "Choose one.",
    "multiple_response": "Choose all that apply.",
    "ordered_response": "Put the steps in order.",
    "matching": "Choose the match for each row.",
    "numeric": "Write a number.",
    "hot_spot": "Choose a place on the picture.",
}


@click.group("item")
def item_commands() -> None:
    """Look at single questions."""


@item_commands.command()
@click.option("--seed", default="show", show_default=True, help="Sets the order and the numbers.")
@click.option("--key", "with_key", is_flag=True, help="Print the key, every reason and the source.")
@click.argument("code")
def show(code: str, seed: str, with_key: bool) -> None:
    """Print the question CODE as a student sees it."""
    item = draw(_find(code), f"show-{seed}")
    order = shown_order(item, f"show-{seed}")
    click.echo("\n".join(_asked(item, order)))
    if with_key:
        click.echo("\n".join(_taught(item, order)))


def _find(code: str) -> Item:
    items = _written(code) or {row.value.code: row.value for row in read_root(shipped_root()).items}
    if code in items:
        return items[code]
    near = get_close_matches(code, items, 5, 0.7)
    hint = f" Close to it: {', '.join(near)}." if near else ""
    raise NotFound(f'There is no question "{code[:80]}".{hint}')


def _written(code: str) -> dict[str, Item]:
    """The question, if a file of hand-written ones holds it: reading all banks takes seconds."""
    folder = shipped_root() / "question_banks" / "items"
    for path in sorted(folder.glob("*.yaml")):
        if f"id: {code}\n" in path.read_text(encoding="utf-8"):
            pictures, _ = read_pictures(shipped_root() / PICTURES, PICTURES)
            rows, _ = read_items(path, None, pictures)
            return {row.value.code: row.value for row in rows if row.value.code == code}
    return {}


def _lines(text: str, indent: str = "", first: str | None = None) -> Iterator[str]:
    """A text in lines that fit a terminal; paragraphs stay apart."""
    start = indent if first is None else first
    for number, part in enumerate(text.split("\n\n")):
        yield from wrap(part, _WIDTH, initial_indent=indent if number else start,
                        subsequent_indent=indent)  # fmt: skip


def _asked(item: Item, order: tuple[str, ...]) -> Iterator[str]:
    """What stands on the page of the question."""
    if item.stem:
        yield from chain(_lines(item.stem), [""])
    yield from _lines(item.lead_in)
    if item.picture:
        yield from chain([""], _lines(item.picture.alt, "  ", "  Picture: "))
    yield ""
    how = f"Choose exactly {item.select}." if item.select else _HOW[item.type]
    unit = f" ({item.number.units[0]})" if item.number and item.number.units else ""
    yield f"  {how.removesuffix('.')}{unit}."
    shown = [item.option(one) for one in order if one in {option.id for option in item.options}]
    for letter, option in zip("ABCDEFGH", shown, strict=False):
        yield from _lines(option.text, "     ", f"  {letter}  ")
    partners = {partner.id: partner.text for partner in item.partners}
    matches = [partners[one] for one in order if one in partners]
    if matches:
        yield "  Matches:"
    for number, text in enumerate(matches, 1):
        yield from _lines(text, "     ", f"  {number}  ")


def _taught(item: Item, order: tuple[str, ...]) -> Iterator[str]:
    """The key, a reason for every part, and where the facts come from."""
    yield ""
    for part in lesson(item, key_of(item), order).told:
        mark = "Key" if part.role == "right" else "Not"
        yield from _lines(part.text, "     ", f"  {mark}: ")
        yield from _lines(part.why, "     ")
    for error in item.number.errors if item.number else ():
        yield from _lines(f"{error.value}: {error.error}", "     ", "  Not: ")
        yield from _lines(error.reason, "     ")
    yield from chain([""], _lines(item.rule, "        ", "  Rule: "))
    for source in item.sources:
        yield f"  Source: {source.title}, {source.url} ({source.checked_on})"
    read = f"answered blind and agreed on {item.checked.on}" if item.checked else "none"
    yield f"  Concept {item.concept}, bank {item.bank}, level {item.bloom}"
    yield f"  Difficulty {item.difficulty} of 3"
    yield f"  Second reading: {read}"
