"""A real Chromium against a real server on loopback. Skips visibly when there is no browser."""

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import waitress
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from tests.conftest import NOW, Clock
from tests.make import HASHER, World
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


@pytest.fixture
def site(sqlite_template: Path, tmp_path: Path) -> Iterator[Site]:
    """The program on a copy of the template, served by waitress on a free port."""
    path = shutil.copy(sqlite_template, tmp_path / "site.db")
    settings = Settings(
        data_dir=tmp_path, database_url=f"sqlite:///{path}", secret_key="test-key-" * 5,
        hash_time=HASHER.time_cost, hash_memory_kib=HASHER.memory_kib,
    )  # fmt: skip
    sessions = Sessions(make_engine(settings.database_url))
    clock = Clock(NOW)
    server = waitress.create_server(make_app(settings, sessions, clock), port=0, threads=2)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield Site(f"http://127.0.0.1:{server.effective_port}", sessions, clock)
    server.close()
    thread.join(5)
    sessions.engine.dispose()


@pytest.fixture
def filled(site: Site) -> tuple[Site, World]:
    """The site with a program and people of every role."""
    return site, World.build(site.sessions, NOW)


class Problems(list[str]):
    """What a page complained about: script errors and refused content."""


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    made = chromium.new_context(viewport={"width": 1280, "height": 900})
    made.set_default_timeout(10_000)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page; at the end it must not have logged an error or a policy violation."""
    found = context.new_page()
    problems = Problems()
    found.on("console", lambda m: problems.append(m.text) if m.type == "error" else None)
    found.on("pageerror", lambda e: problems.append(str(e)))
    yield found
    # Refused forms answer with 4xx on purpose, and the browser logs that.
    assert [p for p in problems if "Failed to load resource" not in p] == []


def axe_violations(page: Page) -> list[str]:
    """Findings of the axe rules A and AA of WCAG 2.0 to 2.2, in one line each."""
    page.evaluate(AXE.read_text())
    found = page.evaluate(
        "axe.run({runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa']})"
    )
    return [
        f"{v['id']}: {v['help']} at {v['nodes'][0]['html'][:160]}" for v in found["violations"]
    ]
