"""What the pages of the commission call things, in the language of the page."""

from math import ceil, floor
from typing import Any

from flask_babel import gettext as _

from exam.rules.regimes import Names
from exam.services.commission.characteristics import SECTIONS
from exam.web import languages
from exam.web.wording import ground_text, ground_texts
from exam.web.wordings import commission as words
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


def precision_words(found: PersonPrecision) -> str:
    """How exact a score is, for who decides on one officer; rounded outwards to whole points."""
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


def _chance(share: float) -> str:
    return _("less than %(share)s %%", share=1) if share < 0.01 else f"{round(100 * share)} %"
