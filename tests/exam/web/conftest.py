"""The application over an empty embedded database, and people who have entered it."""

import secrets
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from exam.app import create_app
from exam.config import Config
from exam.rules.roles import Role
from exam.storage.engine import Database
from exam.storage.tables import Account
from tests import factories as make
from tests.conftest import StoppedClock
from tests.exam.web.page import Page

Enter = Callable[..., Page]


@pytest.fixture
def app(sqlite_database: Database, clock: StoppedClock, tmp_path: Path) -> Flask:
    """The application as it is served, with a clock that stands still and cookies that travel without TLS."""
    config = Config(
        instance=tmp_path,
        database_url=f"sqlite:///{sqlite_database.path}",
        secret_key=secrets.token_bytes(32),
        cookie_secure=False,
    )
    app = create_app(config, clock=clock, database=sqlite_database)
    app.testing = True
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A stranger's browser."""
    return app.test_client()


@pytest.fixture
def enter(app: Flask, sqlite_database: Database) -> Enter:
    """Sign somebody in: ``enter(Role.EXAMINER, region_code="AST")`` or ``enter(account=account)``."""

    def sign_in(
        *roles: Role, account: Account | None = None, language: str = "kk", region_code: str | None = None
    ) -> Page:
        if account is None:
            with sqlite_database.writing() as session:
                account = make.account(session, *roles, region_code=region_code)
                session.expunge(account)
        page = Page(app.test_client(), language)
        page.get(f"/login?lang={language}", language=language)
        page.client.get(f"/language/{language}")
        page.post("/login", {"login": account.login, "password": make.PASSWORD})
        return page

    return sign_in
