"""The report after a sitting, on simulated attempts: against the definitions, and what it refuses to say."""

import numpy as np
import pytest
import sqlalchemy as sa

from exam.errors import NotFoundError
from exam.services.statistics import sitting_report
from exam.services.statistics.collected_answers import Selection, collect
from exam.storage.tables import AttemptResult
from question_bank.items import score_response
from question_bank.presentation import question_order
from tests import examination_room as rooms
from tests import factories as make
from tests.factories import NOON
from tests.simulated_test import sat_test


def selection_of(sat, **given):
    return Selection(sat.campaign.code, sat.form.part, **given)


def points_of(sat):
    """Points by the definition, from the stored responses."""
    return np.array(
        [[score_response(v, r) for v, r in zip(sat.versions, row, strict=True)] for row in sat.responses],
        dtype=float,
    )


def test_a_test_that_nobody_sat_is_not_found(database):
    with database.writing() as session:
        campaign = make.campaign(session)
        for code in (campaign.code, "no-such"):
            with pytest.raises(NotFoundError):
                sitting_report.report(session, Selection(code, "legislation"))


@pytest.mark.parametrize("narrowed", [{"form_id": 10**6}, {"sitting_id": 10**6}])
def test_a_form_or_sitting_outside_the_test_is_not_found(database, narrowed):
    with database.writing() as session, pytest.raises(NotFoundError):
        sitting_report.report(session, selection_of(sat_test(session, 2, 3), **narrowed))


def test_a_few_people_give_no_figures(database):
    with database.writing() as session:
        found = sitting_report.report(session, selection_of(sat_test(session, 9, 4)))
        assert (found.persons, found.items, found.forms, found.enough) == (9, (), (), False)


def test_below_a_hundred_people_nothing_is_flagged(database):
    with database.writing() as session:
        wrong = [["0", "1"]] * 99  # the keys are 1 and 2
        found = sitting_report.report(
            session, selection_of(sat_test(session, responses=wrong, n_items=2, cut=1))
        )
        assert [line.figures.difficulty for line in found.items] == [0, 0]
        assert not found.flagged


def test_from_a_hundred_people_on_flags_name_what_is_wrong(database):
    with database.writing() as session:
        wrong = [["0", "2"]] * 100
        found = sitting_report.report(
            session, selection_of(sat_test(session, responses=wrong, n_items=2, cut=1))
        )
        assert "too_hard" in {flag.code for flag in found.items[0].flags}
        assert "far_too_easy" in {flag.code for flag in found.items[1].flags}


def test_figures_agree_with_their_definitions(database):
    with database.writing() as session:
        sat = sat_test(session, 40, 12)
        found = sitting_report.report(session, selection_of(sat))
    points = points_of(sat)
    totals = points.sum(axis=1)
    rest = [np.corrcoef(points[:, j], totals - points[:, j])[0, 1] for j in range(12)]
    spread = points.var(axis=0, ddof=1).sum() / totals.var(ddof=1)
    alpha = 12 / 11 * (1 - spread)
    np.testing.assert_allclose([line.figures.difficulty for line in found.items], points.mean(axis=0))
    np.testing.assert_allclose([line.figures.item_rest for line in found.items], rest, rtol=1e-10)
    assert found.scores == tuple(totals.astype(int))
    [form] = found.forms
    assert form.reliability.alpha == pytest.approx(alpha)
    assert form.reliability.sem == pytest.approx(totals.std(ddof=1) * (1 - alpha) ** 0.5)
    assert (form.cut, form.maximum, form.persons) == (6, 12, 40)
    assert found.passed == form.passed == int((totals >= 6).sum())
    assert form.cut_error == pytest.approx((6 * 6 / 11) ** 0.5)
    assert form.consistency is not None
    assert 0.5 < form.consistency.consistency < form.consistency.accuracy < 1


def test_questions_of_every_kind_are_read(database):
    with database.writing() as session:
        versions = rooms.questions("L")
        right = ["1", "0,2", "", "", "918273,0", "2", "3", "0"]
        wrong = ["0", "0,1", "0,1,2", "0,1,2", "7", "", "", ""]
        sat = sat_test(session, responses=[right, wrong] * 6, versions=versions, cut=3)
        found = collect(session, selection_of(sat))
        np.testing.assert_array_equal(found.matrix.points, points_of(sat))


def test_what_follows_the_last_answer_in_the_order_seen_was_not_reached(database):
    with database.writing() as session:
        sat = sat_test(session, responses=[["", "2", "3"]] * 2, n_items=3, cut=1)
        matrix = collect(session, selection_of(sat)).matrix
        order = question_order(bytes.fromhex("ab" * 16), [version.item for version in sat.versions])
        last = order[-1] == sat.versions[0].item
        assert matrix.missing[0, 0] == (2 if last else 1)


def test_two_forms_are_judged_each_by_its_own_people(database):
    with database.writing() as session:
        first = sat_test(session, 20, 6, cut=3)
        second = sat_test(
            session,
            15,
            versions=[rooms.single(f"M-{place}", place % 4) for place in range(4)],
            cut=2,
            campaign=first.campaign,
            number=2,
            seed=3,
        )
        found = sitting_report.report(session, selection_of(first))
        assert [(form.persons, form.maximum, form.cut) for form in found.forms] == [(20, 6, 3), (15, 4, 2)]
        assert [line.figures.n for line in found.items] == [20] * 6 + [15] * 4
        narrowed = sitting_report.report(session, selection_of(first, form_id=second.form.id))
        assert (narrowed.persons, len(narrowed.items)) == (15, 4)
        by_sitting = sitting_report.report(session, selection_of(first, sitting_id=first.sitting.id))
        assert by_sitting.persons == 20


def test_only_the_latest_scoring_of_an_attempt_counts(database):
    with database.writing() as session:
        sat = sat_test(session, 12, 4)
        old = session.scalars(
            sa.select(AttemptResult).where(AttemptResult.attempt_id == sat.attempts[0])
        ).one()
        make.save(
            session,
            AttemptResult(
                attempt_id=old.attempt_id, form_id=old.form_id, scoring_version=2, responses=old.responses,
                points=[0, 0, 0, 0], total=0, input_digest="1" * 64, scored_at=NOON,
            ),
        )  # fmt: skip
        found = sitting_report.report(session, selection_of(sat))
        assert found.persons == 12


def test_the_list_names_each_test_once(database):
    with database.writing() as session:
        sat = sat_test(session, 3, 4)
        code = sat.campaign.code
        [line] = sitting_report.tests_sat(session)
        assert (line.campaign, line.part, line.persons, line.forms) == (code, "legislation", 3, 1)
        assert sitting_report.test_line(session, code, "legislation") == line
        with pytest.raises(NotFoundError):
            sitting_report.test_line(session, code, "logic")
        assert [form.persons for form in sitting_report.forms_of(session, code, "legislation")] == [3]
        assert [each.room for each in sitting_report.sittings_of(session, code, "legislation")] == ["1-сынып"]
