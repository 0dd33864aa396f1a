"""A real Chromium against a real server on loopback. Skips visibly when there is no browser."""

import os
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import waitress
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    sync_playwright,
)

from tests.conftest import NOW, Clock
from tests.make import HASHER, PASSWORD, World
from trainer.app import make_app
from trainer.settings import Settings
from trainer.store.session import Sessions, make_engine

NAMES = ("chromium", "chromium-browser", "google-chrome", "msedge")
FLAGS = [
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
AXE = Path(__file__).parent / "vendor" / "axe.min.js"


def find_browser() -> str | None:
    """Path of a Chromium: the given one, or the first on the PATH."""
    given = os.environ.get("CHROMIUM_PATH")
    return given or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as found:
        yield found


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    path = find_browser()
    if path is None:
        reason = "no Chromium was found; set CHROMIUM_PATH or install one"
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(reason)
        pytest.skip(reason)
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    browser = playwright.chromium.launch(
        executable_path=path, args=[*FLAGS, *(["--no-sandbox"] if as_root else [])]
    )
    yield browser
    browser.close()


class Site:
    """A running server and what a test may know of it."""

    def __init__(self, url: str, sessions: Sessions, clock: Clock) -> None:
        self.url = url
        self.sessions = sessions
        self.clock = clock


@contextmanager
def running(template: Path, folder: Path) -> Iterator[Site]:
    """The program on a copy of the template, served by waitress on a free port."""
    path = shutil.copy(template, folder / "site.db")
    settings = Settings(
        data_dir=folder, database_url=f"sqlite:///{path}", secret_key="test-key-" * 5,
        hash_time=HASHER.time_cost, hash_memory_kib=HASHER.memory_kib,
    )  # fmt: skip
    sessions = Sessions(make_engine(settings.database_url))
    clock = Clock(NOW)
    server = waitress.create_server(make_app(settings, sessions, clock), port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield Site(f"http://127.0.0.1:{server.effective_port}", sessions, clock)
    server.close()
    thread.join(5)
    sessions.engine.dispose()


@pytest.fixture
def site(sqlite_template: Path, tmp_path: Path) -> Iterator[Site]:
    """A running program that nobody has set up."""
    with running(sqlite_template, tmp_path) as found:
        yield found


@pytest.fixture
def filled(site: Site) -> tuple[Site, World]:
    """The site with a program and people of every role."""
    return site, World.build(site.sessions, NOW)


def new_context(chromium: Browser, **wanted: Any) -> BrowserContext:
    """A browser of its own, without motion so that nothing is measured halfway."""
    defaults = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce"}
    made = chromium.new_context(**(defaults | wanted))
    made.set_default_timeout(10_000)
    return made


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    made = new_context(chromium)
    yield made
    made.close()


def watch(page: Page) -> list[str]:
    """What the page complains about from now on: script errors and refused content."""
    problems: list[str] = []

    def note(message: ConsoleMessage) -> None:
        # Refused forms answer with 4xx on purpose, and the browser logs that.
        if message.type == "error" and "Failed to load resource" not in message.text:
            problems.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: problems.append(str(error)))
    return problems


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page; at the end it must not have logged an error or a policy violation."""
    found = context.new_page()
    problems = watch(found)
    yield found
    assert problems == []


@pytest.fixture
def second(chromium: Browser) -> Iterator[Page]:
    """The page of another person, in a browser of its own."""
    context = new_context(chromium)
    page = context.new_page()
    problems = watch(page)
    yield page
    context.close()
    assert problems == []


@pytest.fixture
def plain(chromium: Browser) -> Iterator[Page]:
    """A page without script."""
    context = new_context(chromium, java_script_enabled=False)
    yield context.new_page()
    context.close()


def sign_in(page: Page, site: Site, login: str, password: str = PASSWORD) -> Page:
    """Sign in through the page."""
    page.goto(f"{site.url}/sign-in")
    page.fill("[name=login]", login)
    page.fill("[name=password]", password)
    page.click("main button[type=submit]")
    page.wait_for_url(re.compile(r"/(today|cohorts|program|people)$"))
    return page


def axe_violations(page: Page) -> list[str]:
    """Findings of the axe rules A and AA of WCAG 2.0 to 2.2, in one line each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "axe.run({runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa']})"
    )
    return [f"{v['id']}: {v['help']} at {v['nodes'][0]['html'][:160]}" for v in found["violations"]]
