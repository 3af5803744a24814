"""The commands on an installation: each refuses in one line, then does its work."""

import json
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from click.testing import CliRunner

from exam.cli import main
from exam.clock import utc_now
from exam.config import load
from exam.services.journaling import record
from exam.storage.engine import Database
from tests.workbooks import ASAN, DANA, but, staff_list


def command(*words, instance):
    return CliRunner().invoke(main, [*words, "--instance", str(instance)])


@pytest.fixture(scope="module")
def ready(tmp_path_factory):
    folder = tmp_path_factory.mktemp("installed") / "instance"
    assert command("init", instance=folder).exit_code == 0
    return folder


@pytest.fixture
def instance(ready, tmp_path, monkeypatch):
    monkeypatch.delenv("SYNAQ_DATABASE", raising=False)
    return shutil.copytree(ready, tmp_path / "instance")


@pytest.fixture
def run(instance):
    return lambda *words: command(*(str(word) for word in words), instance=instance)


def refused(result, said):
    assert result.exit_code == 1, result.output
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("words", [["user", "list"], ["verify"], ["backup", "x.db"], ["restore", "x.db"]])
def test_without_an_installation_a_command_says_what_to_do(tmp_path, words):
    refused(command(*words, instance=tmp_path / "nowhere"), "run `synaq init` first")


def test_a_schema_of_another_revision_is_refused(tmp_path, instance):
    (instance / "synaq.db").unlink()
    refused(command("user", "list", instance=instance), "run `synaq init`")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["user", "add", "два слова", "--name", "X"], "A login has 2 to 64 Latin letters"),
        (["user", "add", "admin", "--name", "X"], "There is an account admin already."),
        (["user", "add", "hr1", "--name", "X", "--role", "hr", "--region", "XX"], "There is no region XX."),
        (["user", "add", "au", "--name", "X", "--role", "auditor", "--region", "AST"], "the whole country"),
        (["user", "add", "x1", "--name", "X", "--iin", "990101300003"], "No officer has this IIN"),
        (["user", "disable", "nobody"], "There is no such record"),
        (["people", "import", "nowhere.xlsx"], "cannot be read"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(run, words, said):
    refused(run(*words), said)
    assert len(json.loads(run("user", "list", "--json").stdout)) == 1


def test_a_second_init_keeps_what_stands(run, instance):
    before = [(instance / name).read_bytes() for name in ("database.key", "session.key")]
    result = command("init", instance=instance)
    assert "an administrator is there already" in result.output
    assert [(instance / name).read_bytes() for name in ("database.key", "session.key")] == before
    assert (instance / "synaq.db").stat().st_mode & 0o077 == 0


def test_an_account_is_added_listed_and_disabled(run):
    added = run("user", "add", "dana", "--name", "Ахметова Дана", "--role", "hr", "--region", "AST")
    assert re.fullmatch(r"dana: one-time password (?:[0-9a-f]{4}-){3}[0-9a-f]{4}\n", added.output)
    assert "dana  Ахметова Дана  hr in AST\n" in run("user", "list").output
    assert run("user", "disable", "dana").exit_code == 0
    [dana] = [each for each in json.loads(run("user", "list", "--json").stdout) if each["login"] == "dana"]
    assert dana["disabled"] is True


def test_a_list_with_problems_names_each_cell_and_writes_nothing(run, tmp_path):
    file = tmp_path / "list.xlsx"
    file.write_bytes(staff_list(but(ASAN, {"IIN": "1", "Sex": "x"}), DANA))
    result = run("people", "import", file)
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "list.xlsx:A2: IIN: an IIN is twelve digits 0–9, without spaces or line breaks",
        "list.xlsx:D2: Sex: x is not a sex; the template offers the words",
    ]
    assert result.stderr == "Error: 2 problems, nothing was written\n"
    told = json.loads(run("people", "import", file, "--json").stdout)
    assert [each["cell"] for each in told["problems"]] == ["A2", "D2"]
    file.write_bytes(b"<html>")
    refused(run("people", "import", file), "This is not a workbook")


def test_a_list_is_checked_then_taken_in_once(run, tmp_path):
    file = tmp_path / "list.xlsx"
    file.write_bytes(staff_list(ASAN, DANA))
    assert "it would be: 2 added" in run("people", "import", file, "--dry-run").output
    assert run("people", "import", file).output == "2 added, 0 changed, 0 as before\n"
    assert run("people", "import", file).output == "0 added, 0 changed, 2 as before\n"


def test_a_sound_installation_is_called_sound(run):
    told = json.loads(run("verify", "--json").stdout)
    assert told["sound"] is True
    assert [each["check"] for each in told["checks"]] == [
        "journal",
        "results",
        "outcomes",
        "pages",
        "cipher",
        "references",
    ]


@pytest.mark.parametrize(
    ("page", "said"), [(60, "broken: "), (100, "broken: "), (0, "cannot be opened with this key")]
)
def test_a_flipped_byte_is_found_wherever_it_is(run, instance, page, said):
    content = bytearray((instance / "synaq.db").read_bytes())
    content[page * 4096 + 1000] ^= 1
    (instance / "synaq.db").write_bytes(content)
    refused(run("verify"), said)


