"""Proof that a parametric item is a sound question with every one of its draws.

Reads all draws, not a sample: what one student in a thousand would meet is found before. Knows
nothing of files; each problem comes with the path of the field and the values that show it.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations as pairs_of

from trainer.core.items import Item, Parameters
from trainer.core.items.draws import (
    DrawError,
    Path,
    Step,
    combinations,
    complete,
    is_decimal,
    numbers_shown,
    steps_of,
    texts_of,
)
from trainer.core.items.filling import FillError, fill, parts_of, places_of, shown
from trainer.core.items.formula import WORDS, Value, Values

MIN_DRAWS = 40
"""Fewer could be learned by heart (issue of the bank: at least 40 distinct draws)."""
MAX_NAMES = 60
_FIGURES = frozenset({"value", "tolerance", "low", "high"})
Finding = tuple[Path, str]


def problems_of_template(item: Item) -> list[Finding]:
    """What is wrong with a template, path and message; nothing for a sound or a plain item."""
    if item.parameters is None:
        return list(_braces_of_plain(item))
    found = [*_shape(item, item.parameters)]
    if found:
        return found
    try:
        steps = steps_of(item.parameters)
        raws = list(combinations(item.parameters))
    except DrawError as wrong:
        return [(wrong.path, wrong.message)]
    found += _names(item, item.parameters)
    return found or _AllDraws(item, raws, steps).problems()


def said_of(values: Values) -> str:
    """Values as a message names them: `order = 250, strength = 125`."""
    return ", ".join(f"{name} = {_said(value)}" for name, value in values.items())


def _said(value: Value) -> str:
    try:
        return shown(value)
    except FillError:
        return f"{float(value):.6f}"


def texts_with_places(item: Item) -> Iterator[tuple[Path, str]]:
    """Every text of an item that may show values, with its path."""
    yield ("stem",), item.stem
    yield ("lead_in",), item.lead_in
    yield ("rule",), item.rule
    for index, option in enumerate(item.options):
        yield ("options", index, "text"), option.text
        yield ("options", index, "reason"), option.reason
    if item.number is None:
        return
    for field in ("value", "tolerance", "low", "high", "solution"):
        yield ("number", field), getattr(item.number, field)
    for index, wrong in enumerate(item.number.errors):
        yield ("number", "errors", index, "value"), wrong.value
        yield ("number", "errors", index, "reason"), wrong.reason


def _braces_of_plain(item: Item) -> Iterator[Finding]:
    for path, text in texts_with_places(item):
        if "{" in text or "}" in text:
            yield path, "Braces name values of a template, and the item has no parameters."


def _shape(item: Item, parameters: Parameters) -> Iterator[Finding]:
    """What must be right before anything can be drawn."""
    if item.type not in ("single_best_answer", "numeric"):
        yield ("type",), f"A {item.type} item cannot have parameters."
    for index, row in enumerate(parameters.rows):
        if {name for name, _ in row} != {name for name, _ in parameters.rows[0]}:
            yield ("parameters", "rows", index), "Every row must name the same values."
    for index, found in enumerate(parameters.ranges):
        path: Path = ("parameters", "ranges", index, "values")
        if len(set(found.values)) != len(found.values) or not found.values:
            yield path, f'"{found.name}" needs values that differ.'
        for raw in found.values:
            if not is_decimal(raw):
                yield path, f'"{raw}" is not a decimal number.'
    yield from _declared(parameters)


def _declared(parameters: Parameters) -> Iterator[Finding]:
    """Each name stands for one thing."""
    first_row = parameters.rows[0] if parameters.rows else ()
    places: list[tuple[str, Path]] = [
        *((name, ("parameters", "rows", 0, name)) for name, _ in first_row),
        *((r.name, ("parameters", "ranges", i, "name")) for i, r in enumerate(parameters.ranges)),
        *((d.name, ("parameters", "derived", i, "name")) for i, d in enumerate(parameters.derived)),
    ]
    if not places:
        yield ("parameters",), "A template needs values in rows or ranges."
    if len(places) > MAX_NAMES:
        yield ("parameters",), f"{len(places)} values are too many; at most {MAX_NAMES}."
    seen: set[str] = set()
    for name, path in places:
        if name in WORDS:
            yield path, f'"{name}" means something in formulas; choose another name.'
        if name in seen:
            yield path, f'The name "{name}" is used twice.'
        seen.add(name)


def _names(item: Item, parameters: Parameters) -> Iterator[Finding]:
    """Texts and formulas name what exists, and everything that exists is named."""
    known = {name for row in parameters.rows for name, _ in row}
    known |= {found.name for found in parameters.ranges}
    used: set[str] = set()
    ready = set(known)
    for step in sorted(steps_of(parameters), key=lambda step: step.name == ""):
        for name in sorted(step.work.names - ready):
            yield step.path, f'There is no value "{name}" before this.'
        used |= step.work.names
        ready.add(step.name)
    for path, text in texts_with_places(item):
        try:
            places = places_of(text)
        except FillError as wrong:
            yield path, str(wrong)
            continue
        for place in places:
            used.add(place.name)
            if place.name not in ready:
                yield path, f'There is no value "{place.name}".'
    unused = [name for name in sorted(known | ready) if name and name not in used]
    for name in unused:
        yield ("parameters",), f'The value "{name}" is used nowhere.'
    yield from _options(item)
    yield from _figures(item, parameters)


def _options(item: Item) -> Iterator[Finding]:
    """Every distractor comes from a named error, and all options are of one kind."""
    kinds = [_kind(option.text) for option in item.options]
    for index, option in enumerate(item.options):
        if not option.correct and not option.error:
            path: Path = ("options", index)
            yield path, "A distractor of a template needs the error that leads to it (error:)."
        if kinds[index] != kinds[0] and any("{" in kind for kind in kinds):
            yield ("options", index, "text"), "All options must be of one kind, with one unit."


def _figures(item: Item, parameters: Parameters) -> Iterator[Finding]:
    """Where a number stands alone it is written out, or it is one value that is a number."""
    words = texts_of(parameters)
    for path, text in texts_with_places(item):
        if path[0] == "number" and path[-1] in _FIGURES and not is_decimal(text):
            parts = parts_of(text) if _is_whole(text) else ()
            if len(parts) != 1 or isinstance(parts[0], str) or parts[0].name in words:
                yield path, f'"{text}" is neither a decimal number nor a value in braces.'


def _is_whole(text: str) -> bool:
    try:
        return bool(parts_of(text))
    except FillError:
        return False


def _kind(text: str) -> str:
    """The text without its values and without the s of tablets."""
    try:
        parts = parts_of(text)
    except FillError:
        return text
    return "".join(
        part if isinstance(part, str) else "" if part.form == "s" else f"{{:{part.form}}}"
        for part in parts
    )


class _AllDraws:
    """All draws of one template. Of each kind of problem the first draw that shows it is told."""

    def __init__(self, item: Item, raws: list[dict[str, Value]], steps: tuple[Step, ...]) -> None:
        self._item = item
        self._raws = raws
        self._steps = steps
        self._found: dict[tuple[Path, str], str] = {}
        self._places = [
            (path, place)
            for path, text in texts_with_places(item)
            for place in dict.fromkeys(places_of(text))
        ]
        self._asked = [
            place
            for text in (item.stem, item.lead_in, *(option.text for option in item.options))
            for place in places_of(text)
        ]

    def problems(self) -> list[Finding]:
        distinct: set[tuple[str, ...]] = set()
        for raw in self._raws:
            try:
                values = complete(raw, self._steps)
            except DrawError as wrong:
                self._tell(wrong.path, wrong.message, raw)
                continue
            if values is None or not self._can_be_written(raw, values):
                continue
            self._options_differ(raw, values)
            self._number_is_sound(raw, values)
            distinct.add(tuple(shown(values[place.name], place.form) for place in self._asked))
        found = [(path, message) for (path, _), message in self._found.items()]
        if not found and len(distinct) < MIN_DRAWS:
            message = f"{len(distinct)} different draws are too few; at least {MIN_DRAWS}."
            found.append((("parameters",), message))
        return found

    def _tell(self, path: Path, message: str, raw: Values, kind: str = "") -> None:
        said = f"{message} Shown by {said_of(raw)}."
        self._found.setdefault((path, kind), said)

    def _can_be_written(self, raw: Values, values: Values) -> bool:
        fine = True
        for path, place in self._places:
            try:
                shown(values[place.name], place.form)
            except FillError as wrong:
                self._tell(path, f'"{place.name}": {wrong}', raw, place.name)
                fine = False
        return fine

    def _options_differ(self, raw: Values, values: Values) -> None:
        texts: dict[str, int] = {}
        for index, option in enumerate(self._item.options):
            text = fill(option.text, values)
            other = texts.setdefault(text, index)
            if other != index:
                message = (
                    f'Options {self._item.options[other].id} and {option.id} are both "{text}".'
                )
                self._tell(("options", index, "text"), message, raw)

    def _number_is_sound(self, raw: Values, values: Values) -> None:
        made = self._item.number
        if made is None:
            return
        key, low, high = (_figure(text, values) for text in (made.value, made.low, made.high))
        tolerance = _figure(made.tolerance, values)
        if not low <= key <= high:
            message = f"The value {_said(key)} is outside {_said(low)} to {_said(high)}."
            self._tell(("number", "value"), message, raw)
        wrongs = [_figure(wrong.value, values) for wrong in made.errors]
        for index, wrong in enumerate(wrongs):
            if abs(wrong - key) <= tolerance:
                message = f"The error gives {_said(wrong)}, which counts as right."
                self._tell(("number", "errors", index, "value"), message, raw)
        for one, other in pairs_of(range(len(wrongs)), 2):
            if wrongs[one] == wrongs[other]:
                message = f"Two errors give {_said(wrongs[one])}."
                self._tell(("number", "errors", other, "value"), message, raw, "twice")


def _figure(text: str, values: Values) -> Fraction:
    """A number that is written out or stands for a value."""
    numbers = numbers_shown(text, values)
    return numbers[0] if numbers else Fraction(text)
