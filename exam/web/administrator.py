"""The administrator: accounts, their roles and passwords."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from exam.errors import RefusedError
from exam.rules.roles import Role
from exam.services.accounts import administration
from exam.services.accounts.administration import AccountLine
from exam.services.paging import page_number
from exam.web import access, naming
from exam.web.access import allow
from exam.web.entering import ROLE_NAMES
from exam.web.forms.administrator import AccountForm, GrantForm
from exam.web.wording import refusal_text

bp = Blueprint("administrator", __name__, url_prefix="/administrator")


@bp.get("/")
@allow(Role.ADMINISTRATOR)
def accounts() -> str:
    asked = request.args
    page = administration.list_accounts(
        access.session(),
        words=asked.get("q", ""),
        role=asked.get("role", ""),
        number=page_number(asked.get("page", "")),
    )
    roles = [(role.value, name) for role, name in ROLE_NAMES.items()]
    return render_template(
        "administrator/accounts.html", page=page, roles=roles, role_names=ROLE_NAMES, regions=_regions()
    )


@bp.route("/new", methods=["GET", "POST"])
@allow(Role.ADMINISTRATOR)
def new() -> str | tuple[str, int]:
    form = AccountForm()
    if not form.validate_on_submit():
        return render_template("administrator/new.html", form=form), 422 if form.errors else 200
    try:
        account_id, password = administration.add_account(
            access.session(),
            login=form.login.data,
            full_name=form.full_name.data,
            language=form.language.data,
            iin=form.iin.data or "",
            by=access.actor(),
            at=access.now(),
        )
    except RefusedError as refusal:
        form.form_errors.append(refusal_text(refusal))
        return render_template("administrator/new.html", form=form), 409
    return _show_once(account_id, password)


@bp.get("/<int:account_id>")
@allow(Role.ADMINISTRATOR)
def account(account_id: int) -> str:
    line = administration.read_account(access.session(), account_id)
    return _account_page(line, GrantForm().offer(naming.region_choices()))


@bp.post("/<int:account_id>/roles")
@allow(Role.ADMINISTRATOR)
def give_role(account_id: int) -> str | Response | tuple[str, int]:
    form = GrantForm().offer(naming.region_choices())
    line = administration.read_account(access.session(), account_id)
    if not form.validate_on_submit():
        return _account_page(line, form), 422
    try:
        administration.give_role(
            access.session(),
            account_id,
            Role(form.role.data),
            form.region.data or None,
            by=access.actor(),
            at=access.now(),
        )
    except RefusedError as refusal:
        form.form_errors.append(refusal_text(refusal))
        return _account_page(line, form), 409
    flash(_("The role is given."), "success")
    return redirect(url_for(".account", account_id=account_id))


@bp.post("/<int:account_id>/roles/<int:grant_id>/revoke")
@allow(Role.ADMINISTRATOR)
def take_role(account_id: int, grant_id: int) -> Response:
    administration.take_role(access.session(), account_id, grant_id, by=access.actor(), at=access.now())
    flash(_("The role is taken back."), "success")
    return redirect(url_for(".account", account_id=account_id))


@bp.post("/<int:account_id>/password")
@allow(Role.ADMINISTRATOR)
def reset_password(account_id: int) -> str:
    password = administration.reset_password(access.session(), account_id, by=access.actor(), at=access.now())
    return _show_once(account_id, password)


@bp.post("/<int:account_id>/disable")
@allow(Role.ADMINISTRATOR)
def disable(account_id: int) -> Response:
    administration.shut(access.session(), account_id, by=access.actor(), at=access.now())
    flash(_("The account is shut."), "success")
    return redirect(url_for(".account", account_id=account_id))


def _show_once(account_id: int, password: administration.Password) -> str:
    """Answer with the password instead of a redirect: it is kept nowhere, so no other page could show it."""
    return render_template("administrator/password.html", account_id=account_id, password=password)


def _account_page(line: AccountLine, form: GrantForm) -> str:
    return render_template(
        "administrator/account.html",
        account=line,
        form=form,
        role_names=ROLE_NAMES,
        regions=_regions(),
        mine=line.id == access.actor().id,
    )


def _regions() -> dict[str, str]:
    return dict(naming.region_choices())
