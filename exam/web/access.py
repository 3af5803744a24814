"""Access declared at the view: who may call it, and the transaction in which it runs."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, NoReturn

from flask import Flask, abort, current_app, g, request
from flask_login import current_user
from sqlalchemy.orm import Session

from exam.rules.roles import Role
from exam.services.actors import Actor

View = Callable[..., Any]
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
CANDIDATE = "candidate"
ANYONE = "anyone"
OPEN_ENDPOINTS = frozenset({"static", "bootstrap.static"})


def allow(*roles: Role) -> Callable[[View], View]:
    """Let only holders of one of `roles` call the view (no role named: whoever has entered)."""

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not current_user.is_authenticated:
                return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
            if roles and not actor().holds(*roles):
                abort(403)
            return in_transaction(view, *args, **kwargs)

        guarded.roles = roles or (ANYONE,)  # type: ignore[attr-defined]
        return guarded

    return declare


def open_to_anyone(view: View) -> View:
    """Let the view be called without an account; it still runs in a transaction."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        return in_transaction(view, *args, **kwargs)

    guarded.roles = (ANYONE,)  # type: ignore[attr-defined]
    return guarded


def open_to_terminal(view: View) -> View:
    """Let a terminal call the view; the view itself asks for the candidate's admission."""
    guarded = open_to_anyone(view)
    guarded.roles = (CANDIDATE,)  # type: ignore[attr-defined]
    return guarded


def in_transaction(view: View, *args: Any, **kwargs: Any) -> Any:
    """Run a view over one session: reading for safe methods, one transaction for all others."""
    database = current_app.extensions["database"]
    opened = database.reading() if request.method in SAFE_METHODS else database.writing()
    with opened as session:
        g.session = session
        try:
            return view(*args, **kwargs)
        finally:
            g.session = None


def session() -> Session:
    """The session of this request."""
    found: Session = g.session
    return found


def actor() -> Actor:
    """Who calls this view."""
    found: Actor = current_user.actor
    return found


def now() -> datetime:
    """The instant of this request, from the clock that the application was given."""
    found: datetime = current_app.extensions["clock"]()
    return found


def not_found() -> NoReturn:
    """Answer as if the thing did not exist: for ids outside the actor's scope."""
    abort(404)


def require_declared(app: Flask) -> None:
    """Refuse to serve while an endpoint has no declared access."""
    bare = [e for e, v in app.view_functions.items() if e not in OPEN_ENDPOINTS and not hasattr(v, "roles")]
    if bare:
        raise RuntimeError(f"no access declared (use @allow): {', '.join(sorted(bare))}")
