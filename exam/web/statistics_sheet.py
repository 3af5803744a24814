"""The report as a workbook (.xlsx), in the language of the page: forms, questions, options, groups, flags."""

from collections import Counter
from collections.abc import Iterable, Sequence
from io import BytesIO
from math import isfinite

from flask_babel import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from exam.services.statistics.fairness import Fairness
from exam.services.statistics.form_figures import FormFigures
from exam.services.statistics.sitting_report import ItemLine, Report
from exam.web.statistics_words import (
    GroupRow,
    flag_lines,
    group_name,
    option_name,
    option_text,
    right_names,
    stem_of,
)
from exam.web.wordings.sitting import AREAS, PARTS
from exam.web.wordings.statistics import GROUPINGS

Cells = Sequence[object]
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
DECIMALS = "0.000"
UNKNOWN = float("nan")


def workbook(report: Report, fairness: Fairness, *, campaign: str, groups: Iterable[GroupRow]) -> bytes:
    """Return the workbook of a report; `campaign` is the name of the campaign."""
    book = Workbook()
    title = f"{campaign}. {PARTS[report.selection.part]}"
    book.active.title = _("Forms")
    _write(book.active, _form_head(), map(_form_row, report.forms), title=title)
    items = report.items
    sheets: tuple[tuple[str, Cells, Iterable[Cells]], ...] = (
        (_("Questions"), _item_head(), _item_rows(items)),
        (_("Options"), _option_head(), _option_rows(items)),
        (_("Groups"), _group_head(), map(_group_row, groups)),
        (_("Fairness"), _difference_head(), _difference_rows(fairness)),
        (_("Flags"), _flag_head(), _flag_rows(items)),
        (_("Scores"), (_("Score, points"), _("People")), sorted(Counter(report.scores).items())),
    )
    for name, head, rows in sheets:
        _write(book.create_sheet(name), head, rows)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _write(sheet: Worksheet, head: Cells, rows: Iterable[Cells], *, title: str = "") -> None:
    top = 3 if title else 1
    if title:
        sheet["A1"], sheet["A1"].font = _text(title), Font(bold=True)
    for place, words in enumerate(head, start=1):
        cell = sheet.cell(top, place, str(words))
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[cell.column_letter].width = 18
    for number, row in enumerate(rows, start=top + 1):
        for place, value in enumerate(row, start=1):
            cell = sheet.cell(number, place, _cell(value))
            cell.number_format = DECIMALS if isinstance(value, float) else cell.number_format
    sheet.freeze_panes = f"A{top + 1}"


def _cell(value: object) -> object:
    if value is None or (isinstance(value, float) and not isfinite(value)):
        return None
    return value if isinstance(value, int | float) else _text(str(value))


def _text(words: str) -> str:
    """Words that a spreadsheet may take for a formula are written so that it does not."""
    return f"'{words}" if words.startswith(FORMULA_SIGNS) else words


def _form_head() -> Cells:
    return (
        *(_("Form"), _("People"), _("Passed"), _("Maximum"), _("Threshold")),
        *(_("Mean"), _("Median"), _("Standard deviation"), _("Skewness"), _("Kurtosis")),
        *(_("Lowest"), _("Highest"), _("Mean difficulty"), _("Mean item–rest correlation")),
        *(_("Alpha"), _("Alpha, lower limit"), _("Alpha, upper limit"), "KR-20", "KR-21"),
        *(_("Guttman’s lambda 2"), _("Split halves"), _("Omega")),
        *(_("Standard error of measurement"), _("Error at the threshold")),
        *map(_of_threshold, (_("Right verdicts"), _("Repeatable verdicts"), _("Kappa"))),
        *(_of_threshold(words) for words in _wrongly("Livingston–Lewis")),
        *(_of_threshold(words) for words in _wrongly("Hanson–Brennan")),
        *(_("Passed over"), _("Reached the end"), _("Speed variance ratio")),
    )


def _of_threshold(words: str) -> str:
    """Figures about the cut leave the minima of areas out of account."""
    return _("%(figure)s (by the overall threshold alone)", figure=words)


def _wrongly(method: str) -> tuple[str, str]:
    passes, fails = _("Passes wrongly"), _("Fails wrongly")
    return f"{passes}, {method}", f"{fails}, {method}"


