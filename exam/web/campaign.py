"""A campaign: what it is, how far its officers are; its officers and settings have pages of their own."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from exam.errors import RefusedError
from exam.rules.commission import QuorumBase
from exam.rules.regimes import REGIMES, regime
from exam.rules.roles import Role
from exam.services.campaign import campaign_page, campaigns
from exam.services.local_days import day_of
from exam.web import access, campaign_officers, campaign_settings, languages
from exam.web.access import allow
from exam.web.forms.campaign import CampaignForm, choices
from exam.web.naming import named
from exam.web.wording import refusal_text
from exam.web.wordings.campaign import QUORUM, RESTRICTION
from norms.loading import edition_codes, load_edition
from scoring.outcome import RestrictionWhen

bp = Blueprint("campaign", __name__, url_prefix="/campaign")
bp.register_blueprint(campaign_officers.bp)
bp.register_blueprint(campaign_settings.bp)


@bp.get("/")
@allow(*campaign_page.READERS)
def index() -> str:
    found = campaigns.current_campaign(access.session(), day_of(access.now()))
    if found is None:
        return render_template("campaign/none.html", may_open=_may_open())
    return _overview(found.code)


@bp.get("/<code>")
@allow(*campaign_page.READERS)
def overview(code: str) -> str:
    return _overview(code)


def _overview(code: str) -> str:
    session, by = access.session(), access.actor()
    campaign = campaign_page.overview(session, campaigns.find_campaign(session, code), by=by)
    under, language = regime(campaign.regime), languages.code()
    stages = [
        (number, under.stage_names[stage].of(language), campaign.at_stage.get(number, 0))
        for number, stage in enumerate(under.stages, start=1)
    ]
    return render_template(
        "campaign/overview.html",
        campaign=campaign,
        act=under.act.of(language),
        stages=stages,
        edition=load_edition(campaign.norms_edition),
        restriction=RESTRICTION[campaign.restriction_when],
        quorum=QUORUM[campaign.quorum_base],
        others=[
            (each, named(names)) for each, names in campaign_page.campaign_codes(session) if each != code
        ],
        may_open=_may_open(),
        keeps=by.holds(Role.HR),
        late=day_of(access.now()) > campaign.notice_deadline,
    )


def _may_open() -> bool:
    by = access.actor()
    return by.holds(Role.HR) and campaign_page.sets_for_all(by)


@bp.route("/new", methods=["GET", "POST"])
@allow(Role.HR)
def new() -> str | Response | tuple[str, int]:
    campaign_page.require_centre(access.actor())
    form = CampaignForm()
    language = languages.code()
    form.regime.choices = choices((code, each.title.of(language)) for code, each in REGIMES.items())
    form.norms_edition.choices = choices((code, _edition_name(code, language)) for code in edition_codes())
    if not form.validate_on_submit():
        return render_template("campaign/new.html", form=form), 422 if form.errors else 200
    try:
        campaigns.open_campaign(
            access.session(),
            code=form.code.data,
            regime_code=form.regime.data,
            name_kk=form.name_kk.data,
            name_ru=form.name_ru.data,
            order=form.order.data,
            starts_on=form.starts_on.data,
            ends_on=form.ends_on.data,
            norms_edition=form.norms_edition.data,
            restriction_when=RestrictionWhen(form.restriction_when.data),
            quorum_base=QuorumBase(form.quorum_base.data),
            by=access.actor(),
            at=access.now(),
        )
    except RefusedError as refusal:
        form.form_errors.append(refusal_text(refusal))
        return render_template("campaign/new.html", form=form), 409
    flash(_("The campaign is open."), "success")
    return redirect(url_for(".overview", code=form.code.data))


def _edition_name(code: str, language: str) -> str:
    edition = load_edition(code)
    name = edition.act.cited.of(language)
    return _("%(name)s (sample)", name=name) if edition.sample else name
