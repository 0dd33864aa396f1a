"""How values are written on pages. Source of the wording: design ui.md, section 8."""

from datetime import date, datetime
from fractions import Fraction

from flask import Flask

from trainer.web.frame import local
from trainer.web.request import now


def moment(value: datetime) -> str:
    """`Tue, Nov 24, 11:59 pm` on the reader's clock; with the year when it is another one."""
    here = local(value)
    clock = f"{here.hour % 12 or 12}:{here:%M} {'am' if here.hour < 12 else 'pm'}"
    return f"{day(here.date())}, {clock}"


def clock(value: datetime) -> str:
    """`9:14 am` on the reader's clock."""
    here = local(value)
    return f"{here.hour % 12 or 12}:{here:%M} {'am' if here.hour < 12 else 'pm'}"


def day(value: date) -> str:
    """`Tue, Nov 24`; with the year when it is not the present one."""
    today = local(now()).date()
    text = f"{value:%a}, {value:%b} {value.day}"
    return text if value.year == today.year else f"{text}, {value.year}"


def relative_day(value: date) -> str:
    """`today`, `tomorrow`, `yesterday`, or the day."""
    today = local(now()).date()
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    return near.get((value - today).days, day(value))


def plural(n: int, one: str, many: str = "") -> str:
    """`1 question`, `2 questions`."""
    return f"{n} {one if n == 1 else many or one + 's'}"


def number(value: Fraction | float) -> str:
    """One decimal, half up, without a trailing `.0` (design 0.3: only display rounds)."""
    tenths = (Fraction(value) * 10 + Fraction(1, 2)).__floor__()
    whole, rest = divmod(abs(tenths), 10)
    return f"{'−' if tenths < 0 else ''}{whole}" + (f".{rest}" if rest else "")


def init_filters(app: Flask) -> None:
    """Register the filters."""
    for function in (moment, clock, day, relative_day, plural, number):
        app.add_template_filter(function, function.__name__)
