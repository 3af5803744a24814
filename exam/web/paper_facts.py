"""From what the services read to the data of official papers, worded in Kazakh and in Russian."""

from collections.abc import Callable, Iterable

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from exam.printing.papers import (
    Both,
    CasePaper,
    CharacteristicPaper,
    ProtocolPaper,
    SeatLine,
    SectionPaper,
    SheetPaper,
    Signatory,
    VotePaper,
)
from exam.rules.commission import quorum_needed
from exam.rules.regimes import Names
from exam.services.commission.case_facts import CasePage, DecisionTaken
from exam.services.commission.characteristics import SECTIONS, Characterisation, OfficerCharacterised
from exam.services.commission.meeting_page import MeetingPage
from exam.services.local_days import day_of
from exam.web.commission_names import commission_title
from exam.web.languages import day
from exam.web.wording import ground_text
from exam.web.wordings import commission as words
from scoring.gate import EXPLANATION_CODES
from scoring.outcome import Ground


def both(worded: Callable[[], object]) -> Both:
    """Word something in the two languages of a paper."""
    with force_locale("kk"):
        in_kazakh = str(worded())
    with force_locale("ru"):
        in_russian = str(worded())
    return Both(in_kazakh, in_russian)


def named(names: Names) -> Both:
    """A name of the act in the two languages of a paper."""
    return Both(names.kk, names.ru)


def grounds_on_paper(grounds: Iterable[Ground]) -> tuple[Both, ...]:
    """The lines of an explanation."""
    return tuple(both(lambda ground=ground: ground_text(ground)) for ground in grounds)


def class_mark() -> str:
    """The mark of restricted papers of this installation."""
    mark: str = current_app.extensions["synaq"].class_mark
    return mark


def protocol_of(meeting: MeetingPage, cases: tuple[CasePage, ...]) -> ProtocolPaper:
    """The data of a protocol."""
    facts = meeting.facts
    return ProtocolPaper(
        commission=both(lambda: commission_title(facts.kind, facts.region)),
        campaign=named(facts.campaign),
        act=named(facts.act),
        number=facts.number,
        held_on=day(facts.held_on),
        place=facts.place,
        schedule=both(
            lambda: _(
                "Schedule approved: %(name)s, %(post)s, %(order)s, %(day)s",
                name=facts.schedule.name,
                post=facts.schedule.post,
                order=facts.schedule.order,
                day=day(facts.schedule.on),
            )
        ),
        quorum=both(
            lambda: _("Two thirds are counted %(base)s.", base=words.QUORUM_BASES[facts.quorum_base])
        ),
        seats=_seats(meeting, _took_part(meeting, cases)),
        cases=tuple(_case(case) for case in cases),
        signatories=_signatories(meeting, cases),
        draft=facts.state != "closed",
        sample=any(part.sample for case in cases for part in case.parts),
        class_mark=class_mark(),
    )


def _quorum_at(decision: DecisionTaken) -> Both:
    return both(
        lambda: _(
            "Quorum: %(present)s of %(composition)s take part, %(needed)s are needed.",
            present=decision.present,
            composition=decision.composition,
            needed=quorum_needed(decision.composition),
        )
    )


def _took_part(meeting: MeetingPage, cases: tuple[CasePage, ...]) -> frozenset[int]:
    """Who is there now, and whoever took part when a case was decided."""
    decided = {vote.member_id for case in cases if case.decision for vote in case.votes if vote.present}
    here = {seat.member_id for seat in meeting.seats if seat.present and seat.member_id}
    return frozenset(decided | here)


def _seats(meeting: MeetingPage, took_part: frozenset[int]) -> tuple[SeatLine, ...]:
    return tuple(
        SeatLine(
            number=seat.post.number,
            post=named(seat.post.names),
            name=seat.full_name,
            office=both(lambda seat=seat: words.OFFICES[seat.post.duty]),
            present=seat.member_id in took_part,
        )
        for seat in meeting.seats
    )


def _signatories(meeting: MeetingPage, cases: tuple[CasePage, ...]) -> tuple[Signatory, ...]:
    """The members who took part and the secretary sign (rule 20)."""
    took_part = _took_part(meeting, cases)
    return tuple(
        Signatory(seat.full_name, both(lambda seat=seat: words.SIGNS[seat.post.duty]))
        for seat in meeting.seats
        if seat.member_id in took_part or (seat.member_id and seat.post.duty == "secretary")
    )


def _case(case: CasePage) -> CasePaper:
    decision, officer = case.decision, case.officer
    return CasePaper(
        number=case.number,
        officer=officer.full_name,
        rank=officer.rank,
        post=officer.post,
        unit=officer.unit,
        category=named(officer.category),
        grounds=grounds_on_paper(case.lines),
        recording=case.recording or "",
        votes=tuple(VotePaper(v.full_name, v.decision) for v in case.votes if v.votes and v.present)
        if decision
        else (),
        round=case.round,
        count=(_quorum_at(decision), *grounds_on_paper(decision.grounds)) if decision else (),
        number_of_decision=decision.number if decision else None,
        decision=named(decision.names) if decision else None,
        note=_note(case),
    )


def _note(case: CasePage) -> Both | None:
    if case.decision:
        return None
    if case.postponed_for:
        return both(lambda: _("Postponed: %(reason)s", reason=case.postponed_for))
    return both(lambda: _("There is no decision yet."))


def _in_short(lines: Iterable[Ground]) -> list[Ground]:
    """The states of the parts and what follows from them, without what each part rests on."""
    return [line for line in lines if line.code in EXPLANATION_CODES]


def sheet_of(case: CasePage) -> SheetPaper:
    """The data of the attestation sheet of a decided case."""
    decision, officer = case.decision, case.officer
    assert decision is not None
    offices = {line.office: line.full_name for line in case.votes}
    return SheetPaper(
        full_name=officer.full_name,
        birth_date=day(officer.birth_date),
        education=officer.education,
        speciality=officer.speciality,
        post=f"{officer.post}, {officer.unit}",
        rank=officer.rank,
        number_of_decision=decision.number,
        decision=named(decision.names),
        other=grounds_on_paper((*_in_short(case.lines), *decision.grounds)),
        commission=both(lambda: commission_title(case.meeting.kind, case.meeting.region)),
        campaign=named(case.meeting.campaign),
        act=named(case.meeting.act),
        chair=offices.get("chair", ""),
        secretary=offices.get("secretary", ""),
        decided_on=day(day_of(decision.decided_at)),
        acquainted_on=day(decision.acquainted_on) if decision.acquainted_on else "",
        sample=any(part.sample for part in case.parts),
        class_mark=class_mark(),
    )


def characteristic_of(officer: OfficerCharacterised, text: Characterisation) -> CharacteristicPaper:
    """The data of a service characteristic."""
    return CharacteristicPaper(
        full_name=officer.full_name,
        post=officer.post,
        appointed_on=day(officer.appointed_on),
        rank=officer.rank,
        sections=tuple(
            SectionPaper(both(lambda name=name: words.SECTIONS[name]), text.sections[name])
            for name in SECTIONS
            if text.sections[name]
        ),
        author_name=text.author_name,
        author_post=text.author_post,
        author_rank=text.author_rank,
        signed_on=day(text.signed_on),
        acquainted_on=day(text.acquainted_on),
        act=named(officer.act),
        class_mark=class_mark(),
    )
