"""What a person sees when something is refused, and what the journal keeps of it."""

import logging

from flask import Flask, current_app, render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.exceptions import HTTPException

from exam.errors import RefusedError
from exam.services.journaling import adopt_breaches, record
from exam.web.wording import refusal_text

log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    """Answer refusals and errors with one clear line in the user's language."""
    app.register_error_handler(RefusedError, refused)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(Exception, failed)


def refused(error: RefusedError) -> tuple[str, int]:
    """A rule said no: nothing was changed; the try of somebody who has entered is journalled."""
    journal_refusal(error.code, **error.facts)
    return page(error.status, refusal_text(error))


def journal_refusal(code: str, **facts: object) -> None:
    """Leave an entry of a refused act, in a transaction of its own."""
    if request.method == "GET" or not current_user.is_authenticated:
        return
    at = current_app.extensions["clock"]()
    with current_app.extensions["database"].writing() as session:
        adopt_breaches(session, at=at)
        record(session, "act:refused", by=current_user.actor, at=at, code=code, path=request.path, **facts)


def http_error(error: HTTPException) -> tuple[str, int]:
    """An HTTP error as a page in our clothes."""
    status = error.code or 500
    if status == 403:
        journal_refusal("forbidden")
    texts = {
        400: _("The request was not understood. Go back and try once more."),
        403: _("Your roles do not include this page."),
        404: _("There is no such page, or it is outside your region."),
        405: _("This page does not take that request."),
        413: _("The file is larger than this page takes."),
        429: _("Too many tries. Wait a little."),
    }
    return page(status, texts.get(status, error.description or ""))


def failed(error: Exception) -> tuple[str, int]:
    """Something broke: the log gets the cause, the person a calm sentence."""
    log.error("%s %s failed", request.method, request.path, exc_info=error)
    if current_app.testing:
        raise error
    return page(
        500, _("Something went wrong here. Nothing was changed; the administrator sees the cause in the log.")
    )


def page(status: int, text: str) -> tuple[str, int]:
    """The error page."""
    return render_template("errors/error.html", code=status, text=text), status
