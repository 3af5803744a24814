"""Items that a search finds, as a file for other systems: keys included, so each export leaves its entry."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from exam.errors import RefusedError
from exam.services.actors import Actor
from exam.services.bank.item_pictures import picture_png
from exam.services.bank.reading import as_item
from exam.services.bank.search import READERS, Wanted, found_versions
from exam.services.journaling import record
from question_bank.interchange.items import draft_of
from question_bank.interchange.writing import write_file
from question_bank.items import State

WITH_PICTURES = ("moodle", "qti21")


def export_items(
    session: Session, wanted: Wanted, form: str, *, on: date, by: Actor, at: datetime
) -> tuple[bytes, int]:
    """Return the newest versions of the items that are looked for, as a file, and how many they are.

    Parameters
    ----------
    wanted : Wanted
        What is looked for, as on the page of the bank.
    form : str
        One of `question_bank.interchange.writing.WRITTEN`.

    Raises
    ------
    ForbiddenError
        If `by` may not read the bank.
    RefusedError
        ``nothing-found``, or ``format-too-narrow`` when an item has more options than the format holds.
    """
    by.require(*READERS)
    rows = session.execute(found_versions(session, wanted, on=on)).all()
    items = [as_item(version, State(row.state)) for row, version, _in_use in rows]
    if not items:
        raise RefusedError("nothing-found")
    names = {item.version.image for item in items if form in WITH_PICTURES}
    pictures = {name: picture_png(session, name) for name in names}
    try:
        content = write_file([draft_of(item) for item in items], form, pictures=pictures)
    except ValueError:
        raise RefusedError("format-too-narrow") from None
    told = {name: value for name in wanted.__slots__ if (value := getattr(wanted, name))}
    record(session, "bank:exported", by=by, at=at, items=len(items), form=form, wanted=told)
    return content, len(items)
