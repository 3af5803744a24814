"""The service characteristic: entered by the HR unit or the secretary, read by the commission."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from exam.errors import RefusedError
from exam.rules.roles import COMMISSION_ROLES, Role
from exam.services.commission import characteristics
from exam.services.commission.characteristics import Characterisation
from exam.web import access
from exam.web.access import allow
from exam.web.commission_names import page_names
from exam.web.forms.commission import CharacteristicForm
from exam.web.wording import refusal_text

bp = Blueprint("characteristics", __name__, url_prefix="/characteristics")
bp.context_processor(page_names)

ENTERING = (Role.HR, Role.SECRETARY)


@bp.get("/<int:enrolment_id>")
@allow(Role.HR, *COMMISSION_ROLES)
def characteristic(enrolment_id: int) -> str | tuple[str, int]:
    return _page(enrolment_id, CharacteristicForm())


def _page(enrolment_id: int, form: CharacteristicForm, status: int = 200) -> str | tuple[str, int]:
    by = access.actor()
    found = characteristics.read_characteristic(access.session(), enrolment_id, by=by)
    may_enter = found.text is None and by.holds(*ENTERING)
    page = render_template(
        "commission/characteristic.html",
        enrolment_id=enrolment_id,
        officer=found.full_name,
        text=found.text,
        form=form if may_enter else None,
    )
    return page, status


@bp.post("/<int:enrolment_id>")
@allow(*ENTERING)
def enter(enrolment_id: int) -> str | Response | tuple[str, int]:
    form = CharacteristicForm()
    if not form.validate_on_submit():
        return _page(enrolment_id, form, 422)
    try:
        characteristics.enter_characteristic(
            access.session(), enrolment_id, _given(form), by=access.actor(), at=access.now()
        )
    except RefusedError as refusal:
        if refusal.status != RefusedError.status:
            raise
        form.form_errors.append(refusal_text(refusal))
        return _page(enrolment_id, form, 422)
    flash(_("The characteristic is entered."), "success")
    return redirect(url_for("characteristics.characteristic", enrolment_id=enrolment_id))  # type: ignore[return-value]


def _given(form: CharacteristicForm) -> Characterisation:
    return Characterisation(
        author_name=form.author_name.data or "",
        author_post=form.author_post.data or "",
        author_rank=form.author_rank.data or "",
        signed_on=form.signed_on.data,
        acquainted_on=form.acquainted_on.data,
        received_on=form.received_on.data,
        sections=form.sections(),
    )
