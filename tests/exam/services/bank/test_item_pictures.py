"""Pictures of items: what is no picture of ours, what cannot be changed, and how they are shown."""

import pytest
from sqlalchemy.exc import DatabaseError

from exam.services.bank.item_pictures import address_of, keep_pictures, picture_address, picture_name
from exam.storage.tables import ItemPicture
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
