"""Conditions of a scenario: a small language with its own parser, never `eval` (design B3).

Knows names, numbers, quoted words, comparisons, and/or/not, brackets and did('action').
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

Value = int | str
CLOCK: Final = "clock"
RESERVED: Final = frozenset({CLOCK, "did", "and", "or", "not", "true", "false"})
MAX_LENGTH: Final = 400
MAX_DEPTH: Final = 12


class BadCondition(ValueError):
    """The text is not a condition; the message says what is wrong and where."""


@dataclass(frozen=True, slots=True)
class Name:
    """A variable of the scenario, or the clock."""

    name: str


@dataclass(frozen=True, slots=True)
class Constant:
    """A whole number or a quoted word."""

    value: Value


@dataclass(frozen=True, slots=True)
class Compare:
    left: "Name | Constant"
    op: str
    right: "Name | Constant"


@dataclass(frozen=True, slots=True)
class Did:
    """True once the action stands in the log."""

    action: str


@dataclass(frozen=True, slots=True)
class Not:
    part: "Tree"


@dataclass(frozen=True, slots=True)
class Both:
    kind: Literal["and", "or"]
    parts: tuple["Tree", ...]


Tree = Compare | Did | Not | Both


@dataclass(frozen=True)
class Condition:
    """A condition as its author wrote it; raises BadCondition when it cannot be understood."""

    text: str

    def __post_init__(self) -> None:
        # Parsed at once: a value that exists is a condition that can be asked.
        self.tree  # noqa: B018

    @cached_property
    def tree(self) -> Tree:
        """What the text says."""
        return _parse(self.text)

    @property
    def names(self) -> frozenset[str]:
        """Variables it reads; the clock counts as one."""
        return frozenset(
            side.name
            for leaf in _leaves(self.tree)
            if isinstance(leaf, Compare)
            for side in (leaf.left, leaf.right)
            if isinstance(side, Name)
        )

    @property
    def actions(self) -> frozenset[str]:
        """Actions it asks about."""
        return frozenset(leaf.action for leaf in _leaves(self.tree) if isinstance(leaf, Did))

    @property
    def comparisons(self) -> tuple[Compare, ...]:
        return tuple(leaf for leaf in _leaves(self.tree) if isinstance(leaf, Compare))


@dataclass(frozen=True, slots=True)
class Facts:
    """What a condition may look at: the variables, the clock and the actions done so far."""

    vars: Mapping[str, Value]
    clock: int
    done: Collection[str]


def holds(condition: Condition | None, facts: Facts) -> bool:
    """Whether the condition is true now; no condition is always true."""
    return condition is None or _true(condition.tree, facts)


def _parse(text: str) -> Tree:
    if len(text) > MAX_LENGTH:
        raise BadCondition(f"the condition is longer than {MAX_LENGTH} characters")
    parser = _Parser(_tokens(text))
    tree = parser.any_of(0)
    parser.end()
    return tree


_TOKEN: Final = re.compile(
    r"\s*(?:(?P<number>-?[0-9]{1,6}(?![0-9A-Za-z_.]))|(?P<word>[a-z][a-z0-9_]*(?![0-9A-Za-z_]))"
    r"|(?P<quoted>'[^'\"\\]{0,60}'|\"[^'\"\\]{0,60}\")|(?P<op>==|!=|<=|>=|<|>)|(?P<mark>[()]))"
)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    at = 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if match is None:
            start = at + len(text[at:]) - len(text[at:].lstrip())
            raise BadCondition(
                f"{text[start : start + 12]!r} at character {start + 1} is not understood;"
                " allowed are names, whole numbers, quoted words, == != < <= > >=,"
                " and, or, not, brackets and did('action')"
            )
        kind = match.lastgroup or ""
        found.append(_Token(kind, match.group(kind), match.start(kind) + 1))
        at = match.end()
    return found


class _Parser:
    """Recursive descent: or, and, not, then one comparison, did(...) or bracket."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._next = 0

    def any_of(self, depth: int) -> Tree:
        return self._joined("or", self._all_of, depth)

    def end(self) -> None:
        token = self._peek()
        if token is not None:
            raise BadCondition(f'"{token.text}" at character {token.at} is one too many')

    def _all_of(self, depth: int) -> Tree:
        return self._joined("and", self._negated, depth)

    def _joined(self, word: Literal["and", "or"], part: Callable[[int], Tree], depth: int) -> Tree:
        parts = [part(depth)]
        while self._skip("word", word):
            parts.append(part(depth))
        return parts[0] if len(parts) == 1 else Both(word, tuple(parts))

    def _negated(self, depth: int) -> Tree:
        if depth > MAX_DEPTH:
            raise BadCondition(f"brackets or not are nested deeper than {MAX_DEPTH}")
        if self._skip("word", "not"):
            return Not(self._negated(depth + 1))
        if self._skip("mark", "("):
            inner = self.any_of(depth + 1)
            self._need("mark", ")")
            return inner
        if self._skip("word", "did"):
            return self._did()
        return self._comparison()

    def _did(self) -> Did:
        self._need("mark", "(")
        token = self._take("did() needs an action in quotes")
        if token.kind != "quoted" or not token.text[1:-1]:
            raise BadCondition(f"did() at character {token.at} needs an action in quotes")
        self._need("mark", ")")
        return Did(token.text[1:-1])

    def _comparison(self) -> Compare:
        left = self._side()
        token = self._take("a comparison such as trust < 2 is not finished")
        if token.kind != "op":
            raise BadCondition(f'"{token.text}" at character {token.at}: expected == != < <= > >=')
        return Compare(left, token.text, self._side())

    def _side(self) -> Name | Constant:
        token = self._take("the condition stops too early")
        if token.kind == "number":
            return Constant(int(token.text))
        if token.kind == "quoted":
            return Constant(token.text[1:-1])
        if token.kind == "word" and (token.text == CLOCK or token.text not in RESERVED):
            return Name(token.text)
        raise BadCondition(
            f'"{token.text}" at character {token.at}: expected a name, a number or a quoted word'
        )

    def _peek(self) -> _Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def _take(self, otherwise: str) -> _Token:
        token = self._peek()
        if token is None:
            raise BadCondition(otherwise)
        self._next += 1
        return token

    def _skip(self, kind: str, text: str) -> bool:
        token = self._peek()
        if token is None or (token.kind, token.text) != (kind, text):
            return False
        self._next += 1
        return True

    def _need(self, kind: str, text: str) -> None:
        if not self._skip(kind, text):
            token = self._peek()
            where = f"before character {token.at}" if token else "at the end"
            raise BadCondition(f'"{text}" is missing {where}')


