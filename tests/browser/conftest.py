"""The real application on a free port, and a real Chromium that opens it."""

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from exam.app import create_app
from exam.config import Config
from exam.storage.engine import Database
from tests.conftest import NOON, StoppedClock
from tests.examination_room import SECRET

TERMINAL = {"width": 1366, "height": 768}
TABLET = {"width": 820, "height": 1180}
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 10_000  # milliseconds; the machine may be busy
expect.set_options(timeout=PATIENCE)


class RunningClock(StoppedClock):
    """A clock that runs from an instant of the test, and can be moved forward besides."""

    def __init__(self, now: datetime = NOON) -> None:
        super().__init__(now)
        self._began = time.monotonic()

    def __call__(self) -> datetime:
        return self.now + timedelta(seconds=time.monotonic() - self._began)


@dataclass
class LiveApp:
    """An application that is served: its address, its database and its clock.

    `stop` and `start` take the server away and bring it back on the same port.
    """

    address: str
    database: Database
    clock: RunningClock
    stop: Callable[[], None]
    start: Callable[[], None]

    def url(self, path: str) -> str:
        return self.address + path


@pytest.fixture
def live_app(sqlite_database: Database, tmp_path: Path) -> Iterator[LiveApp]:
    """The application with threads on a free port of this host, over an empty database."""
    clock = RunningClock()
    config = Config(tmp_path, "sqlite://", SECRET, cookie_secure=False)
    app = create_app(config, clock=clock, database=sqlite_database)
    served = _Served(app)
    served.start()
    yield LiveApp(served.address, sqlite_database, clock, served.stop, served.start)
    served.stop()


class _Quiet(WSGIRequestHandler):
    """Says nothing of each request; a failing test should be read in a few lines."""

    def log_request(self, *told: object) -> None:
        pass


class _Served:
    """A server in a thread of its own."""

    def __init__(self, app: object) -> None:
        self._app = app
        self._port = 0
        self._server = None
        self._thread = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        self._server = make_server("127.0.0.1", self._port, self._app, threaded=True, request_handler=_Quiet)
        self._port = self._server.server_port
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()
            self._server = None


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A Chromium of this system; the suite says how to get one where there is none."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.fail("no Chromium on this machine: run bin/need-system-packages, or apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def browser_page(chromium: Browser) -> Iterator[Page]:
    """A page of the terminal's size in a fresh profile; errors of scripts fail the test."""
    context = chromium.new_context(viewport=TERMINAL, locale="kk-KZ", timezone_id="Asia/Almaty")
    yield from _watched(context)


@pytest.fixture
def tablet_page(chromium: Browser) -> Iterator[Page]:
    """A page of a tablet's size, with touch."""
    context = chromium.new_context(viewport=TABLET, locale="kk-KZ", timezone_id="Asia/Almaty", has_touch=True)
    yield from _watched(context)


def _watched(context: BrowserContext) -> Iterator[Page]:
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.on("console", lambda said: broken.append(said.text) if "Content Security" in said.text else None)
    yield page
    context.close()
    assert not broken, f"scripts failed: {broken}"
