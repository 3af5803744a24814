from datetime import date

import pytest

from exam.errors import NotFoundError, RefusedError
from exam.rules.roles import Role
from exam.services.examiner import heats, measuring
from exam.storage.tables import JournalEntry, PartResult
from tests import factories as make
from tests.factories import NOON


class Track:
    """An approved schedule of norms, two examiners, an officer of 31 at the stage of norms."""

    def __init__(self, session, **officer):
        self.session = session
        self.campaign = make.campaign(session)
        self.schedule = make.schedule(session, self.campaign, "norms")
        self.enters, self.confirms = (make.actor(session, Role.EXAMINER, region_code="AST") for _ in range(2))
        self.enrolment = make.enrolment(session, of=self.campaign, stage=2, **officer)

    def start(self, exercise):
        heat = heats.plan_heat(
            self.session, self.schedule.id, exercise=exercise, starts_at=NOON, by=self.enters, at=NOON
        )
        heats.put_on_the_start(self.session, heat, [self.enrolment], by=self.enters, at=NOON)
        return heat, heat.starters[0]

    def enter(self, starter, typed, **given):
        return measuring.enter(self.session, starter.id, typed, **{"by": self.enters, "at": NOON} | given)

    def run(self, **typed):
        for exercise, text in typed.items():
            _heat, starter = self.start(exercise)
            entry = self.enter(starter, text).measurement
            measuring.confirm(self.session, entry.id, by=self.confirms, at=NOON)

    def result(self):
        return self.session.query(PartResult).order_by(PartResult.id.desc()).first()


def test_no_heat_without_an_approved_schedule_of_my_region(database):
    with database.writing() as session:
        of = make.campaign(session)
        mine = make.actor(session, Role.EXAMINER, region_code="AST")
        draft = make.schedule(session, of, "norms", approved=False)
        plan = {"exercise": "run100", "starts_at": NOON, "at": NOON}
        with pytest.raises(RefusedError, match="schedule-not-approved"):
            heats.plan_heat(session, draft.id, by=mine, **plan)
        with pytest.raises(NotFoundError):
            heats.plan_heat(session, make.schedule(session, of, "test").id, by=mine, **plan)
        approved = make.schedule(session, of, "norms")
        stranger = make.actor(session, Role.EXAMINER, region_code="ALA")
        with pytest.raises(NotFoundError):
            heats.plan_heat(session, approved.id, by=stranger, **plan)
        with pytest.raises(RefusedError, match="exercise-not-in-edition"):
            heats.plan_heat(session, approved.id, by=mine, **plan | {"exercise": "chess"})


def test_only_officers_at_the_stage_of_norms_stand_on_the_start_and_once(database):
    with database.writing() as session:
        track = Track(session)
        heat, _starter = track.start("run100")
        with pytest.raises(RefusedError, match="on-the-start-already"):
            heats.put_on_the_start(session, heat, [track.enrolment], by=track.enters, at=NOON)
        early = make.enrolment(session, of=track.campaign, stage=1)
        with pytest.raises(RefusedError, match="not-at-norms"):
            heats.put_on_the_start(session, heat, [early], by=track.enters, at=NOON)


@pytest.mark.parametrize("typed", ["", "fast", "１４,2", "3:25", "7,1"])
def test_nonsense_is_told_and_not_stored(database, typed):
    with database.writing() as session:
        track = Track(session)
        _heat, starter = track.start("run100")
        entry = track.enter(starter, typed)
        assert entry.measurement is None
        assert entry.problem
        assert not starter.measurements


def test_a_result_is_judged_at_once_with_its_ground(database):
    with database.writing() as session:
        track = Track(session)
        _heat, starter = track.start("run100")
        entry = track.enter(starter, "15,0").measurement  # group III: 15.0 is satisfactory
        assert (entry.value, entry.passed, entry.grade) == ("15.0", True, "satisfactory")
        assert "870" in entry.ground["kk"]
        assert entry.ground["sample"] is True


def test_who_entered_does_not_confirm_and_a_stranger_finds_nothing(database):
    with database.writing() as session:
        track = Track(session)
        _heat, starter = track.start("run100")
        entry = track.enter(starter, "14,2").measurement
        with pytest.raises(RefusedError, match="same_person"):
            measuring.confirm(session, entry.id, by=track.enters, at=NOON)
        stranger = make.actor(session, Role.EXAMINER, region_code="ALA")
        with pytest.raises(NotFoundError):
            measuring.confirm(session, entry.id, by=stranger, at=NOON)


