"""Which test a page of the statistics is about: read from its address, and what stands around its content."""

from typing import Any

from flask import request

from exam.errors import NotFoundError
from exam.services.statistics import sitting_report
from exam.services.statistics.collected_answers import Selection
from exam.web import access


def selection(campaign: str, part: str) -> Selection:
    """The selection that the address names."""
    return Selection(campaign, part, _number("form"), _number("sitting"))


def _number(name: str) -> int | None:
    text = request.args.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise NotFoundError(name)
    return int(text)


def around(campaign: str, part: str) -> dict[str, Any]:
    """What every page of a test shows around its content."""
    session = access.session()
    return {
        "test": sitting_report.test_line(session, campaign, part),
        "forms": sitting_report.forms_of(session, campaign, part),
        "sittings": sitting_report.sittings_of(session, campaign, part),
        "narrowed": {name: request.args[name] for name in ("form", "sitting") if request.args.get(name)},
    }
