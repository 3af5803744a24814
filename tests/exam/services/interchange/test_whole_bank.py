"""The whole shipped bank out, into an installation and out again: the first hop already changes nothing."""

from collections import Counter
from dataclasses import replace

import pytest

from exam.services.bank.draft_loading import load_drafts
from exam.services.bank.item_pictures import shipped_png
from exam.services.bank.loading import add_items
from exam.services.bank.reading import as_item, versions_in
from exam.services.interchange.asking import Limits
from exam.services.interchange.reports import read_file
from question_bank.interchange.items import draft_of
from question_bank.interchange.writing import WRITTEN, write_file
from question_bank.items import State
from question_bank.reading import shipped_bank
from tests.factories import NOON

PATIENT = Limits(seconds=120)


def bare(draft):
    """A draft without its state, which an import never brings along, and without the name of its picture."""
    told = tuple(each for each in draft.details if each[0] not in {"state", "image"})
    return replace(draft, details=told, place="", picture="")


def exported(session):
    stored = session.execute(versions_in(*State)).all()
    return {version.item.code: draft_of(as_item(version, State(state))) for version, state in stored}


def test_what_is_loaded_into_an_installation_is_written_as_it_was(database):
    items = shipped_bank().items
    with database.writing() as session:
        add_items(session, items, author=None, at=NOON)
        assert exported(session) == {item.code: draft_of(item) for item in items}


@pytest.mark.slow
@pytest.mark.parametrize("form", WRITTEN)
def test_what_is_imported_into_an_installation_is_written_as_it_came(sqlite_database, form):
    items = shipped_bank().items
    pictures = {item.version.image: shipped_png(item.version.image) for item in items if item.version.image}
    content = write_file([draft_of(item) for item in items], form, pictures=pictures)
    report = read_file("bank", content, limits=PATIENT)
    assert (report.format, report.problems) == (form, ())
    assert Counter(note.check for note in report.notes) == {}
    with sqlite_database.writing() as session:
        loaded = load_drafts(session, report.drafts, report.pictures, by="command line", at=NOON)
        assert len(loaded.written) == len(items)
        assert loaded.notes == ()
        back = exported(session)
    for item in items:
        assert bare(back[item.code]) == bare(draft_of(item))
        assert bool(back[item.code].detail("image")) == bool(item.version.image)
