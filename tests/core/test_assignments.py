from datetime import UTC, date, datetime, time, timedelta

import pytest

from trainer.core.assignments import (
    PRACTICE,
    SCENARIO,
    Progress,
    Status,
    local_moment,
    standing,
    whole_standing,
)
from trainer.core.errors import Invalid

DUE = datetime(2026, 11, 24, 4, 59, tzinfo=UTC)
BEFORE, AFTER = DUE - timedelta(minutes=1), DUE + timedelta(minutes=1)
NEW_YORK = "America/New_York"


def test_nothing_begun_is_not_started_and_late_only_after_the_due_moment() -> None:
    assert standing(SCENARIO, Progress(), DUE, BEFORE).status == Status.NOT_STARTED
    assert not standing(SCENARIO, Progress(), DUE, DUE).late
    assert standing(SCENARIO, Progress(), DUE, AFTER).late


def test_a_play_begun_is_in_progress() -> None:
    found = standing(SCENARIO, Progress(started=1), DUE, BEFORE)

    assert (found.status, found.is_finished) == (Status.IN_PROGRESS, False)


def test_a_finished_play_below_the_limit_is_done_and_a_passing_one_passed() -> None:
    done = Progress(started=1, finished=1, first_finished_at=BEFORE)
    passed = Progress(started=2, finished=2, passed=1, first_finished_at=BEFORE)

    assert standing(SCENARIO, done, DUE, AFTER).status == Status.DONE
    assert standing(SCENARIO, passed, DUE, AFTER).status == Status.PASSED


def test_work_finished_in_time_is_not_late_however_late_one_looks() -> None:
    progress = Progress(started=1, finished=1, first_finished_at=DUE)

    assert not standing(PRACTICE, progress, DUE, DUE + timedelta(days=30)).late


def test_work_finished_after_the_due_moment_stays_late() -> None:
    progress = Progress(started=1, finished=1, first_finished_at=AFTER)

    assert standing(PRACTICE, progress, DUE, AFTER).late


def test_a_practice_set_is_done_but_never_passed() -> None:
    progress = Progress(started=1, finished=1, passed=1, first_finished_at=BEFORE)

    assert standing(PRACTICE, progress, DUE, BEFORE).status == Status.DONE


def test_the_whole_stands_where_its_least_finished_part_stands() -> None:
    fresh = standing(PRACTICE, Progress(), DUE, BEFORE)
    done = standing(PRACTICE, Progress(1, 1, first_finished_at=AFTER), DUE, AFTER)
    passed = standing(SCENARIO, Progress(1, 1, 1, BEFORE), DUE, AFTER)

    assert whole_standing([fresh, fresh]).status == Status.NOT_STARTED
    assert whole_standing([passed, fresh]).status == Status.IN_PROGRESS
    assert whole_standing([passed, done]).status == Status.DONE
    assert whole_standing([passed, done]).late
    assert whole_standing([passed]) == passed


def test_a_due_time_is_read_on_the_clock_of_the_zone() -> None:
    found = local_moment(date(2026, 11, 24), time(23, 59), NEW_YORK)

    assert found == datetime(2026, 11, 25, 4, 59, tzinfo=UTC)


def test_a_time_that_the_clock_skips_is_refused() -> None:  # bad input G/C13
    with pytest.raises(Invalid) as refused:
        local_moment(date(2027, 3, 14), time(2, 30), NEW_YORK)

    assert refused.value.field == "due_time"


def test_of_a_time_that_comes_twice_the_later_one_counts() -> None:  # bad input G/C14
    found = local_moment(date(2026, 11, 1), time(1, 30), NEW_YORK)

    assert found == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize("year", [1, 1582, 1999, 3000, 9999])
def test_a_day_at_the_ends_of_the_calendar_is_refused(year: int) -> None:  # bad input G/C12
    for zone in (NEW_YORK, "Asia/Tokyo"):
        with pytest.raises(Invalid) as refused:
            local_moment(date(year, 12, 31), time(23, 59), zone)
        assert refused.value.field == "due_on"
