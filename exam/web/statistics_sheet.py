"""The report as a workbook (.xlsx): forms, questions, scores, flags; in the language of the page."""

from collections import Counter
from collections.abc import Iterable, Sequence
from io import BytesIO
from math import isfinite

from flask_babel import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from exam.services.statistics.form_figures import FormFigures
from exam.services.statistics.sitting_report import ItemLine, Report
from exam.web.statistics_words import flag_lines, right_names, stem_of
from exam.web.wordings.sitting import AREAS, PARTS

Cells = Sequence[object]
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
DECIMALS = "0.000"


def workbook(report: Report, campaign: str) -> bytes:
    """Return the workbook of a report; `campaign` is the name of the campaign."""
    book = Workbook()
    first = book.active
    first.title = _("Forms")
    _write(first, _form_head(), (_form_row(form) for form in report.forms))
    first.insert_rows(1, 2)
    first["A1"] = _text(f"{campaign}. {PARTS[report.selection.part]}")
    first["A1"].font = Font(bold=True)
    _write(book.create_sheet(_("Questions")), _item_head(), _item_rows(report.items))
    _write(book.create_sheet(_("Flags")), _flag_head(), _flag_rows(report.items))
    scores = sorted(Counter(report.scores).items())
    _write(book.create_sheet(_("Scores")), (_("Score, points"), _("People")), scores)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _write(sheet: Worksheet, head: Cells, rows: Iterable[Cells]) -> None:
    for place, words in enumerate(head, start=1):
        cell = sheet.cell(1, place, str(words))
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[cell.column_letter].width = 18
    for number, row in enumerate(rows, start=2):
        for place, value in enumerate(row, start=1):
            cell = sheet.cell(number, place, _cell(value))
            cell.number_format = DECIMALS if isinstance(value, float) else cell.number_format
    sheet.freeze_panes = "A2"


def _cell(value: object) -> object:
    if isinstance(value, float):
        return value if isfinite(value) else None
    return value if isinstance(value, int) else _text(str(value))


def _text(words: str) -> str:
    """Words that a spreadsheet may take for a formula are written so that it does not."""
    return f"'{words}" if words.startswith(FORMULA_SIGNS) else words


def _form_head() -> Cells:
    return (
        _("Form"),
        _("People"),
        _("Passed"),
        _("Maximum"),
        _("Mean"),
        _("Standard deviation"),
        _("Alpha"),
        _("Alpha, lower limit"),
        _("Alpha, upper limit"),
        _("Standard error of measurement"),
        _("Threshold"),
        _("Right verdicts"),
        _("Repeatable verdicts"),
        _("Kappa"),
    )


def _form_row(form: FormFigures) -> Cells:
    found, known = form.reliability, form.consistency
    none = float("nan")
    sure = (known.accuracy, known.consistency, known.kappa) if known else (none, none, none)
    alpha = (found.alpha, found.alpha_low, found.alpha_high, found.sem)
    return (
        form.number,
        form.persons,
        form.passed,
        form.maximum,
        form.shape.mean,
        form.shape.sd,
        *alpha,
        form.cut,
        *sure,
    )


def _item_head() -> Cells:
    return (
        _("No."),
        _("Question"),
        _("Version"),
        _("Area"),
        _("Key"),
        _("People"),
        _("Difficulty"),
        _("Standard deviation"),
        _("Item–rest correlation"),
        _("Biserial"),
        _("Upper–lower index"),
        _("Alpha without it"),
        _("No answer"),
        _("Flags"),
        _("Text"),
    )


def _item_rows(items: Iterable[ItemLine]) -> Iterable[Cells]:
    for number, line in enumerate(items, start=1):
        version, found = line.question.version, line.figures
        yield (
            number,
            version.item,
            version.number,
            AREAS.get(line.question.area, line.question.area),
            right_names(line.question),
            found.n,
            found.difficulty,
            found.sd,
            found.item_rest,
            found.biserial,
            found.discrimination_27,
            found.alpha_if_deleted,
            found.omitted + found.not_reached,
            ", ".join(flag.word for flag in flag_lines(line.flags, line.question)),
            stem_of(line.question),
        )


def _flag_head() -> Cells:
    return (_("Question"), _("Flag"), _("What was found"), _("Where the cut-off comes from"))


def _flag_rows(items: Iterable[ItemLine]) -> Iterable[Cells]:
    for line in items:
        for flag in flag_lines(line.flags, line.question):
            yield line.question.version.item, flag.word, flag.sentence, flag.source
