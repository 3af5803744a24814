"""`synaq bank import` and `synaq bank export`: refusals in one line, the dry run, the journey out and in."""

import json

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from exam.cli import main
from exam.config import load
from exam.storage.engine import Database
from exam.storage.tables import ItemRow

GIFT = "::T-001::Хаттаманы кім жүргізеді? {=хатшы ~төраға ~%50%мүше}\n\nОйыңыз? {}\n"


def run(*words):
    return CliRunner().invoke(main, ["bank", *(str(word) for word in words)])


def refused(result, said):
    assert result.exit_code == 1, result.output
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.fixture
def file(tmp_path):
    kept = tmp_path / "сұрақтар.gift"
    kept.write_text(GIFT, encoding="utf-8")
    return kept


def test_a_file_that_is_not_there_is_refused(tmp_path):
    refused(run("import", tmp_path / "no.gift", "--dry-run"), "cannot be read")


def test_a_page_named_xml_is_refused_in_one_line(tmp_path):
    (tmp_path / "f.xml").write_text("<!doctype html><html></html>")
    refused(run("import", tmp_path / "f.xml", "--dry-run"), "f.xml: a web page (HTML)")


def test_a_file_of_which_nothing_is_read_is_refused(tmp_path):
    (tmp_path / "f.gift").write_text("Ойыңыз? {}\n", encoding="utf-8")
    result = run("import", tmp_path / "f.gift", "--dry-run")
    refused(result, "nothing was read")
    assert "f.gift:1: not read: an essay" in result.stdout


def test_a_dry_run_reports_by_line_and_needs_no_installation(file, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run("import", file, "--dry-run")
    assert result.exit_code == 0, result.output
    assert result.output.splitlines() == [
        "сұрақтар.gift:3: not read: an essay is not a kind of this bank",
        "сұрақтар.gift:1: note (T-001): an option that is worth a part of the points is kept as a wrong one",
        "gift: 1 read, 1 not read, 1 notes",
    ]
    assert list(tmp_path.iterdir()) == [file]


TWICE = (
    "// [tag:synaq:enemies=L-NONE]\n::T-001::Кім? {=хатшы ~төраға}\n\n::T-001::Не үшін? {=а ~ә}\n\n"
    "// [tag:synaq:valid_to=31.12.26] [tag:synaq:act=constitution-2026]\n::T-002::Қашан? {=бүгін ~ертең}\n"
)


def test_a_dry_run_names_what_is_not_kept_by_name_and_place(tmp_path):
    (tmp_path / "f.gift").write_text(TWICE, encoding="utf-8")
    told = run("import", tmp_path / "f.gift", "--dry-run").output
    assert (
        "f.gift:4: note (T-001): the code T-001 stands twice: at f.gift:2 it names another question" in told
    )
    assert "f.gift:2: note (T-001): enemies: L-NONE in neither the file nor the bank; left out" in told
    assert "f.gift:7: note (T-002): valid_to: '31.12.26' is not a date" in told


def test_another_question_under_a_code_of_the_bank_is_named_in_the_dry_run_and_the_write(
    file, tmp_path, monkeypatch
):
    monkeypatch.delenv("SYNAQ_DATABASE", raising=False)
    instance = tmp_path / "instance"
    assert CliRunner().invoke(main, ["init", "--instance", str(instance)]).exit_code == 0
    run("import", file, "--instance", instance)
    file.write_text(GIFT.replace("=хатшы ~төраға", "~хатшы =төраға"), encoding="utf-8")
    for more in ((), ("--dry-run",)):
        told = run("import", file, "--instance", instance, *more).output
        assert "сұрақтар.gift:1: not read (T-001): the bank has another question under this code" in told
    file.write_text(GIFT, encoding="utf-8")
    assert "another question" not in run("import", file, "--instance", instance, "--dry-run").output


def test_a_dry_run_in_json(file):
    told = json.loads(run("import", file, "--dry-run", "--json").stdout)
    [item] = told["items"]
    assert told["format"] == "gift"
    assert (item["kind"], item["stem"]["kk"], item["key"]) == ("single", "Хаттаманы кім жүргізеді?", 0)
    assert [option["kk"] for option in item["options"]] == ["хатшы", "төраға", "мүше"]
    assert [problem["check"] for problem in told["problems"]] == ["essay"]


def test_without_an_installation_nothing_is_written(file, tmp_path):
    refused(run("import", file, "--instance", tmp_path / "nowhere"), "run `synaq init` first")


def test_an_import_writes_drafts_once_and_an_export_gives_them_back(file, tmp_path, monkeypatch):
    monkeypatch.delenv("SYNAQ_DATABASE", raising=False)
    instance = tmp_path / "instance"
    assert CliRunner().invoke(main, ["init", "--instance", str(instance)]).exit_code == 0
    assert "1 written as drafts, 0 were there already" in run("import", file, "--instance", instance).output
    assert "0 written as drafts, 1 were there already" in run("import", file, "--instance", instance).output
    database = Database.of(load(instance))
    with database.reading() as session:
        assert session.scalar(sa.select(ItemRow.state).where(ItemRow.code == "T-001")) == "draft"
    database.dispose()
    out = tmp_path / "out.gift"
    written = run("export", "--format", "gift", "--out", out, "--area", "unsorted", "--instance", instance)
    assert written.output.startswith("1 items written to")
    assert "::T-001::" in out.read_text(encoding="utf-8")


def test_an_area_that_is_not_there_is_refused(tmp_path):
    refused(
        run("export", "--format", "gift", "--out", tmp_path / "x", "--area", "nowhere"),
        "no item of this area",
    )


def test_a_place_that_cannot_be_written_is_refused(tmp_path):
    refused(run("export", "--format", "gift", "--out", tmp_path / "no" / "x"), "cannot be written")


@pytest.mark.parametrize("form", ["xlsx", "qti21", "moodle", "gift"])
def test_what_is_exported_is_imported_whole(form, tmp_path):
    out = tmp_path / "bank"
    assert run("export", "--format", form, "--area", "integrity", "--out", out).exit_code == 0
    told = json.loads(run("import", out, "--dry-run", "--json").stdout)
    assert told["format"] == form
    assert told["problems"] == []
    assert {item["details"]["area"] for item in told["items"]} == {"integrity"}
