"""An act is amended or repealed: first what it touches is shown, then it is recorded."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import ngettext
from wtforms import SelectChoice

from exam.rules.roles import Role
from exam.services.bank import amendments
from exam.services.bank.search import READERS
from exam.web import access
from exam.web.access import allow
from exam.web.bank_naming import act_choices, act_list
from exam.web.forms.bank import AmendmentForm

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
    touched = None
    if asked and form.validate():
        touched = amendments.preview_amendment(access.session(), form.amendment)
    page = render_template("bank/amendment.html", form=form, touched=touched, acts=act_list())
    return page, 422 if form.errors else 200


@bp.post("/")
@allow(Role.ITEM_APPROVER)
def record() -> Response | tuple[str, int]:
    form = _form(request.form, csrf=True)
    if not form.validate():
        page = render_template("bank/amendment.html", form=form, touched=None, acts=act_list())
        return page, 422
    touched = amendments.record_amendment(
        access.session(), form.amendment, by=access.actor(), at=access.now()
    )
    told = ngettext(
        "The change is recorded; it touches %(num)d item.",
        "The change is recorded; it touches %(num)d items.",
        len(touched),
    )
    flash(told, "success")
    return redirect(url_for("bank.amendments.index"))


def _form(typed: object, *, csrf: bool) -> AmendmentForm:
    form = AmendmentForm(typed, meta={"csrf": csrf})
    form.act.choices = [SelectChoice(code, name) for code, name in act_choices()]
    return form
