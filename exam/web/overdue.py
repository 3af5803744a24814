"""Parts end at their time although nobody asks: before a page of the room or of a terminal is made."""

from flask import Blueprint, current_app

from exam.services.terminal.scoring_attempts import close_overdue, overdue
from exam.web import access


def watch(bp: Blueprint) -> None:
    """Close what is over before each view of `bp`, in a transaction of its own."""
    bp.before_request(_close)


def _close() -> None:
    database, at = current_app.extensions["database"], access.now()
    with database.reading() as session:
        late = overdue(session, at=at)
    if late:
        with database.writing() as session:
            close_overdue(session, at=at)
