"""What the pages of the commission call things, in the language of the page."""

from math import ceil, floor
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from exam.rules.regimes import Names
from exam.services.commission.characteristics import SECTIONS
from exam.services.statistics.measurement_error import AreaPrecision, ScorePrecision
from exam.web import languages
from exam.web.statistics_words import without_minima
from exam.web.wording import ground_text, ground_texts
from exam.web.wordings import commission as words
from exam.web.wordings.sitting import area_name
from scoring import PersonPrecision


def commission_title(kind: str, region: Names | None) -> str:
    """The name of a commission: the central one, or that of a region."""
    if region is None or kind == "central":
        return _("Central attestation commission")
    return _("Regional attestation commission: %(region)s", region=region.of(languages.code()))


def page_names() -> dict[str, Any]:
    """Tables and functions that every page of the commission uses."""
    return {
        "language": languages.code(),
        "ground_text": ground_text,
        "ground_texts": ground_texts,
        "commission_title": commission_title,
        "precision_words": precision_words,
        "parts": words.PARTS,
        "offices": words.OFFICES,
        "case_states": words.CASE_STATES,
        "meeting_states": words.MEETING_STATES,
        "deadlines": words.DEADLINES,
        "sections": [(name, words.SECTIONS[name]) for name in SECTIONS],
        "quorum_bases": words.QUORUM_BASES,
    }


def precision_words(found: ScorePrecision) -> list[str]:
    """How exact a score is, for who decides on one officer: of what decided, rounded outwards to points."""
    if found.areas:
        first = _("The overall score reaches the threshold; the minimum of an area is what decided.")
        return [first, *(_area_words(area) for area in found.areas)]
    if found.at_cut is None:
        return []
    told = [_on_the_threshold(found.at_cut)]
    if found.with_minima:
        told.append(without_minima())
    return told


def _on_the_threshold(found: PersonPrecision) -> str:
    facts = {"low": floor(found.low), "high": ceil(found.high), "chance": _chance(found.other_side)}
    if found.passed:
        return _(
            "No test is exact: in 95 cases of 100 the true score lies between %(low)s and %(high)s points."
            " The chance that it is in truth below the threshold: %(chance)s.",
            **facts,
        )
    return _(
        "No test is exact: in 95 cases of 100 the true score lies between %(low)s and %(high)s points."
        " The chance that it in truth reaches the threshold: %(chance)s.",
        **facts,
    )


def _area_words(found: AreaPrecision) -> str:
    decided = _(
        "Area “%(area)s”: %(points)s points, at least %(minimum)s are required.",
        area=area_name(found.area),
        points=found.points,
        minimum=found.minimum,
    )
    at = found.at_minimum
    if at is None:
        return f"{decided} {_no_chance(found.questions)}"
    told = ngettext(
        "With %(num)d question the interval is wide: in 95 cases of 100 the true score there lies between"
        " %(low)s and %(high)s points. The chance that it in truth reaches the minimum: %(chance)s.",
        "With %(num)d questions the interval is wide: in 95 cases of 100 the true score there lies between"
        " %(low)s and %(high)s points. The chance that it in truth reaches the minimum: %(chance)s.",
        found.questions,
        low=floor(at.low),
        high=ceil(at.high),
        chance=_chance(at.other_side),
    )
    return f"{decided} {told}"


def _no_chance(questions: int) -> str:
    return ngettext(
        "For an area of %(num)d question no chance of error is computed.",
        "For an area of %(num)d questions no chance of error is computed.",
        questions,
    )


def _chance(share: float) -> str:
    return _("less than %(share)s %%", share=1) if share < 0.01 else f"{round(100 * share)} %"
