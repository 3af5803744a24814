"""Signing in and out, the password, the language of the pages."""

from flask import Blueprint, Response, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user

from exam.errors import RefusedError
from exam.services.accounts import entering
from exam.web import access
from exam.web.access import allow, open_to_anyone
from exam.web.entering import Visitor
from exam.web.forms.account import LoginForm, PasswordForm
from exam.web.languages import LANGUAGES
from exam.web.wording import refusal_text

bp = Blueprint("account", __name__)


def local(target: str | None) -> str:
    """A path of this site to go to next; anything else is the home page."""
    if target and target.startswith("/") and not target.startswith(("//", "/\\")) and "\\" not in target:
        return target
    return url_for("home.index")


@bp.route("/login", methods=["GET", "POST"])
@open_to_anyone
def login() -> str | Response | tuple[str, int]:
    if current_user.is_authenticated:
        return redirect(url_for("home.index"))
    form = LoginForm()
    if not form.validate_on_submit():
        return render_template("account/login.html", form=form)
    try:
        identity = entering.authenticate(
            access.session(),
            form.login.data or "",
            form.password.data or "",
            address=request.remote_addr or "",
            at=access.now(),
        )
    except RefusedError as refusal:
        form.form_errors.append(refusal_text(refusal))
        return render_template("account/login.html", form=form), 429
    if identity is None:
        form.form_errors.append(_("Login or password is wrong."))
        return render_template("account/login.html", form=form), 401
    language = session.get("language")
    session.clear()
    if language:
        session["language"] = language
    session.permanent = True
    login_user(Visitor(identity))
    if identity.must_change_password:
        return redirect(url_for("account.password"))
    return redirect(local(request.args.get("next")))


@bp.post("/logout")
@allow()
def logout() -> Response:
    logout_user()
    session.clear()
    return redirect(url_for("account.login"))


@bp.route("/password", methods=["GET", "POST"])
@allow()
def password() -> str | Response:
    form = PasswordForm()
    if form.validate_on_submit():
        try:
            identity = entering.change_password(
                access.session(), access.actor(), form.old.data or "", form.new.data or "", at=access.now()
            )
        except RefusedError as refusal:
            form.form_errors.append(refusal_text(refusal))
        else:
            login_user(Visitor(identity))
            return redirect(url_for("home.index"))
    return render_template("account/password.html", form=form)


@bp.get("/language/<code>")
@open_to_anyone
def language(code: str) -> Response:
    if code in LANGUAGES:
        session["language"] = code
    return redirect(local(request.args.get("next")))
