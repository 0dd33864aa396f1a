"""The rows of the table of drugs, ready for questions: a drug with what its class adds.

Knows which uses overlap and which points hold for a drug; knows no question.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from trainer.content.families.english import slug
from trainer.content.families.tables import Table
from trainer.content.models.facts import (
    DrugClassEntry,
    DrugEntry,
    DrugsHead,
    PointEntry,
    UseEntry,
)
from trainer.content.problems import Problem
from trainer.content.yamlfile import FieldPath

_Rows = Table[DrugsHead, DrugClassEntry, DrugEntry]
NOT_ASKED = "no"


@dataclass(frozen=True, slots=True)
class Drug:
    path: FieldPath
    group: DrugClassEntry
    row: DrugEntry

    @property
    def name(self) -> str:
        return self.row.name

    @property
    def code(self) -> str:
        return f"dr-{slug(self.name)}"

    @property
    def brand(self) -> str:
        """The brand that is asked for; the first one."""
        return self.row.brands[0] if self.row.brands else ""

    @property
    def use(self) -> str:
        """Code of its main use; empty when it is not asked for."""
        return _own_or(self.row.use, self.group.use)

    @property
    def point(self) -> str:
        """Code of its point; empty when there is none to ask for."""
        return _own_or(self.row.point, self.group.point or "")

    @property
    def uses(self) -> frozenset[str]:
        return frozenset({self.group.use, self.use, *self.group.also_for} - {""})

    @property
    def unlike(self) -> tuple[str, ...]:
        """Codes of the points that are known not to hold for it."""
        return self.row.unlike or self.group.unlike

    def ends_like(self, stem: str | None) -> bool:
        """Whether the name has this ending or beginning, whatever its class is."""
        if not stem:
            return False
        parts = self.name.split("/")
        if stem.startswith("-"):
            return any(part.endswith(stem[1:]) for part in parts)
        return any(part.startswith(stem[:-1]) for part in parts)


def _own_or(own: str, of_class: str) -> str:
    return "" if own == NOT_ASKED else own or of_class


@dataclass(frozen=True, slots=True)
class Family:
    """All drugs, uses and points of a table."""

    head: DrugsHead
    drugs: list[Drug]
    uses: dict[str, UseEntry]
    points: dict[str, PointEntry]

    def kin_uses(self, drug: Drug) -> frozenset[str]:
        """The uses of a drug and all that overlap with one of them."""
        return _with_kin(drug.uses, {code: entry.kin for code, entry in self.uses.items()})

    def neighbors(self, drug: Drug) -> frozenset[str]:
        """Uses of a neighboring body system that overlap with none of its own."""
        return frozenset(self.uses[drug.use or drug.group.use].beside) - self.kin_uses(drug)


def _with_kin(codes: frozenset[str], kin: dict[str, tuple[str, ...]]) -> frozenset[str]:
    """Kinship holds both ways, but does not pass on."""
    named = {other for code in codes for other in kin.get(code, ())}
    naming = {code for code, others in kin.items() if codes & set(others)}
    return codes | named | naming


def family_of(table: _Rows) -> Family:
    return Family(
        head=table.head,
        drugs=[Drug(path, group, row) for path, group, row in table.rows],
        uses={entry.code: entry for entry in table.head.uses},
        points={entry.code: entry for entry in table.head.points},
    )


def wrong_codes(table: _Rows) -> Iterator[Problem]:
    """F02: a use, point or class that does not exist."""
    head, document = table.head, table.document
    known = {
        "use": {entry.code for entry in head.uses},
        "point": {entry.code for entry in head.points},
        "class": {group.code for _, group, _ in table.rows},
    }
    for index, one in enumerate(head.uses):
        for field, codes in (("kin", one.kin), ("beside", one.beside)):
            for code in _missing(codes, known["use"]):
                yield document.problem(("uses", index, field), "F02", f'There is no use "{code}".')
    groups: dict[str, FieldPath] = {}
    for path, group, row in table.rows:
        if groups.setdefault(group.code, path[:2]) != path[:2]:
            yield document.problem(path[:2], "F01", f'The class "{group.code}" is there twice.')
        for what, codes in (
            ("use", (group.use, *group.also_for, row.use)),
            ("point", (group.point or "", *group.unlike, row.point, *row.unlike)),
            ("class", group.trapped),
        ):
            for code in _missing(codes, known[what]):
                yield document.problem(path, "F02", f'There is no {what} "{code}".')
        own = {row.point or group.point or ""}
        for code in sorted(own.intersection(row.unlike or group.unlike)):
            message = f'The point "{code}" both holds and does not hold for {row.name}.'
            yield document.problem(path, "F07", message)


def _missing(codes: Iterable[str], known: set[str]) -> list[str]:
    return [code for code in codes if code and code != NOT_ASKED and code not in known]
