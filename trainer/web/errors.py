"""Turns refusals into pages. The only place that pairs an error with a status code."""

import logging
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from flask import Flask, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from werkzeug.exceptions import (
    BadRequest,
    HTTPException,
    InternalServerError,
    MethodNotAllowed,
)

from trainer.core.errors import Conflict, Invalid, NotFound, SignInNeeded, TooMany
from trainer.web.request import SAFE_METHODS, give_up_writes, now

log = logging.getLogger("trainer")
Answer = tuple[str, int, dict[str, str]]
NO_HOST = "The address that this request was sent to cannot be understood."
_AWAY = (OperationalError, NoConnectionFree)


def _support_code() -> str:
    """A short code that finds this moment in the log; says nothing about the person."""
    text = f"{now().isoformat()}|{request.method}|{request.path}"
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:8].upper()


def error_page(status: int, message: str = "", retry_after_s: int | None = None) -> Answer:
    """The error page for a status, with an own message when there is one."""
    headers = {"Retry-After": str(retry_after_s)} if retry_after_s else {}
    if isinstance(request.routing_exception, BadRequest):
        # The request names no usable host, so no page can say where its parts are.
        return NO_HOST, status, {"Content-Type": "text/plain; charset=utf-8"}
    give_up_writes()
    page = render_template(
        "errors/error.html", status=status, message=message, support_code=_support_code()
    )
    return page, status, headers


def _sign_in(error: SignInNeeded) -> object:
    if request.method in {"GET", "HEAD"}:
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
    return redirect(url_for("accounts.sign_in"), 303)


def _http(error: HTTPException) -> object:
    if error.code is None or error.code < 400:
        return error
    if isinstance(error, InternalServerError) and isinstance(error.original_exception, _AWAY):
        return _away(error.original_exception)
    known = {404: "", 405: "", 500: ""}
    page, status, headers = error_page(error.code, known.get(error.code, error.description or ""))
    if isinstance(error, MethodNotAllowed):
        headers["Allow"] = ", ".join(sorted(error.valid_methods or ()))
    return page, status, headers


def _away(error: Exception) -> Answer:
    """The database does not answer, is locked for long, or has no connection left."""
    log.error("database away %s on %s: %s", _support_code(), request.endpoint, error)
    give_up_writes(reachable=False)
    return error_page(503, "", 5)


def _unstorable(error: DataError) -> Answer:
    """A value that passed every form but that the database cannot hold."""
    log.warning("value refused %s on %s: %s", _support_code(), request.endpoint, error.orig)
    if request.method in SAFE_METHODS:
        return error_page(404)
    return error_page(422, "Something in this form cannot be stored. Please write it differently.")


def _broken(error: Exception) -> object:
    log.exception("unexpected error %s on %s %s", _support_code(), request.method, request.endpoint)
    return error_page(500)


def init_errors(app: Flask) -> None:
    """Register a page for every way in which a request can be refused."""
    handlers: dict[type[Exception], Callable[[Any], Any]] = {
        NotFound: lambda e: error_page(404),
        Conflict: lambda e: error_page(409, e.message),
        Invalid: lambda e: error_page(422, e.message),
        TooMany: lambda e: error_page(429, e.message, e.retry_after_s),
        # Two identical requests at once: the second finds the row of the first.
        IntegrityError: lambda e: error_page(409, "This was saved already. Nothing was changed."),
        DataError: _unstorable,
        OperationalError: _away,
        NoConnectionFree: _away,
        CSRFError: lambda e: error_page(
            400, "This page was open too long. Go back, reload it and send it again."
        ),
        SignInNeeded: _sign_in,
        HTTPException: _http,
        Exception: _broken,
    }
    for kind, handler in handlers.items():
        app.register_error_handler(kind, handler)
