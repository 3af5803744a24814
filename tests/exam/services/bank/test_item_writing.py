"""A logic item is proved as it stands: other words or another key leave it without its proof."""

from dataclasses import replace

import pytest

from exam.errors import RefusedError
from exam.rules.roles import Role
from exam.services.bank.item_lives import move_version
from exam.services.bank.item_writing import as_version, as_writing, save_wording
from exam.services.bank.loading import add_items
from question_bank.items import State, Text
from tests import factories as make
from tests.factories import NOON
from tests.question_bank.builders import logic_item

ITEM = logic_item("G-1")
WRITING = as_writing(ITEM)


@pytest.mark.parametrize(
    "changes",
    [
        {"stem": Text("Келесі сан?", "Следующее число?")},
        {"rows": WRITING.rows[::-1]},
        {"image": "images/G-matrix-001.png"},
    ],
    ids=["words", "options", "picture"],
)
def test_another_question_has_no_proof(changes):
    version = as_version(replace(WRITING, **changes), "G-1", 2, ITEM.version)
    assert (version.seed, version.certificate) == ("", "")


def test_another_reason_leaves_the_proof():
    version = as_version(replace(WRITING, rationale=Text("неге", "почему")), "G-1", 2, ITEM.version)
    assert (version.seed, version.certificate) == (ITEM.version.seed, ITEM.version.certificate)


def test_an_edited_logic_item_is_not_approved(sqlite_database):
    with sqlite_database.writing() as session:
        add_items(session, [ITEM], author=None, at=NOON)
        author = make.actor(session, Role.ITEM_AUTHOR)
        wrong = replace(WRITING, stem=Text("Келесі сан?", "Следующее число?"))
        save_wording(session, 1, wrong, seen=1, note="қысқа", by=author, at=NOON)
        move_version(session, 1, 2, State.IN_REVIEW, note="дайын", by=author, at=NOON)
        approver = make.actor(session, Role.ITEM_APPROVER)
        with pytest.raises(RefusedError) as refused:
            move_version(session, 1, 2, State.APPROVED, note="дұрыс", by=approver, at=NOON)
        assert refused.value.code == "certificate-missing"


def test_a_logic_item_with_the_proof_of_another_is_not_approved(sqlite_database):
    forged = replace(ITEM, state=State.IN_REVIEW, version=replace(ITEM.version, seed="8"))
    with sqlite_database.writing() as session:
        add_items(session, [forged], author=None, at=NOON)
        approver = make.actor(session, Role.ITEM_APPROVER)
        with pytest.raises(RefusedError) as refused:
            move_version(session, 1, 1, State.APPROVED, note="дұрыс", by=approver, at=NOON)
        assert refused.value.code == "certificate-wrong"
