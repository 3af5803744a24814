"""The pages of the psychometrician: the report, a question, the workbook."""

import re
from io import BytesIO

import pytest
from openpyxl import load_workbook

from exam.rules.roles import Role
from exam.web.statistics_words import FlagLine, flag_kinds
from tests.simulated_test import many_singles, sat_test, with_planted_difference

LANGUAGES = ("kk", "ru", "en")


@pytest.fixture
def sat(sqlite_database):
    with sqlite_database.writing() as session:
        found = sat_test(session, 120, 8)
        session.expunge_all()
        return found


@pytest.fixture
def few(sqlite_database):
    with sqlite_database.writing() as session:
        found = sat_test(session, 5, 4)
        session.expunge_all()
        return found


def address(sat, tail=""):
    return f"/statistics/{sat.campaign.code}/legislation{tail}"


def numbers_in(report):
    """Numbers of the questions in the table, from top to bottom."""
    return [
        link.find_parent("tr").select_one("td.number").text
        for link in report.select("tbody th > a:has(code)")
    ]


@pytest.mark.parametrize("tail", ["", ".xlsx", "/usage-data.xml", "/items/1", "/fairness", "/forms/1"])
def test_a_stranger_is_turned_away(enter, sat, tail):
    enter(Role.ITEM_AUTHOR).get(address(sat, tail), status=403)


@pytest.mark.parametrize(
    "url", ["no-such/legislation", "{}/logic", "{}/legislation?form=99", "{}/legislation?sitting=x"]
)
def test_what_nobody_sat_is_not_found(enter, sat, url):
    enter(Role.PSYCHOMETRICIAN).get("/statistics/" + url.format(sat.campaign.code), status=404)


def test_a_form_of_another_campaign_is_not_found(enter, sat, few):
    enter(Role.PSYCHOMETRICIAN).get(address(sat, f"/forms/{few.form.id}"), status=404)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_shows_its_scores_errors_and_calibration(enter, sat, language):
    form = enter(Role.PSYCHOMETRICIAN, language=language).get(address(sat, f"/forms/{sat.form.id}"))
    assert str(sat.form.number) in form.select_one("h1").text
    assert len(form.select("figure.plot svg[aria-label]")) == 5
    questions = [link.text for link in form.select("tbody th > a code")]
    assert questions == [version.item for version in sat.versions]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_that_few_sat_has_a_note_and_no_figures(enter, few, language):
    form = enter(Role.PSYCHOMETRICIAN, language=language).get(address(few, f"/forms/{few.form.id}"))
    assert form.select_one(".note")
    assert not form.select("figure, table")


def test_a_question_of_another_test_is_not_found(enter, sat):
    enter(Role.PSYCHOMETRICIAN).get(address(sat, "/items/999999"), status=404)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_is_empty_until_somebody_has_finished(enter, language):
    assert enter(Role.PSYCHOMETRICIAN, language=language).get("/statistics/").select_one(".data-table__empty")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_shows_forms_questions_and_pictures(enter, sat, language):
    page = enter(Role.PSYCHOMETRICIAN, language=language)
    assert page.get("/statistics/").select_one("tbody a")["href"] == address(sat)
    report = page.get(address(sat))
    assert len(report.select("figure.plot svg[aria-label]")) >= 2
    assert numbers_in(report) == [str(number) for number in range(1, 9)]
    assert numbers_in(page.get(address(sat, "?sort=difficulty")))[0] == "8"
    assert set(numbers_in(page.get(address(sat, "?flagged=1")))) < set(numbers_in(report))


