"""Questions on drugs: class, name ending, main use, well-known point, brand, schedule.

Knows the table of drugs; its rows are made ready in `drug_table`. A dose is never asked.
"""

from collections.abc import Callable, Iterator
from functools import partial

from trainer.content.families import drug_names, drug_points
from trainer.content.families.choosing import in_turn
from trainer.content.families.drafts import Draft
from trainer.content.families.drug_table import Drug, Family, family_of, wrong_codes
from trainer.content.families.tables import Question, Shape, make_all, read_table, repeated
from trainer.content.located import Located
from trainer.content.models.facts import DrugClassEntry, DrugEntry, DrugsHead
from trainer.content.problems import Problem
from trainer.content.yamlfile import Document
from trainer.core.items import Item

Ask = Callable[[Family, Drug], Draft]
_SHAPE = Shape("drugs", DrugsHead, "classes", DrugClassEntry, "drugs", DrugEntry)


def items_of(document: Document) -> tuple[list[Located[Item]], list[Problem]]:
    table, problems = read_table(document, _SHAPE)
    if table is None:
        return [], problems
    wrong = [*repeated(table, lambda row: (row.name, *row.brands), "drug or brand")]
    wrong += wrong_codes(table)
    asked = [] if wrong else _asked(family_of(table))
    return make_all(document, table.head, problems + wrong, asked)


def _asked(family: Family) -> Iterator[Question]:
    seen: set[str] = set()
    for drug in family.drugs:
        if drug.group.code not in seen:
            seen.add(drug.group.code)
            if drug_names.has_stem_question(drug):
                yield drug.path[:2], [partial(drug_names.stem_to_class, family, drug)]
        for ways in _questions(family, drug):
            yield drug.path, ways


def _questions(family: Family, drug: Drug) -> Iterator[list[Callable[[], Draft]]]:
    about_class: dict[str, Ask] = {}
    if drug.row.drug_class and drug_names.names_differ(drug):
        about_class = {"k": drug_names.drug_to_class, "c": drug_names.class_to_drug}
    about_drug: dict[str, Ask] = {}
    if drug.use and drug_points.use_differs(family, drug):
        about_drug["u"] = drug_points.drug_to_use
    if drug.brand:
        about_drug["n"] = drug_names.drug_to_brand
    # A drug with a point is asked about that and one thing more.
    for ask in [about_class | about_drug] if drug.point else [about_class, about_drug]:
        yield [partial(ask[kind], family, drug) for kind in in_turn(ask, "family-kind", drug.code)]
    if drug.point:
        yield [partial(drug_points.drug_to_point, family, drug)]
    if drug.row.schedule:
        yield [partial(drug_names.schedule_to_drug, family, drug)]