def tamper(instance, *statements):
    connection = Database.of(load(instance)).raw()
    for statement in statements:
        connection.execute(statement)
    connection.close()


FALSE_ROLE = ("PRAGMA ignore_check_constraints = ON", "UPDATE role_grant SET role = 'king'")
NO_ACCOUNT = ("PRAGMA foreign_keys = OFF", "UPDATE role_grant SET account_id = 999")


@pytest.mark.parametrize(("statements", "said"), [(FALSE_ROLE, "pages"), (NO_ACCOUNT, "references")])
def test_a_row_that_no_constraint_allows_is_found(run, instance, statements, said):
    tamper(instance, *statements)
    refused(run("verify"), f"broken: {said}")


def test_a_copy_that_is_not_sound_is_not_kept(run, instance, tmp_path):
    tamper(instance, *FALSE_ROLE)
    refused(run("backup", tmp_path / "copy.db"), "synaq.db is damaged; no copy was kept")
    assert not (tmp_path / "copy.db").exists()


def test_a_changed_journal_is_found(run, instance):
    tamper(
        instance,
        "DROP TRIGGER journal_entry_is_append_only_update",
        "UPDATE journal_entry SET actor = 'nobody' WHERE id = 2",
    )
    result = run("verify")
    assert "journal: BROKEN: entry 2: its content was changed" in result.stdout
    refused(result, "broken: journal")


def test_a_backup_replaces_nothing_and_stays_encrypted(run, instance, tmp_path):
    copy = tmp_path / "copy.db"
    assert run("backup", copy).exit_code == 0
    content = copy.read_bytes()
    assert not content.startswith(b"SQLite")
    assert b"account" not in content
    assert copy.stat().st_mode & 0o777 == 0o600
    refused(run("backup", copy), "nothing is overwritten")
    refused(run("restore", copy), "nothing is overwritten")
    assert copy.read_bytes() == content
    assert not [each for each in tmp_path.iterdir() if "part" in each.name]


def test_a_backup_ends_though_the_exam_goes_on_writing(run, instance, tmp_path):
    database, done = Database.of(load(instance)), Event()

    def write():
        for _ in range(5000):
            if done.wait(0.002):
                break
            with database.writing() as session:
                record(session, "test:act", by="test", at=utc_now())

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write)
        result = run("backup", tmp_path / "copy.db")
        done.set()
        writing.result()
    database.dispose()
    assert result.exit_code == 0
    assert json.loads(run("verify", "--json").stdout)["sound"] is True


def flipped(content, place):
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


SPOILT = {
    "cut off": (lambda c: c[:-4096], "copy.db"),
    "something else": (lambda c: b"x" * 8192, "copy.db cannot be opened"),
    "a byte of the schema": (lambda c: flipped(c, 99), "copy.db cannot be opened"),
    "a byte in the middle": (lambda c: flipped(c, 250_000), "copy.db is damaged"),
}


@pytest.mark.parametrize(("spoil", "said"), SPOILT.values(), ids=SPOILT)
def test_what_is_no_sound_backup_is_not_restored(run, instance, tmp_path, spoil, said):
    copy = tmp_path / "copy.db"
    run("backup", copy)
    (instance / "synaq.db").unlink()
    copy.write_bytes(spoil(copy.read_bytes()))
    refused(run("restore", copy), said)
    assert not (instance / "synaq.db").exists()


def test_a_backup_of_another_key_is_not_restored(run, instance, tmp_path):
    copy = tmp_path / "copy.db"
    run("backup", copy)
    other = tmp_path / "other"
    command("init", instance=other)
    (other / "synaq.db").unlink()
    refused(command("restore", str(copy), instance=other), "cannot be opened with this key")
    refused(command("restore", str(tmp_path / "none.db"), instance=other), "there is no file")


def test_what_is_restored_is_what_was_kept_and_the_journal_says_so(run, instance, tmp_path):
    copy = tmp_path / "copy.db"
    run("user", "add", "dana", "--name", "Ахметова Дана")
    run("backup", copy)
    run("user", "add", "late", "--name", "Кейінгі")
    for left in instance.glob("synaq.db*"):
        left.unlink()
    assert "is restored" in run("restore", copy).output
    assert {each["login"] for each in json.loads(run("user", "list", "--json").stdout)} == {"admin", "dana"}
    assert json.loads(run("verify", "--json").stdout)["sound"] is True


@pytest.mark.parametrize(
    "words",
    [
        ["init"],
        ["user", "add"],
        ["user", "list"],
        ["user", "disable"],
        ["people", "import"],
        ["verify"],
        ["backup"],
        ["restore"],
    ],
)
def test_every_command_has_help(words):
    result = CliRunner().invoke(main, [*words, "--help"])
    assert result.exit_code == 0
    assert "--instance" in result.output
