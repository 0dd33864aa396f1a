"""The question editor as plain forms: nothing typed is lost, nothing typed breaks it."""

import re
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from tests.conftest import NOW
from tests.make import Browser, World
from tests.services.bank_writing import CONCEPT, OTHER, make_sound, publish_read, sound
from tests.web.html import ids_of, text_of
from tests.web.test_bad_texts import TEXTS, assert_harmless, sendable
from trainer.content.bundle import Bundle
from trainer.services import catalogue
from trainer.services.bank import drafts, reading
from trainer.services.bank.fields import NUMBER, TYPES
from trainer.services.bank.fields import TEXTS as FIELDS
from trainer.store.audit import AuditEntry
from trainer.store.bank import DraftReading, ItemDraft
from trainer.store.session import Sessions


@pytest.fixture
def author(app: Flask, world: World) -> Browser:
    return Browser(app).sign_in("instructor")


@pytest.fixture
def colleague(app: Flask, world: World) -> Browser:
    return Browser(app).sign_in("director")


@pytest.fixture
def draft_id(sessions: Sessions, world: World) -> int:
    """A draft that passes all checks."""
    with sessions.transaction() as session:
        return make_sound(session, world.actor(session, "instructor")).id


def form_of(entry: dict[str, Any], edit: int, act: str = "", **more: Any) -> dict[str, Any]:
    """The form that a browser sends for this entry."""
    form: dict[str, Any] = {"edit": str(edit), "act": act, "keys-shown": "yes"}
    form |= {name: entry[name] for name in FIELDS}
    for name in ("options", "partners", "sources", "accepted"):
        form |= _rows(name, entry[name])
    form |= {f"number-{name}": entry["number"][name] for name in NUMBER}
    form |= _rows("number-errors", entry["number"]["errors"])
    form["number-units"] = ", ".join(entry["number"]["units"])
    form["key"] = [str(n) for n, row in enumerate(entry["options"]) if row["correct"] == "yes"]
    return form | more


def _rows(name: str, rows: list[dict[str, str]]) -> dict[str, str]:
    sent = {f"{name}-rows": str(len(rows))}
    for index, row in enumerate(rows):
        sent |= {f"{name}-{index}-{part}": text for part, text in row.items() if part != "correct"}
    return sent


def stored(sessions: Sessions, draft_id: int) -> ItemDraft:
    with sessions.reading() as session:
        return session.get_one(ItemDraft, draft_id)


def path(draft_id: int, rest: str = "") -> str:
    return f"/bank/drafts/{draft_id}{rest}"


def test_a_question_is_begun_and_written(author: Browser, sessions: Sessions, world: World) -> None:
    author.get("/bank/own/new")
    begun = author.post("/bank/own/new", {"concept": CONCEPT, "type": "single_best_answer"})
    page = author.follow(begun)
    draft = stored(sessions, 1)

    assert draft.code == f"p{world.program_id}-{CONCEPT}-01"
    assert "There is no source yet" in text_of(page)
    saved = author.post(path(1), form_of(sound(draft.entry), 1))
    page = author.follow(saved)
    assert "Nothing to fix" in text_of(page)
    assert len(set(ids_of(page))) == len(ids_of(page))


def test_every_remark_links_to_a_place_on_the_page(
    author: Browser, sessions: Sessions, world: World
) -> None:
    for kind in TYPES:
        author.get("/bank/own/new")
        made = author.post("/bank/own/new", {"concept": CONCEPT, "type": kind})
        page = author.follow(made).get_data(as_text=True)
        checks = page.split('id="checks"')[1]

        links = re.findall(r'href="#([^"]+)"', checks)
        assert links
        assert all(f'id="{link}"' in page for link in links), kind


