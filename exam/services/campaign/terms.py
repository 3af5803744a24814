"""The days that a case must keep, under the regime of its campaign.

Source
------
Decree No. 490 of 28 February 2024, Rules, 5-7, 20 and 21.
"""

from datetime import date

from exam.rules.calendar import DatesAfter, DatesBefore, dates_after, dates_before, kazakhstan
from exam.rules.regimes import regime
from exam.storage.tables import Campaign


def days_before(campaign: Campaign, *, meeting: date) -> DatesBefore:
    """Return the last days for the notice, the characteristic and the materials of a meeting."""
    return dates_before(
        regime(campaign.regime).terms,
        attestation_starts=campaign.starts_on,
        meeting=meeting,
        calendar=kazakhstan({meeting.year - 1, meeting.year}),
    )


def days_after(campaign: Campaign, *, decided: date) -> DatesAfter:
    """Return the last days for the protocol and for the officer's signature."""
    return dates_after(
        regime(campaign.regime).terms,
        decided=decided,
        calendar=kazakhstan({decided.year, decided.year + 1}),
    )
