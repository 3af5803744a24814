"""Who is not attested, and for how long.

Under Decree No. 490 an officer is exempt during pregnancy and during the leaves of article 77 of the Law, and
for no other cause; the regular attestation also spares heads and those with twenty years of service. Which
causes a campaign knows, its regime says. An exempt officer is neither absent nor failed.

Source
------
Decree of the President of the Republic of Kazakhstan No. 490 of 28 February 2024, Rules, 2; Law on
law-enforcement service of 6 January 2011 No. 380-IV, articles 47 (4) and 77.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from exam.rules.calendar import months_after
from exam.rules.refusals import Refusal


class ExemptionGround(StrEnum):
    """Why an officer is not attested."""

    PREGNANCY = "pregnancy"
    CHILD_CARE_LEAVE = "child_care_leave"
    ARTICLE_77_LEAVE = "article_77_leave"
    HEAD_OR_DEPUTY = "head_or_deputy"
    TWENTY_YEARS = "twenty_years"


ENDING_GROUNDS = frozenset(
    {ExemptionGround.PREGNANCY, ExemptionGround.CHILD_CARE_LEAVE, ExemptionGround.ARTICLE_77_LEAVE}
)
"""Grounds that end with a return to service."""


@dataclass(frozen=True, slots=True)
class ReturnTerm:
    """When an officer is attested after his return, in months; None means that no bound is set."""

    not_before_months: int | None = None
    not_after_months: int | None = None


@dataclass(frozen=True, slots=True)
class Exemption:
    """A time during which an officer is exempt: both days included, `last_day` None while it is open."""

    ground: ExemptionGround
    first_day: date
    last_day: date | None
    document: str


def exemption_problems(exemption: Exemption, allowed: Collection[ExemptionGround]) -> tuple[Refusal, ...]:
    """Return everything that is wrong with an exemption as entered; empty when nothing is."""
    problems = []
    if exemption.ground not in allowed:
        problems.append(Refusal("ground_not_in_regime", (("ground", exemption.ground.value),)))
    if exemption.last_day is not None and exemption.last_day < exemption.first_day:
        problems.append(Refusal("ends_before_it_begins"))
    if not exemption.document.strip():
        problems.append(Refusal("document_missing"))
    return tuple(problems)


def exemption_on(day: date, exemptions: Iterable[Exemption]) -> Exemption | None:
    """Return the first exemption that covers `day`, or None."""
    return next((each for each in exemptions if _covers(each, day)), None)


def attested_from(returned: date, term: ReturnTerm) -> tuple[date | None, date | None]:
    """Return the first and the last day for attesting an officer who came back on `returned`.

    Source
    ------
    Law on law-enforcement service, article 47 (4), in the redactions of 2021 and of 2025.
    """
    first, last = term.not_before_months, term.not_after_months
    return (
        None if first is None else months_after(returned, first),
        None if last is None else months_after(returned, last),
    )


def _covers(exemption: Exemption, day: date) -> bool:
    return exemption.first_day <= day and (exemption.last_day is None or day <= exemption.last_day)
