"""Forms of the test: assembled by blueprint and seed, with their certificate, sealed before the day."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from exam.rules.roles import Role
from exam.services.bank import form_page, forms_of_test
from exam.services.campaign import campaigns
from exam.services.campaign.campaign_page import campaign_codes
from exam.services.local_days import day_of
from exam.web import access, form_building, plots_bank
from exam.web.access import allow
from exam.web.wordings.bank import PARTS

bp = Blueprint("forms_of_test", __name__, url_prefix="/forms")
bp.register_blueprint(form_building.bp)


@bp.get("/")
@allow(Role.PSYCHOMETRICIAN)
def index() -> str:
    session, code = access.session(), request.args.get("campaign", "")
    if code:
        found = campaigns.find_campaign(session, code)
    else:
        found = campaigns.current_campaign(session, day_of(access.now()))  # type: ignore[assignment]
    return render_template(
        "forms_of_test/index.html",
        campaign=found,
        forms=form_page.list_forms(session, found) if found else (),
        blueprints=forms_of_test.blueprints_of(session, found).values() if found else (),
        campaigns=campaign_codes(session),
    )


@bp.get("/<int:form_id>")
@allow(Role.PSYCHOMETRICIAN)
def form(form_id: int) -> str:
    page = form_page.read_page(access.session(), form_id)
    plot = plots_bank.equivalence(page.siblings, page.line.questions) if len(page.siblings) > 1 else None
    return render_template("forms_of_test/form.html", page=page, plot=plot)


@bp.post("/<int:form_id>/seal")
@allow(Role.PSYCHOMETRICIAN)
def seal(form_id: int) -> Response:
    sealed = forms_of_test.seal(access.session(), form_id, by=access.actor(), at=access.now())
    flash(_("%(part)s, form %(number)s is sealed.", part=PARTS[sealed.part], number=sealed.number), "success")
    return redirect(url_for("forms_of_test.form", form_id=form_id))
