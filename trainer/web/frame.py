"""What every page has around its content: navigation, theme, the signed-in person."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, request, url_for

from trainer.core.names import initials
from trainer.services.access import Actor
from trainer.web.request import actor, now


@dataclass(frozen=True, slots=True)
class Tab:
    """One entry of the main navigation."""

    label: str
    url: str
    icon: str
    current: bool


@dataclass(frozen=True, slots=True)
class Viewer:
    """The signed-in person as pages show them."""

    name: str
    initials: str
    is_student: bool
    is_staff: bool
    zone: str
    keys_on: bool


_STUDENT = (
    ("Today", "practice.today", "house"),
    ("Practice", "practice.browse", "list-checks"),
    ("Scenarios", "scenarios.index", "route"),
)
_INSTRUCTOR = (("Cohorts", "cohorts.index", "users"),)
_STAFF = (("Question bank", "bank.index", "book-open"),)
_DIRECTOR = (("Program", "progress.program", "chart-column"),)
_ADMINISTRATOR = (("People", "accounts.people", "settings"),)


def tabs(who: Actor | None) -> list[Tab]:
    """The navigation for the roles somebody holds, without doubles."""
    if who is None:
        return []
    wanted = [
        *(_STUDENT if who.is_student else ()),
        *(_DIRECTOR if who.is_director else ()),
        *(_INSTRUCTOR if who.is_instructor or who.is_director else ()),
        *(_ADMINISTRATOR if who.is_administrator else ()),
        # Last, because the first one is where somebody comes in.
        *(_STAFF if who.is_staff else ()),
    ]
    here = (request.endpoint or "").split(".")[0]
    return [
        Tab(label, url_for(endpoint), icon, _is_current(endpoint, here))
        for label, endpoint, icon in wanted
    ]


def _is_current(endpoint: str, here: str) -> bool:
    if request.endpoint == endpoint:
        return True
    feature = {"assignments": "cohorts"}.get(here, here)
    if endpoint == "practice.today":
        return False
    return (
        endpoint.split(".")[0] == feature
        and feature != "accounts"
        and (request.endpoint != "practice.today")
    )


def viewer(who: Actor | None) -> Viewer | None:
    """The person as pages show them; None when nobody is signed in."""
    if who is None:
        return None
    return Viewer(who.name, initials(who.name), who.is_student, who.is_staff, who.zone, who.keys_on)


def theme() -> str:
    """Light or dark when chosen; empty to follow the system."""
    chosen = request.cookies.get("theme", "")
    return chosen if chosen in {"light", "dark"} else ""


def local(moment: datetime) -> datetime:
    """A moment on the wall clock of the person who looks."""
    who = actor()
    return moment.astimezone(ZoneInfo(who.zone if who else "UTC"))


def init_frame(app: Flask) -> None:
    """Names that every template may use, and versioned addresses of static files."""

    @app.context_processor
    def frame() -> dict[str, Any]:
        who = actor()
        return {
            "viewer": viewer(who), "nav": tabs(who), "theme": theme(), "now": now(),
            "here": request.path,
        }  # fmt: skip

    # Dozens to a page, so they are made once and not by `url_for`.
    app.add_template_global(_addresses(app).__getitem__, "static")


def _addresses(app: Flask) -> dict[str, str]:
    """The address of every static file; it changes with the file, so that caches may keep it."""
    folder = Path(app.static_folder or "")
    return {
        name: f"{app.static_url_path}/{name}?v={sha256(path.read_bytes()).hexdigest()[:10]}"
        for path in folder.rglob("*")
        if path.is_file()
        for name in [path.relative_to(folder).as_posix()]
    }
