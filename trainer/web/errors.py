"""Turns refusals into pages. The only place that pairs an error with a status code."""

import logging
from hashlib import sha256

from flask import Flask, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from werkzeug.exceptions import HTTPException

from trainer.core.errors import Conflict, Invalid, NotFound, SignInNeeded, TooMany
from trainer.web.request import now

log = logging.getLogger("trainer")
Answer = tuple[str, int, dict[str, str]]


def _support_code() -> str:
    """A short code that finds this moment in the log; says nothing about the person."""
    text = f"{now().isoformat()}|{request.method}|{request.path}"
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:8].upper()


def error_page(status: int, message: str = "", retry_after_s: int | None = None) -> Answer:
    """The error page for a status, with an own message when there is one."""
    headers = {"Retry-After": str(retry_after_s)} if retry_after_s else {}
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
    known = {404: "", 405: "", 500: ""}
    return error_page(error.code, known.get(error.code, error.description or ""))


def _broken(error: Exception) -> object:
    log.exception("unexpected error %s on %s %s", _support_code(), request.method, request.endpoint)
    return error_page(500)


def init_errors(app: Flask) -> None:
    """Register a page for every way in which a request can be refused."""
    handlers = {
        NotFound: lambda e: error_page(404),
        Conflict: lambda e: error_page(409, e.message),
        Invalid: lambda e: error_page(422, e.message),
        TooMany: lambda e: error_page(429, e.message, e.retry_after_s),
        # Two identical requests at once: the second finds the row of the first.
        IntegrityError: lambda e: error_page(409, "This was saved already. Nothing was changed."),
        OperationalError: lambda e: error_page(503, "", 5),
        CSRFError: lambda e: error_page(
            400, "This page was open too long. Go back, reload it and send it again."
        ),
        SignInNeeded: _sign_in,
        HTTPException: _http,
        Exception: _broken,
    }
    for kind, handler in handlers.items():
        app.register_error_handler(kind, handler)
