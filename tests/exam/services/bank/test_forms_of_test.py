import pytest
import sqlalchemy as sa

from exam.errors import NotFoundError, RefusedError
from exam.services.bank import forms_of_test
from exam.services.bank.form_reading import read_form
from exam.services.bank.item_versions import write_move
from exam.services.bank.loading import load_shipped_bank
from exam.storage.tables import ItemRow
from question_bank.blueprint import shipped_blueprints
from question_bank.items import State
from tests import factories as make
from tests.factories import NOON


def assembled(session, *, count=2, seed=7, code="logic-30"):
    load_shipped_bank(session, by="test", at=NOON)
    blueprint = forms_of_test.find_blueprint(code)
    return forms_of_test.assemble_forms(
        session, make.campaign(session), blueprint, count=count, seed=seed, by="test", at=NOON
    )


def test_an_unknown_blueprint_does_not_exist():
    with pytest.raises(NotFoundError):
        forms_of_test.find_blueprint("chess")


def test_the_shipped_bank_is_loaded_once(sqlite_database):
    with sqlite_database.writing() as session:
        assert load_shipped_bank(session, by="test", at=NOON) > 600
        assert load_shipped_bank(session, by="test", at=NOON) == 0
        assert (
            session.scalar(sa.select(sa.func.count()).where(ItemRow.grade == "C", ItemRow.state == "active"))
            == 0
        )


@pytest.mark.parametrize("code", sorted(shipped_blueprints()))
def test_the_same_seed_gives_other_forms_once_its_items_were_used(sqlite_database, code):
    with sqlite_database.writing() as session:
        once, again = assembled(session, code=code), assembled(session, code=code)
        forms = [{item.item_version_id for item in form.items} for form in (*once, *again)]
        assert once[0].digest != once[1].digest
        assert len(forms[0] & forms[2]) < len(forms[0]) / 2


def test_a_sealed_form_reads_back_as_it_was_assembled_and_is_sealed_once(database):
    with database.writing() as session:
        form = assembled(session, count=1)[0]
        forms_of_test.seal(session, form.id, by="test", at=NOON)
        assert len(read_form(session, form.id)) == 30
        with pytest.raises(RefusedError, match="sealed-already"):
            forms_of_test.seal(session, form.id, by="test", at=NOON)


def test_a_form_whose_items_are_not_those_of_its_digest_is_not_sealed(sqlite_database):
    with sqlite_database.writing() as session:
        form = assembled(session, count=1)[0]
        form.digest = "0" * 64
        with pytest.raises(RefusedError, match="digest-differs"):
            forms_of_test.seal(session, form.id, by="test", at=NOON)


def test_a_bank_that_cannot_fill_the_blueprint_says_what_is_short(sqlite_database):
    with sqlite_database.writing() as session:
        load_shipped_bank(session, by="test", at=NOON)
        for row in session.scalars(sa.select(ItemRow).where(ItemRow.area == "syllogism")):
            write_move(session, row.versions[0], State.ACTIVE, State.SUSPENDED, note="test", by=None, at=NOON)
        with pytest.raises(RefusedError, match="forms-infeasible") as refusal:
            forms_of_test.assemble_forms(
                session,
                make.campaign(session),
                forms_of_test.find_blueprint("logic-30"),
                count=1,
                seed=1,
                by="test",
                at=NOON,
            )
        assert "syllogism" in refusal.value.facts["why"]
