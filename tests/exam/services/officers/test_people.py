"""Staff lists: every problem at its cell and nothing written; then what an import does, and the search."""

import io
from datetime import date

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

from exam.errors import NotFoundError
from exam.rules.roles import Role
from exam.services import reference
from exam.services.officers import people
from exam.services.officers.officer_template import template
from exam.services.spreadsheets import read_sheet
from exam.storage.tables import JournalEntry, Officer
from tests import factories as make
from tests.factories import NOON
from tests.workbooks import ASAN, DANA, HEADERS, but, package, saved, staff_list, workbook

WRONG = [
    ({"IIN": None}, "A2", "empty"),
    ({"IIN": "   "}, "A2", "empty"),
    ({"IIN": "990101300004"}, "A2", "iin_check_digit"),
    ({"IIN": "990101300460"}, "A2", "iin_never_issued"),
    ({"IIN": "99010130000"}, "A2", "iin_not_twelve_digits"),
    ({"IIN": "９９０１０１３００００３"}, "A2", "iin_not_twelve_digits"),
    ({"IIN": "٩٩٠١٠١٣٠٠٠٠٣"}, "A2", "iin_not_twelve_digits"),
    ({"IIN": "990101300003\n"}, "A2", "iin_not_twelve_digits"),
    ({"IIN": " 990101300003"}, "A2", "iin_not_twelve_digits"),
    ({"IIN": 10130000312}, "A2", "iin-lost-zeros"),
    ({"IIN": date(1990, 1, 1)}, "A2", "iin_not_twelve_digits"),
    ({"Full name": "=A1"}, "B2", "formula"),
    ({"Full name": "007"}, "B2", "not-a-name"),
    ({"Full name": "Cеріков Асан"}, "B2", "two-scripts"),
    ({"Full name": "Серіков\u202eАсан"}, "B2", "hidden-signs"),
    ({"Full name": True}, "B2", "not-a-value"),
    ({"Birth date": "31.02.1990"}, "C2", "not-a-date"),
    ({"Birth date": "1990-01-31"}, "C2", "not-a-date"),
    ({"Birth date": "０１.02.1990"}, "C2", "not-a-date"),
    ({"Birth date": 33000}, "C2", "not-a-date"),
    ({"Birth date": date(2015, 1, 1)}, "C2", "date-impossible"),
    ({"Birth date": date(1900, 1, 1)}, "C2", "date-impossible"),
    ({"Sex": "x"}, "D2", "sex-unknown"),
    ({"Rank": date(2020, 1, 1)}, "E2", "not-text"),
    ({"Post": "x" * 301}, "F2", "too-long"),
    ({"Post category": "regional-18"}, "G2", "category-unknown"),
    ({"Region": "Атлантида"}, "I2", "region-unknown"),
    ({"Date of appointment": date(2030, 1, 1)}, "J2", "date-impossible"),
    ({"Date of appointment": date(2008, 1, 1)}, "J2", "appointed-too-young"),
    ({"Test language": "en"}, "M2", "language-unknown"),
]


@pytest.fixture
def session(sqlite_database):
    with sqlite_database.writing() as session:
        reference.seed_regions(session)
        yield session


def take_in(session, content, by="test", **how):
    return people.import_officers(session, read_sheet(content), by=by, at=NOON, **how)


def told(report):
    return [(each.cell, each.code) for each in report.problems]


def officers(session):
    return session.scalars(sa.select(Officer).order_by(Officer.id)).all()


def entries(session, tag):
    return session.scalars(sa.select(JournalEntry).where(JournalEntry.tag == tag)).all()


@pytest.mark.parametrize(
    ("changes", "cell", "code"), WRONG, ids=[f"{c} {i}" for i, (_, _, c) in enumerate(WRONG)]
)
def test_a_wrong_cell_is_named_and_nothing_is_written(session, changes, cell, code):
    report = take_in(session, staff_list(but(ASAN, changes), DANA))
    assert told(report) == [(cell, code)]
    assert not report.written
    assert not officers(session)
    assert not entries(session, "officer:added")


