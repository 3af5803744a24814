from datetime import date

import pytest

from exam.errors import RefusedError
from exam.rules.roles import Role
from exam.services.campaign import thresholds
from exam.services.campaign.thresholds import Proposal
from scoring.outcome import PartKind
from tests import factories as make
from tests.factories import NOON

COMMON = {
    "part": PartKind.LEGISLATION,
    "questions": 60,
    "minutes": 60,
    "points": 36,
    "minimum_by_area": {"service": 5},
    "blueprint": "legislation-60",
    "source": "үлгі",
    "sample": True,
    "valid_from": date(2024, 4, 1),
}


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"points": 0}, "points-out-of-range"),
        ({"points": 61}, "points-out-of-range"),
        ({"minutes": 0}, "minutes-out-of-range"),
        ({"source": "  "}, "source-missing"),
        ({"minimum_by_area": {"service": 61}}, "minimum-out-of-range"),
        ({"part": PartKind.NORMS}, "norms-have-no-threshold"),
    ],
)
def test_a_threshold_without_sense_is_refused(database, given, code):
    with database.writing() as session, pytest.raises(RefusedError, match=code):
        by = make.actor(session, Role.PSYCHOMETRICIAN)
        thresholds.propose(session, make.campaign(session), Proposal(**COMMON | given), by=by, at=NOON)


def test_who_proposed_does_not_approve_nor_approves_anybody_twice(database):
    with database.writing() as session:
        proposer, approver = make.actor(session, Role.PSYCHOMETRICIAN), make.actor(session, Role.CHAIR)
        row = thresholds.propose(session, make.campaign(session), Proposal(**COMMON), by=proposer, at=NOON)
        with pytest.raises(RefusedError, match="proposer-approves"):
            thresholds.approve(session, row.id, by=proposer, at=NOON)
        thresholds.approve(session, row.id, by=approver, at=NOON)
        with pytest.raises(RefusedError, match="approved-already"):
            thresholds.approve(session, row.id, by=approver, at=NOON)


def test_two_accounts_of_one_officer_are_one_person(database):
    with database.writing() as session:
        officer = make.officer(session)
        first, second = (make.actor(session, Role.CHAIR, officer_id=officer.id) for _ in range(2))
        proposer = make.actor(session, Role.PSYCHOMETRICIAN)
        row = thresholds.propose(session, make.campaign(session), Proposal(**COMMON), by=proposer, at=NOON)
        thresholds.approve(session, row.id, by=first, at=NOON)
        with pytest.raises(RefusedError, match="same_person"):
            thresholds.approve(session, row.id, by=second, at=NOON)


def test_in_force_is_the_latest_begun_with_two_approvals_and_the_category_goes_first(database):
    with database.writing() as session:
        of = make.campaign(session)
        day = date(2024, 5, 14)
        make.threshold(session, of, approvals=1, valid_from=date(2024, 5, 1))
        old = make.threshold(session, of, valid_from=date(2024, 1, 1))
        new = make.threshold(session, of, valid_from=date(2024, 4, 1))
        own = make.threshold(session, of, valid_from=date(2024, 2, 1), post_category="central-1")
        make.threshold(session, of, valid_from=date(2024, 6, 1))

        def in_force(category, on=day):
            return thresholds.threshold_in_force(session, of.id, PartKind.LEGISLATION, category, on)

        assert in_force("regional-5") == new
        assert in_force("central-1") == own
        assert in_force("regional-5", date(2024, 3, 31)) == old
        assert in_force("regional-5", date(2023, 12, 31)) is None
        assert thresholds.threshold_in_force(session, of.id, PartKind.LOGIC, "regional-5", day) is None