def _form_row(form: FormFigures) -> Cells:
    shape, found, sure = form.shape, form.reliability, form.consistency
    return (
        *(form.number, form.persons, form.passed, form.maximum, form.cut),
        *(shape.mean, shape.median, shape.sd, shape.skewness, shape.kurtosis),
        *(shape.lowest, shape.highest, form.mean_difficulty, form.mean_item_rest),
        *(found.alpha, found.alpha_low, found.alpha_high, found.kr20, found.kr21),
        *(found.lambda2, found.split_half, found.omega_total),
        *(found.sem, form.cut_error),
        *((sure.accuracy, sure.consistency, sure.kappa) if sure else (UNKNOWN,) * 3),
        *((sure.false_pass, sure.false_fail) if sure else (UNKNOWN,) * 2),
        *((form.compound.false_pass, form.compound.false_fail) if form.compound else (UNKNOWN,) * 2),
        *(form.omitted, form.speed.completed, form.speed.speed_variance_ratio),
    )


def _item_head() -> Cells:
    return (
        *(_("No."), _("Question"), _("Version"), _("Area"), _("Key"), _("People")),
        *(_("Difficulty"), _("Standard deviation"), _("Item–rest correlation"), _("Biserial")),
        *(_("Upper–lower index"), _("Alpha without it"), _("Passed over"), _("Not reached")),
        *(_("Flags"), _("Text")),
    )


def _item_rows(items: Iterable[ItemLine]) -> Iterable[Cells]:
    for number, line in enumerate(items, start=1):
        question, found = line.question, line.figures
        yield (
            *(number, question.version.item, question.version.number),
            *(AREAS.get(question.area, question.area), right_names(question), found.n),
            *(found.difficulty, found.sd, found.item_rest, found.biserial),
            *(found.discrimination_27, found.alpha_if_deleted, found.omitted, found.not_reached),
            ", ".join(flag.word for flag in flag_lines(line.flags, question)),
            stem_of(question),
        )


def _option_head() -> Cells:
    return (
        *(_("Question"), _("Answer"), _("Key"), _("People"), _("Share")),
        *(_("Mean score of those who chose it"), _("Correlation with the other points"), _("Words")),
    )


def _option_rows(items: Iterable[ItemLine]) -> Iterable[Cells]:
    for line in items:
        for option in line.options:
            yield (
                *(line.question.version.item, option_name(line.question, option.option)),
                *(_("key") if option.key else "", option.n, option.proportion),
                *(option.mean_score, option.item_rest),
                option_text(line.question, option.option),
            )


def _group_head() -> Cells:
    return (
        *(_("By"), _("Group"), _("People"), _("Mean share of points"), _("Standard deviation")),
        *(_("Standard error"), _("Passed"), _("Passed, lower limit"), _("Passed, upper limit"), _("Alpha")),
    )


def _group_row(row: GroupRow) -> Cells:
    line = row.line
    return (
        *(row.grouping, row.group, line.persons, line.mean, line.sd),
        *(line.error, line.passed, line.pass_low, line.pass_high, line.alpha),
    )


def _difference_head() -> Cells:
    return (
        *(_("By"), _("Group"), _("People"), _("Others"), _("Question")),
        *(_("Odds ratio"), _("Delta"), _("Standard error"), _("Probability"), _("Class")),
        *(_("Gain in R²"), _("Probability"), _("Class")),
        *(_("Difference of shares"), _("Standard error"), _("Class")),
    )


def _difference_rows(fairness: Fairness) -> Iterable[Cells]:
    for contrast in fairness.contrasts:
        who = (GROUPINGS[contrast.grouping], group_name(contrast.grouping, contrast.focal))
        for item in contrast.items:
            yield (
                *(*who, contrast.n_focal, contrast.n_reference, item.question.version.item),
                *(item.odds, item.delta, item.error, item.p, item.ets_class),
                *(item.gain, item.gain_p, item.gain_class),
                *(item.points, item.points_error, item.points_class),
            )


def _flag_head() -> Cells:
    return (_("Question"), _("Flagged as"), _("What was found"), _("Where the cut-off comes from"))


def _flag_rows(items: Iterable[ItemLine]) -> Iterable[Cells]:
    for line in items:
        for flag in flag_lines(line.flags, line.question):
            yield line.question.version.item, flag.word, flag.sentence, flag.source
