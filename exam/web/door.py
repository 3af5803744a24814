"""The front door: an ASGI application that reads bodies before a thread is taken and answers saves itself.

A server that reads bodies inside its worker threads is stopped by as many half-sent requests as it has
threads. Here a body arrives on the event loop, with a limit and a deadline, and only a whole request goes on:
a save to the answer journal, everything else to the Flask application in one of a few threads.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from asgiref.wsgi import WsgiToAsgiInstance
from flask import Flask, Response

from exam.clock import Clock, utc_now
from exam.services.terminal.answering import PASS_COOKIE, Acknowledgement, AnswerDesk, JournalError
from exam.web.saving import LARGEST_SAVE, SAVE_PATH, Asked, Errand, Reply, examine, refusal, reply_to

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Headers = Iterable[tuple[bytes, bytes]]
OpenDesk = Callable[[Callable[[Callable[[], None]], object]], AnswerDesk]

THREADS = 16
"""Flask requests at once in one process."""
SAVE_BODY_SECONDS = 10.0
PAGE_BODY_SECONDS = 60.0
LOOK_SECONDS = 1.0
IN_MEMORY = 64 * 1024
"""Bytes of a body that stay in memory; a longer one goes to a temporary file."""
JSON_HEADERS = ((b"content-type", b"application/json"), (b"cache-control", b"no-store"))


class BodyError(Exception):
    """The body of a request did not come, not in time, or is too long."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.reply = refusal(status, code)


class ClientGone(Exception):  # noqa: N818  not an error of ours
    """The other end hung up before it had sent all."""


class Bodies:
    """The bodies that are on their way, read with a limit and a deadline.

    The deadlines are looked at once a second: a timer for each request would cost as much as reading the
    answer.
    """

    def __init__(self, look_seconds: float = LOOK_SECONDS) -> None:
        self._look_seconds = look_seconds
        self._until: dict[asyncio.Task[Any], float] = {}
        self._watched = False

    async def read(
        self, receive: Receive, keep: Callable[[bytes], object], *, limit: int, seconds: float
    ) -> int:
        """Read a whole body into `keep` and return its size; BodyError when it is too long or too slow."""
        task = asyncio.current_task()
        assert task is not None
        self._watch(task, seconds)
        try:
            return await _read(receive, keep, limit)
        except asyncio.CancelledError:
            if task in self._until:
                raise
            task.uncancel()
            raise BodyError(408, "too_slow") from None
        finally:
            self._until.pop(task, None)

    def _watch(self, task: asyncio.Task[Any], seconds: float) -> None:
        self._until[task] = time.monotonic() + seconds
        if not self._watched:
            self._watched = True
            self._look_later()

    def _look_later(self) -> None:
        asyncio.get_running_loop().call_later(self._look_seconds, self._look)

    def _look(self) -> None:
        now = time.monotonic()
        for task in [task for task, until in self._until.items() if until < now]:
            del self._until[task]
            task.cancel()
        self._watched = bool(self._until)
        if self._watched:
            self._look_later()


async def _read(receive: Receive, keep: Callable[[bytes], object], limit: int) -> int:
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise ClientGone
        part = message.get("body", b"")
        size += len(part)
        if size > limit:
            raise BodyError(413, "too_large")
        keep(part)
        if not message.get("more_body"):
            return size


