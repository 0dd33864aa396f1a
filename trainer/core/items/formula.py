"""Formulas and conditions of parametric items: read once, then computed exactly.

Knows no item. A text is read by the small grammar below and nothing of it is ever run as a
program: numbers, names, + - * /, comparisons, and, or, and six functions. There are no powers.
"""

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor
from typing import Any, Literal, cast

MAX_LENGTH = 200
MAX_DEPTH = 12
"""Parentheses, functions and signs within each other; far more than any sum of this kind needs."""

Value = Fraction | str
Values = Mapping[str, Value]
Kind = Literal["number", "text", "comparison"]
Get = Callable[[Values], object]

_TOKEN = re.compile(
    r"\s*(?:(?P<number>[0-9]+(?:\.[0-9]+)?)"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'"
    r"|(?P<sign>\*\*|//|==|!=|<=|>=|[-+*/<>(),−]))"
)
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_ARITHMETIC = {"+": operator.add, "-": operator.sub, "*": operator.mul}
WORDS = frozenset({"and", "or", "not", "round", "floor", "ceil", "min", "max", "abs"})
"""Names that mean something in a formula and so cannot be the name of a value."""


class FormulaError(ValueError):
    """What is wrong with a formula, in words for its author."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A number to compute; `names` are the values it needs."""

    names: frozenset[str]
    compute: Callable[[Values], Fraction]


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that holds or does not; `names` are the values it needs."""

    names: frozenset[str]
    holds: Callable[[Values], bool]


@lru_cache(maxsize=4096)
def read_formula(text: str, texts: frozenset[str] = frozenset()) -> Formula:
    """A formula that gives a number; `texts` are the names whose values are words."""
    node, names = _Reader(text, texts).whole()
    _must_be(node, "number")
    return Formula(names, cast(Callable[[Values], Fraction], node.get))


@lru_cache(maxsize=4096)
def read_condition(text: str, texts: frozenset[str] = frozenset()) -> Condition:
    """A condition such as `low < right <= 15`; `texts` are the names whose values are words."""
    node, names = _Reader(text, texts).whole()
    if node.kind != "comparison":
        raise FormulaError("A condition compares, such as right <= 15.")
    return Condition(names, cast(Callable[[Values], bool], node.get))


@dataclass(frozen=True, slots=True)
class _Node:
    kind: Kind
    get: Get


def _must_be(node: _Node, kind: Kind) -> None:
    if node.kind != kind:
        raise FormulaError(f"A {kind} is needed where a {node.kind} stands.")


def _tokens(text: str) -> list[tuple[str, str]]:
    if len(text) > MAX_LENGTH:
        raise FormulaError(f"{len(text)} characters are too many; at most {MAX_LENGTH}.")
    found: list[tuple[str, str]] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise FormulaError(_no_token(text[at:].lstrip()))
        kind, what = match.lastgroup, match[match.lastgroup]
        if what in ("**", "//"):
            raise FormulaError(f'"{what}" is not possible; use + - * / and the functions.')
        found.append(("text" if kind in ("double", "single") else kind, what.replace("−", "-")))
        at = match.end()
    return found


def _no_token(rest: str) -> str:
    if rest.startswith("="):
        return 'Write "==" to compare.'
    if rest[0] in "\"'":
        return "A quotation mark is not closed."
    return f'"{rest[0]}" cannot stand in a formula.'


class _Reader:
    """One pass from left to right; each method reads one level of the grammar, loosest first."""

    def __init__(self, text: str, texts: frozenset[str]) -> None:
        self._tokens = _tokens(text)
        self._texts = texts
        self._at = 0
        self._depth = 0
        self._names: set[str] = set()

    def whole(self) -> tuple[_Node, frozenset[str]]:
        if not self._tokens:
            raise FormulaError("The formula is empty.")
        node = self._either()
        if self._at < len(self._tokens):
            raise FormulaError(f'"{self._tokens[self._at][1]}" cannot stand where it does.')
        return node, frozenset(self._names)

    def _either(self) -> _Node:
        return self._joined("or", self._each, any)

    def _each(self) -> _Node:
        return self._joined("and", self._comparison, all)

    def _joined(self, word: str, part: Callable[[], _Node], join: Callable[..., bool]) -> _Node:
        nodes = [part()]
        while self._take("name", word):
            nodes.append(part())
        if len(nodes) == 1:
            return nodes[0]
        for node in nodes:
            _must_be(node, "comparison")
        gets = tuple(node.get for node in nodes)
        return _Node("comparison", lambda values: join(get(values) for get in gets))

    def _comparison(self) -> _Node:
        nodes, signs = [self._sum()], []
        while sign := self._take("sign", *_COMPARE):
            signs.append(sign)
            nodes.append(self._sum())
        if not signs:
            return nodes[0]
        for index, sign in enumerate(signs):
            _comparable(nodes[index], sign, nodes[index + 1])
        return _chain([node.get for node in nodes], [_COMPARE[sign] for sign in signs])

    def _sum(self) -> _Node:
        node = self._product()
        while sign := self._take("sign", "+", "-"):
            node = _arithmetic(sign, node, self._product())
        return node

    def _product(self) -> _Node:
        node = self._signed()
        while sign := self._take("sign", "*", "/"):
            node = _arithmetic(sign, node, self._signed())
        return node

    def _signed(self) -> _Node:
        if not self._take("sign", "-"):
            return self._atom()
        node = self._deeper(self._signed)
        _must_be(node, "number")
        get = cast(Callable[[Values], Fraction], node.get)
        return _Node("number", lambda values: -get(values))

    def _atom(self) -> _Node:
        if self._at == len(self._tokens):
            raise FormulaError("The formula stops in the middle.")
        kind, what = self._tokens[self._at]
        self._at += 1
        if kind == "number":
            number = Fraction(what)
            return _Node("number", lambda _: number)
        if kind == "text":
            return _Node("text", lambda _: what)
        if kind == "name":
            return self._function(what) if self._take("sign", "(") else self._name(what)
        if what == "(":
            node = self._deeper(self._either)
            self._close()
            return node
        raise FormulaError(f'"{what}" cannot stand where it does.')

    def _name(self, name: str) -> _Node:
        if name in WORDS:
            raise FormulaError(f'"{name}" cannot stand where it does.')
        self._names.add(name)
        return _Node("text" if name in self._texts else "number", operator.itemgetter(name))

    def _function(self, name: str) -> _Node:
        if name not in _FUNCTIONS:
            known = ", ".join(sorted(_FUNCTIONS))
            raise FormulaError(f'There is no function "{name}"; there are {known}.')
        nodes = [self._deeper(self._sum)]
        while self._take("sign", ","):
            nodes.append(self._deeper(self._sum))
        self._close()
        for node in nodes:
            _must_be(node, "number")
        least, most, work = _FUNCTIONS[name]
        if not least <= len(nodes) <= most:
            wanted = f"{least}" if least == most else f"{least} to {most}"
            raise FormulaError(f"{name} takes {wanted} numbers, not {len(nodes)}.")
        gets = tuple(cast(Callable[[Values], Fraction], node.get) for node in nodes)
        return _Node("number", lambda values: work(*[get(values) for get in gets]))

    def _close(self) -> None:
        if not self._take("sign", ")"):
            raise FormulaError("A parenthesis is not closed.")

    def _take(self, kind: str, *wanted: str) -> str:
        """The next token when it is one of those; empty when it is not."""
        if self._at < len(self._tokens):
            found, what = self._tokens[self._at]
            if found == kind and what in wanted:
                self._at += 1
                return what
        return ""

    def _deeper(self, part: Callable[[], _Node]) -> _Node:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise FormulaError("Too many things stand within each other; make two formulas of it.")
        node = part()
        self._depth -= 1
        return node


def _comparable(one: _Node, sign: str, other: _Node) -> None:
    if "comparison" in (one.kind, other.kind):
        raise FormulaError("A comparison cannot be compared; join two with and.")
    if one.kind != other.kind:
        raise FormulaError("A text cannot be compared with a number.")
    if one.kind == "text" and sign not in ("==", "!="):
        raise FormulaError('Texts can only be compared with "==" and "!=".')


def _chain(gets: list[Get], tests: list[Callable[[Any, Any], bool]]) -> _Node:
    def holds(values: Values) -> bool:
        found = [get(values) for get in gets]
        return all(test(found[i], found[i + 1]) for i, test in enumerate(tests))

    return _Node("comparison", holds)


def _arithmetic(sign: str, one: _Node, other: _Node) -> _Node:
    _must_be(one, "number")
    _must_be(other, "number")
    left = cast(Callable[[Values], Fraction], one.get)
    right = cast(Callable[[Values], Fraction], other.get)
    if sign != "/":
        work = _ARITHMETIC[sign]
        return _Node("number", lambda values: work(left(values), right(values)))

    def quotient(values: Values) -> Fraction:
        divisor = right(values)
        if not divisor:
            raise FormulaError("It divides by zero.")
        return left(values) / divisor

    return _Node("number", quotient)


def round_half_up(number: Fraction, step: Fraction) -> Fraction:
    """The nearest multiple of the step. A half goes away from zero, as it is taught, so that a
    loss rounds as a gain of the same size does."""
    if step <= 0:
        raise FormulaError("The step of round must be more than 0.")
    steps = floor(abs(number) / step + Fraction(1, 2))
    return step * (steps if number >= 0 else -steps)


_FUNCTIONS: dict[str, tuple[int, int, Callable[..., Fraction]]] = {
    "round": (2, 2, round_half_up),
    "floor": (1, 1, lambda number: Fraction(floor(number))),
    "ceil": (1, 1, lambda number: Fraction(ceil(number))),
    "abs": (1, 1, abs),
    "min": (2, 8, min),
    "max": (2, 8, max),
}
