"""`synaq people`: take in a staff list."""

import json
from pathlib import Path
from typing import Any

import click

from exam.cli.installation import BY, instance_option, opened
from exam.clock import utc_now
from exam.services import spreadsheets
from exam.services.officers.people import ImportReport, import_officers
from exam.web.wording import sentence
from exam.web.wordings.people import COLUMNS


@click.group()
def people() -> None:
    """Officers: import a staff list."""


@people.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only check the list; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for a program.")
@instance_option
def import_list(*, file: Path, dry_run: bool, as_json: bool, instance: Path | None) -> None:
    """Take in a staff list (.xlsx), whole or not at all; every problem is printed with its cell."""
    try:
        with file.open("rb") as given:
            content = given.read(spreadsheets.USUAL.packed_bytes + 1)
    except OSError as failed:
        raise click.ClickException(f"{file} cannot be read: {failed.strerror}") from failed
    with opened(instance) as (_, database):
        rows = spreadsheets.read_sheet(content)
        with database.writing() as session:
            report = import_officers(session, rows, by=BY, at=utc_now(), dry_run=dry_run)
    if as_json:
        click.echo(json.dumps(_plain(report), ensure_ascii=False, indent=2))
    else:
        for problem in report.problems:
            words = sentence("PROBLEMS", problem.code, problem.facts)
            click.echo(f"{file.name}:{problem.cell}: {COLUMNS[problem.column]}: {words}")
    if report.problems:
        count = len(report.problems)
        raise click.ClickException(f"{count} problem{'s' if count > 1 else ''}, nothing was written")
    if not as_json:
        told = f"{report.added} added, {report.changed} changed, {report.unchanged} as before"
        click.echo(told if report.written else f"the list is in order; it would be: {told}")


def _plain(report: ImportReport) -> dict[str, Any]:
    return {
        "written": report.written,
        "added": report.added,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "ignored_columns": list(report.ignored),
        "problems": [
            {
                "cell": each.cell,
                "column": each.column,
                "code": each.code,
                "text": sentence("PROBLEMS", each.code, each.facts),
            }
            for each in report.problems
        ],
    }
