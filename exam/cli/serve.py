"""`synaq serve`: the service behind its front door."""

import gc
import ipaddress
import os
import resource
from pathlib import Path

import click
from granian import Granian
from granian.constants import Interfaces

from exam.app import SECURITY_HEADERS, create_app
from exam.config import Config, load
from exam.errors import ConfigurationError
from exam.services.terminal.answering import AnswerDesk
from exam.storage import schema
from exam.storage.engine import Database
from exam.web.door import Door

MOST_CONNECTIONS = 4096
"""Requests that one process may hold at once; a half-sent one costs a connection and no thread."""
OBJECTS_BETWEEN_ROUNDS = 50_000


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Processes.")
@click.option("--instance", type=click.Path(path_type=Path), help="Folder of the installation.")
def serve(host: str, port: int, workers: int, instance: Path | None) -> None:
    """Serve the site; on this machine only, unless told otherwise."""
    try:
        config = load(instance)
        require_ready(config, host)
    except ConfigurationError as error:
        raise click.ClickException(str(error)) from error
    os.environ["SYNAQ_INSTANCE"] = str(config.instance)
    os.environ["SYNAQ_DATABASE"] = config.database_url
    allow_many_connections()
    server(host, port, workers).serve()


def require_ready(config: Config, host: str) -> None:
    """Refuse to start on an old schema, or on a network with cookies that travel in clear."""
    if not config.cookie_secure and not is_loopback(host):
        raise ConfigurationError(
            f"cookie_secure is off, which is for this machine only; {host} is on a network"
        )
    database = Database.of(config)
    try:
        schema.require_current(database)
    finally:
        database.dispose()


def is_loopback(host: str) -> bool:
    """Say whether an address can be reached from this machine only."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def allow_many_connections() -> None:
    """Raise the limit of open files: each waiting terminal holds one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 4 * MOST_CONNECTIONS
    resource.setrlimit(
        resource.RLIMIT_NOFILE,
        (max(soft, wanted if hard == resource.RLIM_INFINITY else min(hard, wanted)), hard),
    )


def server(host: str, port: int, workers: int) -> Granian:
    """The server with its settings; a process that dies is started anew."""
    return Granian(
        "exam.cli.serve:door",
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        workers=workers,
        websockets=False,
        backlog=MOST_CONNECTIONS,
        backpressure=MOST_CONNECTIONS,
        respawn_failed_workers=True,
        factory=True,
        log_access=False,
    )


def spare_the_collector() -> None:
    """Keep what stands after the start out of the garbage collector's rounds, and let it go round less often.

    A thousand requests that wait for their commit are a thousand tasks, which the default settings look
    through again and again, beside the whole application.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_ROUNDS, 50, 100)


def door() -> Door:
    """Make the application of one process, from the environment that `serve` prepared."""
    config = load()
    pages = create_app(config)
    database = pages.extensions["database"]
    spare_the_collector()
    return Door(
        pages,
        lambda deliver: AnswerDesk(database, config.secret_key, deliver=deliver),
        security_headers=SECURITY_HEADERS,
    )