def test_rows_are_added_moved_and_removed_with_everything_typed(
    author: Browser, sessions: Sessions, draft_id: int
) -> None:
    author.get(path(draft_id))
    entry = stored(sessions, draft_id).entry
    entry["rule"] = "Typed before the button."
    added = author.post(path(draft_id), form_of(entry, 2, "add options"))
    assert added.location.endswith("#options-4")
    entry = stored(sessions, draft_id).entry
    assert [row["id"] for row in entry["options"]] == list("abcde")
    assert entry["rule"] == "Typed before the button."

    author.get(path(draft_id))
    author.post(path(draft_id), form_of(entry, 3, "up options 2"))
    entry = stored(sessions, draft_id).entry
    assert [(r["id"], r["correct"]) for r in entry["options"]][:3] == [
        ("a", "no"), ("c", "yes"), ("b", "no"),
    ]  # fmt: skip
    author.get(path(draft_id))
    author.post(path(draft_id), form_of(entry, 4, "remove options 0"))
    entry = stored(sessions, draft_id).entry
    assert [row["id"] for row in entry["options"]] == list("cbde")


def test_two_presses_save_once(author: Browser, sessions: Sessions, draft_id: int) -> None:
    author.get(path(draft_id))
    entry = {**stored(sessions, draft_id).entry, "rule": "Soap takes spores off."}
    token = author.token
    for _ in range(2):
        form = form_of(entry, 2, "add options", csrf_token=token)
        assert author.post(path(draft_id), form).status_code == 303

    draft = stored(sessions, draft_id)
    assert draft.edit == 3
    assert len(draft.entry["options"]) == 5


def test_an_old_tab_shows_both_and_saves_when_asked_again(
    author: Browser, colleague: Browser, sessions: Sessions, draft_id: int
) -> None:
    author.get(path(draft_id))
    colleague.get(path(draft_id))
    entry = stored(sessions, draft_id).entry
    colleague.post(path(draft_id), form_of({**entry, "rule": "Theirs & ours."}, 2))
    mine = {**entry, "rule": "Mine <b>."}

    page = author.post(path(draft_id), form_of(mine, 2))
    assert page.status_code == 409
    assert "Somebody saved this question" in text_of(page)
    assert "Theirs & ours." in text_of(page)
    assert 'value="Mine &lt;b&gt;."' in page.get_data(as_text=True)
    assert stored(sessions, draft_id).entry["rule"] == "Theirs & ours."
    assert 'name="edit" value="3"' in page.get_data(as_text=True)

    assert author.post(path(draft_id), form_of(mine, 3)).status_code == 303
    assert stored(sessions, draft_id).entry["rule"] == "Mine <b>."


def test_the_live_checks_keep_nothing(author: Browser, sessions: Sessions, draft_id: int) -> None:
    author.get(path(draft_id))
    entry = stored(sessions, draft_id).entry
    entry["options"][1]["reason"] = "Wrong amount."
    answer = author.post(path(draft_id, "/checks"), form_of(entry, 2))
    page = answer.get_data(as_text=True)

    assert answer.status_code == 200
    assert "1 to fix" in page
    slot = page.split('id="options-1-reason-said"')[1].split("</div>")[0]
    assert "I21" in slot
    assert 'hx-swap-oob="true"' in page
    assert stored(sessions, draft_id).edit == 2


def test_the_type_is_changed_and_changed_back_without_loss(
    author: Browser, sessions: Sessions, draft_id: int
) -> None:
    before = stored(sessions, draft_id).entry
    edit = 2
    for kind in (*TYPES, "single_best_answer"):
        author.get(path(draft_id))
        author.post(path(draft_id), {"edit": str(edit), "type": kind})
        page = author.get(path(draft_id))
        assert page.status_code == 200
        edit = stored(sessions, draft_id).edit

    after = stored(sessions, draft_id).entry
    for name in ("stem", "lead_in", "rule", "sources", "options"):
        assert after[name] == before[name]


def test_a_picture_is_seen_while_its_places_are_described(
    author: Browser, sessions: Sessions, world: World, shipped: Bundle
) -> None:
    spot = next(i for i in shipped.items.values() if i.type == "hot_spot")
    assert spot.picture is not None
    with sessions.transaction() as session:
        catalogue.sync(session, replace(shipped, items={spot.code: spot}), now=NOW)
    author.get("/bank/own/new")
    author.post("/bank/own/new", {"concept": CONCEPT, "type": "hot_spot"})
    author.get(path(1))
    author.post(path(1), {"edit": "1", "picture": spot.picture.code})
    page = author.get(path(1)).get_data(as_text=True)

    assert 'data-region="a"' in page
    assert page.count('class="opt-place"') == len(spot.options)
    assert f'<option value="{spot.picture.code}" selected>' in page


