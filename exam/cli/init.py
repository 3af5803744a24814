"""`synaq init`: keys, schema, regions and the first administrator."""

import os
from pathlib import Path

import click
import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.cli.installation import BY, instance_option, one_line
from exam.clock import utc_now
from exam.config import initialise, load
from exam.rules.roles import Role
from exam.services import reference
from exam.services.accounts import administration
from exam.services.accounts.administration import Password
from exam.storage import schema
from exam.storage.engine import Database
from exam.storage.tables import RoleGrant


@click.command()
@instance_option
@click.option("--login", default="admin", show_default=True, help="Login of the first administrator.")
@click.option("--full-name", default="Administrator", show_default=True, help="His full name.")
def init(*, instance: Path | None, login: str, full_name: str) -> None:
    """Prepare an installation, or bring one up to date; what stands is kept."""
    folder = (instance or Path(os.environ.get("SYNAQ_INSTANCE", "instance"))).absolute()
    with one_line():
        initialise(folder)
        config = load(folder)
        database = Database.of(config)
        try:
            schema.upgrade(database)
            with database.writing() as session:
                added = reference.seed_regions(session)
                password = _first_administrator(session, login, full_name)
        finally:
            database.dispose()
    if database.embedded:
        database.path.chmod(0o600)
    click.echo(f"installation in {folder}: schema is current, {added} regions added")
    if password is None:
        click.echo("an administrator is there already")
    else:
        click.echo(f"administrator {password.login}, one-time password {password.words}")
        click.echo(f"keep {config.key_file} apart from the backups: without it nothing can be read")


def _first_administrator(session: Session, login: str, full_name: str) -> Password | None:
    held = sa.select(RoleGrant.id).where(
        RoleGrant.role == Role.ADMINISTRATOR.value, RoleGrant.revoked_at.is_(None)
    )
    if session.scalar(held.limit(1)):
        return None
    at = utc_now()
    account_id, password = administration.add_account(
        session, login=login, full_name=full_name, language="kk", by=BY, at=at
    )
    administration.give_role(session, account_id, Role.ADMINISTRATOR, None, by=BY, at=at)
    return password
