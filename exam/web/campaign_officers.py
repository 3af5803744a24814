"""The officers of a campaign: enrolling, notices, exemptions, the end of preparation."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from exam.errors import RefusedError
from exam.rules.regimes import regime
from exam.rules.roles import Role
from exam.services.campaign import campaigns, enrolling
from exam.services.campaign.enrolling import Chosen
from exam.services.local_days import day_of
from exam.services.paging import page_number
from exam.web import access, languages, naming
from exam.web.access import allow
from exam.web.forms.campaign import ExemptionForm, NoticeForm, choices
from exam.web.wording import refusal_text
from exam.web.wordings.campaign import GROUNDS_OF_EXEMPTION, STATES

bp = Blueprint("officers", __name__)


@bp.get("/<code>/officers")
@allow(Role.HR)
def index(code: str) -> str:
    session, by, asked = access.session(), access.actor(), request.args
    campaign = campaigns.find_campaign(session, code)
    stage = asked.get("stage", "")
    page = enrolling.list_enrolments(
        session,
        campaign,
        by=by,
        on=day_of(access.now()),
        words=asked.get("q", ""),
        chosen=Chosen(asked.get("region", ""), asked.get("category", "")),
        stage=int(stage) if stage in {"1", "2", "3", "4", "5"} else None,
        state=asked.get("state", ""),
        number=page_number(asked.get("page", "")),
    )
    return render_template(
        "campaign/officers.html",
        code=code,
        page=page,
        deadline=enrolling.notice_deadline(campaign),
        stages=_stages(campaign.regime),
        states=list(STATES.items()),
        regions=naming.region_choices(by.regions(Role.HR)),
        categories=[
            (each.code, naming.category_label(each.code)) for each in regime(campaign.regime).categories
        ],
        notice=NoticeForm(),
    )


def _stages(regime_code: str) -> list[tuple[str, str]]:
    under, language = regime(regime_code), languages.code()
    return [(str(n), under.stage_names[stage].of(language)) for n, stage in enumerate(under.stages, start=1)]


def _chosen() -> Chosen:
    return Chosen(request.form.get("region", ""), request.form.get("category", ""))


def _back(code: str) -> Response:
    asked = _chosen()
    return redirect(
        url_for("campaign.officers.index", code=code, region=asked.region, category=asked.category)
    )


@bp.post("/<code>/enrol")
@allow(Role.HR)
def enrol(code: str) -> Response:
    campaign = campaigns.find_campaign(access.session(), code)
    count = enrolling.enrol_all(access.session(), campaign, _chosen(), by=access.actor(), at=access.now())
    flash(ngettext("%(num)s officer was enrolled.", "%(num)s officers were enrolled.", count), "success")
    return _back(code)


@bp.post("/<code>/notify")
@allow(Role.HR)
def notify(code: str) -> Response:
    campaign = campaigns.find_campaign(access.session(), code)
    form = NoticeForm()
    if not form.validate_on_submit():
        flash(_("Enter the day of the written notice."), "danger")
        return _back(code)
    try:
        count = enrolling.notify_all(
            access.session(), campaign, _chosen(), on=form.on.data, by=access.actor(), at=access.now()
        )
    except RefusedError as refusal:
        flash(refusal_text(refusal), "danger")
    else:
        flash(
            ngettext(
                "The notice of %(num)s officer was recorded.",
                "The notices of %(num)s officers were recorded.",
                count,
            ),
            "success",
        )
    return _back(code)


@bp.post("/<code>/ready")
@allow(Role.HR)
def ready(code: str) -> Response:
    campaign = campaigns.find_campaign(access.session(), code)
    count = enrolling.finish_all(access.session(), campaign, _chosen(), by=access.actor(), at=access.now())
    flash(
        ngettext("%(num)s officer goes on to the norms.", "%(num)s officers go on to the norms.", count),
        "success",
    )
    return _back(code)


@bp.get("/enrolments/<int:enrolment_id>")
@allow(Role.HR)
def officer(enrolment_id: int) -> str:
    return _officer_page(enrolment_id, NoticeForm(), None)


@bp.post("/enrolments/<int:enrolment_id>/notify")
@allow(Role.HR)
def notify_one(enrolment_id: int) -> str | Response | tuple[str, int]:
    found = enrolling.find_enrolment(access.session(), enrolment_id, by=access.actor())
    form = NoticeForm()
    if not form.validate_on_submit():
        return _officer_page(enrolment_id, form, None), 422
    try:
        campaigns.notify(access.session(), found, on=form.on.data, by=access.actor(), at=access.now())
    except RefusedError as refusal:
        form.on.errors = [refusal_text(refusal)]
        return _officer_page(enrolment_id, form, None), 409
    flash(_("The notice is recorded."), "success")
    return redirect(url_for("campaign.officers.officer", enrolment_id=enrolment_id))


@bp.post("/enrolments/<int:enrolment_id>/exempt")
@allow(Role.HR)
def exempt(enrolment_id: int) -> str | Response | tuple[str, int]:
    found = enrolling.find_enrolment(access.session(), enrolment_id, by=access.actor())
    form = _exemption_form(found.campaign.regime)
    if not form.validate_on_submit():
        return _officer_page(enrolment_id, NoticeForm(formdata=None), form), 422
    campaigns.exempt(
        access.session(),
        found,
        reason=form.reason.data,
        until=form.until.data,
        by=access.actor(),
        at=access.now(),
    )
    flash(_("The exemption is recorded."), "success")
    return redirect(url_for("campaign.officers.officer", enrolment_id=enrolment_id))


@bp.post("/enrolments/<int:enrolment_id>/ready")
@allow(Role.HR)
def ready_one(enrolment_id: int) -> Response:
    found = enrolling.find_enrolment(access.session(), enrolment_id, by=access.actor())
    campaigns.finish_preparation(access.session(), found, by=access.actor(), at=access.now())
    flash(_("The preparation is complete."), "success")
    return redirect(url_for("campaign.officers.officer", enrolment_id=enrolment_id))


def _exemption_form(regime_code: str) -> ExemptionForm:
    form = ExemptionForm()
    form.reason.choices = choices(
        (ground.value, GROUNDS_OF_EXEMPTION[ground.value]) for ground in regime(regime_code).exemptions
    )
    return form


def _officer_page(enrolment_id: int, notice: NoticeForm, exemption: ExemptionForm | None) -> str:
    session, by = access.session(), access.actor()
    found = enrolling.find_enrolment(session, enrolment_id, by=by)
    line = enrolling.read_enrolment(session, enrolment_id, by=by, on=day_of(access.now()))
    stages = _stages(found.campaign.regime)
    return render_template(
        "campaign/officer.html",
        code=found.campaign.code,
        line=line,
        stages=[
            (name, _stage_state(int(number), line.stage), int(number) == line.stage)
            for number, name in stages
        ],
        deadline=enrolling.notice_deadline(found.campaign),
        grounds=GROUNDS_OF_EXEMPTION,
        notice=notice,
        exemption=exemption or _exemption_form(found.campaign.regime),
    )


def _stage_state(number: int, stage: int) -> str:
    return "done" if number < stage else "running" if number == stage else "pending"
