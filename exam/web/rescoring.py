"""A changed key on its pages: what it would touch, who proposes it, who confirms it."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from exam.errors import RefusedError
from exam.rules.roles import Role
from exam.services.statistics import rescoring
from exam.services.statistics.collected_answers import Question
from exam.services.statistics.rescoring_preview import Preview
from exam.web import access
from exam.web.access import allow
from exam.web.forms.statistics import KeyForm, RejectionForm
from exam.web.naming import region_choices
from exam.web.statistics_words import option_name, option_text, page_words
from exam.web.wording import ground_texts, refusal_text
from exam.web.wordings.statistics import KEY_MODES, KEY_STATES
from question_bank.items import Kind

bp = Blueprint("rescoring", __name__, url_prefix="/rescoring")
bp.context_processor(page_words)
bp.context_processor(
    lambda: {
        "key_modes": KEY_MODES,
        "key_states": KEY_STATES,
        "regions": dict(region_choices()),
        "ground_texts": ground_texts,
        "may_read_statistics": access.actor().holds(Role.PSYCHOMETRICIAN),
    }
)

Answer = str | Response | tuple[str, int]
CONFIRMERS = (Role.PSYCHOMETRICIAN, Role.ITEM_APPROVER)


@bp.get("/")
@allow(*CONFIRMERS)
def index() -> str:
    lines = rescoring.changes_proposed(access.session(), by=access.actor())
    return render_template("statistics/rescoring/index.html", lines=lines)


@bp.route("/new/<campaign>/<int:version_id>", methods=["GET", "POST"])
@allow(Role.PSYCHOMETRICIAN)
def propose(campaign: str, version_id: int) -> Answer:
    question = rescoring.question_in(access.session(), campaign, version_id)
    form = KeyForm().offer(question, _options(question))
    if request.method == "GET":
        return _new(campaign, question, form)
    if not form.validate():
        return _new(campaign, question, form, status=422)
    try:
        effect = rescoring.look(access.session(), campaign, version_id, form.changed(question))
        if not form.propose.data:
            return _new(campaign, question, form, effect)
        row = rescoring.propose(
            access.session(),
            campaign,
            version_id,
            form.changed(question),
            reason=form.reason.data,
            by=access.actor(),
            at=access.now(),
        )
    except RefusedError as refusal:
        form.form_errors.append(refusal_text(refusal))
        return _new(campaign, question, form, status=409)
    flash(_("The change is proposed; another person confirms it."), "success")
    return redirect(url_for("statistics.rescoring.change", change_id=row.id))


def _options(question: Question) -> list[tuple[str, str]]:
    if question.version.kind is not Kind.SINGLE:
        return []
    places = [str(place) for place in range(len(question.version.options))]
    return [(place, f"{option_name(question, place)}. {option_text(question, place)}") for place in places]


def _new(
    campaign: str, question: Question, form: KeyForm, effect: Preview | None = None, *, status: int = 200
) -> Answer:
    page = render_template(
        "statistics/rescoring/new.html", campaign=campaign, question=question, form=form, effect=effect
    )
    return page, status


@bp.get("/<int:change_id>")
@allow(*CONFIRMERS)
def change(change_id: int) -> Answer:
    return _change(change_id, RejectionForm())


def _change(change_id: int, form: RejectionForm, status: int = 200) -> Answer:
    line, effect = rescoring.read_change(access.session(), change_id, by=access.actor())
    page = render_template("statistics/rescoring/change.html", line=line, effect=effect, form=form)
    return page, status


@bp.post("/<int:change_id>/confirm")
@allow(*CONFIRMERS)
def confirm(change_id: int) -> Answer:
    effect = rescoring.confirm(
        access.session(),
        change_id,
        seal=request.form.get("seal", ""),
        by=access.actor(),
        at=access.now(),
    )
    flash(_("The key is in force. Results scored anew: %(count)s.", count=len(effect.changes)), "success")
    return redirect(url_for("statistics.rescoring.change", change_id=change_id))


@bp.post("/<int:change_id>/reject")
@allow(*CONFIRMERS)
def reject(change_id: int) -> Answer:
    form = RejectionForm()
    if not form.validate():
        return _change(change_id, form, 422)
    rescoring.reject(access.session(), change_id, note=form.note.data, by=access.actor(), at=access.now())
    flash(_("The change is turned down; nothing was scored anew."), "success")
    return redirect(url_for("statistics.rescoring.change", change_id=change_id))
