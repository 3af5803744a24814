"""`synaq verify`: whether journal and database are sound, and every result and outcome computes again."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import click
import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.cli.installation import instance_option, opened
from exam.services.commission.outcomes import verify_outcomes
from exam.services.journal_page import check_chain
from exam.services.terminal.verifying import checked_results
from exam.storage.tables import OutcomeRow

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found: whether all is well, and one line about it."""

    check: str
    sound: bool
    told: str


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON for a program.")
@instance_option
def verify(*, as_json: bool, instance: Path | None) -> None:
    """Check the journal's chain, the database's pages and references, every test result and outcome.

    Exits 1 when one of them does not hold.
    """
    with opened(instance) as (_, database), database.reading() as session:
        checks = [journal, results, outcomes, *([pages, cipher, references] if database.embedded else [])]
        findings = [_run(check, session) for check in checks]
    if as_json:
        click.echo(
            json.dumps({"sound": all(f.sound for f in findings), "checks": [asdict(f) for f in findings]})
        )
    else:
        for found in findings:
            click.echo(f"{found.check}: {'sound' if found.sound else 'BROKEN'}: {found.told}")
        if not database.embedded:
            click.echo("pages and references: PostgreSQL keeps them (checksums, constraints)")
    if broken := [found.check for found in findings if not found.sound]:
        raise click.ClickException(f"broken: {', '.join(broken)}")


def _run(check: Callable[[Session], Finding], session: Session) -> Finding:
    try:
        return check(session)
    except sa.exc.DatabaseError as error:
        return Finding(check.__name__, sound=False, told=f"the database cannot be read: {error.orig}")


def journal(session: Session) -> Finding:
    """Recompute the chain of the journal."""
    found = check_chain(session)
    if found.broken:
        return Finding("journal", sound=False, told=f"entry {found.broken.entry_id}: {found.broken.why}")
    return Finding("journal", sound=True, told=f"{found.entries} entries, newest {found.newest_digest}")


def results(session: Session) -> Finding:
    """Score every test again from its recorded answers, each version under the keys that it names."""
    checked = list(checked_results(session))
    wrong = [f"result {number}" for number, follows in checked if not follows]
    told = ", ".join(wrong[:SHOWN]) + (" do not follow from their answers" if wrong else "")
    return Finding("results", sound=not wrong, told=told or f"{len(checked)} computed again")


def outcomes(session: Session) -> Finding:
    """Compute every stored outcome again from its facts."""
    count = session.scalar(sa.select(sa.func.count()).select_from(OutcomeRow)) or 0
    wrong = verify_outcomes(session)
    told = "; ".join(f"outcome {number}: {', '.join(why)}" for number, why in list(wrong.items())[:SHOWN])
    return Finding("outcomes", sound=not wrong, told=told or f"{count} computed again")


def pages(session: Session) -> Finding:
    """Let SQLite walk every page and index."""
    return _pragma(session, "pages", "integrity_check", good=("ok",))


def cipher(session: Session) -> Finding:
    """Let SQLCipher check the HMAC of every page."""
    return _pragma(session, "cipher", "cipher_integrity_check", good=())


def references(session: Session) -> Finding:
    """Look for rows that name a row which is not there."""
    return _pragma(session, "references", "foreign_key_check", good=())


def _pragma(session: Session, name: str, pragma: str, *, good: tuple[str, ...]) -> Finding:
    rows = session.connection().exec_driver_sql(f"PRAGMA {pragma}").fetchall()
    lines = tuple(" ".join(str(value) for value in row) for row in rows)
    sound = lines == good
    return Finding(name, sound=sound, told="nothing is wrong" if sound else "; ".join(lines[:SHOWN]))
