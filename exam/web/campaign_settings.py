"""What a campaign sets: thresholds with two approvers, schedules approved by a named person."""

import re
from collections import Counter
from collections.abc import Mapping

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from exam.errors import RefusedError
from exam.rules.regimes import regime
from exam.rules.roles import Role
from exam.services.bank.forms_of_test import blueprints_of
from exam.services.campaign import campaign_page, campaigns, schedules, thresholds
from exam.services.campaign.campaign_page import READERS, SETTERS
from exam.services.campaign.thresholds import Proposal
from exam.services.local_days import day_of
from exam.services.statistics import panel_page, panels
from exam.services.statistics.panel_page import PanelPage
from exam.web import access, languages, naming
from exam.web.access import allow
from exam.web.forms.campaign import ApprovalForm, ScheduleForm, ThresholdForm, choices, threshold_form
from exam.web.languages import local_instant
from exam.web.wording import refusal_text
from exam.web.wordings.sitting import AREAS, PARTS
from question_bank.blueprint import Blueprint as Paper
from scoring.outcome import PartKind

bp = Blueprint("settings", __name__)


@bp.get("/<code>/thresholds")
@allow(*READERS)
def list_thresholds(code: str) -> str:
    session, by = access.session(), access.actor()
    campaign = campaigns.find_campaign(session, code)
    lines = campaign_page.list_thresholds(session, campaign, by=by, on=day_of(access.now()))
    return render_template(
        "campaign/thresholds.html",
        code=code,
        lines=lines,
        parts=PARTS,
        areas=AREAS,
        papers=_papers(blueprints_of(session, campaign)) if campaign_page.sets_for_all(by) else [],
    )


def _papers(known: Mapping[str, Paper]) -> list[tuple[str, str]]:
    """Blueprints by title; those that share a title bear their code too."""
    language = "ru" if languages.code() == "ru" else "kk"
    shared = Counter(paper.title for paper in known.values())
    return [
        (code, paper.title.in_language(language) + (f" ({code})" if shared[paper.title] > 1 else ""))
        for code, paper in known.items()
    ]


@bp.route("/<code>/thresholds/new", methods=["GET", "POST"])
@allow(*SETTERS)
def propose(code: str) -> str | Response | tuple[str, int]:
    campaign_page.require_centre(access.actor())
    campaign = campaigns.find_campaign(access.session(), code)
    paper = blueprints_of(access.session(), campaign).get(request.args.get("blueprint", ""))
    if paper is None:
        access.not_found()
    panel = _panel(code, paper)
    named = {quota.value for quota in paper.quotas if quota.dimension == "area"}
    form = threshold_form(
        [(area, words) for area, words in AREAS.items() if area in named],
        [(each.code, naming.category_label(each.code)) for each in regime(campaign.regime).categories],
    )
    if request.method == "GET":
        form.questions.data, form.minutes.data = paper.questions, paper.minutes
        form.sample.data = paper.sample
        if panel is not None:
            _fill_from_panel(form, panel)
    page = {"form": form, "code": code, "part": PARTS[str(paper.part)], "paper": paper.code}
    if not form.validate_on_submit():
        return render_template("campaign/propose.html", **page), 422 if form.errors else 200
    try:
        row = thresholds.propose(
            access.session(), campaign, _proposal(form, paper), by=access.actor(), at=access.now()
        )
        if panel is not None:
            panels.proposed(access.session(), panel.line.id, row.id, by=access.actor(), at=access.now())
    except RefusedError as refusal:
        form.form_errors.append(refusal_text(refusal))
        return render_template("campaign/propose.html", **page), 409
    flash(_("The threshold is proposed; two others approve it."), "success")
    return redirect(url_for("campaign.settings.list_thresholds", code=code))


def _panel(code: str, paper: Paper) -> PanelPage | None:
    """The panel that the address names: of this campaign and blueprint, with a round that all have given."""
    asked = request.args.get("panel", "")
    if not asked:
        return None
    if not access.actor().holds(Role.PSYCHOMETRICIAN) or not re.fullmatch("[0-9]{1,9}", asked):
        access.not_found()
    page = panel_page.panel_page(access.session(), int(asked))
    if page.last is None or (page.line.campaign, page.line.blueprint) != (code, paper.code):
        access.not_found()
    return page


