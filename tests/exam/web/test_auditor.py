"""The journal on its pages."""

import ast
from pathlib import Path

import pytest

import exam.services
from exam.rules.roles import Role
from exam.services.journaling import record
from exam.web.wordings.journal import TAGS
from tests.factories import NOON


@pytest.mark.parametrize("address", ["/auditor/", "/auditor/chain"])
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


def tags_of_the_services():
    """The second argument of every record(session, "subject:act", ...) in the services."""
    for path in Path(exam.services.__path__[0]).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record" and len(node.args) > 1:
                yield from (
                    each.value
                    for each in ast.walk(node.args[1])
                    if isinstance(each, ast.Constant) and ":" in str(each.value)
                )


def test_every_act_that_a_service_records_has_words():
    wordless = sorted(set(tags_of_the_services()) - set(TAGS))
    assert not wordless, f"give them words in exam/web/wordings/journal.py: {wordless}"
