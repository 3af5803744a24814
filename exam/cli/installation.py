"""What the commands on an installation share: its folder, its database, and one line for a refusal."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import sqlalchemy as sa

from exam.config import Config, load
from exam.errors import ConfigurationError, RefusedError
from exam.storage import schema
from exam.storage.engine import Database
from exam.web.wording import refusal_text

BY = "command line"
instance_option = click.option(
    "--instance", type=click.Path(path_type=Path), help="Folder of the installation; ./instance if not given."
)


@contextmanager
def one_line() -> Iterator[None]:
    """Turn what the service refuses into one line and exit 1."""
    try:
        yield
    except ConfigurationError as error:
        raise click.ClickException(str(error)) from error
    except RefusedError as error:
        raise click.ClickException(refusal_text(error)) from error
    except sa.exc.OperationalError as error:
        raise click.ClickException(f"the database does not answer: {error.orig}") from error


@contextmanager
def opened(instance: Path | None, *, current: bool = True) -> Iterator[tuple[Config, Database]]:
    """Open an installation whose schema is current."""
    with one_line():
        config = load(instance)
        database = Database.of(config)
        try:
            if current:
                schema.require_current(database)
            yield config, database
        finally:
            database.dispose()