def test_reading_a_source_today_writes_the_day(
    author: Browser, sessions: Sessions, draft_id: int
) -> None:
    author.get(path(draft_id))
    entry = stored(sessions, draft_id).entry
    entry["sources"][0]["checked_on"] = ""
    author.post(path(draft_id), form_of(entry, 2, **{"sources-0-read": "yes"}))

    assert stored(sessions, draft_id).entry["sources"][0]["checked_on"] == "2026-11-24"


def test_the_preview_is_what_students_see(author: Browser, draft_id: int) -> None:
    page = text_of(author.get(path(draft_id, "/preview")))

    assert "After a right answer" in page
    assert "Running water and soap lift the spores" in page
    assert "Not this one. The answer is “Wash them with soap and running water”." in page


def test_the_preview_of_an_unfinished_question_says_what_comes_first(
    author: Browser, sessions: Sessions, world: World
) -> None:
    for kind in TYPES:
        author.get("/bank/own/new")
        author.post("/bank/own/new", {"concept": CONCEPT, "type": kind})
    for number in range(1, len(TYPES) + 1):
        page = author.get(path(number, "/preview"))
        assert page.status_code == 200
        assert "These parts come first" in text_of(page)


def test_a_question_is_read_twice_and_published(
    app: Flask, author: Browser, colleague: Browser, sessions: Sessions, draft_id: int,
    world: World,
) -> None:  # fmt: skip
    author.get(path(draft_id))
    entry = stored(sessions, draft_id).entry
    author.post(path(draft_id), form_of(entry, 2, "send"))
    assert stored(sessions, draft_id).state == "review"

    blind = colleague.get(path(draft_id, "/reading"))
    assert "lift the spores" not in blind.get_data(as_text=True)
    assert entry["rule"] not in text_of(blind)
    empty = colleague.post(path(draft_id, "/reading"), {})
    assert empty.status_code == 422
    seen = colleague.follow(colleague.post(path(draft_id, "/reading"), {"choice": "c"}))
    assert "lift the spores" in text_of(seen)
    # The first answer stays, whatever is sent after the key was seen.
    colleague.post(path(draft_id, "/reading"), {"choice": "a"})
    token = colleague.token
    sent = {"opinion": "agree", "note": "", "csrf_token": token}
    first = colleague.post(path(draft_id, "/opinion"), sent)
    assert first.status_code == 303
    assert colleague.post(path(draft_id, "/opinion"), sent).status_code == 303
    with sessions.reading() as session:
        (found,) = session.query(DraftReading).all()
        assert (found.given, found.agreed) == ("c", True)

    author.get(path(draft_id, "/publish"))
    for _ in range(2):
        assert author.post(path(draft_id, "/publish"), {"edit": "2"}).status_code == 303
    assert "Published" in text_of(author.get("/bank/own"))
    page = text_of(author.get(path(draft_id)))
    assert "A published question keeps its idea." in page
    assert "Delete this draft" not in page
    with sessions.reading() as session:
        own = catalogue.current(session).local[world.program_id]
        assert [v.value.checked.blind_answer for v in own.values()] == ["agreed"]


def test_a_reader_sends_it_back_with_a_note(
    author: Browser, colleague: Browser, sessions: Sessions, draft_id: int
) -> None:
    author.get(path(draft_id))
    author.post(path(draft_id), form_of(stored(sessions, draft_id).entry, 2, "send"))
    colleague.get(path(draft_id, "/reading"))
    colleague.follow(colleague.post(path(draft_id, "/reading"), {"choice": "a"}))

    refused = colleague.post(path(draft_id, "/opinion"), {"opinion": "agree", "note": "Kept."})
    assert refused.status_code == 422
    assert "Kept." in refused.get_data(as_text=True)
    colleague.post(path(draft_id, "/opinion"), {"opinion": "back", "note": "Gel is <i>taught</i>."})

    page = author.get(path(draft_id))
    assert "Director sent it back: Gel is <i>taught</i>." in text_of(page)
    assert "<i>taught" not in page.get_data(as_text=True)
    assert stored(sessions, draft_id).state == "draft"


