"""Set-up, signing in, codes and roles. Promises P31, P32, P33; bad input G/D."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.conftest import NOW
from tests.make import HASHER, PASSWORD, ZONE, World
from trainer.core import roles
from trainer.core.errors import Conflict, Invalid, NotFound, TooMany
from trainer.services import limits, people
from trainer.services.accounts import codes, profile, roster, sessions, setup
from trainer.services.accounts.sessions import Browser
from trainer.store.accounts import OneTimeCode, Person, SignInSession

HERE = Browser("10.0.0.0/24", "test browser")
ELSEWHERE = Browser("10.9.9.0/24", "test browser")


def sign_in(session: Session, login: str, password: str, browser: Browser = HERE) -> Person | None:
    return sessions.check_password(session, login, password, browser, HASHER, now=NOW)


def set_up(session: Session, code: str, **changes: str) -> Person:
    values = {"program_name": "Riverbend", "name": "Ada", "login": "ada", "password": PASSWORD}
    values |= changes
    return setup.set_up(
        session, code=code, zone=ZONE, also_staff=True, hasher=HASHER, now=NOW, **values
    )


# First set-up


def test_there_is_no_account_before_the_set_up(session: Session) -> None:
    assert not setup.is_set_up(session)
    assert session.scalars(select(Person)).all() == []


def test_the_code_makes_one_administrator_and_never_a_second(session: Session) -> None:
    setup.issue_set_up_code(session, "AAAA-BBBB-CCCC", now=NOW)

    set_up(session, "aaaa bbbb cccc")

    with pytest.raises(Conflict):
        set_up(session, "AAAA-BBBB-CCCC", login="eve")
    with pytest.raises(Conflict):
        setup.issue_set_up_code(session, "DDDD", now=NOW)


@pytest.mark.parametrize("code", ["", "WRONG", "AAAA-BBBB", "' OR 1=1 --", "x" * 5000])
def test_a_guessed_set_up_code_is_refused(session: Session, code: str) -> None:
    setup.issue_set_up_code(session, "AAAA-BBBB-CCCC", now=NOW)

    with pytest.raises(Invalid) as refused:
        set_up(session, code)

    assert refused.value.field == "code"
    assert not setup.is_set_up(session)


def test_a_set_up_code_lasts_half_an_hour(session: Session) -> None:
    setup.issue_set_up_code(session, "AAAA-BBBB-CCCC", now=NOW - timedelta(minutes=30))

    with pytest.raises(Invalid):
        set_up(session, "AAAA-BBBB-CCCC")


def test_a_new_set_up_code_ends_the_old_one(session: Session) -> None:
    setup.issue_set_up_code(session, "OLD", now=NOW)
    setup.issue_set_up_code(session, "NEW", now=NOW)

    with pytest.raises(Invalid):
        set_up(session, "OLD")
    set_up(session, "NEW")


# Passwords and logins


@pytest.mark.parametrize(
    "password",
    [
        "",
        "short",
        "password1234",
        "ada-lovelace-1",
        "MA Trainer 2026",
        "aaaaaaaaaaaaaaaa",
        "x" * 257,
    ],
)
def test_easy_passwords_are_refused(session: Session, password: str) -> None:
    setup.issue_set_up_code(session, "CODE", now=NOW)

    with pytest.raises(Invalid) as refused:
        set_up(session, "CODE", password=password, login="ada-lovelace")

    assert refused.value.field == "password"


@pytest.mark.parametrize(
    "password",
    [
        "p\u00e4ssliche w\u00f6rter vier",
        "a\u0308 is not \u00e4 here!",
        "emoji \U0001f642\U0001f643 are fine",
        "zzzzzz123456 abcdef" + "\u00fc" * 230,
    ],
)
def test_passwords_are_verified_exactly_as_typed(session: Session, password: str) -> None:
    setup.issue_set_up_code(session, "CODE", now=NOW)
    set_up(session, "CODE", password=password)

    assert sign_in(session, "ada", password) is not None
    assert sign_in(session, "ada", password + " ") is None
    assert sign_in(session, "ada", password.upper()) is None


@pytest.mark.parametrize(
    "login", ["ad\u0131n", "\u0430da", "a\u200dda", "ad a", "", "x" * 65, "ada\n"]
)
def test_logins_that_could_look_alike_are_refused(session: Session, login: str) -> None:
    if login.strip() == "ada":
        assert people.clean_login(login) == "ada"
        return
    with pytest.raises(Invalid):
        people.add_person(session, login=login, name="X", zone=ZONE, password_hash=None, now=NOW)


def test_two_people_cannot_share_a_login_in_another_case(session: Session, world: World) -> None:
    with pytest.raises(Invalid, match="taken"):
        people.add_person(
            session, login=" STUDENT ", name="X", zone=ZONE, password_hash=None, now=NOW
        )


# Signing in


def test_unknown_people_wrong_passwords_and_disabled_accounts_look_alike(
    session: Session, world: World
) -> None:
    person = session.get_one(Person, world.people["other_student"])
    person.active = False

    assert sign_in(session, "nobody", PASSWORD) is None
    assert sign_in(session, "student", "wrong") is None
    assert sign_in(session, "other_student", PASSWORD) is None
    assert sign_in(session, "student", PASSWORD) is not None


def test_ten_wrong_passwords_make_that_network_wait(session: Session, world: World) -> None:
    for _ in range(limits.PER_ACCOUNT_AND_NETWORK):
        assert sign_in(session, "student", "wrong") is None

    with pytest.raises(TooMany):
        sign_in(session, "student", PASSWORD)
    assert sign_in(session, "student", PASSWORD, ELSEWHERE) is not None
    later = NOW + limits.WINDOW
    assert sessions.check_password(session, "student", PASSWORD, HERE, HASHER, now=later)


def test_one_password_on_many_accounts_makes_the_network_wait(
    session: Session, world: World
) -> None:
    for number in range(limits.PER_NETWORK):
        assert sign_in(session, f"guess{number}", "wrong") is None

    with pytest.raises(TooMany):
        sign_in(session, "student", PASSWORD)


def test_sixty_classmates_behind_one_address_all_get_in(session: Session, world: World) -> None:
    assert all(sign_in(session, "student", PASSWORD) is not None for _ in range(60))


def test_only_the_hash_of_a_session_token_is_stored(session: Session, world: World) -> None:
    person = session.get_one(Person, world.people["student"])
    sessions.open_session(session, person, HERE, "a-secret-token-of-the-browser", now=NOW)

    stored = session.scalars(select(SignInSession)).one()

    assert "secret" not in stored.token_hash
    found = sessions.find_actor(session, "a-secret-token-of-the-browser", now=NOW)
    assert found is not None
    assert found.person_id == person.id


@pytest.mark.parametrize(
    ("later", "valid"),
    [(timedelta(hours=11), True), (timedelta(hours=12), False), (timedelta(days=15), False)],
)
def test_a_session_ends_when_it_is_idle_or_old(
    session: Session, world: World, later: timedelta, valid: bool
) -> None:
    person = session.get_one(Person, world.people["student"])
    sessions.open_session(session, person, HERE, "token-token-token-token", now=NOW)

    found = sessions.find_actor(session, "token-token-token-token", now=NOW + later)

    assert (found is not None) is valid


def test_nobody_can_end_another_persons_session(session: Session, world: World) -> None:
    person = session.get_one(Person, world.people["student"])
    opened = sessions.open_session(session, person, HERE, "token-token-token-token", now=NOW)

    with pytest.raises(NotFound):
        sessions.end_session(session, world.actor(session, "other_student"), opened.id, now=NOW)


def test_a_new_password_ends_the_other_sessions(session: Session, world: World) -> None:
    person = session.get_one(Person, world.people["student"])
    sessions.open_session(session, person, HERE, "other-other-other-other", now=NOW)
    sessions.open_session(session, person, HERE, "mine-mine-mine-mine-mine", now=NOW)
    me = sessions.find_actor(session, "mine-mine-mine-mine-mine", now=NOW)

    sessions.change_password(session, me, PASSWORD, "quite another phrase", HERE, HASHER, now=NOW)

    assert sessions.find_actor(session, "other-other-other-other", now=NOW) is None
    assert sessions.find_actor(session, "mine-mine-mine-mine-mine", now=NOW) is not None


# Codes


def reset(session: Session, login: str, code: str) -> Person | None:
    return codes.reset_password(
        session, login=login, code=code, password="quite another phrase", browser=HERE,
        hasher=HASHER, now=NOW,
    )  # fmt: skip


def test_a_reset_code_works_once_for_its_person_and_ends_all_sessions(
    session: Session, world: World
) -> None:
    student = world.people["student"]
    person = session.get_one(Person, student)
    sessions.open_session(session, person, HERE, "token-token-token-token", now=NOW)
    codes.issue_reset_code(session, world.actor(session, "admin"), student, "CODE", now=NOW)

    assert reset(session, "other_student", "CODE") is None
    assert reset(session, "student", "C0DE") is None
    assert reset(session, "student", "CODE") is not None
    assert reset(session, "student", "CODE") is None
    assert sessions.find_actor(session, "token-token-token-token", now=NOW) is None
    assert sign_in(session, "student", "quite another phrase") is not None


def test_a_reset_code_lasts_ten_minutes_and_is_stored_as_a_hash(
    session: Session, world: World
) -> None:
    admin = world.actor(session, "admin")
    before = NOW - timedelta(minutes=10)
    codes.issue_reset_code(session, admin, world.people["student"], "CODE", now=before)

    assert reset(session, "student", "CODE") is None
    assert all("CODE" not in row.code_hash for row in session.scalars(select(OneTimeCode)))


def test_guessing_reset_codes_is_limited(session: Session, world: World) -> None:
    for number in range(limits.PER_ACCOUNT_AND_NETWORK):
        assert reset(session, "student", f"GUESS{number}") is None

    with pytest.raises(TooMany):
        reset(session, "student", "GUESS")


# People and roles


def test_the_last_administrator_can_neither_step_down_nor_be_disabled(
    session: Session, world: World
) -> None:
    admin = world.actor(session, "admin")

    with pytest.raises(Invalid, match="administrator"):
        roster.set_roles(session, admin, admin.person_id, {"instructor"}, now=NOW)
    with pytest.raises(Invalid):
        roster.set_active(session, admin, admin.person_id, False, now=NOW)


def test_changing_roles_signs_the_person_out(session: Session, world: World) -> None:
    person = session.get_one(Person, world.people["instructor"])
    sessions.open_session(session, person, HERE, "token-token-token-token", now=NOW)

    roster.set_roles(
        session, world.actor(session, "admin"), person.id, {"instructor", "director"}, now=NOW
    )

    assert sessions.find_actor(session, "token-token-token-token", now=NOW) is None


@pytest.mark.parametrize("wanted", [set(), {"owner"}, {"administrator", "root"}])
def test_unknown_roles_are_refused(session: Session, world: World, wanted: set[str]) -> None:
    admin = world.actor(session, "admin")

    with pytest.raises(Invalid):
        roster.set_roles(session, admin, world.people["student"], wanted, now=NOW)


@pytest.mark.parametrize("who", ["student", "instructor", "director", "stranger_director"])
def test_only_an_administrator_manages_people(session: Session, world: World, who: str) -> None:
    actor = world.actor(session, who)

    with pytest.raises(NotFound):
        roster.set_roles(session, actor, actor.person_id, {"administrator"}, now=NOW)
    with pytest.raises(NotFound):
        codes.issue_reset_code(session, actor, world.people["student"], "CODE", now=NOW)


def test_an_invited_colleague_sets_a_password_once(session: Session, world: World) -> None:
    person = roster.add_staff(
        session, world.actor(session, "admin"), name="New Teacher", login="teacher",
        role="instructor", code="HELLO", now=NOW,
    )  # fmt: skip

    def accept() -> Person | None:
        return codes.accept_invitation(
            session, code="HELLO", password="quite another phrase", browser=HERE, hasher=HASHER,
            now=NOW,
        )  # fmt: skip

    assert accept() == person
    assert accept() is None
    assert sign_in(session, "teacher", "quite another phrase") == person


def test_the_owner_is_told_later_who_made_a_reset_code(session: Session, world: World) -> None:
    """P33: a reset by a code is shown to the student."""
    admin = world.actor(session, "admin")
    codes.issue_reset_code(session, admin, world.people["student"], "CODE", now=NOW)
    reset(session, "student", "CODE")

    told = profile.list_changes(session, world.actor(session, "student"))

    assert [(one.action, one.by) for one in told][:2] == [
        ("password.reset", "Student"),
        ("code.reset", "Ada Admin"),
    ]
    assert all("CODE" not in str(one) for one in told)


# Settings


def test_only_an_exam_that_there_is_can_be_prepared_for(session: Session, world: World) -> None:
    student = world.actor(session, "student")
    present = profile.get_profile(session, student)

    profile.set_profile(session, student, replace(present, exam_code=None), now=NOW)
    with pytest.raises(Invalid) as refused:
        profile.set_profile(session, student, replace(present, exam_code="bar"), now=NOW)

    assert refused.value.field == "exam_code"
    assert profile.get_profile(session, student).exam_code is None


def test_a_role_that_came_with_joining_is_no_change_by_somebody(
    session: Session, world: World
) -> None:
    student = world.actor(session, "other_student")
    people.grant_role(session, student.person_id, world.program_id, roles.DIRECTOR, None, now=NOW)

    assert profile.list_changes(session, student) == []
