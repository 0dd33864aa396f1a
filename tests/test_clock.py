"""The edge: the one clock, and the secrets made beside it."""

from datetime import UTC, datetime

from freezegun import freeze_time

from trainer import clock


@freeze_time("2026-03-08 09:00:00")
def test_the_clock_gives_the_present_moment_aware_and_in_utc() -> None:
    assert clock.now() == datetime(2026, 3, 8, 9, 0, tzinfo=UTC)
    assert clock.now().utcoffset() == datetime(2026, 3, 8, tzinfo=UTC).utcoffset()


def test_secrets_do_not_repeat_and_codes_have_no_letters_that_look_alike() -> None:
    codes = {clock.code() for _ in range(500)}

    assert len(codes) == 500
    assert all(len(code) == 14 and code.count("-") == 2 for code in codes)
    assert not set("".join(codes)) & set("0O1IL5S2ZUV")
    assert len({clock.token() for _ in range(500)}) == 500
    assert len(clock.token()) == 43
    assert len(clock.seed()) == 32
