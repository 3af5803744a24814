"""Writing an item: both languages side by side, with a preview as the candidate sees it."""

from collections.abc import Sequence

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.datastructures import FileStorage

from exam.errors import RefusedError
from exam.rules.roles import Role
from exam.services.bank import item_lives, item_page, item_preview, item_writing
from exam.services.bank.item_page import ItemPage
from exam.services.bank.item_pictures import LARGEST_PICTURE, take_picture
from exam.services.bank.item_writing import Writing
from exam.services.terminal.part_page import Question
from exam.web import access
from exam.web.access import allow
from exam.web.bank_naming import act_choices, choices
from exam.web.forms.bank import PictureForm, WritingForm
from exam.web.wording import refusal_text
from exam.web.wordings import bank as words
from question_bank.items import Kind, Part, State

bp = Blueprint("writing", __name__)
UNWRITTEN = "NEW"
PICTURE = "picture"
PICTURED = (PICTURE, "without_picture", "image_alt_kk", "image_alt_ru")
BESIDE = {
    "note-missing": "note",
    "key-malformed": "rows",
    "enemy-unknown": "enemies",
    "picture-unknown": PICTURE,
}


@bp.route("/new", methods=["GET", "POST"])
@allow(Role.ITEM_AUTHOR)
def new() -> str | Response | tuple[str, int]:
    form = _form()
    if _sound(form):
        try:
            with access.session().begin_nested():
                row = item_writing.start_item(
                    access.session(), form.writing(), by=access.actor(), at=access.now()
                )
                return _saved(row.id, 1, form.note.data or item_writing.BEGUN)
        except RefusedError as refusal:
            _beside(form, refusal)
    return render_template("bank/edit.html", form=form, page=None), 422 if form.errors else 200


@bp.route("/<int:item_id>/edit", methods=["GET", "POST"])
@allow(Role.ITEM_AUTHOR)
def edit(item_id: int) -> str | Response | tuple[str, int]:
    page = item_page.read_item(access.session(), item_id, by=access.actor(), at=access.now())
    if not page.may_write:
        raise RefusedError("in-review")
    before = item_writing.as_writing(page.item)
    form = _form(before, page)
    if _sound(form):
        try:
            with access.session().begin_nested():
                saved = item_writing.save_wording(
                    access.session(),
                    item_id,
                    form.writing(before if page.settled else None),
                    seen=form.seen.data or 0,
                    note=form.note.data or "",
                    by=access.actor(),
                    at=access.now(),
                )
                return _saved(item_id, saved.number, form.note.data or "")
        except RefusedError as refusal:
            _beside(form, refusal)
    elif request.method == "GET":
        form.show(before)
    return render_template("bank/edit.html", form=form, page=page), 422 if form.errors else 200


def _form(before: Writing | None = None, page: ItemPage | None = None) -> WritingForm:
    form = WritingForm()
    topics = [(code, words.topic_name(code)) for code in words.TOPICS]
    if before and before.topic not in words.TOPICS:
        topics.insert(0, (before.topic, words.topic_name(before.topic)))
    form.offer(
        topic=topics,
        level=choices(words.LEVELS.items()),
        kind=choices(words.KINDS.items()),
        grade=[("", "–"), ("A", "A"), ("B", "B"), ("C", "C")],
        act=[("", "–"), *act_choices()],
    )
    if page:
        form.part.data = page.item.part.value
        if request.method == "GET" or page.item.part is Part.LOGIC:
            form.image.data = page.item.version.image
        form.seen.data = form.seen.data or page.newest
    for name in _not_asked(page) if page else ():
        del form[name]
    return form


def _sound(form: WritingForm) -> bool:
    """Take in the picture, which is kept whatever else is wrong, and check the rest."""
    if not form.is_submitted():
        return False
    fault = ""
    if PICTURE in form and form.picture.data:
        try:
            form.image.data = _taken(form.picture.data)
        except RefusedError as refusal:
            fault = refusal_text(refusal)
    sound = form.validate()
    if fault:
        form.picture.errors = [fault]
    return sound and not fault


def _taken(file: FileStorage) -> str:
    content = file.stream.read(LARGEST_PICTURE + 1)
    return take_picture(access.session(), content, by=access.actor(), at=access.now())


@bp.post("/picture")
@allow(Role.ITEM_AUTHOR)
def picture() -> tuple[dict[str, str], int]:
    """Keep a picture while its item is being written."""
    form = PictureForm()
    if not form.validate_on_submit():
        return {"fault": str(form.picture.errors[0] if form.picture.errors else _("Choose a file."))}, 422
    try:
        return {"image": _taken(form.picture.data)}, 200
    except RefusedError as refusal:
        return {"fault": refusal_text(refusal)}, 422


def _not_asked(page: ItemPage) -> tuple[str, ...]:
    """A used item keeps its place in the bank; a logic item has its proof, and the picture drawn with it."""
    place = ("topic", "fact", "grade") if page.settled else ()
    return (*place, "act", *PICTURED) if page.item.part is Part.LOGIC else place


def _saved(item_id: int, number: int, note: str) -> Response:
    """Go to the item; where it was asked for, it lies before a reviewer by then."""
    if "send" in request.form:
        item_lives.move_version(
            access.session(),
            item_id,
            number,
            State.IN_REVIEW,
            note=note,
            by=access.actor(),
            at=access.now(),
        )
        flash(_("Version %(number)s is saved and sent to review.", number=number), "success")
    else:
        flash(_("Version %(number)s is saved as a draft.", number=number), "success")
    return redirect(url_for("bank.item", item_id=item_id))


def _beside(form: WritingForm, refusal: RefusedError) -> None:
    """Say the refusal beside the field it is about; nothing was written."""
    field = form[BESIDE.get(refusal.code, "note")]
    field.errors = [refusal_text(refusal)]


@bp.post("/preview")
@allow(Role.ITEM_AUTHOR)
def preview() -> str:
    form = _form()
    if form.kind.data not in set(Kind) or form.part.data not in set(Part):
        access.not_found()
    seen = item_preview.preview(
        access.session(),
        form.writing(),
        part=Part(form.part.data),
        code=UNWRITTEN,
    )
    return render_template("bank/preview.html", **_shown(seen))


def _shown(seen: item_preview.Preview) -> dict[str, object]:
    return {
        "sides": sides(seen.questions),
        "fault": refusal_text(seen.fault) if seen.fault else "",
        "problems": [(words.check_text(problem), words.quoted(problem)) for problem in seen.problems],
        "strange": words.strange_texts(seen.strange),
    }


def sides(questions: Sequence[tuple[str, Question]]) -> list[tuple[str, Markup]]:
    """Each language of a question with its HTML, the words around it in that language too."""
    shown = []
    for language, question in questions:
        with force_locale(language):
            html = render_template("bank/preview_question.html", question=question)
        shown.append((language, Markup(html)))  # noqa: S704  a template of ours, escaped there
    return shown
