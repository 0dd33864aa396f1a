"""What has to be looked at again by a given day: review dates, and yearly seasons (I32, K11).

The day is handed in; content has no clock.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from trainer.core.items import Item
from trainer.core.outline.concepts import Concept


@dataclass(frozen=True, slots=True)
class Season:
    """A month in which a kind of fact changes, and where such facts are asked."""

    what: str
    month: int
    areas: frozenset[str]
    banks: frozenset[str] = frozenset()


SEASONS = (
    Season("codes change in October", 10, frozenset({"coding"})),
    Season(
        "fees, forms and vaccines change in January", 1,
        frozenset({"insurance-claims", "practice-finance"}), frozenset({"immunization"}),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Due:
    """An item that must be reviewed: by which day (ISO), and why."""

    code: str
    bank: str
    by: str
    why: str


def due_by(items: Iterable[Item], concepts: Mapping[str, Concept], day: str) -> list[Due]:
    """Items whose review is due on or before the day, the earliest first."""
    found = [_due(item, concepts) for item in items]
    return sorted(
        (due for due in found if due.by <= day), key=lambda due: (due.by, due.bank, due.code)
    )


def _due(item: Item, concepts: Mapping[str, Concept]) -> Due:
    """The planned review, or the end of the first season after the facts were checked."""
    concept = concepts.get(item.concept)
    dates = [(item.review_by, "review planned")]
    for season in SEASONS:
        if item.bank in season.banks or (concept and concept.area in season.areas):
            dates.append((season_end(season.month, item.status_as_of), season.what))
    by, why = min(dates)
    return Due(item.code, item.bank, by, why)


def season_end(month: int, status_as_of: str) -> str:
    """The last day of the month in which facts checked on that day get old.

    Facts checked in the month itself are those of the new season.
    """
    checked = date.fromisoformat(status_as_of)
    year = checked.year + (checked.month >= month)
    following = date(year + (month == 12), month % 12 + 1, 1)
    return (following - timedelta(days=1)).isoformat()