def _fill_from_panel(form: ThresholdForm, page: PanelPage) -> None:
    last = page.rounds[-1]
    form.questions.data, form.points.data, form.sample.data = len(page.questions), last.points, False
    form.source.data = _(
        "Standard-setting panel No. %(number)s (modified Angoff): judges %(judges)s, rounds %(rounds)s,"
        " cut %(cut)s points, standard error %(error)s.",
        number=page.line.id,
        judges=len(page.judges),
        rounds=last.number,
        cut=languages.decimal(last.cut),
        error=languages.decimal(last.se),
    )


def _proposal(form: ThresholdForm, paper: Paper) -> Proposal:
    return Proposal(
        part=PartKind(str(paper.part)),
        questions=form.questions.data,
        minutes=form.minutes.data,
        points=form.points.data,
        minimum_by_area={field.short_name: field.data for field in form.minimum if field.data is not None},
        blueprint=paper.code,
        source=form.source.data,
        sample=form.sample.data,
        valid_from=form.valid_from.data,
        post_category=form.post_category.data or None,
    )


@bp.post("/thresholds/<int:threshold_id>/approve")
@allow(*SETTERS)
def approve_threshold(threshold_id: int) -> Response:
    campaign_page.require_centre(access.actor())
    code = campaign_page.campaign_of_threshold(access.session(), threshold_id)
    row = thresholds.approve(access.session(), threshold_id, by=access.actor(), at=access.now())
    if len(row.approvals) < thresholds.APPROVERS:
        flash(_("Your approval is recorded; one more is needed."), "success")
    else:
        flash(_("The threshold has its two approvals."), "success")
    return redirect(url_for("campaign.settings.list_thresholds", code=code))


@bp.get("/<code>/schedules")
@allow(*READERS)
def list_schedules(code: str) -> str:
    session, by = access.session(), access.actor()
    campaign = campaigns.find_campaign(session, code)
    return render_template(
        "campaign/schedules.html",
        code=code,
        lines=campaign_page.list_schedules(session, campaign, by=by),
        stages=_stage_names(campaign.regime),
        keeps=by.holds(Role.HR),
    )


def _stage_names(regime_code: str) -> dict[str, str]:
    under, language = regime(regime_code), languages.code()
    return {
        stage.value: under.stage_names[stage].of(language)
        for stage in under.stages
        if stage.value in schedules.STAGES
    }


@bp.route("/<code>/schedules/new", methods=["GET", "POST"])
@allow(Role.HR)
def draw_up(code: str) -> str | Response | tuple[str, int]:
    campaign = campaigns.find_campaign(access.session(), code)
    form = ScheduleForm()
    form.stage.choices = choices(_stage_names(campaign.regime).items())
    form.region.choices = choices(naming.region_choices(access.actor().regions(Role.HR)))
    if not form.validate_on_submit():
        return render_template("campaign/draw_up.html", form=form, code=code), 422 if form.errors else 200
    try:
        schedules.draw_up(
            access.session(),
            campaign,
            stage=form.stage.data,
            region=form.region.data,
            place=form.place.data,
            starts_at=local_instant(form.starts_at.data),
            ends_at=local_instant(form.ends_at.data),
            by=access.actor(),
            at=access.now(),
        )
    except RefusedError as refusal:
        form.form_errors.append(refusal_text(refusal))
        return render_template("campaign/draw_up.html", form=form, code=code), 409
    flash(_("The schedule is drawn up; it opens nothing until its approval is entered."), "success")
    return redirect(url_for("campaign.settings.list_schedules", code=code))


@bp.route("/<code>/schedules/<int:schedule_id>/approval", methods=["GET", "POST"])
@allow(Role.HR)
def enter_approval(code: str, schedule_id: int) -> str | Response | tuple[str, int]:
    session, by = access.session(), access.actor()
    campaign = campaigns.find_campaign(session, code)
    lines = {line.id: line for line in campaign_page.list_schedules(session, campaign, by=by)}
    if schedule_id not in lines:
        access.not_found()
    form = ApprovalForm()
    page = {"form": form, "code": code, "line": lines[schedule_id], "stages": _stage_names(campaign.regime)}
    if not form.validate_on_submit():
        return render_template("campaign/approval.html", **page), 422 if form.errors else 200
    try:
        schedules.enter_approval(
            session,
            schedule_id,
            name=form.name.data,
            post=form.post.data,
            order=form.order.data,
            by=by,
            at=access.now(),
        )
    except RefusedError as refusal:
        form.form_errors.append(refusal_text(refusal))
        return render_template("campaign/approval.html", **page), 409
    flash(_("The schedule is approved and frozen."), "success")
    return redirect(url_for("campaign.settings.list_schedules", code=code))
