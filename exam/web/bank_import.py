"""Files of questions: looked at first, taken in as drafts on a further word; and items given out."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask_babel import ngettext

from exam.errors import RefusedError
from exam.rules.roles import Role
from exam.services.bank import draft_loading, exporting, item_preview
from exam.services.bank.draft_loading import Arrival
from exam.services.bank.search import READERS, Wanted
from exam.services.interchange import template as sheet_template
from exam.services.interchange import uploads
from exam.services.interchange.reports import Report, read_file
from exam.services.local_days import day_of
from exam.web import access, languages
from exam.web.access import allow
from exam.web.bank_writing import sides
from exam.web.forms.bank_import import QuestionFileForm, TakeInForm
from exam.web.wording import refusal_text
from exam.web.wordings.interchange import FORMATS, left_out_text, unread_text
from question_bank.interchange.detect import FORMATS as READ
from question_bank.interchange.writing import ENDINGS, WRITTEN

bp = Blueprint("interchange", __name__)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_SHOWN = 100
"""Questions that are shown as a candidate sees them; the others are taken in all the same."""
MOST_FINDINGS = 1000


@bp.get("/import")
@allow(Role.ITEM_AUTHOR)
def choose() -> str:
    return render_template("bank/import.html", form=QuestionFileForm.offering())


@bp.post("/import")
@allow(Role.ITEM_AUTHOR)
def look() -> str | tuple[str, int]:
    form = QuestionFileForm.offering()
    if not form.validate_on_submit():
        return render_template("bank/import.html", form=form), 422
    content, name = form.file.data.read(), form.file.data.filename or ""
    report = read_file(name, content, wanted=form.wanted.data)
    if report.refused:
        form.file.errors = [unread_text(report.problems[0])]
        return render_template("bank/import.html", form=form), 422
    digest = uploads.keep(_instance(), content, by=access.actor(), at=access.now())
    take = TakeInForm(formdata=None, digest=digest, wanted=form.wanted.data, name=name)
    return render_template("bank/import_report.html", form=take, name=name, **_told(report))


@bp.post("/import/take")
@allow(Role.ITEM_AUTHOR)
def take_in() -> Response:
    form = TakeInForm()
    wanted = form.wanted.data if form.wanted.data in READ else "auto"
    content = uploads.find(_instance(), form.digest.data or "", by=access.actor())
    report = read_file(form.name.data or "", content, wanted=wanted)
    loaded = draft_loading.load_drafts(
        access.session(), report.drafts, report.pictures, by=access.actor(), at=access.now()
    )
    uploads.forget(_instance(), form.digest.data or "", by=access.actor())
    number = len(loaded.written)
    told = ngettext(
        "%(num)s question is taken in as a draft.", "%(num)s questions are taken in as drafts.", number
    )
    told = " ".join(filter(None, (told, _known(len(loaded.known)), _refused(len(loaded.problems)))))
    flash(told, "success")
    return redirect(url_for("bank.index", state="draft"))


def _known(number: int) -> str:
    if not number:
        return ""
    return ngettext(
        "%(num)s was in the bank already and stays as it is.",
        "%(num)s were in the bank already and stay as they are.",
        number,
    )


def _refused(number: int) -> str:
    if not number:
        return ""
    return ngettext(
        "%(num)s was not taken in: the bank has another question under its code.",
        "%(num)s were not taken in: the bank has other questions under their codes.",
        number,
    )


def _told(report: Report) -> dict[str, object]:
    arrivals = draft_loading.look_at(access.session(), report.drafts, report.pictures)
    problems = [*report.problems, *(each.problem for each in arrivals if each.problem)]
    notes = [*report.notes, *(note for each in arrivals for note in each.notes)]
    return {
        "format": FORMATS.get(report.format, report.format),
        "new": sum(each.new for each in arrivals),
        "known": sum(each.known for each in arrivals),
        "arrivals": [(each, _seen(each, place, report)) for place, each in enumerate(arrivals[:MOST_SHOWN])],
        "arrived": len(arrivals),
        "problems": [(each, unread_text(each)) for each in problems[:MOST_FINDINGS]],
        "unread": len(problems),
        "notes": [(each, left_out_text(each)) for each in notes[:MOST_FINDINGS]],
        "left_out": len(notes),
    }


def _seen(arrival: Arrival, place: int, report: Report) -> list[tuple[str, object]]:
    """Each side of an arrival; questions of a page have places of their own, or their labels would meet."""
    version = arrival.item.version
    questions = item_preview.as_candidates_see(access.session(), version, report.pictures.get(version.image))
    placed = ((name, replace(each, position=2 * place + n)) for n, (name, each) in enumerate(questions))
    return list(sides(list(placed)))


def _instance() -> Path:
    folder: Path = current_app.extensions["synaq"].instance
    return folder


@bp.get("/import/template.xlsx")
@allow(Role.ITEM_AUTHOR)
def template() -> Response:
    book = sheet_template.template(languages.code())
    return send_file(BytesIO(book), mimetype=XLSX, as_attachment=True, download_name="synaq-items.xlsx")


@bp.post("/export")
@allow(*READERS)
def export() -> Response:
    form = request.form.get("form", "")
    if form not in WRITTEN:
        access.not_found()
    asked = {name: request.args.get(name, "").strip() for name in Wanted.__dataclass_fields__}
    wanted = Wanted(**asked | {"words": request.args.get("q", "")})
    at = access.now()
    try:
        content, _number = exporting.export_items(
            access.session(), wanted, form, on=day_of(at), by=access.actor(), at=at
        )
    except RefusedError as refusal:
        flash(refusal_text(refusal), "error")
        return redirect(url_for("bank.index", **request.args.to_dict()))
    name = f"synaq-items-{day_of(at).isoformat()}.{ENDINGS[form]}"
    return send_file(BytesIO(content), as_attachment=True, download_name=name)
