"""Which day a moment of study belongs to. Knows zones and calendars, not the present moment."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from trainer.core.errors import Invalid

# The night's work belongs to the evening it began in (design A3).
ROLLOVER: Final = timedelta(hours=4)

_ZONE_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,2}")
_ZONE_LONGEST: Final = 64


def check_zone(name: str, field: str = "zone") -> str:
    """The name of a known time zone, unchanged. Raises Invalid naming the field otherwise."""
    # The shape is checked first: the library looks names up as paths of files.
    if len(name) <= _ZONE_LONGEST and _ZONE_NAME.fullmatch(name):
        try:
            return ZoneInfo(name).key
        except (KeyError, ValueError, OSError):
            pass
    raise Invalid(field, "This time zone is not known. Choose one like America/Chicago.")


def study_day(at_utc: datetime, zone: str) -> date:
    """The date part of the wall clock in the zone minus four hours (design A3)."""
    if at_utc.tzinfo is None:
        raise ValueError("A moment must carry its time zone.")
    wall = at_utc.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return (wall - ROLLOVER).date()


def noon_utc(day: date) -> datetime:
    """12:00 UTC of a study day: the hour at which the memory model is told of every review.

    With one hour for all, elapsed time is the difference of study days (design A3).
    """
    return datetime.combine(day, time(12), tzinfo=UTC)
