"""`synaq bank import`: questions of a file into the bank, as drafts."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from exam.cli.installation import BY, instance_option, opened
from exam.clock import utc_now
from exam.services.interchange import reports
from exam.services.interchange.reports import Report, read_file
from question_bank.interchange.detect import FORMATS
from question_bank.interchange.drafts import draft_to_plain
from question_bank.problems import Problem


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--format", "wanted", type=click.Choice(["auto", *FORMATS]), default="auto", show_default=True,
    help="Format of the file; told by its content if not given.",
)  # fmt: skip
@click.option(
    "--dry-run",
    is_flag=True,
    help="Only read the file and report; needs no installation, but with --instance looks at its bank too.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON for a program.")
@instance_option
def import_(*, file: Path, wanted: str, dry_run: bool, as_json: bool, instance: Path | None) -> None:
    """Take in questions as drafts, and report by line, cell or entry what was not read and why.

    FILE may be .xlsx (our own sheet), QTI 2.1, 2.2 or 3.0, Moodle XML, GIFT or Aiken. Exits 1 when nothing
    could be read.
    """
    report = read_file(file.name, _content(file), wanted=wanted)
    written: dict[str, Any] = {}
    if report.drafts and (instance or not dry_run):
        report, written = _against_bank(report, instance, write=not dry_run)
    elif report.drafts:
        report = _against_shipped(report)
    if as_json:
        click.echo(json.dumps(_plain(report) | written, ensure_ascii=False, indent=1))
    elif not report.refused:
        click.echo("\n".join([*_lines(report), *_told(report, written)]))
    if not report.drafts and report.problems:
        first = report.problems[0]
        raise click.ClickException(
            f"{first.place}: {first.message}" if report.refused else "nothing was read"
        )


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as given:
            return given.read(reports.USUAL.packed_bytes + 1)
    except OSError as failed:
        raise click.ClickException(f"{file} cannot be read: {failed.strerror}") from failed


def _against_bank(report: Report, instance: Path | None, *, write: bool) -> tuple[Report, dict[str, Any]]:
    """Hold a report against the bank of an installation, and write what is new if that is wanted."""
    from exam.services.bank.draft_loading import load_drafts, look_at

    with opened(instance) as (_, database):
        if not write:
            with database.reading() as session:
                arrivals = look_at(session, report.drafts, report.pictures)
            problems = tuple(each.problem for each in arrivals if each.problem)
            return _further(report, problems, tuple(note for each in arrivals for note in each.notes)), {}
        with database.writing() as session:
            loaded = load_drafts(session, report.drafts, report.pictures, by=BY, at=utc_now())
    told = {"written": list(loaded.written), "known": list(loaded.known)}
    return _further(report, loaded.problems, loaded.notes), told | {"refused": len(loaded.problems)}


def _against_shipped(report: Report) -> Report:
    """Hold a report against the codes of the shipped bank, where no installation is asked."""
    from exam.services.bank.draft_loading import unknown_enemies
    from question_bank.reading import shipped_bank

    if not any(draft.detail("enemies") for draft in report.drafts):
        return report
    codes = {item.code for item in shipped_bank().items}
    return _further(report, (), unknown_enemies(report.drafts, codes))


def _further(report: Report, problems: tuple[Problem, ...], notes: tuple[Problem, ...]) -> Report:
    return replace(report, problems=(*report.problems, *problems), notes=(*report.notes, *notes))


def _plain(report: Report) -> dict[str, Any]:
    return {
        "format": report.format,
        "read": len(report.drafts),
        "items": [draft_to_plain(draft) for draft in report.drafts],
        "problems": [problem.as_plain() for problem in report.problems],
        "notes": [note.as_plain() for note in report.notes],
    }


def _lines(report: Report) -> list[str]:
    return [
        *(_line("not read", problem) for problem in report.problems),
        *(_line("note", note) for note in report.notes),
    ]


def _line(word: str, problem: Problem) -> str:
    item = f" ({problem.item})" if problem.item else ""
    return f"{problem.place}: {word}{item}: {problem.message}"


def _told(report: Report, written: dict[str, Any]) -> list[str]:
    count = f"{len(report.drafts)} read, {len(report.problems)} not read, {len(report.notes)} notes"
    told = [f"{report.format or 'unknown format'}: {count}"]
    if written:
        told += [f"{len(written['written'])} written as drafts, {len(written['known'])} were there already"]
        if written["refused"]:
            told[-1] += f", {written['refused']} not taken in: the bank has other questions under their codes"
    return told
