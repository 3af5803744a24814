"""Official papers as PDF: the protocol, the attestation sheet, the service characteristic."""

from flask import Blueprint, Response

from exam.errors import NotFoundError
from exam.printing.papers import Paper
from exam.printing.rendering import render
from exam.rules.roles import COMMISSION_ROLES, Role
from exam.services.commission import characteristics
from exam.services.commission.case_page import read_case
from exam.services.commission.meeting_page import read_meeting
from exam.services.local_days import day_of
from exam.web import access
from exam.web.access import allow
from exam.web.paper_facts import characteristic_of, protocol_of, sheet_of

bp = Blueprint("papers", __name__, url_prefix="/papers")


def _pdf(paper: Paper, name: str) -> Response:
    reply = Response(render(paper), mimetype="application/pdf")
    reply.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    reply.headers["Cache-Control"] = "no-store"
    return reply


@bp.get("/protocols/<int:meeting_id>.pdf")
@allow(*COMMISSION_ROLES)
def protocol(meeting_id: int) -> Response:
    session, by, today = access.session(), access.actor(), day_of(access.now())
    meeting = read_meeting(session, meeting_id, by=by)
    cases = tuple(read_case(session, line.id, by=by, today=today) for line in meeting.cases)
    paper = protocol_of(meeting, cases)
    return _pdf(paper, f"protocol-{meeting.facts.number}")


@bp.get("/sheets/<int:case_id>.pdf")
@allow(*COMMISSION_ROLES)
def sheet(case_id: int) -> Response:
    case = read_case(access.session(), case_id, by=access.actor(), today=day_of(access.now()))
    if case.decision is None:
        raise NotFoundError("decision")
    return _pdf(sheet_of(case), f"attestation-sheet-{case_id}")


@bp.get("/characteristics/<int:enrolment_id>.pdf")
@allow(Role.HR, *COMMISSION_ROLES)
def characteristic(enrolment_id: int) -> Response:
    found = characteristics.read_characteristic(access.session(), enrolment_id, by=access.actor())
    if found.text is None:
        raise NotFoundError("characteristic")
    return _pdf(characteristic_of(found, found.text), f"characteristic-{enrolment_id}")
