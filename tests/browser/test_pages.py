"""Every page and state: readable by everybody, at every width, in both themes.

Source: design ui.md section 11; promises P29, P47 and P49.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import Site, axe_violations, new_context, running, sign_in, watch
from tests.browser.places import LOCKED_OUT, furnish
from tests.conftest import NOW
from tests.make import World
from trainer.services.accounts import setup

pytestmark = pytest.mark.browser

WIDTHS = (1280, 640, 390, 320)
HEIGHTS = {1280: 900, 640: 450, 390: 844, 320: 700}

# Visible controls that are smaller than 24 x 24 px and no link inside running text (P49).
SMALL = """() => {
  const isShown = (one) => one.checkVisibility({opacityProperty: false, visibilityProperty: true});
  const box = (one) => {
    const all = [one, ...(one.labels || [])].map((part) => part.getBoundingClientRect());
    return all.reduce((a, b) => b.width * b.height > a.width * a.height ? b : a);
  };
  const inText = (one) => one.matches("a, .link-btn")
    && getComputedStyle(one).display === "inline"
    && one.parentElement.textContent.trim() !== one.textContent.trim();
  const wanted = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  return [...document.querySelectorAll(wanted)]
    .filter((one) => isShown(one) && !inText(one) && one.tabIndex >= 0)
    .map((one) => [one, box(one)])
    .filter(([, size]) => size.width < 24 || size.height < 24)
    .map(([one, size]) => `${size.width} x ${size.height}: ${one.outerHTML.slice(0, 160)}`);
}"""

# What lies under a bar at the bottom when the page is scrolled to its end.
COVERED = """() => {
  scrollTo(0, document.documentElement.scrollHeight);
  const bars = [...document.querySelectorAll(".bottom-bar, .tabs")]
    .filter((bar) => getComputedStyle(bar).position === "fixed" && bar.checkVisibility());
  const top = Math.min(innerHeight, ...bars.map((bar) => bar.getBoundingClientRect().top));
  const found = [...document.querySelectorAll("main a, main button, main label, footer *")]
    .filter((one) => one.checkVisibility() && !bars.some((bar) => bar.contains(one)))
    .filter((one) => one.getBoundingClientRect().bottom > top + 1)
    .map((one) => one.outerHTML.slice(0, 160));
  scrollTo(0, 0);
  return found;
}"""

OPEN_ALL = "() => document.querySelectorAll('main details').forEach((d) => { d.open = true; })"
TOO_WIDE = "() => document.documentElement.scrollWidth - innerWidth"


@dataclass
class Home:
    """One filled site with a browser for every person who looks at it."""

    site: Site
    chromium: Browser
    places: dict[str, str]
    pages: dict[str, tuple[BrowserContext, Page, list[str]]] = field(default_factory=dict)

    def page(self, login: str) -> tuple[Page, list[str]]:
        """The page of this person, signed in, and what it complains about."""
        if login not in self.pages:
            context = new_context(self.chromium)
            page = context.new_page()
            self.pages[login] = (context, page, watch(page))
            if login:
                sign_in(page, self.site, login)
        _, page, problems = self.pages[login]
        return page, problems

    def close(self) -> None:
        """Close all browsers."""
        for context, _, _ in self.pages.values():
            context.close()


@pytest.fixture(scope="module")
def home(
    chromium: Browser, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Home]:
    """One site for all tests here, which only look."""
    with running(sqlite_template, tmp_path_factory.mktemp("home")) as site:
        found = Home(site, chromium, furnish(site.sessions, World.build(site.sessions, NOW)))
        yield found
        found.close()


def _send(**fields: str) -> Callable[[Page], None]:
    """Fill in the fields of the form and send it."""

    def act(page: Page) -> None:
        for name, text in fields.items():
            page.fill(f"main [name={name}]", text)
        with page.expect_navigation():
            page.locator("main .btn-primary[type=submit]").first.click()

    return act


def _press(label: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        with page.expect_navigation():
            page.get_by_role("button", name=label).first.click()

    return act


def _all(*acts: Callable[[Page], None]) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        for one in acts:
            one(page)

    return act


def _send_begin(page: Page) -> None:
    """A form whose idea is none."""
    page.evaluate("document.querySelector('#concept').innerHTML = '<option value=nope>'")
    _press("Begin")(page)


def _old_tab(page: Page) -> None:
    """Save from a page that another save has overtaken."""
    page.fill("#rule", "The first save.")
    page.evaluate("document.querySelector('[name=edit]').value = '90'")
    _press("Save draft")(page)


def _answer_blind(page: Page) -> None:
    page.locator(".option-face").first.click()
    _press("Keep my answer")(page)


# Name of the state: who looks, the address or its name, and what is done there.
LOOK: list[tuple[str, str, str, Callable[[Page], None] | None]] = [
    ("sign in", "", "/sign-in", None),
    ("sign in refused", "", "/sign-in", _send(login="student", password="not the right one")),
    ("reset", "", "/reset", None),
    ("join", "", "/join", None),
    ("join refused", "", "/join", _send(code="NOT-A-CODE")),
    ("join a class", "", "/join?code=OPEN-CODE-1", _send()),
    ("invited", "", "/join?code=OPEN-CODE-2", _send()),
    ("set up already", "", "/set-up", None),
    ("404", "", "/nothing-here", None),
    ("429", "", "/sign-in", _send(login=LOCKED_OUT, password="not the right one")),
    ("today first", "stranger_student", "/today", None),
    ("today full", "student", "/today", None),
    ("today rest", "other_student", "/today", None),
    ("practice", "student", "/practice", None),
    ("question", "student", "question", None),
    ("question without a choice", "student", "question", _press("Check answer")),
    ("right", "student", "right", None),
    ("wrong", "student", "wrong", None),
    ("lucky", "student", "lucky", None),
    ("finished", "student", "finished", None),
    ("scenarios", "student", "/scenarios", None),
    ("hub", "student", "hub", None),
    ("decision", "student", "decision", None),
    ("decision without a choice", "student", "decision", _press("Do this")),
    ("transcript", "student", "transcript", None),
    ("reflect", "student", "reflect", None),
    ("debrief", "student", "debrief", None),
    ("debrief with the best path", "student", "debrief?best=yes", None),
    ("409", "student", "too early", None),
    ("account", "student", "/account", None),
    ("account refused", "student", "/account", _send(minutes_a_day="0")),
    ("cohorts", "instructor", "/cohorts", None),
    ("new cohort refused", "instructor", "/cohorts/new", _send(name="")),
    ("cohort", "instructor", "cohort", None),
    ("class code", "instructor", "cohort", _press("Make a class code")),
    ("roster", "instructor", "roster", None),
    ("roster refused", "instructor", "roster", _send(text="name,login\nAna,\nBo,x y\n,bo\n")),
    ("roster preview", "instructor", "roster", _send(text="name,login\nAna,ana\nBo,bo\n")),
    ("codes", "instructor", "roster", _all(_send(text="name,login\nCy,cy\n"), _send())),
    ("student", "instructor", "student", None),
    ("student without answers", "instructor", "new student", None),
    ("student code", "instructor", "student", _press("Make a reset code")),
    ("remove", "instructor", "remove", None),
    ("assign", "instructor", "assign", None),
    ("assign refused", "instructor", "assign", _send(title="", questions="99")),
    ("assignment", "instructor", "assignment", None),
    ("take back", "instructor", "withdraw", None),
    ("cohort without students", "outside_instructor", "bare cohort", None),
    ("assignment without students", "outside_instructor", "bare assignment", None),
    ("cohorts none", "stranger_director", "/cohorts", None),
    ("program none", "stranger_director", "/program", None),
    ("program", "director", "/program", None),
    ("report", "student", "report 1", None),
    ("report of an open question", "student", "open report", None),
    ("report refused", "student", "report 1", _send(text="typed")),
    ("reports", "student", "/reports", None),
    ("reports none", "stranger_student", "/reports", None),
    ("corrections", "student", "/corrections", None),
    ("correction", "student", "correction", None),
    ("bank", "instructor", "/bank", None),
    ("bank of another program", "stranger_director", "/bank", None),
    ("own questions", "director", "/bank/own", None),
    ("own questions none", "stranger_director", "/bank/own", None),
    ("new question", "director", "/bank/own/new?q=hand+gloves", None),
    ("new question refused", "director", "/bank/own/new", _send_begin),
    ("editor", "director", "faulty", None),
    ("editor of a question in review", "director", "waiting", None),
    *(
        (f"editor {kind}", "director", f"draft {kind}", None)
        for kind in ("multiple_response", "ordered_response", "matching", "numeric", "hot_spot")
    ),
    ("editor with every list", "instructor", "draft numeric", _press("Add a wrong value")),
    ("conflict", "instructor", "draft matching", _old_tab),
    ("preview", "instructor", "waiting/preview", None),
    ("preview not yet", "instructor", "draft matching/preview", None),
    ("second reading", "director", "waiting/reading", None),
    ("second reading refused", "director", "waiting/reading", _press("Keep my answer")),
    ("second reading with the key", "director", "waiting/reading", _answer_blind),
    ("publish not yet", "instructor", "waiting/publish", None),
    ("delete a draft", "instructor", "faulty/delete", None),
    ("questions", "instructor", "/bank/items", None),
    ("questions none", "instructor", "/bank/items?q=nothing-like-it", None),
    ("inbox", "director", "/bank/reports", None),
    ("inbox empty", "stranger_director", "/bank/reports", None),
    ("item with a correction", "director", "item 1", None),
    ("item in quarantine", "director", "item 2", None),
    ("item with a closed report", "director", "item 3", None),
    ("item of one best answer", "instructor", "item single_best_answer", None),
    ("quarantine", "instructor", "item 1/quarantine", None),
    ("quarantine refused", "instructor", "item 1/quarantine", _send()),
    ("correct refused", "director", "item 1/correct", _send(reason="Why.")),
    ("people", "admin", "/people", None),
    ("people refused", "admin", "/people", _send(name="", login="")),
]


def _open(home: Home, login: str, where: str, act: Callable[[Page], None] | None) -> Page:
    page, _ = home.page(login)
    name, _, query = where.partition("?")
    name, slash, rest = name.partition("/") if not name.startswith("/") else (name, "", "")
    path = home.places.get(name, name) + slash + rest + (f"?{query}" if query else "")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(home.site.url + path)
    if act is not None:
        act(page)
    return page


def _show(page: Page, width: int, theme: str) -> None:
    page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
    page.evaluate("(theme) => { document.documentElement.dataset.theme = theme; }", theme)


def check(page: Page) -> None:
    """Both themes by axe, one wide and one narrow; no sideways scroll; targets; frame."""
    found = []
    for width, theme in ((1280, "light"), (320, "dark")):
        _show(page, width, theme)
        found += [f"{width} {theme}: {text}" for text in axe_violations(page)]
    page.evaluate(OPEN_ALL)
    for width in WIDTHS:
        _show(page, width, "light")
        if (over := page.evaluate(TOO_WIDE)) > 0:
            found.append(f"{width}: {over} px too wide")
        found += [f"{width}: small target {text}" for text in page.evaluate(SMALL)]
        found += [f"{width}: covered {text}" for text in page.evaluate(COVERED)]
    assert not found, "\n".join(found)
    assert page.locator("h1").count() == 1
    assert page.locator("a.skip").get_attribute("href") == "#main"


@pytest.mark.parametrize(
    ("login", "where", "act"), [one[1:] for one in LOOK], ids=[o[0] for o in LOOK]
)
def test_page_is_fit_for_everybody(
    home: Home, login: str, where: str, act: Callable[[Page], None] | None
) -> None:
    page = _open(home, login, where, act)
    _, problems = home.page(login)

    check(page)
    assert problems == []
    problems.clear()


def test_the_first_run_page_is_fit_for_everybody(site: Site, page: Page) -> None:
    with site.sessions.transaction() as session:
        setup.issue_set_up_code(session, "SET-UP-CODE", now=NOW)
    page.goto(f"{site.url}/set-up")
    page.locator("main .btn-primary").click()
    page.wait_for_load_state()

    check(page)


def test_the_skip_link_is_first_and_leads_to_the_content(home: Home) -> None:
    page = _open(home, "student", "/today", None)

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_keys_are_not_spoken_of_where_fingers_do_the_work(home: Home, chromium: Browser) -> None:
    context = new_context(
        chromium, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = sign_in(context.new_page(), home.site, "student")
    shown = []
    for where in ("/today", home.places["question"], home.places["decision"]):
        page.goto(home.site.url + where)
        shown += page.locator(
            ".key-hint:visible, .keys-part:visible, [data-opens=keys]:visible"
        ).all()
    context.close()

    assert shown == []


def test_every_table_beside_a_chart_opens(home: Home) -> None:
    page = _open(home, "instructor", "student", None)

    for summary in page.locator("main details > summary").all():
        summary.click()

    assert page.locator("main details:not([open])").count() == 0
