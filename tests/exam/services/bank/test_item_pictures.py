"""Pictures of items: what is no picture of ours, what cannot be changed, and how they are shown."""

import io

import pytest
import sqlalchemy as sa
from PIL import Image
from sqlalchemy.exc import DatabaseError

from exam.errors import ForbiddenError, RefusedError
from exam.rules.roles import Role
from exam.services.bank.item_pictures import (
    LARGEST_PICTURE,
    address_of,
    keep_pictures,
    picture_address,
    picture_name,
    picture_png,
    take_picture,
)
from exam.services.interchange import asking
from exam.storage.tables import ItemPicture, JournalEntry
from tests import factories as make
from tests.factories import NOON

PNG = b"\x89PNG\r\n\x1a\n of a kind"


@pytest.mark.parametrize(
    "name", ["", "../../etc/passwd", "images/../t.png", "/etc/passwd", "images/none.png", f"{'0' * 24}.png"]
)
def test_no_other_file_is_shown_as_a_picture(database, name):
    with database.reading() as session:
        assert picture_address(session, name) == ""


def test_a_picture_is_not_kept_under_the_name_of_another(database):
    with pytest.raises(ValueError, match="not the name"), database.writing() as session:
        keep_pictures(session, {f"{'0' * 24}.png": PNG}, at=NOON)


@pytest.mark.parametrize("statement", ["UPDATE item_picture SET png = NULL", "DELETE FROM item_picture"])
def test_a_kept_picture_never_changes(database, statement):
    with database.writing() as session:
        keep_pictures(session, {picture_name(PNG): PNG}, at=NOON)
    with pytest.raises(DatabaseError, match="append-only"), database.writing() as session:
        session.connection().exec_driver_sql(statement)


def test_a_picture_is_kept_once_and_shown_from_inside_the_page(database):
    with database.writing() as session:
        for _time in range(2):
            keep_pictures(session, {picture_name(PNG): PNG}, at=NOON)
        assert session.query(ItemPicture).count() == 1
        assert picture_address(session, picture_name(PNG)) == address_of(PNG)


def painted(form: str) -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (6, 4), "navy").save(kept, form)
    return kept.getvalue()


def test_only_an_author_sends_a_picture(database):
    with database.writing() as session, pytest.raises(ForbiddenError):
        take_picture(session, painted("PNG"), by=make.actor(session, Role.ITEM_APPROVER), at=NOON)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "picture-unreadable"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "picture-unreadable"),
        (painted("PNG")[:40], "picture-unreadable"),
        (b"\0" * (LARGEST_PICTURE + 1), "picture-too-large"),
    ],
)
def test_what_is_no_picture_is_refused_and_nothing_is_kept(database, content, code):
    with database.writing() as session:
        with pytest.raises(RefusedError) as refused:
            take_picture(session, content, by=make.actor(session, Role.ITEM_AUTHOR), at=NOON)
        assert refused.value.code == code
        assert session.query(ItemPicture).count() == 0


def test_who_sends_while_others_read_is_told_to_wait(database, monkeypatch):
    monkeypatch.setattr(asking, "WAIT_SECONDS", 0.01)
    with database.writing() as session, asking.READING, asking.READING:
        with pytest.raises(RefusedError) as refused:
            take_picture(session, painted("PNG"), by=make.actor(session, Role.ITEM_AUTHOR), at=NOON)
        assert refused.value.code == "pictures-busy"


def test_a_picture_is_painted_anew_and_journaled_once(database):
    with database.writing() as session:
        by = make.actor(session, Role.ITEM_AUTHOR)
        names = {take_picture(session, painted(form), by=by, at=NOON) for form in ("BMP", "PNG", "PNG")}
        [name] = names
        assert picture_png(session, name).startswith(b"\x89PNG")
        kept = session.scalars(sa.select(JournalEntry).where(JournalEntry.tag == "picture:kept"))
        assert [entry.facts for entry in kept] == [{"picture": name}]
