"""An officer before a commission, told step by step: what several tests of the commission begin with."""

from datetime import date
from random import Random

from exam.rules.roles import Role
from exam.services.accounts import entering
from exam.services.commission import agenda, characteristics, meeting, voting
from exam.services.commission.characteristics import Characterisation
from exam.services.grounds import to_plain
from exam.storage.tables import Account, AttemptResult, PartResult
from scoring.outcome import Ground, PartKind
from tests import factories as make
from tests.factories import NOON

KINDS = tuple(kind.value for kind in PartKind)


class Story:
    """A commission of four voters and a secretary, and an officer of its competence with results."""

    def __init__(self, session, *, failed=(), voters=4, parts=KINDS, stage=4, **campaign):
        self.session = session
        self.campaign = make.campaign(session, **campaign)
        self.enrolment = make.enrolment(session, of=self.campaign, stage=stage)
        self.results = {
            kind: make.part_result(session, self.enrolment, kind, "failed" if kind in failed else "passed")
            for kind in parts
        }
        self.commission = make.commission(session, self.campaign, voters=voters)
        self.schedule = make.schedule(session, self.campaign, "interview")
        *self.voters, self.secretary_seat = self.commission.members
        self.secretary = self.actor_of(self.secretary_seat)
        self.chair = self.actor_of(self.voters[0])

    def actor_of(self, member):
        return entering.actor_of(self.session.get_one(Account, member.account_id))

    def plan(self):
        self.meeting = agenda.plan_meeting(
            self.session,
            self.commission.id,
            schedule_id=self.schedule.id,
            held_on=NOON.date(),
            by=self.secretary,
            at=NOON,
        )
        return self.meeting

    def come(self, *members):
        for member in members or self.commission.members:
            meeting.mark_present(self.session, self.meeting.id, member.id, by=self.secretary, at=NOON)

    def open(self):
        self.plan()
        self.come()
        meeting.open_meeting(self.session, self.meeting.id, by=self.secretary, at=NOON)
        return self.meeting

    def put(self, enrolment=None):
        return agenda.put_before(
            self.session, self.meeting.id, (enrolment or self.enrolment).id, by=self.secretary, at=NOON
        )

    def call(self):
        self.open()
        self.case = meeting.call_case(self.session, self.put().id, by=self.chair, at=NOON)
        return self.case

    def open_vote(self):
        self.call()
        meeting.record_interview(self.session, self.case.id, "AV-7", by=self.secretary, at=NOON)
        voting.open_vote(self.session, self.case.id, by=self.chair, at=NOON)
        return self.case

    def vote(self, *decisions):
        for member, decision in zip(self.voters, decisions, strict=False):
            if decision:
                voting.record_vote(
                    self.session, self.case.id, member.id, decision, by=self.secretary, at=NOON
                )

    def decide(self, decision, *, by=None, at=NOON):
        return voting.decide(self.session, self.case.id, decision, by=by or self.chair, at=at)

    def correct(self, kind, state, at=NOON):
        """A later result that replaces the first one of a part."""
        return make.save(
            self.session,
            PartResult(
                enrolment_id=self.enrolment.id,
                kind=kind,
                state=state,
                grounds=[],
                input_digest="1" * 64,
                decided_at=at,
                decided_by="test",
                replaces_id=self.results[kind].id,
                reason="a mistake in writing",
            ),
        )


def stranger(session, *roles, region_code="ALA"):
    """Somebody with a role in another region."""
    return make.actor(session, *(roles or (Role.SECRETARY,)), region_code=region_code)


NAMES = (
    "Үлгібаев Арман Серікұлы",
    "Бекмұхамбетова Жанар Серікқызы",
    "Оспанов Бауыржан Нұрланұлы",
    "Ғабдуллина Әсел Қуанышқызы",
    "Төлегенов Дәурен Асқарұлы",
    "Үсенов Марат Ілиясұлы",
    "Ибрагимова Гүлнар Һамитқызы",
    "Ким Виктор Андреевич",
    "Қожахметов Олжас Өмірбекұлы",
    "Нұрғалиева Айгүл Ерболқызы",
)
ACT = "Ішкі істер министрінің 2024 жылғы 1 сәуірдегі № 12 бұйрығы"
SECTIONS = {
    "duties": "Басқарма жұмысын үйлестіреді, міндеттерін адал әрі тиімді орындайды. Азаматтардың өтініштерін "
    "мерзімінде қарайды.",
    "knowledge": "Стратегиялық және бағдарламалық құжаттарды біледі, кәсіптік білімін іс жүзінде қолданады.",
    "legality": "Тәртіптік жазасы жоқ. Заңдылықты және Әдеп кодексін сақтайды.",
    "qualities": "Ұстамды, адамдармен тіл табыса біледі, өзін-өзі жетілдіруге ұмтылады.",
    "unit": "Бөлімшенің тұрақты көрсеткіштері бар, сыбайлас жемқорлық көріністері тіркелмеген.",
    "appraisal": "Атқаратын лауазымына сәйкес келеді.",
}