def _leaves(tree: Tree) -> list[Compare | Did]:
    if isinstance(tree, Not):
        return _leaves(tree.part)
    if isinstance(tree, Both):
        return [leaf for part in tree.parts for leaf in _leaves(part)]
    return [tree]


def _true(tree: Tree, facts: Facts) -> bool:
    if isinstance(tree, Did):
        return tree.action in facts.done
    if isinstance(tree, Not):
        return not _true(tree.part, facts)
    if isinstance(tree, Both):
        parts = (_true(part, facts) for part in tree.parts)
        return all(parts) if tree.kind == "and" else any(parts)
    return _COMPARE[tree.op](_value(tree.left, facts), _value(tree.right, facts))


def _value(side: Name | Constant, facts: Facts) -> Value:
    if isinstance(side, Constant):
        return side.value
    return facts.clock if side.name == CLOCK else facts.vars[side.name]


def _numbers(left: Value, right: Value) -> tuple[int, int]:
    # The check of references refuses an order between words, so this cannot happen in a
    # scenario that was read; a plain error beats a silent alphabetical answer.
    if isinstance(left, str) or isinstance(right, str):
        raise BadCondition("words can be compared with == and != only")
    return left, right


def _less(left: Value, right: Value) -> bool:
    a, b = _numbers(left, right)
    return a < b


_COMPARE: Final[dict[str, Callable[[Value, Value], bool]]] = {
    "==": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    "<": _less,
    ">": lambda left, right: _less(right, left),
    "<=": lambda left, right: not _less(right, left),
    ">=": lambda left, right: not _less(left, right),
}