class Door:
    """The application that the server calls.

    Parameters
    ----------
    pages : Flask
    open_desk : callable
        Makes the desk of this process; it is given the way to wake the event loop.
    security_headers : mapping
        Added to what the door answers itself.
    """

    def __init__(
        self,
        pages: Flask,
        open_desk: OpenDesk,
        *,
        security_headers: Mapping[str, str],
        clock: Clock = utc_now,
        save_seconds: float = SAVE_BODY_SECONDS,
        page_seconds: float = PAGE_BODY_SECONDS,
    ) -> None:
        self._pages = pages
        self._largest_page_body = int(pages.config["MAX_CONTENT_LENGTH"])
        self._open_desk = open_desk
        self._desk: AnswerDesk | None = None
        self._clock = clock
        self._save_seconds, self._page_seconds = save_seconds, page_seconds
        self._bodies = Bodies(min(LOOK_SECONDS, save_seconds))
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="page")
        self._own_headers = (
            *JSON_HEADERS,
            *((name.lower().encode(), value.encode()) for name, value in security_headers.items()),
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        try:
            if scope["path"] == SAVE_PATH and scope["method"] == "POST":
                await self._answer(send, await self._save(scope, receive))
            else:
                await self._show_page(scope, receive, send)
        except BodyError as refused:
            await self._answer(send, refused.reply)
        except ClientGone:
            return

    async def _save(self, scope: Scope, receive: Receive) -> Reply:
        body = bytearray()
        await self._bodies.read(receive, body.extend, limit=LARGEST_SAVE, seconds=self._save_seconds)
        at = self._clock()
        desk = self._desk or self._start_desk()
        errand = examine(_asked(_joined(scope["headers"]), bytes(body)), desk)
        return errand if isinstance(errand, Reply) else reply_to(await _kept(desk, errand, at))

    def _start_desk(self) -> AnswerDesk:
        """Make the desk inside the running loop, which it wakes once a group."""
        self._desk = self._open_desk(asyncio.get_running_loop().call_soon_threadsafe)
        return self._desk

    async def _show_page(self, scope: Scope, receive: Receive, send: Send) -> None:
        with SpooledTemporaryFile(max_size=IN_MEMORY) as body:
            size = await self._bodies.read(
                receive, body.write, limit=self._largest_page_body, seconds=self._page_seconds
            )
            body.seek(0)
            loop = asyncio.get_running_loop()
            page = await loop.run_in_executor(self._threads, self._page, scope, body, size)
        await _send(send, page.status_code, _encoded(page.headers.items()), page.get_data())

    def _page(self, scope: Scope, body: IO[bytes], size: int) -> Response:
        call = WsgiToAsgiInstance(self._pages)
        call.scope = {**scope, "headers": _joined(scope["headers"]).items()}
        environ = call.build_environ(call.scope, body)
        environ["CONTENT_LENGTH"] = str(size)
        return Response.from_app(self._pages, environ, buffered=True)

    async def _answer(self, send: Send, reply: Reply) -> None:
        await _send(send, reply.status, self._own_headers, reply.body)


def _joined(headers: Headers) -> dict[bytes, bytes]:
    """Headers by name; several of one name are joined, and the parts in which HTTP/2 sends a cookie."""
    found: dict[bytes, bytes] = {}
    for name, value in headers:
        if name in found:
            found[name] += (b"; " if name == b"cookie" else b", ") + value
        else:
            found[name] = value
    return found


def _asked(headers: Mapping[bytes, bytes], body: bytes) -> Asked:
    def text(name: bytes) -> str | None:
        value = headers.get(name)
        return None if value is None else value.decode("latin-1")

    return Asked(
        content_type=text(b"content-type"),
        purpose=text(b"x-synaq"),
        origin=text(b"origin"),
        host=text(b"host"),
        terminal_pass=_cookie(text(b"cookie") or "", PASS_COOKIE),
        body=body,
    )


def _cookie(header: str, name: str) -> str | None:
    for part in header.split(";"):
        found, equals, value = part.strip().partition("=")
        if equals and found == name:
            return value
    return None


async def _kept(desk: AnswerDesk, errand: Errand, at: Any) -> Acknowledgement | Exception:
    """Leave an errand at the desk; wait for the commit without a thread."""
    fate: asyncio.Future[Acknowledgement | Exception] = asyncio.get_running_loop().create_future()

    def done(told: Acknowledgement | Exception) -> None:
        if not fate.done():
            fate.set_result(told)

    try:
        desk.submit(errand.by, errand.attempt_id, errand.steps, at=at, done=done)
    except JournalError as error:
        return error
    return await fate


def _encoded(headers: Iterable[tuple[str, str]]) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]


async def _send(send: Send, status: int, headers: Headers, body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [*headers]})
    await send({"type": "http.response.body", "body": body})
