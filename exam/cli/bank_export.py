"""`synaq bank export`: the questions of the bank as a file for other systems."""

from pathlib import Path

import click

from exam.cli.installation import opened
from question_bank.interchange.items import draft_of
from question_bank.interchange.writing import ENDINGS, WRITTEN, write_file
from question_bank.items import Item, State
from question_bank.reading import shipped_bank


@click.command("export")
@click.option("--format", "form", type=click.Choice(WRITTEN), required=True, help="Format of the file.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write; bank.* if not given."
)
@click.option("--area", "areas", multiple=True, help="Only items of this area; may be given several times.")
@click.option(
    "--instance", type=click.Path(path_type=Path), help="Folder of an installation, for its own bank."
)
def export(*, form: str, out: Path | None, areas: tuple[str, ...], instance: Path | None) -> None:
    """Write the shipped bank, or with --instance that of an installation, KEYS INCLUDED, to a file."""
    items, pictures = _of_installation(instance) if instance else _shipped()
    chosen = [item for item in items if not areas or item.area in areas]
    if not chosen:
        known = ", ".join(sorted({item.area for item in items}))
        raise click.ClickException(f"no item of this area; there are {known or 'none'}")
    target = out or Path(f"bank.{ENDINGS[form]}")
    try:
        target.write_bytes(write_file([draft_of(item) for item in chosen], form, pictures=pictures))
    except OSError as failed:
        raise click.ClickException(f"{target} cannot be written: {failed.strerror}") from failed
    except ValueError as failed:
        raise click.ClickException(str(failed)) from failed
    click.echo(f"{len(chosen)} items written to {target}")


def _shipped() -> tuple[list[Item], dict[str, bytes]]:
    from exam.services.bank.item_pictures import shipped_png

    items = list(shipped_bank().items)
    return items, {item.version.image: shipped_png(item.version.image) for item in items}


def _of_installation(instance: Path) -> tuple[list[Item], dict[str, bytes]]:
    """Return every item in its newest version, and their pictures."""
    from exam.services.bank.item_pictures import picture_png
    from exam.services.bank.reading import as_item, versions_in

    with opened(instance) as (_, database), database.reading() as session:
        stored = session.execute(versions_in(*State)).all()
        newest = {version.item_id: as_item(version, State(state)) for version, state in stored}
        names = {item.version.image for item in newest.values()}
        return list(newest.values()), {name: picture_png(session, name) for name in names}
