"""The HR unit: officers, and the staff list they come from."""

from io import BytesIO

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _

from exam.errors import RefusedError
from exam.rules.roles import Role
from exam.services import spreadsheets
from exam.services.officers import officer_template, people
from exam.services.officers.people import ImportReport
from exam.services.paging import page_number
from exam.web import access, languages, naming
from exam.web.access import allow
from exam.web.forms.people import StaffListForm
from exam.web.wording import refusal_text, sentence
from exam.web.wordings.people import COLUMNS

bp = Blueprint("people", __name__, url_prefix="/people")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PROBLEMS_SHOWN = 1000


@bp.app_context_processor
def names() -> dict[str, object]:
    """Names in the language of the page, for every template that shows officers."""
    return {
        "named": naming.named,
        "category_label": naming.category_label,
        "category_text": naming.category_text,
        "column_names": COLUMNS,
    }


@bp.get("/")
@allow(Role.HR)
def index() -> str:
    asked = request.args
    by = access.actor()
    page = people.list_officers(
        access.session(),
        by=by,
        words=asked.get("q", ""),
        region=asked.get("region", ""),
        category=asked.get("category", ""),
        sort=asked.get("sort", ""),
        number=page_number(asked.get("page", "")),
    )
    return render_template(
        "people/index.html",
        page=page,
        regions=naming.region_choices(by.regions(Role.HR)),
        categories=naming.category_choices(),
    )


@bp.get("/<int:officer_id>")
@allow(Role.HR)
def officer(officer_id: int) -> str:
    page = people.read_officer(access.session(), officer_id, by=access.actor())
    return render_template("people/officer.html", page=page)


@bp.get("/template.xlsx")
@allow(Role.HR)
def template() -> Response:
    book = officer_template.template(languages.code())
    return send_file(BytesIO(book), mimetype=XLSX, as_attachment=True, download_name="synaq-officers.xlsx")


@bp.route("/import", methods=["GET", "POST"])
@allow(Role.HR)
def import_list() -> str | Response | tuple[str, int]:
    form = StaffListForm()
    if not form.validate_on_submit():
        return render_template("people/import.html", form=form, report=None), 422 if form.errors else 200
    try:
        rows = spreadsheets.read_sheet(form.file.data.read())
        report = people.import_officers(
            access.session(), rows, by=access.actor(), at=access.now(), dry_run=form.only_look.data
        )
    except RefusedError as refusal:
        form.file.errors = [refusal_text(refusal)]
        return render_template("people/import.html", form=form, report=None), 422
    if report.written:
        flash(_told(report), "success")
        return redirect(url_for("people.index"))
    shown = [(each.cell, COLUMNS[each.column], _worded(each)) for each in report.problems[:PROBLEMS_SHOWN]]
    page = render_template("people/import.html", form=form, report=report, told=_told(report), problems=shown)
    return page, 422 if report.problems else 200


def _worded(problem: people.CellProblem) -> str:
    return sentence("PROBLEMS", problem.code, problem.facts)


def _told(report: ImportReport) -> str:
    return _(
        "Added: %(added)s. Changed: %(changed)s. As before: %(unchanged)s.",
        added=report.added,
        changed=report.changed,
        unchanged=report.unchanged,
    )
