"""Who may call what: the route table itself, tokens, headers, redirects, the lockout."""

import pytest
from flask import Flask

from exam.rules.roles import Role
from exam.services.accounts.entering import LOCKOUT_TRIES
from exam.storage.tables import JournalEntry
from exam.web.access import ANYONE, CANDIDATE, OPEN_ENDPOINTS, require_declared
from tests import factories as make

OPEN_TO_ANYONE = {"account.login", "account.language"}


def test_a_view_without_declared_access_stops_the_start():
    app = Flask("bare")
    app.add_url_rule("/secret", "secret", lambda: "")
    with pytest.raises(RuntimeError, match=r"no access declared .*secret"):
        require_declared(app)


def test_every_view_names_roles_or_is_one_of_the_few_that_are_open(app):
    declared = {e: v.roles for e, v in app.view_functions.items() if e not in OPEN_ENDPOINTS}
    open_ones = {e for e, roles in declared.items() if roles == (ANYONE,)}
    assert open_ones <= OPEN_TO_ANYONE | {"account.logout", "account.password"} | {
        e for e in open_ones if e.startswith("home.")
    }
    terminal = {e for e, roles in declared.items() if CANDIDATE in roles}
    assert all(e.startswith(("terminal.", "saving.")) for e in terminal)


@pytest.mark.parametrize("role", [*Role])
def test_no_role_opens_a_page_that_was_not_declared_for_it(app, enter, role):
    client = enter(role, region_code="AST").client
    for rule in app.url_map.iter_rules():
        roles = getattr(app.view_functions[rule.endpoint], "roles", ())
        if "GET" not in rule.methods or rule.arguments or role in roles or not set(roles) & set(Role):
            continue
        assert client.get(rule.rule).status_code in (403, 308), rule.endpoint


def test_a_stranger_is_sent_to_the_login_page(client):
    reply = client.get("/")
    assert reply.status_code == 302
    assert "/login" in reply.headers["Location"]


def test_a_post_without_a_token_is_refused(enter):
    assert enter(Role.HR, region_code="AST").client.post("/logout").status_code == 400


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_after_signing_in_nobody_is_sent_to_another_site(app, sqlite_database, client, target):
    with sqlite_database.writing() as session:
        login = make.account(session, Role.HR, region_code="AST").login
    app.config["WTF_CSRF_ENABLED"] = False
    reply = client.post(
        "/login", query_string={"next": target}, data={"login": login, "password": make.PASSWORD}
    )
    assert reply.headers["Location"] == "/"


def test_five_wrong_passwords_lock_the_login_for_a_while(app, sqlite_database, client, clock):
    with sqlite_database.writing() as session:
        login = make.account(session, Role.HR, region_code="AST").login
    app.config["WTF_CSRF_ENABLED"] = False
    wrong, right = ({"login": login, "password": p} for p in ("wrong password", make.PASSWORD))
    for _ in range(LOCKOUT_TRIES):
        assert client.post("/login", data=wrong).status_code == 401
    assert client.post("/login", data=right).status_code == 429
    clock.forward(minutes=15, seconds=1)
    assert client.post("/login", data=right).status_code == 302


def test_a_changed_password_ends_the_other_sessions(enter, sqlite_database):
    with sqlite_database.writing() as session:
        account = make.account(session, Role.HR, region_code="AST")
        session.expunge(account)
    here, there = enter(account=account), enter(account=account)
    here.get("/password")
    here.post("/password", {"old": make.PASSWORD, "new": "another long one", "again": "another long one"})
    assert here.client.get("/").status_code == 200
    assert there.client.get("/").status_code == 302


def test_every_page_bears_the_headers_of_the_content_policy(client):
    headers = client.get("/login").headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


def test_the_cookie_of_the_session_is_kept_from_scripts_and_other_sites(client):
    cookie = client.get("/login").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


def test_a_forbidden_act_is_journalled(enter, sqlite_database):
    page = enter(Role.EXAMINER, region_code="AST")
    page.get("/norms/")
    page.post("/people/import", status=403)
    with sqlite_database.reading() as session:
        refused = session.query(JournalEntry).filter_by(tag="act:refused").one()
        assert refused.facts["code"] == "forbidden"
