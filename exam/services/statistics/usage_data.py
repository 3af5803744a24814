"""The figures of a report for other banks: QTI usage data of every item that counted."""

from exam.services.statistics.sitting_report import ItemLine, Report
from question_bank.interchange.usage_data import ItemUsage, write_usage_data


def usage_data(report: Report) -> str:
    """Return the figures of a report as QTI usage data; empty of items where too few people finished."""
    selection = report.selection
    context = f"urn:synaq:{selection.campaign}:{selection.part}"
    return write_usage_data(context, [_usage(line) for line in report.items])


def _usage(line: ItemLine) -> ItemUsage:
    figures = line.figures
    return ItemUsage(
        line.question.version.item,
        figures.n,
        {
            "difficulty": figures.difficulty,
            "itemRest": figures.item_rest,
            "upperLower27": figures.discrimination_27,
        },
        {option.option: option.n for option in line.options},
    )