def test_all_problems_of_a_list_come_at_once_in_the_order_of_the_sheet(session):
    report = take_in(
        session,
        staff_list(
            but(ASAN, {"Test language": "en", "IIN": "1", "Sex": None}),
            DANA,
            but(ASAN, {"Region": "?"}),
            DANA,
        ),
    )
    assert told(report) == [
        ("A2", "iin_not_twelve_digits"),
        ("D2", "empty"),
        ("M2", "language-unknown"),
        ("I4", "region-unknown"),
        ("A5", "iin-twice"),
    ]
    assert report.problems[-1].facts == {"first": "A3"}
    assert not officers(session)


def test_a_list_without_its_columns_or_with_one_twice_is_refused(session):
    named = HEADERS["ru"]
    report = take_in(session, workbook([(*named[:-1], "ИИН", "№"), DANA]))
    assert told(report) == [("M1", "column-twice"), ("A1", "column-missing")]
    assert report.problems[1].column == "test_language"
    assert told(take_in(session, workbook([named]))) == [("A2", "no-rows")]


def test_digits_written_by_hand_into_the_sheet_are_refused_too(session):
    head = "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in HEADERS["en"])
    values = ["990101300003&#10;", *(str(v) for v in DANA[1:])]
    line = "".join(f'<c t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>' for value in values)
    report = take_in(session, package(f"<row>{head}</row><row>{line}</row>"))
    assert told(report) == [("A2", "iin_not_twelve_digits")]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_list_is_read_whatever_the_language_of_its_headers(database, language):
    with database.writing() as session:
        reference.seed_regions(session)
        report = take_in(session, staff_list(ASAN, DANA, language=language))
        assert (report.added, report.changed, report.unchanged, report.written) == (2, 0, 0, True)
        asan, dana = officers(session)
        assert (asan.sex, asan.birth_date, asan.region_code) == ("M", date(1993, 2, 1), "AST")
        assert (dana.sex, dana.birth_date, dana.region_code) == ("F", date(1988, 7, 15), "ALA")
        assert (dana.appointed_on, dana.test_language) == (date(2018, 9, 3), "ru")
        [entry] = entries(session, "officer:added")
        assert entry.facts == {"count": 2, "iins": [ASAN[0], DANA[0]]}


def test_sex_and_birth_come_from_their_columns_and_never_from_the_iin(session):
    """The number would say: a man, born on 1 January 1999."""
    take_in(session, staff_list(but(ASAN, {"Sex": "әйел", "Birth date": "05.06.1985"})))
    [officer] = officers(session)
    assert (officer.iin[:7], officer.sex, officer.birth_date) == ("9901013", "F", date(1985, 6, 5))


def test_a_second_import_of_the_same_list_changes_nothing(database):
    with database.writing() as session:
        reference.seed_regions(session)
        take_in(session, staff_list(ASAN, DANA))
        before = session.scalar(sa.select(sa.func.count()).select_from(JournalEntry))
        report = take_in(session, staff_list(ASAN, DANA))
        assert (report.added, report.changed, report.unchanged) == (0, 0, 2)
        assert session.scalar(sa.select(sa.func.count()).select_from(JournalEntry)) == before


def test_only_looking_writes_nothing(session):
    report = take_in(session, staff_list(ASAN), dry_run=True)
    assert (report.added, report.written) == (1, False)
    assert not officers(session)


