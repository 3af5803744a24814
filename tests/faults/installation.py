"""An installation in a folder with a sitting that runs, and the server over it as a process of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from exam.config import Config, initialise, load
from exam.services.terminal.answering import TerminalPass, sign_pass
from exam.storage import schema
from exam.storage.engine import Database
from tests import factories as make

QUESTIONS = 60
HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Terminal:
    """What a terminal in the middle of a sitting holds: its attempt and its pass."""

    attempt_id: int
    cookie: str


def install(
    folder: Path, *, terminals: int, database_url: str | None = None
) -> tuple[Config, list[Terminal]]:
    """Create an installation in `folder` whose officers are in the middle of the test of legislation."""
    initialise(folder)
    (folder / "config.toml").write_text("cookie_secure = false\n")
    config = load(folder, database=database_url)
    database = Database.of(config)
    schema.upgrade(database)
    with database.writing() as session:
        seated = list(_seat(session, terminals))
    database.dispose()
    return config, [
        Terminal(attempt, sign_pass(TerminalPass(admission, 0), config.secret_key))
        for attempt, admission in seated
    ]


def _seat(session, terminals: int) -> Iterator[tuple[int, int]]:
    campaign = make.campaign(session)
    sitting = make.sitting(session, make.schedule(session, campaign))
    now = datetime.now(UTC)
    common = {
        "form_id": make.form(session, campaign).id,
        "threshold_id": make.threshold(session, campaign).id,
        "questions": QUESTIONS,
        "started_at": now,
        "deadline_at": now + timedelta(hours=2),
        "accept_until": now + timedelta(hours=2, seconds=5),
    }
    for _ in range(terminals):
        admission = make.admission(session, sitting, make.enrolment(session, of=campaign, stage=3))
        yield make.attempt(session, admission, **common).id, admission.id


def free_port() -> int:
    with socket.socket() as found:
        found.bind((HOST, 0))
        return int(found.getsockname()[1])


class Server:
    """A server process with its children, in a process group that can be killed as a whole."""

    def __init__(self, command: list[str], port: int, log: Path, **environment: str) -> None:
        self.port = port
        with log.open("ab") as told:
            self._process = subprocess.Popen(
                command,
                env=os.environ | environment,
                stdout=told,
                stderr=told,
                start_new_session=True,
                cwd=Path(__file__).parents[2],
            )
        self._log = log

    def wait_until_up(self, seconds: float = 30) -> "Server":
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self._process.poll() is not None:
                break
            try:
                socket.create_connection((HOST, self.port), timeout=1).close()
            except OSError:
                time.sleep(0.02)
            else:
                return self
        self.kill()
        raise RuntimeError(f"the server did not come up: {self._log.read_text()[-2000:]}")

    def kill(self) -> None:
        """End the server and all its workers at once, as a failing machine would."""
        self._signal(signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        self._signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(10)
        self.kill()

    def _signal(self, number: int) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, number)


@contextmanager
def serving(
    config: Config, *, command: list[str] | None = None, workers: int = 2, **environment: str
) -> Iterator[Server]:
    """`synaq serve` over an installation, up and listening; ended with all its workers."""
    port = free_port()
    base = command or [sys.executable, "-c", "from exam.cli import main; main()", "serve"]
    server = Server(
        [*base, "--port", str(port), "--workers", str(workers)],
        port,
        config.instance / "server.log",
        SYNAQ_INSTANCE=str(config.instance),
        SYNAQ_DATABASE=config.database_url,
        **environment,
    )
    try:
        yield server.wait_until_up()
    finally:
        server.stop()
