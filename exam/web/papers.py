"""Official papers as PDF: protocol, attestation sheet, characteristic."""

from flask import Blueprint, Response

from exam.rules.roles import COMMISSION_ROLES, Role
from exam.web.access import allow

bp = Blueprint("papers", __name__, url_prefix="/commission")


@bp.get("/meetings/<int:meeting_id>/protocol.pdf")
@allow(*COMMISSION_ROLES)
def protocol(meeting_id: int) -> Response:
    raise NotImplementedError


@bp.get("/cases/<int:case_id>/sheet.pdf")
@allow(Role.HR, *COMMISSION_ROLES)
def sheet(case_id: int) -> Response:
    raise NotImplementedError


@bp.get("/characteristics/<int:enrolment_id>.pdf")
@allow(Role.HR, *COMMISSION_ROLES)
def characteristic(enrolment_id: int) -> Response:
    raise NotImplementedError