def test_a_known_officer_is_updated_and_each_field_is_journalled(database):
    with database.writing() as session:
        reference.seed_regions(session)
        take_in(session, staff_list(ASAN, DANA))
        report = take_in(
            session, staff_list(but(ASAN, {"Rank": "полиция подполковнигі", "Region": "ALA"}), DANA)
        )
        assert (report.added, report.changed, report.unchanged) == (0, 1, 1)
        [entry] = entries(session, "officer:changed")
        assert entry.facts == {
            "iin": ASAN[0],
            "changes": {
                "rank": ["полиция майоры", "полиция подполковнигі"],
                "region_code": ["AST", "ALA"],
            },
        }
        asan = session.scalar(sa.select(Officer).where(Officer.iin == ASAN[0]))
        page = people.read_officer(session, asan.id, by=make.actor(session, Role.HR))
        assert {(c.column, c.new) for c in page.changes} == {
            ("rank", "полиция подполковнигі"),
            ("region_code", "ALA"),
        }


def test_hr_of_a_region_neither_adds_to_another_nor_takes_from_it(database):
    with database.writing() as session:
        reference.seed_regions(session)
        by = make.actor(session, Role.HR, region_code="AST")
        assert told(take_in(session, staff_list(ASAN, DANA), by=by)) == [("I3", "region-not-yours")]
        take_in(session, staff_list(DANA))
        moved = but(DANA, {"Region": "Астана қаласы"})
        assert told(take_in(session, staff_list(ASAN, moved), by=by)) == [("A3", "officer-elsewhere")]
        assert take_in(session, staff_list(ASAN), by=by).written


def test_an_officer_of_another_region_does_not_exist_for_me(database):
    with database.writing() as session:
        far = make.officer(session, region_code="ALA")
        by = make.actor(session, Role.HR, region_code="AST")
        with pytest.raises(NotFoundError):
            people.read_officer(session, far.id, by=by)
        with pytest.raises(NotFoundError):
            people.read_officer(session, 10**6, by=make.actor(session, Role.HR))
        assert people.list_officers(session, by=by).total == 0
        assert people.list_officers(session, by=by, region="ALA").total == 0


def test_officers_are_found_by_name_in_any_case_and_by_the_first_digits(database):
    with database.writing() as session:
        make.officer(session, full_name="Әлиев Қанат", iin="111111111111")
        make.officer(session, full_name="Серіков Асан", iin="112222222222", post_category="central-1")
        by = make.actor(session, Role.HR)

        def found(**asked):
            return [each.full_name for each in people.list_officers(session, by=by, **asked).rows]

        assert found(words="әлиев") == found(words=" ӘЛИЕВ ") == found(words="лиев") == ["Әлиев Қанат"]
        assert found(words="112") == found(category="central-1") == ["Серіков Асан"]
        assert found(words="%") == found(words="_") == []
        assert found(words="11", sort="-category") == ["Әлиев Қанат", "Серіков Асан"]
        assert found(sort="category'; DROP TABLE officer") == found()


def test_a_long_list_comes_a_page_at_a_time(database):
    with database.writing() as session:
        for number in range(53):
            make.officer(session, full_name=f"Серіков {number:03}")
        by = make.actor(session, Role.HR)
        page = people.list_officers(session, by=by, number=2)
        assert (page.number, page.pages, page.first, page.last, page.total) == (2, 2, 51, 53, 53)
        assert [each.full_name for each in page.rows] == ["Серіков 050", "Серіков 051", "Серіков 052"]
        assert people.list_officers(session, by=by, number=99).number == 2
        empty = people.list_officers(session, by=by, words="жоқ")
        assert (empty.number, empty.pages, empty.first, empty.last) == (1, 1, 0, 0)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_template_is_a_list_without_lines_until_somebody_fills_it_in(session, language):
    empty = template(language)
    assert told(take_in(session, empty)) == [("A2", "no-rows")]
    book = load_workbook(io.BytesIO(empty))
    for place, value in enumerate(ASAN, start=1):
        book.worksheets[0].cell(2, place, value)
    assert take_in(session, saved(book)).written
    codes = {row[0] for row in book.worksheets[1].iter_rows(values_only=True)}
    assert {"CENTRE", "AST", "central-12", "regional-17"} <= codes
