"""What one request holds: its moment, its session, its actor. One transaction per request."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from flask import Flask, Response, current_app, g, request
from flask import session as form_cookie
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as BaseResponse

from trainer.services.access import Actor
from trainer.services.accounts import sessions as sign_ins
from trainer.services.accounts.sessions import Browser
from trainer.services.hashing import Hasher
from trainer.services.limits import network_of
from trainer.web.browsers import describe

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class SessionSource(Protocol):
    """Makes sessions for reading and for writing."""

    def reading(self) -> Session: ...

    def writing(self) -> Session: ...


@dataclass(frozen=True, slots=True)
class Kit:
    """What `app.py` hands to the views: everything that must not be made inside them."""

    sessions: SessionSource
    now: Callable[[], datetime]
    new_token: Callable[[], str]
    new_seed: Callable[[], str]
    new_code: Callable[[], str]
    hasher: Hasher
    secure: bool
    fill_sample: Callable[[Session, int, datetime], None]
    demo_links: Mapping[str, int] = field(default_factory=dict)
    """Secret of a sign-in link -> person id; filled by the demo only."""


def kit() -> Kit:
    """The kit of the running app."""
    found: Kit = current_app.extensions["trainer"]
    return found


def now() -> datetime:
    """The one moment of this request."""
    if "now" not in g:
        g.now = kit().now()
    moment: datetime = g.now
    return moment


def db() -> Session:
    """The session of this request; it may write unless the method is a safe one."""
    if "session" not in g:
        source = kit().sessions
        g.session = source.reading() if request.method in SAFE_METHODS else source.writing()
    session: Session = g.session
    return session


def only_look() -> None:
    """This request changes nothing, although its form is too long for an address: it must not
    wait for those who write. Call it before anything asks the database."""
    if "session" not in g:
        g.session = kit().sessions.reading()


@contextmanager
def own_transaction() -> Iterator[Session]:
    """A short writing transaction inside a request that otherwise only reads.

    The reading session lets go first: one request never holds two transactions.
    """
    _close(None)
    session = kit().sessions.writing()
    try:
        yield session
        session.commit()
    finally:
        session.close()


def keep_writes() -> None:
    """Commit although the answer is a refusal: a failed try to sign in must be remembered."""
    g.keep_writes = True


def cookie_name() -> str:
    """Name of the sign-in cookie; browsers hold `__Host-` ones to Secure and Path=/."""
    return "__Host-trainer" if kit().secure else "trainer_session"


def actor() -> Actor | None:
    """Who is asking; None for an anonymous request."""
    if "actor" not in g:
        token = request.cookies.get(cookie_name(), "")
        found = sign_ins.find_actor(db(), token, now=now()) if 20 <= len(token) <= 100 else None
        g.actor = found
    who: Actor | None = g.actor
    return who


def renew_form_token() -> None:
    """Forms of before signing in or out do not count after it."""
    form_cookie.pop("csrf_token", None)


def give_up_writes(*, reachable: bool = True) -> None:
    """Undo what this request wrote, so that its error page can still ask who looks.

    Without a database to ask, the page is shown as to nobody.
    """
    try:
        if "session" in g:
            g.session.rollback()
        if reachable:
            actor()
    except SQLAlchemyError:
        reachable = False
    if not reachable:
        g.setdefault("actor", None)


def browser() -> Browser:
    """Network and kind of the asking browser, as far as they are kept."""
    return Browser(network_of(request.remote_addr or ""), describe(request.user_agent.string))


def set_sign_in_cookie(response: BaseResponse, token: str) -> None:
    """Hand the browser its session token."""
    response.set_cookie(
        cookie_name(), token, max_age=int(sign_ins.LASTS.total_seconds()),
        httponly=True, secure=kit().secure, samesite="Lax", path="/",
    )  # fmt: skip


def clear_sign_in_cookie(response: BaseResponse) -> None:
    """Take the session token away again."""
    response.delete_cookie(cookie_name(), path="/", secure=kit().secure, httponly=True)


def _commit_or_roll_back(response: Response) -> Response:
    session: Session | None = g.get("session")
    if session is not None and request.method not in SAFE_METHODS:
        if response.status_code < 400 or g.get("keep_writes", False):
            session.commit()
        else:
            session.rollback()
    return response


def _close(error: BaseException | None) -> None:
    session: Session | None = g.pop("session", None)
    if session is not None:
        session.close()


def _touch() -> None:
    """Note every few minutes that the session is in use, in a transaction of its own.

    Only when a page is opened: saving an answer has no statement to spare, and every form
    follows a page.
    """
    if request.method not in SAFE_METHODS or request.endpoint in {None, "static", "health.health"}:
        return
    who = actor()
    if who is not None and sign_ins.needs_touch(who, now=now()):
        with own_transaction() as session:
            sign_ins.touch(session, who.session_id, now=now())


def init_requests(app: Flask, made: Kit) -> None:
    """Give the app its kit and the one-transaction rule."""
    app.extensions["trainer"] = made
    app.before_request(_touch)
    app.after_request(_commit_or_roll_back)
    app.teardown_request(_close)
