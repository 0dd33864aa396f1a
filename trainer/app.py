"""Puts the program together: settings, database, views. The only maker of the Flask app."""

from collections.abc import Callable, Mapping
from datetime import datetime

from flask import Flask
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from trainer import clock, sample
from trainer.services.hashing import Hasher
from trainer.settings import PACKAGE_DIR, Settings
from trainer.store.session import Sessions, make_engine
from trainer.web import (
    accounts,
    assignments,
    bank,
    cohorts,
    health,
    practice,
    progress,
    scenarios,
)
from trainer.web.converters import ContentCode, RowId
from trainer.web.errors import init_errors
from trainer.web.filters import init_filters
from trainer.web.frame import init_frame
from trainer.web.request import Kit, init_requests
from trainer.web.safety import init_safety


def make_app(
    settings: Settings,
    sessions: Sessions | None = None,
    now: Callable[[], datetime] = clock.now,
    demo_links: Mapping[str, int] | None = None,
) -> Flask:
    """The web application. `now` is the clock of its requests, replaced in tests.

    `demo_links` are secrets that sign in as a person; only the demo has any.
    """
    app = Flask(
        "trainer",
        static_folder=str(PACKAGE_DIR / "static"),
        template_folder=str(settings.templates_dir),
    )
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="__Host-trainer_form" if settings.secure else "trainer_form",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=12 * 3600,
        # The origin check of web/safety covers what the Referer check would.
        WTF_CSRF_SSL_STRICT=False,
        MAX_CONTENT_LENGTH=2 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
        MAX_FORM_PARTS=500,
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.url_map.converters.update(id=RowId, code=ContentCode)
    if settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies
        )
    init_requests(app, _kit(settings, sessions, now, demo_links or {}))
    init_safety(app)
    CSRFProtect(app)
    init_errors(app)
    init_frame(app)
    init_filters(app)
    for room in (accounts, practice, scenarios, cohorts, assignments, progress, bank, health):
        app.register_blueprint(room.bp)
    return app


def _kit(
    settings: Settings,
    sessions: Sessions | None,
    now: Callable[[], datetime],
    demo_links: Mapping[str, int],
) -> Kit:
    return Kit(
        sessions=sessions or Sessions(make_engine(settings.database_url)),
        now=now,
        new_token=clock.token,
        new_seed=clock.seed,
        new_code=clock.code,
        hasher=Hasher(settings.hash_time, settings.hash_memory_kib),
        secure=settings.secure,
        fill_sample=sample.fill_for_new_program,
        demo_links=demo_links,
    )
