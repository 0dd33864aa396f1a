from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.core.errors import Invalid
from trainer.core.studyday import check_zone, noon_utc, study_day


@pytest.mark.parametrize(
    ("at", "zone", "expected"),
    [
        ("2026-03-08T08:30:00", "America/Chicago", "2026-03-07"),
        ("2026-03-08T09:00:00", "America/Chicago", "2026-03-08"),
        ("2026-01-10T03:59:00", "UTC", "2026-01-09"),
        ("2026-01-10T04:00:00", "UTC", "2026-01-10"),
        ("2026-11-01T08:30:00", "America/New_York", "2026-10-31"),
        ("2026-11-01T09:00:00", "America/New_York", "2026-11-01"),
        ("2026-01-10T02:00:00", "Pacific/Honolulu", "2026-01-09"),
        ("2026-01-10T03:59:59.999999", "UTC", "2026-01-09"),
    ],
)
def test_the_study_day_is_the_wall_clock_minus_four_hours(at, zone, expected):
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)

    assert date.fromisoformat(expected) == study_day(moment, zone)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        study_day(datetime(2026, 1, 10, 12), "UTC")


@settings(max_examples=60, deadline=None)
@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)),
    st.sampled_from(["America/Chicago", "Pacific/Honolulu", "Asia/Kolkata", "Pacific/Apia"]),
)
def test_study_days_never_run_backward_within_a_zone(naive, zone):
    at = naive.replace(tzinfo=UTC)

    assert study_day(at, zone) <= study_day(at + timedelta(hours=1), zone)


def test_noon_is_the_same_distance_apart_as_the_days():
    assert datetime(2026, 3, 8, 12, tzinfo=UTC) == noon_utc(date(2026, 3, 8))
    assert noon_utc(date(2026, 3, 9)) - noon_utc(date(2026, 3, 7)) == timedelta(days=2)
    assert noon_utc(date(2026, 3, 8)).tzinfo is UTC


@pytest.mark.parametrize(
    "zone", ["America/Chicago", "UTC", "America/Argentina/Buenos_Aires", "Etc/GMT+5"]
)
def test_known_zones_are_kept_as_they_are(zone):
    assert zone == check_zone(zone)


@pytest.mark.parametrize(
    "zone",
    ["", "Mars/Base", "America", "../etc/passwd", "/etc/localtime", "UTC\0", "America/Chicago ",
     "A" * 500, "Amérique/Paris", "America/../UTC", "\ud800"],
)  # fmt: skip
def test_anything_else_is_refused_with_its_field(zone):
    with pytest.raises(Invalid) as refused:
        check_zone(zone, "home_zone")

    assert refused.value.field == "home_zone"
