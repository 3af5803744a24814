"""What an administrator may not do, then what he does."""

import pytest

from exam.errors import NotFoundError, RefusedError
from exam.rules.roles import Role
from exam.services import reference
from exam.services.accounts import administration, entering
from exam.storage.tables import Account
from tests import factories as make
from tests.factories import NOON


@pytest.fixture
def session(sqlite_database):
    with sqlite_database.writing() as session:
        reference.seed_regions(session)
        yield session


@pytest.fixture
def by(session):
    return make.actor(session, Role.ADMINISTRATOR)


def add(session, by, **given):
    common = {"login": "dana", "full_name": "Ахметова Дана", "language": "kk", "by": by, "at": NOON}
    return administration.add_account(session, **common | given)


def test_nobody_changes_his_own_account(session, by):
    grant = session.get_one(Account, by.id).grants[0].id
    for act in (
        lambda: administration.shut(session, by.id, by=by, at=NOON),
        lambda: administration.reset_password(session, by.id, by=by, at=NOON),
        lambda: administration.take_role(session, by.id, grant, by=by, at=NOON),
    ):
        with pytest.raises(RefusedError, match="own-account"):
            act()
    with pytest.raises(RefusedError, match="roles-conflict"):
        administration.give_role(session, by.id, Role.AUDITOR, None, by=by, at=NOON)


def test_a_shut_account_takes_neither_role_nor_password(session, by):
    number, _ = add(session, by)
    administration.shut(session, number, by=by, at=NOON)
    for act in (
        lambda: administration.shut(session, number, by=by, at=NOON),
        lambda: administration.reset_password(session, number, by=by, at=NOON),
        lambda: administration.give_role(session, number, Role.HR, None, by=by, at=NOON),
    ):
        with pytest.raises(RefusedError, match="account-disabled"):
            act()


def test_a_role_of_one_account_is_not_taken_through_another(session, by):
    one, _ = add(session, by)
    other, _ = add(session, by, login="asan")
    administration.give_role(session, one, Role.HR, "AST", by=by, at=NOON)
    [grant] = administration.read_account(session, one).held
    with pytest.raises(NotFoundError):
        administration.take_role(session, other, grant.id, by=by, at=NOON)
    administration.take_role(session, one, grant.id, by=by, at=NOON)
    assert administration.read_account(session, one).held == ()


def test_a_role_in_no_region_and_an_officer_who_is_not_there_are_refused(session, by):
    number, _ = add(session, by)
    with pytest.raises(RefusedError, match="region-unknown"):
        administration.give_role(session, number, Role.HR, "XX", by=by, at=NOON)
    with pytest.raises(RefusedError, match="officer-unknown"):
        add(session, by, login="x1", iin="990101300003")
    officer = make.officer(session, iin="990101300003")
    add(session, by, login="x2", iin=officer.iin)
    with pytest.raises(RefusedError, match="officer-has-account"):
        add(session, by, login="x3", iin=officer.iin)


def test_a_new_password_works_once_and_ends_the_old_one(database):
    with database.writing() as session:
        by = make.actor(session, Role.ADMINISTRATOR)
        number, first = add(session, by)
        entered = entering.authenticate(session, "dana", first.words, address="", at=NOON)
        assert entering.resume(session, number, entered.epoch)
        second = administration.reset_password(session, number, by=by, at=NOON)
        assert entering.resume(session, number, entered.epoch) is None
        assert entering.authenticate(session, "dana", first.words, address="", at=NOON) is None
        identity = entering.authenticate(session, "dana", second.words, address="", at=NOON)
        assert identity.must_change_password
        assert first.words != second.words
        assert len(second.words) == 19


def test_accounts_are_found_by_login_name_and_role(database):
    with database.writing() as session:
        by = make.actor(session, Role.ADMINISTRATOR, login="admin", full_name="Әкімші")
        number, _ = add(session, by)
        administration.give_role(session, number, Role.AUDITOR, None, by=by, at=NOON)

        def found(**asked):
            return [line.login for line in administration.list_accounts(session, **asked).rows]

        assert found() == ["admin", "dana"]
        assert found(words="DAN") == found(words="ахметова") == found(role="auditor") == ["dana"]
        assert found(words="%") == []
