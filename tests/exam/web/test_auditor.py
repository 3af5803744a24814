"""The journal on its pages."""

import ast
from pathlib import Path

import pytest

import exam.services
from exam.rules.roles import Role
from exam.services.journaling import record
from exam.web.wordings.journal import TAGS
from exam.web.wordings.journal_facts import FACTS
from tests.factories import NOON


@pytest.mark.parametrize("address", ["/auditor/", "/auditor/chain", "/auditor/integrity"])
def test_a_stranger_is_turned_away(enter, address):
    enter(Role.ADMINISTRATOR).get(address, status=403)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_journal_is_read_by_kind_actor_and_day(enter, sqlite_database, language):
    with sqlite_database.writing() as session:
        record(session, "officer:changed", by="dana", at=NOON, changes={"rank": ["<b>", "x" * 500]})
        record(session, "some:thing", by="asan", at=NOON)
    page = enter(Role.AUDITOR, language=language)

    def found(query):
        return [
            row.select_one("code").text for row in page.get(f"/auditor/?{query}").select("tbody tr:has(th)")
        ]

    assert found("actor=dana") == found("tag=officer:changed") == ["officer:changed"]
    assert found("actor=asan&first=2024-05-14&last=2024-05-14") == ["some:thing"]
    assert found("actor=asan&first=2024-05-15") == found("actor=asan&last=2024-05-13") == []
    assert found("actor=asan&first=1.1.2024&page=x") == ["some:thing"]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_chain_is_told_in_words(enter, sqlite_database, language):
    page = enter(Role.AUDITOR, language=language)
    assert page.get("/auditor/chain").select_one(".chip.tone--passed")
    connection = sqlite_database.raw()
    connection.execute("DROP TRIGGER journal_entry_is_append_only_update")
    connection.execute("UPDATE journal_entry SET actor = 'nobody' WHERE id = 1")
    connection.close()
    answer = page.get("/auditor/chain")
    assert answer.select_one(".chip.tone--failed")
    assert " 1" in answer.select_one("section p").text


def records_of_the_services():
    """Every call record(session, "subject:act", ...) in the services."""
    for path in Path(exam.services.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record" and len(node.args) > 1:
                yield node


def test_every_act_that_a_service_records_has_words():
    constants = [each for call in records_of_the_services() for each in ast.walk(call.args[1])]
    acts = {each.value for each in constants if isinstance(each, ast.Constant) and ":" in str(each.value)}
    assert len(acts) > 60
    wordless = sorted(acts - set(TAGS))
    assert not wordless, f"give them words in exam/web/wordings/journal.py: {wordless}"


def test_every_fact_that_a_service_records_has_words():
    facts = {word.arg for call in records_of_the_services() for word in call.keywords if word.arg}
    assert len(facts) > 80
    wordless = sorted(facts - set(FACTS) - {"by", "at"})
    assert not wordless, f"give them words in exam/web/wordings/journal_facts.py: {wordless}"