class WholeStory(Story):
    """The regional commission as the decree composes it, and a case with everything that a page can show."""

    def __init__(self, session, *, failed=("logic",), others=0, **campaign):
        """`others` is how many more have sat the same forms: from thirty on a standard error is told."""
        super().__init__(session, parts=(), voters=9, stage=3, **campaign)
        for member, name in zip(self.commission.members, NAMES, strict=True):
            member.full_name, member.act = name, ACT
            session.get_one(Account, member.account_id).full_name = name
        officer = self.enrolment.officer
        officer.full_name, officer.post = "Әбдірахманов Нұржан Қайратұлы", "полиция бөлімінің бастығы"
        officer.unit, officer.rank = "Астана қаласының полиция департаменті", "полиция подполковнигі"
        self.enrolment.notified_on = date(2024, 2, 28)
        self.room = make.sitting(session, make.schedule(session, self.campaign))
        people = [
            self.enrolment,
            *(make.enrolment(session, of=self.campaign, stage=3) for _ in range(others)),
        ]
        seats = [make.admission(session, self.room, who) for who in people]
        for kind, score, of, least in (("legislation", 47, 60, 36), ("logic", 13, 30, 15)):
            self.results[kind] = self._test(seats, kind, score, of, least, kind in failed)
        self.results["norms"] = self._norms("norms" in failed)
        self.enrolment.stage = 4
        session.flush()
        self._characterise()

    def _norms(self, is_failed):
        limit, shown = ("14,6", "15,1") if is_failed else ("14,6", "13,8")
        words = {"kk": "100 метрге жүгіру", "ru": "бег на 100 м"}
        facts = tuple((tongue, f"{name}: {shown} ≤ {limit}") for tongue, name in words.items())
        return make.part_result(
            self.session,
            self.enrolment,
            "norms",
            "failed" if is_failed else "passed",
            grounds=to_plain([Ground("norm_missed" if is_failed else "norm_met", facts)]),
        )

    def _sit(self, seat, form, setting, score, maximum):
        attempt = make.attempt(
            self.session, seat, form.part, form_id=form.id, threshold_id=setting.id, questions=maximum
        )
        points = [1] * score + [0] * (maximum - score)
        result = AttemptResult(
            attempt_id=attempt.id,
            form_id=form.id,
            scoring_version=1,
            responses=[],
            points=Random(attempt.id).sample(points, maximum),
            total=score,
            input_digest="0" * 64,
            scored_at=NOON,
        )
        make.save(self.session, result)
        return attempt

    def _test(self, seats, kind, score, maximum, least, is_failed):
        score = least - 2 if is_failed else max(score, least)
        setting = make.threshold(self.session, self.campaign, kind, questions=maximum, points=least)
        form = make.form(self.session, self.campaign, kind)
        attempt, *_others = [
            self._sit(seat, form, setting, score if place == 0 else maximum * (place % 9 + 1) // 10, maximum)
            for place, seat in enumerate(seats)
        ]
        facts = (("points", str(score)), ("limit", str(least)))
        grounds = [
            Ground("threshold_missed" if is_failed else "threshold_met", facts),
            Ground("threshold_source", (("source", "үлгі"),)),
        ]
        return make.part_result(
            self.session,
            self.enrolment,
            kind,
            "failed" if is_failed else "passed",
            score=score,
            maximum=maximum,
            threshold_id=setting.id,
            attempt_id=attempt.id,
            grounds=to_plain(grounds),
        )

    def _characterise(self):
        given = Characterisation(
            author_name="Жұмабаев Ерлан Төлеуұлы",
            author_post="Астана қаласы полиция департаментінің бастығы",
            author_rank="полиция генерал-майоры",
            signed_on=date(2024, 4, 10),
            acquainted_on=date(2024, 4, 11),
            received_on=date(2024, 4, 15),
            sections=SECTIONS,
        )
        keeper = make.actor(self.session, Role.HR, region_code="AST")
        characteristics.enter_characteristic(self.session, self.enrolment.id, given, by=keeper, at=NOON)
