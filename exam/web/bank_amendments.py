"""An act is amended or repealed: first what it touches is shown, then it is recorded."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import ngettext
from wtforms import SelectChoice

from exam.errors import RefusedError
from exam.rules.roles import Role
from exam.services.bank import amendments
from exam.services.bank.search import READERS
from exam.web import access
from exam.web.access import allow
from exam.web.bank_naming import act_choices, act_list
from exam.web.forms.bank import AmendmentForm
from exam.web.wording import refusal_text

BESIDE = {"act-unknown": "act", "articles-unknown": "articles"}
bp = Blueprint("amendments", __name__, url_prefix="/amendments")


@bp.get("/")
@allow(*READERS)
def index() -> str:
    return render_template(
        "bank/amendments.html",
        recorded=amendments.list_amendments(access.session()),
        may_record=access.actor().holds(Role.ITEM_APPROVER),
    )


@bp.get("/new")
@allow(Role.ITEM_APPROVER)
def new() -> str | tuple[str, int]:
    """Show the form, and under it what the change touches once it is filled in."""
    asked = bool(request.args)
    form = _form(request.args if asked else None, csrf=False)
    reach = None
    if asked and form.validate():
        try:
            reach = amendments.preview_amendment(access.session(), form.amendment)
        except RefusedError as refusal:
            _beside(form, refusal)
    page = render_template("bank/amendment.html", form=form, reach=reach, acts=act_list())
    return page, 422 if form.errors else 200


@bp.post("/")
@allow(Role.ITEM_APPROVER)
def record() -> Response | tuple[str, int]:
    form = _form(request.form, csrf=True)
    try:
        if not form.validate():
            return _unsound(form)
        touched = amendments.record_amendment(
            access.session(), form.amendment, by=access.actor(), at=access.now()
        )
    except RefusedError as refusal:
        if refusal.code not in BESIDE:
            raise
        _beside(form, refusal)
        return _unsound(form)
    told = ngettext(
        "The change is recorded; it touches %(num)d item.",
        "The change is recorded; it touches %(num)d items.",
        len(touched),
    )
    flash(told, "success")
    return redirect(url_for("bank.amendments.index"))


def _unsound(form: AmendmentForm) -> tuple[str, int]:
    return render_template("bank/amendment.html", form=form, reach=None, acts=act_list()), 422


def _beside(form: AmendmentForm, refusal: RefusedError) -> None:
    form[BESIDE[refusal.code]].errors = [refusal_text(refusal)]


def _form(typed: object, *, csrf: bool) -> AmendmentForm:
    form = AmendmentForm(typed, meta={"csrf": csrf})
    form.act.choices = [SelectChoice(code, name) for code, name in act_choices()]
    return form
