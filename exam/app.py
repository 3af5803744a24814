"""The application: settings in, a Flask app out. Everything it needs is handed over here."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import Flask, Response
from flask_bootstrap import Bootstrap5
from flask_wtf import CSRFProtect

from exam import web
from exam.clock import Clock, utc_now
from exam.config import Config
from exam.storage import schema
from exam.storage.engine import Database
from exam.web import access, entering, failures, languages, menu

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
SECURITY_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
LARGEST_BODY = 16 * 1024 * 1024
SESSION_HOURS = 10


def create_app(config: Config, *, clock: Clock = utc_now, database: Database | None = None) -> Flask:
    """Build the application of one installation.

    Parameters
    ----------
    config : Config
    clock : callable returning an aware datetime
    database : Database, optional
        An open database whose schema is current; opened from the settings and checked when not given.

    Raises
    ------
    ConfigurationError
        If the database cannot be opened or its schema is of another revision.
    RuntimeError
        If a view has no declared access.
    """
    app = Flask("exam")
    app.config.update(_settings(config))
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if database is None:
        database = Database.of(config)
        schema.require_current(database)
    app.jinja_env.globals |= {"installation": config.installation, "class_mark": config.class_mark}
    app.extensions |= {"database": database, "synaq": config, "clock": clock}
    Bootstrap5(app)
    CSRFProtect(app)
    languages.init_app(app)
    entering.init_app(app)
    failures.init_app(app)
    menu.init_app(app)
    for blueprint in web.blueprints():
        app.register_blueprint(blueprint)
    app.after_request(_secure)
    access.require_declared(app)
    return app


def _settings(config: Config) -> dict[str, Any]:
    return {
        "SECRET_KEY": config.secret_key,
        "SESSION_COOKIE_NAME": "synaq",
        "SESSION_COOKIE_SECURE": config.cookie_secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Strict",
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=SESSION_HOURS),
        "MAX_CONTENT_LENGTH": LARGEST_BODY,
        "MAX_FORM_MEMORY_SIZE": LARGEST_BODY,
        "MAX_FORM_PARTS": 5000,
        "WTF_CSRF_TIME_LIMIT": SESSION_HOURS * 3600,
        "BOOTSTRAP_SERVE_LOCAL": True,
    }


def _secure(response: Response) -> Response:
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    if response.mimetype == "text/html":
        response.headers.setdefault("Cache-Control", "no-store")
    return response
