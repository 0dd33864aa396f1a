"""Headers, forged requests and redirects. Sources: promises P29, P30, P38."""

import re
from urllib.parse import urlsplit

from flask import Flask, Response, abort, request

from trainer.web.request import SAFE_METHODS, kit

# Nothing inline anywhere, so no nonce is needed; nothing from another host at all.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
# No part of it may match a text in two ways: the time stays in proportion to the length.
_STEP = r"[A-Za-z0-9_~-][A-Za-z0-9._~-]*"
_LOCAL_PATH = re.compile(rf"/(?:{_STEP}(?:/{_STEP})*/?)?(?:\?[A-Za-z0-9._~=&-]*)?")


def safe_next(target: str | None, default: str) -> str:
    """Where to go after signing in: a plain path of this site, or the default.

    Anything with a second slash, a backslash, a percent sign, an at sign or a scheme is refused.
    """
    if target and len(target) <= 300 and _LOCAL_PATH.fullmatch(target):
        return target
    return default


def _refuse_foreign_origin() -> None:
    """A second lock beside the form token: the browser says which site sent the form."""
    if request.method in SAFE_METHODS:
        return
    origin = request.headers.get("Origin")
    if origin is not None and not _is_ours(origin):
        abort(400, "This form was sent from another site.")
    if request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"}:
        abort(400, "This form was sent from another site.")


def _is_ours(origin: str) -> bool:
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    schemes = {"https"} if kit().secure else {"http", "https"}
    return parts.scheme in schemes and parts.netloc == request.host


def _set_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if kit().secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint == "static" and response.status_code < 400:
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    else:
        # Pages of a shared lab computer must not come back from a cache after signing out.
        response.headers["Cache-Control"] = "no-store"
    return response


def init_safety(app: Flask) -> None:
    """Headers on every answer, and the origin check on every change."""
    app.before_request(_refuse_foreign_origin)
    app.after_request(_set_headers)
