"""`synaq user`: accounts from the command line, for whom the pages are out of reach."""

import json
from pathlib import Path
from typing import Any

import click

from exam.cli.installation import BY, instance_option, opened
from exam.clock import utc_now
from exam.rules.roles import Role
from exam.services.accounts import administration, entering
from exam.services.accounts.administration import AccountLine


@click.group()
def user() -> None:
    """Accounts: add, list, disable."""


@user.command("add")
@click.argument("login")
@click.option("--name", "full_name", required=True, help="Full name.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    type=click.Choice([role.value for role in Role]),
    help="May be repeated.",
)
@click.option(
    "--region", help="Code of the region in which the roles are held; the whole country if not given."
)
@click.option("--iin", default="", help="IIN of the officer that this person is, if he is in the staff list.")
@click.option("--language", type=click.Choice(["kk", "ru", "en"]), default="kk", show_default=True)
@instance_option
def add(
    *,
    login: str,
    full_name: str,
    roles: tuple[str, ...],
    region: str | None,
    iin: str,
    language: str,
    instance: Path | None,
) -> None:
    """Open an account and print its one-time password."""
    at = utc_now()
    with opened(instance) as (_, database), database.writing() as session:
        account_id, password = administration.add_account(
            session, login=login, full_name=full_name, language=language, iin=iin, by=BY, at=at
        )
        for role in roles:
            administration.give_role(session, account_id, Role(role), region, by=BY, at=at)
    click.echo(f"{password.login}: one-time password {password.words}")


@user.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for a program.")
@instance_option
def list_users(*, as_json: bool, instance: Path | None) -> None:
    """List the accounts with the roles they hold."""
    with opened(instance) as (_, database), database.reading() as session:
        first = administration.list_accounts(session)
        pages = range(2, first.pages + 1)
        lines = [
            *first.rows,
            *(line for n in pages for line in administration.list_accounts(session, number=n).rows),
        ]
    if as_json:
        click.echo(json.dumps([_plain(line) for line in lines], ensure_ascii=False, indent=2))
        return
    for line in lines:
        roles = ", ".join(f"{g.role.value}{f' in {g.region}' if g.region else ''}" for g in line.held)
        click.echo(
            f"{line.login}  {line.full_name}  {'disabled' if line.disabled_at else roles or 'no roles'}"
        )


def _plain(line: AccountLine) -> dict[str, Any]:
    return {
        "login": line.login,
        "full_name": line.full_name,
        "disabled": line.disabled_at is not None,
        "roles": [{"role": grant.role.value, "region": grant.region} for grant in line.held],
    }


@user.command("disable")
@click.argument("login")
@instance_option
def disable(*, login: str, instance: Path | None) -> None:
    """Shut an account; its sessions end at once."""
    with opened(instance) as (_, database), database.writing() as session:
        entering.disable(session, login, by=BY, at=utc_now())
    click.echo(f"{login} is disabled")
