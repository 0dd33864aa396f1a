"""What counts as started, finished and passed. Status is computed when read, never stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from trainer.core.errors import Invalid

# Beyond these no due day is meant, and the calendar's ends cannot be moved between zones.
EARLIEST_YEAR: Final = 2000
LATEST_YEAR: Final = 2999

SCENARIO: Final = "scenario"
PRACTICE: Final = "practice"


class Status(StrEnum):
    """Where one student stands with one target, the least finished first."""

    NOT_STARTED = "not started"
    IN_PROGRESS = "in progress"
    DONE = "done"
    """Finished; for a scenario: finished but not passed yet."""
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class Progress:
    """A student's work on one target, as counted by the database."""

    started: int = 0
    """Sittings or plays begun for this target."""
    finished: int = 0
    passed: int = 0
    first_finished_at: datetime | None = None
    answered: int = 0
    """Answers given for a practice target, repeats after a miss included."""
    best: float | None = None
    """Best scenario score of 0-100."""


NO_WORK: Final = Progress()


@dataclass(frozen=True, slots=True)
class Standing:
    """Status of one student on one target; late when it was finished after the due moment."""

    status: Status
    late: bool
    progress: Progress

    @property
    def is_finished(self) -> bool:
        """True when nothing is asked any more."""
        return self.status in {Status.DONE, Status.PASSED}


def standing(kind: str, progress: Progress, due_at: datetime, now: datetime) -> Standing:
    """The standing that a student's counts amount to at `now`.

    A scenario is passed by a passing play; a practice set is done by finishing a sitting of it.
    """
    if progress.finished == 0:
        status = Status.IN_PROGRESS if progress.started else Status.NOT_STARTED
        return Standing(status, now > due_at, progress)
    passed = kind == SCENARIO and progress.passed > 0
    first = progress.first_finished_at
    return Standing(
        Status.PASSED if passed else Status.DONE, first is not None and first > due_at, progress
    )


def whole_standing(standings: Sequence[Standing]) -> Standing:
    """An assignment stands where its least finished target stands.

    Once any part is begun the whole is in progress; it is late as soon as one part is.
    """
    order = list(Status)
    least = min(standings, key=lambda one: order.index(one.status))
    begun = any(one.status != Status.NOT_STARTED for one in standings)
    status = Status.IN_PROGRESS if begun and not least.is_finished else least.status
    return Standing(status, any(one.late for one in standings), least.progress)


def local_moment(day: date, at: time, zone: str) -> datetime:
    """The moment of a wall clock in a zone. Raises Invalid for a time that the clock skips.

    When the clock is set back a time comes twice; the later one counts, in favor of the student.
    """
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise Invalid("due_on", f"Give a day between {EARLIEST_YEAR} and {LATEST_YEAR}.")
    clock = ZoneInfo(zone)
    wall = datetime.combine(day, at)
    moment = wall.replace(tzinfo=clock, fold=1).astimezone(UTC)
    if moment.astimezone(clock).replace(tzinfo=None) != wall:
        raise Invalid(
            "due_time", "The clock is set forward past this time on that day. Choose another time."
        )
    return moment