def test_a_flag_on_several_options_is_one_chip_with_its_number():
    rare, wrong = FlagLine("rare", "", "", grave=False), FlagLine("wrong", "", "", grave=True)
    assert flag_kinds([wrong, rare, rare]) == [("wrong", True, 1), ("rare", False, 2)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_few_people_get_a_note_and_no_table(enter, few, language):
    report = enter(Role.PSYCHOMETRICIAN, language=language).get(address(few))
    assert report.select_one(".note")
    assert not report.select("figure, .data-table")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_shows_its_options_curves_and_history(enter, sat, language):
    page = enter(Role.PSYCHOMETRICIAN, language=language)
    item = page.get(address(sat, f"/items/{sat.version_ids[1]}"))
    assert item.select_one(".choices__line--right").text.split()[0] == "C"
    rows = item.select("table")[0].select("tbody tr")
    assert [row.select_one("th").text.split()[0] for row in rows] == ["A", "B", "C", "D"]
    assert item.select("figure.plot svg")
    assert "120" in item.select("table")[-1].select_one("tbody tr").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_that_few_were_asked_has_no_figures(enter, few, language):
    page = enter(Role.PSYCHOMETRICIAN, language=language)
    item = page.get(address(few, f"/items/{few.version_ids[0]}"))
    assert not item.select("figure")
    assert item.select_one(".data-table__empty")


def test_the_workbook_has_the_figures_and_no_formula(enter, sat):
    page = enter(Role.PSYCHOMETRICIAN, language="ru")
    reply = page.client.get(address(sat, ".xlsx"))
    assert (
        reply.headers["Content-Disposition"] == f'attachment; filename="{sat.campaign.code}-legislation.xlsx"'
    )
    book = load_workbook(BytesIO(reply.data))
    assert len(book.worksheets) == 7
    options, groups = (list(book.worksheets[place].values) for place in (2, 3))
    assert sum(row[3] for row in options[1:5]) == 120
    assert sum(row[2] for row in groups[1:] if row[0] == groups[-1][0]) == 120
    questions = list(book.worksheets[1].values)
    assert [row[1] for row in questions[1:]] == [version.item for version in sat.versions]
    assert all(0 <= row[6] <= 1 for row in questions[1:])
    scores = list(book.worksheets[6].values)
    assert sum(row[1] for row in scores[1:]) == 120
    cells = [cell for each in book.worksheets for row in each.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_groups_stand_side_by_side(enter, sat, language):
    page = enter(Role.PSYCHOMETRICIAN, language=language).get(address(sat, "/fairness"))
    tables = page.select("table")
    assert [len(table.select("tbody tr")) for table in tables] == [2, 2, 1]
    assert len(page.select("figure svg")) == 2
    assert len(page.select(".note")) == 3  # a caveat, and too few people for two comparisons


def test_questions_that_differ_are_named(enter, sqlite_database):
    versions, rows = with_planted_difference()
    with sqlite_database.writing() as session:
        sat = sat_test(session, responses=rows, versions=versions)
        session.expunge_all()
    for language in LANGUAGES:
        page = enter(Role.PSYCHOMETRICIAN, language=language).get(address(sat, "/fairness"))
        rows = [chip.find_parent("tr") for chip in page.select("td .chip.tone--failed")]
        assert {row.select_one("th").text for row in rows} == {"L-005"}


def test_the_usage_data_name_every_question(enter, sat):
    reply = enter(Role.PSYCHOMETRICIAN).client.get(address(sat, "/usage-data.xml"))
    assert reply.mimetype == "application/xml"
    assert all(f'identifier="{version.item}"' in reply.text for version in sat.versions)


@pytest.fixture
def judged_by_areas(sqlite_database):
    """Everybody who has the overall threshold, and some of them not the minimum of an area."""
    with sqlite_database.writing() as session:
        found = sat_test(session, 60, 12, cut=5, minimum_by_area={"police": 5})
        session.expunge_all()
        return found


@pytest.mark.parametrize("tail", ["", "/forms/{}"])
def test_figures_of_the_cut_say_that_minima_of_areas_are_left_out(enter, judged_by_areas, tail):
    page = enter(Role.PSYCHOMETRICIAN, language="en")
    text = page.get(address(judged_by_areas, tail.format(judged_by_areas.form.id))).text
    assert "Right verdicts, Repeatable and Kappa: by the overall threshold alone" in text
    assert "By the overall threshold alone, without the minima of areas." in text


def test_without_minima_nothing_is_left_out(enter, sat):
    page = enter(Role.PSYCHOMETRICIAN, language="en")
    for tail in ("", f"/forms/{sat.form.id}"):
        assert "without the minima of areas" not in page.get(address(sat, tail)).text


def test_the_histogram_counts_by_the_verdict_too(enter, judged_by_areas):
    page = enter(Role.PSYCHOMETRICIAN, language="en")
    report = page.get(address(judged_by_areas))
    said = report.select_one("figure.plot svg")["aria-label"]
    passed = int(re.search(r"passed: (\d+), not passed: (\d+)", said).group(1))
    met = int(re.search(r"(\d+) at or above", said).group(1))
    assert 0 < passed < met
    assert f"{passed} (" in report.select_one("dl").text


def test_false_verdicts_stand_by_two_methods(enter, sat):
    report = enter(Role.PSYCHOMETRICIAN, language="en").get(address(sat))
    [table] = [t for t in report.select("table") if "Passes wrongly" in t.text]
    cells = [cell.text for cell in table.select("tbody td") if "/" in cell.text]
    assert len(cells) == 2
    assert all(re.fullmatch(r"\d+\.\d % / \d+\.\d %", cell) for cell in cells)


def test_a_question_of_two_forms_has_alpha_without_it_on_each(enter, sqlite_database):
    with sqlite_database.writing() as session:
        first = sat_test(session, 20, 8)
        sat_test(session, 20, versions=many_singles(6), campaign=first.campaign, number=first.form.number + 1)
        session.expunge_all()
    page = enter(Role.PSYCHOMETRICIAN, language="en")
    item = page.get(address(first, f"/items/{first.version_ids[1]}"))
    told = item.find(string="Alpha without it").find_next("dd").text
    assert re.fullmatch(r"form \d+: −?\d\.\d{3} \(all: .*\); form \d+: −?\d\.\d{3} \(all: .*\)", told)
    alone = page.get(address(first, f"/items/{first.version_ids[7]}"))
    told = alone.find(string="Alpha without it").find_next("dd").text
    assert re.fullmatch(r"−?\d\.\d{3}", told)


def test_times_that_were_not_recorded_are_said_to_be_so(enter, sat):
    item = enter(Role.PSYCHOMETRICIAN, language="en").get(address(sat, f"/items/{sat.version_ids[1]}"))
    assert "Time spent: not recorded." in item.text
