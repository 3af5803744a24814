"""The candidate's terminal: start code, identity, language, rules, the two parts."""

from flask import (
    Blueprint,
    Response,
    current_app,
    jsonify,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import force_locale
from flask_babel import gettext as _

from exam.errors import RefusedError
from exam.services.terminal import candidate, part_page, starting
from exam.services.terminal.answering import PASS_COOKIE, TerminalPass, read_pass, sign_pass
from exam.services.terminal.candidate import Whereabouts
from exam.web import access, overdue
from exam.web.access import open_to_terminal
from exam.web.forms.terminal import CodeForm, LanguageForm, RulesForm
from exam.web.wording import refusal_text

bp = Blueprint("terminal", __name__, url_prefix="/terminal")
overdue.watch(bp)

Page = str | Response | tuple[str, int]
FORMS = {"language": LanguageForm, "rules": RulesForm}


def held() -> TerminalPass | None:
    """The pass of this terminal, None before a start code was entered."""
    return read_pass(request.cookies.get(PASS_COOKIE), secret())


def secret() -> bytes:
    key: bytes = current_app.extensions["synaq"].secret_key
    return key


def required() -> TerminalPass:
    """The pass of this terminal; without one the act is refused."""
    found = held()
    if found is None:
        raise RefusedError("no-pass")
    return found


@bp.errorhandler(RefusedError)
def refused(error: RefusedError) -> Page:
    """Say it in the clothes of the terminal; a pass that is no longer valid is taken away."""
    if error.facts.get("what") == "admission":
        answer = current_app.make_response((render_template("terminal/released.html"), 403))
        answer.delete_cookie(PASS_COOKIE, path=bp.url_prefix or "/")
        return answer
    return render_template("terminal/refused.html", text=refusal_text(error)), error.status


@bp.get("/")
@open_to_terminal
def index() -> Page:
    by = held()
    if by is None:
        return render_template("terminal/code.html", form=CodeForm())
    return page_of(by, candidate.whereabouts(access.session(), by, at=access.now()))


def page_of(by: TerminalPass, stand: Whereabouts, form: object = None) -> str:
    """The page on which a candidate goes on, in the language of his test once he has chosen it."""
    with force_locale(stand.language or session.get("language") or stand.test_language):
        if stand.step == "running":
            paper = part_page.part_page(access.session(), by, at=access.now())
            return render_template("terminal/part.html", paper=paper)
        form = form or (FORMS[stand.step]() if stand.step in FORMS else None)
        return render_template(f"terminal/{stand.step}.html", stand=stand, form=form)


@bp.post("/enter")
@open_to_terminal
def enter() -> Page:
    form = CodeForm()
    if not form.validate_on_submit():
        return render_template("terminal/code.html", form=form), 400
    try:
        by = candidate.enter_code(
            access.session(),
            form.code.data or "",
            secret=secret(),
            address=request.remote_addr or "",
            at=access.now(),
        )
    except RefusedError as refusal:
        form.form_errors.append(refusal_text(refusal))
        return render_template("terminal/code.html", form=form), 429
    if by is None:
        form.code.errors = [
            _("This code is wrong or out of date. Check it, or ask the invigilator for a new one.")
        ]
        return render_template("terminal/code.html", form=form), 401
    answer = _on()
    answer.set_cookie(
        PASS_COOKIE,
        sign_pass(by, secret()),
        path=bp.url_prefix or "/",
        httponly=True,
        samesite="Strict",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
    )
    return answer


def _on() -> Response:
    return current_app.make_response(redirect(url_for("terminal.index")))


@bp.post("/identity")
@open_to_terminal
def identity() -> Response:
    candidate.confirm_identity(access.session(), required(), at=access.now())
    return _on()


@bp.post("/language")
@open_to_terminal
def language() -> Page:
    by, form = required(), LanguageForm()
    if not form.validate_on_submit():
        stand = candidate.whereabouts(access.session(), by, at=access.now())
        return (page_of(by, stand, form), 400) if stand.step == "language" else _on()
    candidate.choose_language(access.session(), by, form.language.data, at=access.now())
    session["language"] = form.language.data
    return _on()


@bp.post("/rules")
@open_to_terminal
def rules() -> Page:
    by, form = required(), RulesForm()
    if not form.validate_on_submit():
        stand = candidate.whereabouts(access.session(), by, at=access.now())
        return (page_of(by, stand, form), 400) if stand.step == "rules" else _on()
    candidate.accept_rules(access.session(), by, at=access.now())
    return _on()


@bp.post("/start/<part>")
@open_to_terminal
def start(part: str) -> Response:
    starting.start_part(access.session(), required(), part, secret=secret(), at=access.now())
    return _on()


@bp.get("/clock/<int:attempt>")
@open_to_terminal
def clock(attempt: int) -> Response:
    left = part_page.time_left(access.session(), required(), attempt, at=access.now())
    return jsonify(seconds_left=left.seconds_left, over=left.over)


@bp.post("/submit/<int:attempt>")
@open_to_terminal
def submit(attempt: int) -> Response:
    part_page.submit(
        access.session(),
        required(),
        attempt,
        at=access.now(),
        automatic=request.form.get("automatic") == "yes",
    )
    return _on()


@bp.post("/leave")
@open_to_terminal
def leave() -> Response:
    answer = _on()
    answer.delete_cookie(PASS_COOKIE, path=bp.url_prefix or "/")
    session.pop("language", None)
    return answer