def test_the_author_cannot_answer_blind(author: Browser, sessions: Sessions, draft_id: int) -> None:
    author.get(path(draft_id))
    author.post(path(draft_id), form_of(stored(sessions, draft_id).entry, 2, "send"))

    assert author.get(path(draft_id, "/reading")).status_code == 409
    assert author.post(path(draft_id, "/reading"), {"choice": "c"}).status_code == 409


def test_who_is_alone_ticks_that_nobody_read_it(
    app: Flask, sessions: Sessions, world: World
) -> None:
    with sessions.transaction() as session:
        made = make_sound(session, world.actor(session, "stranger_director")).id
    browser = Browser(app).sign_in("stranger_director")
    browser.get(path(made, "/publish"))

    refused = browser.post(path(made, "/publish"), {"edit": "2"})
    assert refused.status_code == 422
    assert "Confirm" in text_of(refused)
    assert browser.post(path(made, "/publish"), {"edit": "2", "alone": "yes"}).status_code == 303
    assert "no second reading" in text_of(browser.get("/bank/own"))


def test_a_draft_with_something_to_fix_is_saved_and_not_sent(
    author: Browser, sessions: Sessions, draft_id: int
) -> None:
    author.get(path(draft_id))
    entry = {**stored(sessions, draft_id).entry, "rule": ""}
    page = author.follow(author.post(path(draft_id), form_of(entry, 2, "send")))

    assert "Saved, but not sent." in text_of(page)
    assert (stored(sessions, draft_id).state, stored(sessions, draft_id).edit) == ("draft", 3)


def test_an_endless_text_stays_on_the_page_and_is_named(
    author: Browser, sessions: Sessions, draft_id: int
) -> None:
    author.get(path(draft_id))
    entry = {**stored(sessions, draft_id).entry, "stem": "word " * 6000}
    page = author.post(path(draft_id), form_of(entry, 2))

    assert page.status_code == 422
    assert "was not saved" in text_of(page)
    assert "word word word" in page.get_data(as_text=True)
    assert stored(sessions, draft_id).edit == 2