def test_nobody_enters_his_own_result(database):
    with database.writing() as session:
        track = Track(session)
        _heat, starter = track.start("run100")
        himself = make.actor(session, Role.EXAMINER, region_code="AST", officer_id=track.enrolment.officer_id)
        with pytest.raises(RefusedError, match="own_case"):
            track.enter(starter, "13,0", by=himself)


def test_a_correction_needs_a_reason_and_leaves_the_first_entry(database):
    with database.writing() as session:
        track = Track(session)
        _heat, starter = track.start("run100")
        first = track.enter(starter, "15,2").measurement
        with pytest.raises(RefusedError, match="reason-missing"):
            track.enter(starter, "14,2")
        second = track.enter(starter, "14,2", reason="қате терілді").measurement
        assert second.replaces_id == first.id
        assert heats.current(starter) is second
        with pytest.raises(RefusedError, match="replaced"):
            measuring.confirm(session, first.id, by=track.confirms, at=NOON)


def test_every_exercise_confirmed_gives_the_part_and_the_next_stage(database):
    with database.writing() as session:
        track = Track(session, birth_date=date(1993, 2, 1))
        track.run(run100="14,2", pullups="12")
        assert track.result() is None
        assert track.enrolment.stage == 2
        track.run(run3000="13:20")
        assert track.result().state == "passed"
        assert {g["code"] for g in track.result().grounds} == {"norm_met"}
        assert track.enrolment.stage == 3
        assert session.query(JournalEntry).filter_by(tag="part:decided").count() == 1


def test_one_failed_exercise_fails_the_norms(database):
    with database.writing() as session:
        track = Track(session)
        track.run(run100="15,1", pullups="12", run3000="13:20")
        assert track.result().state == "failed"
        assert track.enrolment.stage == 3


def test_an_exercise_not_taken_leaves_the_norms_not_taken_until_it_is(database):
    with database.writing() as session:
        track = Track(session)
        track.run(run100="14,2", pullups="12")
        _heat, starter = track.start("run3000")
        with pytest.raises(RefusedError, match="reason-missing"):
            measuring.enter_absence(session, starter.id, "not_taken", reason=" ", by=track.enters, at=NOON)
        absent = measuring.enter_absence(
            session, starter.id, "not_taken", reason="ауырып қалды", by=track.enters, at=NOON
        )
        measuring.confirm(session, absent.id, by=track.confirms, at=NOON)
        assert (track.result().state, track.enrolment.stage) == ("not_taken", 2)
        later = track.enter(starter, "13:20", reason="қайта шақырылды").measurement
        measuring.confirm(session, later.id, by=track.confirms, at=NOON)
        assert (track.result().state, track.enrolment.stage) == ("passed", 3)
        assert track.result().replaces_id is not None


def test_an_age_without_a_row_is_not_judged_and_only_an_excuse_settles_it(database):
    with database.writing() as session:
        track = Track(session, birth_date=date(1980, 2, 1))
        _heat, starter = track.start("run100")
        entry = track.enter(starter, "14,2").measurement
        assert entry.passed is None
        assert entry.ground["code"] == "norm_without_row"
        measuring.confirm(session, entry.id, by=track.confirms, at=NOON)
        assert track.result() is None
        excused = measuring.enter_absence(
            session, starter.id, "excused", reason="редакцияда жас тобы жоқ", by=track.enters, at=NOON
        )
        measuring.confirm(session, excused.id, by=track.confirms, at=NOON)
        assert track.result().state == "excused"


def test_all_of_a_heat_is_confirmed_by_another_than_who_entered(database):
    with database.writing() as session:
        track = Track(session)
        heat, starter = track.start("run100")
        track.enter(starter, "14,2")
        with pytest.raises(RefusedError, match="same_person"):
            measuring.confirm_heat(session, heat, by=track.enters, at=NOON)
        assert measuring.confirm_heat(session, heat, by=track.confirms, at=NOON) == 1
        (row,) = measuring.heat_sheet(heat, by=track.confirms)
        assert (row.confirmed, row.age, row.entered_by_me) == (True, 31, False)
