"""Saving answers: what a terminal asks, what it is told, and the view for runs without the front door.

``POST /terminal/save`` takes ``{"attempt": 7, "steps": [[seq, position, response], ...]}`` and answers
``{"saved": [[seq, receipt, moment], ...], "refused": [[seq, code], ...], "seconds_left": n}``. The front door
(`exam.web.door`) and the view here decide by the same functions.
"""

import json
import re
from dataclasses import dataclass
from typing import Any, NamedTuple

from flask import Blueprint, Response, current_app, request
from flask_wtf.csrf import CSRFProtect

from exam.services.terminal.answering import (
    FOREIGN,
    OVER,
    PASS_COOKIE,
    Acknowledgement,
    AnswerDesk,
    GivenStep,
    JournalError,
    TerminalPass,
)
from exam.web.access import CANDIDATE

SAVE_PATH = "/terminal/save"
PURPOSE = "save"
"""Value of the header ``X-Synaq``: no form and no other site can set it."""
LARGEST_SAVE = 32 * 1024
MOST_STEPS = 200
LARGEST_NUMBER = 2**31 - 1
LARGEST_POSITION = 2**15 - 1
RESPONSE = re.compile(r"[0-9,.\-]{0,64}")

_encode = json.JSONEncoder(separators=(",", ":")).encode

bp = Blueprint("saving", __name__)


class Asked(NamedTuple):
    """The parts of a save request that decide, as text; None where a header is absent."""

    content_type: str | None
    purpose: str | None
    origin: str | None
    host: str | None
    terminal_pass: str | None
    body: bytes


@dataclass(frozen=True, slots=True)
class Errand:
    """A request that may go to the journal: the attempt still decides whether it takes the steps."""

    by: TerminalPass
    attempt_id: int
    steps: tuple[GivenStep, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back: a status and a JSON text."""

    status: int
    body: bytes


def refusal(status: int, code: str) -> Reply:
    """A reply that names why the whole request was refused."""
    return Reply(status, b'{"error":"%s"}' % code.encode("ascii"))


def examine(asked: Asked, desk: AnswerDesk) -> Errand | Reply:
    """Say what the request wants of the journal, or why it is refused before it comes there."""
    if asked.purpose != PURPOSE or not _same_site(asked):
        return refusal(403, "cross_site")
    by = desk.pass_of(asked.terminal_pass)
    if by is None:
        return refusal(401, "no_pass")
    if len(asked.body) > LARGEST_SAVE:
        return refusal(413, "too_large")
    if (asked.content_type or "").partition(";")[0].strip().lower() != "application/json":
        return refusal(400, "malformed")
    read = read_steps(asked.body)
    return refusal(400, "malformed") if read is None else Errand(by, *read)


def _same_site(asked: Asked) -> bool:
    return asked.origin is None or asked.origin.partition("://")[2] == asked.host


def read_steps(body: bytes) -> tuple[int, tuple[GivenStep, ...]] | None:
    """Read the attempt and its steps; None where anything is not exactly as agreed."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict) or told.keys() != {"attempt", "steps"}:
        return None
    attempt, steps = told["attempt"], told["steps"]
    if not _whole(attempt, LARGEST_NUMBER) or not isinstance(steps, list):
        return None
    if not 1 <= len(steps) <= MOST_STEPS or not all(map(_is_step, steps)):
        return None
    return attempt, tuple(GivenStep(*step) for step in steps)


def _is_step(step: Any) -> bool:
    return (
        isinstance(step, list)
        and len(step) == 3
        and _whole(step[0], LARGEST_NUMBER)
        and _whole(step[1], LARGEST_POSITION)
        and isinstance(step[2], str)
        and RESPONSE.fullmatch(step[2]) is not None
    )


def _whole(number: Any, largest: int) -> bool:
    return type(number) is int and 0 <= number <= largest


def reply_to(fate: Acknowledgement | Exception) -> Reply:
    """Tell a terminal what became of its steps."""
    if isinstance(fate, Exception):
        return refusal(503, "not_kept")
    told: dict[str, Any] = {
        "saved": [
            [receipt.seq, receipt.signature, receipt.received_at.isoformat(timespec="microseconds")]
            for receipt in fate.receipts
        ],
        "refused": fate.refused,
        "seconds_left": fate.seconds_left,
    }
    status = 200
    if fate.refused:
        status, code = _status_of({code for _, code in fate.refused})
        told |= {"error": code} if code else {}
    return Reply(status, _encode(told).encode("ascii"))


def _status_of(codes: set[str]) -> tuple[int, str | None]:
    for status, grave in ((403, FOREIGN), (409, OVER)):
        if codes & grave:
            return status, min(codes & grave)
    return 200, None


def desk_of_app() -> AnswerDesk:
    """The desk of this application, made at its first answer."""
    extensions = current_app.extensions
    if "answer_desk" not in extensions:
        made = AnswerDesk(extensions["database"], extensions["synaq"].secret_key)
        extensions.setdefault("answer_desk", made)
    desk: AnswerDesk = extensions["answer_desk"]
    return desk


@bp.record_once
def _spare_the_form_token(state: Any) -> None:
    """A save carries no form: its header, its cookie's SameSite and the origin stand in for the token."""
    protect: CSRFProtect = state.app.extensions["csrf"]
    protect.exempt(save)


@bp.post(SAVE_PATH)
def save() -> Response:
    """Keep answers, without the front door."""
    desk = desk_of_app()
    headers = request.headers
    asked = Asked(
        content_type=headers.get("Content-Type"),
        purpose=headers.get("X-Synaq"),
        origin=headers.get("Origin"),
        host=headers.get("Host"),
        terminal_pass=request.cookies.get(PASS_COOKIE),
        body=request.stream.read(LARGEST_SAVE + 1),
    )
    at = current_app.extensions["clock"]()
    errand = examine(asked, desk)
    reply = errand if isinstance(errand, Reply) else reply_to(_kept(desk, errand, at))
    return Response(
        reply.body, reply.status, content_type="application/json", headers={"Cache-Control": "no-store"}
    )


save.roles = (CANDIDATE,)  # type: ignore[attr-defined]


def _kept(desk: AnswerDesk, errand: Errand, at: Any) -> Acknowledgement | Exception:
    try:
        return desk.keep(errand.by, errand.attempt_id, errand.steps, at=at)
    except JournalError as error:
        return error