def test_any_text_in_any_field_is_said_or_shown_as_text(
    app: Flask, author: Browser, sessions: Sessions, draft_id: int
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    entry = stored(sessions, draft_id).entry
    names = [name for name in form_of(entry, 2) if name not in {"edit", "act"}]
    for number, text in enumerate(TEXTS):
        form = form_of(entry, stored(sessions, draft_id).edit)
        form |= dict.fromkeys(names[number % 5 :: 5], sendable(text))
        form["csrf_token"] = ""
        live = author.client.post(path(draft_id, "/checks"), data=form)
        answer = author.client.post(path(draft_id), data=form)
        assert (live.status_code, answer.status_code) in {(200, 303), (200, 422)}, text
        for page in (live, answer, author.get(path(draft_id)), author.get("/bank/own"),
                     author.get(path(draft_id, "/preview"))):  # fmt: skip
            assert page.status_code < 500, text
            assert_harmless(page.get_data(as_text=True))


@pytest.mark.parametrize(
    "form",
    [
        {}, {"edit": "x"}, {"edit": "9" * 400}, {"edit": "-1"}, {"act": "add nothing"},
        {"act": "remove options 99"}, {"act": "up options 0"}, {"act": "add options " + "9" * 50},
        {"options-rows": "9" * 20}, {"options-rows": "-1"}, {"options-rows": "99"},
        {"type": "essay"}, {"picture": "../../etc/passwd"}, {"concept": "no-such-idea"},
        {"key": "99", "keys-shown": "yes"}, {"options-rows": "4", "options-0-id": "a",
         "options-1-id": "a", "options-2-id": "\x00", "options-3-id": "zz"},
        {"accepted-rows": "1", "accepted-0-rule": "I99", "accepted-0-reason": "x"},
        {"id": "hand-hygiene-01", "checked": "agreed", "state": "published", "author_id": "1"},
    ],
)  # fmt: skip
def test_no_form_breaks_the_editor(
    author: Browser, sessions: Sessions, draft_id: int, form: dict[str, str]
) -> None:
    author.get(path(draft_id))
    code = stored(sessions, draft_id).code
    for rest in ("/checks", ""):
        answer = author.post(path(draft_id, rest), {"edit": "2", **form})
        assert answer.status_code in {200, 303, 409}
    page = author.get(path(draft_id))

    assert page.status_code == 200
    draft = stored(sessions, draft_id)
    assert draft.state == "draft"
    assert code == draft.code == draft.entry["id"]
    assert "checked" not in draft.entry
    assert len(set(ids_of(page))) == len(ids_of(page))


def test_a_download_has_a_safe_name_and_reads_as_text(
    author: Browser, sessions: Sessions, draft_id: int
) -> None:
    answer = author.get(path(draft_id, "/yaml"))

    code = stored(sessions, draft_id).code
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{code}.yaml"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert f"id: {code}" in answer.get_data(as_text=True)


def test_an_unfinished_question_is_no_file_yet(author: Browser, sessions: Sessions) -> None:
    author.get("/bank/own/new")
    author.post("/bank/own/new", {"concept": CONCEPT, "type": "numeric"})
    answer = author.get(path(1, "/yaml"))

    assert answer.status_code == 303
    assert "once all its parts are written" in text_of(author.follow(answer))


def test_students_never_see_it_before_it_is_published(
    app: Flask, sessions: Sessions, world: World, draft_id: int
) -> None:
    student = Browser(app).sign_in("student")
    for page in ("", "/preview", "/yaml", "/reading", "/publish", "/delete"):
        assert student.get(path(draft_id, page)).status_code == 404
    for page in ("/bank/own", "/bank/own/new", "/bank/own/yaml"):
        assert student.get(page).status_code == 404
    with sessions.reading() as session:
        who = world.actor(session, "student")
        codes = {v.code for v in catalogue.current(session, who.programs).items_of(CONCEPT)}
    assert not any(code.startswith("p") and code[1].isdigit() for code in codes)


def test_the_record_of_acts_holds_no_text_of_the_question(
    author: Browser, sessions: Sessions, draft_id: int
) -> None:
    with sessions.reading() as session:
        details = [row.detail for row in session.query(AuditEntry) if row.object_kind == "draft"]

    assert details
    assert all(set(detail) <= {"code", "edit", "agreed", "version", "read"} for detail in details)


def test_what_was_searched_for_is_shown_as_text(author: Browser) -> None:
    page = author.get("/bank/own/new?q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert_harmless(page.get_data(as_text=True))
    assert author.get("/bank/own/new?q=" + "a" * 5000).status_code == 200
    found = text_of(author.get("/bank/own/new?q=hand+gloves"))
    assert "hand-hygiene-01" in found


def test_a_copy_that_cannot_be_made_is_said_in_words(author: Browser) -> None:
    author.get("/bank/own/new")
    for code in ("nope-01", "", "x" * 500, "{{7*7}}"):
        answer = author.post("/bank/own/copy", {"code": code})
        assert answer.status_code == 422
    answer = author.post("/bank/own/copy", {"code": "hand-hygiene-01"})
    assert "This is a copy." in text_of(author.follow(answer))


def test_the_list_says_where_each_question_stands(
    app: Flask, sessions: Sessions, world: World
) -> None:
    with sessions.transaction() as session:
        author, reader = (world.actor(session, who) for who in ("instructor", "director"))
        done = make_sound(session, author)
        publish_read(session, author, reader, done)
        waiting = make_sound(session, author, **OTHER)
        reading.send(session, author, waiting.id, waiting.edit, now=NOW)
        drafts.make(session, author, "teach-back", "matching", now=NOW)
    page = text_of(Browser(app).sign_in("director").get("/bank/own"))

    for words in ("Published", "In review", "Answer it blind", "Draft", "No question written yet"):
        assert words in page
    assert "no second reading" not in page
