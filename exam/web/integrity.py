"""The integrity list: leads for people to look at, and what they concluded; nothing here touches a result.

Psychometricians conclude; auditors read.
"""

import re
from collections.abc import Mapping, Sequence

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from exam.errors import NotFoundError, RefusedError
from exam.rules.roles import Role
from exam.services import paging
from exam.services.statistics import integrity, lead_page, lead_reviews, sitting_report
from exam.services.statistics.collected_answers import Selection
from exam.services.statistics.integrity import LeadLine
from exam.web import access, plots_integrity
from exam.web.access import allow
from exam.web.forms.statistics import AgreementForm, ConclusionForm
from exam.web.statistics_words import page_words
from exam.web.wording import refusal_text
from exam.web.wordings.integrity import CONCLUSIONS, KINDS, chance_words, evidence_sentence

bp = Blueprint("integrity", __name__, url_prefix="/<campaign>/<any(legislation, logic):part>/integrity")
bp.context_processor(page_words)
bp.context_processor(
    lambda: {
        "kinds": KINDS,
        "conclusions": CONCLUSIONS,
        "chance_words": chance_words,
        "evidence_sentence": evidence_sentence,
        "may_conclude": access.actor().holds(Role.PSYCHOMETRICIAN),
    }
)

READERS = (Role.PSYCHOMETRICIAN, Role.AUDITOR)
Answer = str | Response | tuple[str, int]


@bp.get("/")
@allow(*READERS)
def index(campaign: str, part: str) -> str:
    session, selection = access.session(), Selection(campaign, part, sitting_id=_sitting())
    found = integrity.integrity(session, selection)
    states = lead_reviews.states_of(session, selection)
    kind = request.args.get("kind", "")
    omegas = found.omegas
    leads = [lead for lead in found.leads if not kind or any(e.kind == kind for e in lead.evidence)]
    page = paging.paged_list(leads, number=paging.page_number(request.args.get("page", "")))
    return render_template(
        "statistics/integrity/index.html",
        test=sitting_report.test_line(session, campaign, part),
        sittings=sitting_report.sittings_of(session, campaign, part),
        found=found,
        page=page,
        states=states,
        looked_at=sum(lead.attempts in states for lead in found.leads),
        plot=plots_integrity.omega_distribution(omegas, found.listed_from) if len(omegas) else None,
        who_of=who_of,
        fewest=integrity.FEWEST_FOR_LEADS,
    )


def _sitting() -> int | None:
    text = request.args.get("sitting", "")
    if not text:
        return None
    if not re.fullmatch("[0-9]{1,9}", text):
        raise NotFoundError("sitting")
    return int(text)


def who_of(lead: LeadLine) -> str:
    """A person or a pair in an address: the attempts with a hyphen between."""
    return "-".join(map(str, lead.attempts))


@bp.get("/<who>")
@allow(*READERS)
def lead(campaign: str, part: str, who: str) -> Answer:
    return _lead(campaign, part, who, ConclusionForm())


def _attempts(who: str) -> Sequence[int]:
    if not re.fullmatch("[0-9]{1,9}(-[0-9]{1,9})?", who):
        raise NotFoundError("lead")
    return [int(each) for each in who.split("-")]


def _lead(campaign: str, part: str, who: str, form: ConclusionForm, status: int = 200) -> Answer:
    session, selection, attempts = access.session(), Selection(campaign, part), _attempts(who)
    page = lead_page.lead_page(session, selection, attempts)
    shared = [each.number for each in page.pair.shared] if page.pair else []
    facts: Mapping[str, object] = {
        "test": sitting_report.test_line(session, campaign, part),
        "page": page,
        "who": who,
        "plot": plots_integrity.timing(page.traces, shared),
        "reviews": lead_reviews.reviews_of(session, selection, attempts, by=access.actor()),
        "form": form,
        "agreement": AgreementForm(formdata=None),
    }
    return render_template("statistics/integrity/lead.html", **facts), status


@bp.post("/<who>")
@allow(Role.PSYCHOMETRICIAN)
def conclude(campaign: str, part: str, who: str) -> Answer:
    form = ConclusionForm()
    if not form.validate():
        return _lead(campaign, part, who, form, 422)
    try:
        lead_reviews.conclude(
            access.session(),
            Selection(campaign, part),
            _attempts(who),
            conclusion=form.conclusion.data,
            note=form.note.data,
            by=access.actor(),
            at=access.now(),
        )
    except RefusedError as refusal:
        form.form_errors.append(refusal_text(refusal))
        return _lead(campaign, part, who, form, 409)
    flash(_("Your conclusion is recorded; another person may agree or conclude otherwise."), "success")
    return redirect(url_for("statistics.integrity.lead", campaign=campaign, part=part, who=who))


@bp.post("/reviews/<int:review_id>")
@allow(Role.PSYCHOMETRICIAN)
def agree(campaign: str, part: str, review_id: int) -> Response:
    form = AgreementForm()
    row = lead_reviews.agree(
        access.session(),
        Selection(campaign, part),
        review_id,
        note=form.agreed_note.data or "",
        by=access.actor(),
        at=access.now(),
    )
    flash(_("Your agreement is recorded."), "success")
    who = "-".join(str(each) for each in (row.attempt_id, row.other_id) if each)
    return redirect(url_for("statistics.integrity.lead", campaign=campaign, part=part, who=who))
