"""The item bank: finding items, one item with its life, moves, and what waits for review."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from exam.rules.roles import Role
from exam.services.bank import item_lives, item_page, item_writing, search, topic_coverage
from exam.services.bank.item_pictures import picture_address
from exam.services.bank.search import READERS, Wanted
from exam.services.local_days import day_of
from exam.services.paging import page_number
from exam.web import access, bank_amendments, bank_import, bank_naming, bank_writing, plots_bank
from exam.web.access import allow
from exam.web.bank_naming import act_choices, choices
from exam.web.forms.bank import MoveForm
from exam.web.forms.bank_import import ExportForm
from exam.web.wordings import bank as words
from question_bank.items import Part, State

bp = Blueprint("bank", __name__, url_prefix="/bank")
bp.register_blueprint(bank_writing.bp)
bp.register_blueprint(bank_amendments.bp)
bp.register_blueprint(bank_import.bp)
bp.app_context_processor(bank_naming.context)


@bp.get("/")
@allow(*READERS)
def index() -> str:
    asked = {name: request.args.get(name, "").strip() for name in Wanted.__dataclass_fields__}
    wanted = Wanted(**asked | {"words": request.args.get("q", "")})
    on, number = day_of(access.now()), page_number(request.args.get("page", ""))
    return render_template(
        "bank/index.html",
        page=search.search(access.session(), wanted, on=on, number=number),
        filters=_filters(),
        export=ExportForm.offering(),
        may_write=access.actor().holds(Role.ITEM_AUTHOR),
        may_approve=access.actor().holds(Role.ITEM_APPROVER),
    )


def _filters() -> list[tuple[str, str, list[tuple[str, str]]]]:
    states = [(code, word) for code, (_look, word) in words.STATES.items()]
    return [
        ("part", _("Test"), choices(words.PARTS.items())),
        ("state", _("State"), choices(states)),
        ("area", _("Area"), choices(words.AREAS.items())),
        ("topic", _("Topic"), [(code, words.topic_name(code)) for code in words.TOPICS]),
        ("act", _("Legal act"), act_choices()),
        ("flag", _("Mark"), choices(words.FLAGS.items())),
    ]


@bp.get("/review")
@allow(*READERS)
def review() -> str:
    number = page_number(request.args.get("page", ""))
    page = search.waiting_for_review(access.session(), number=number)
    return render_template("bank/review.html", page=page)


@bp.get("/coverage")
@allow(*READERS)
def coverage() -> str:
    asked = request.args.get("part", Part.LEGISLATION)
    part = Part(asked) if asked in set(Part) else access.not_found()
    found = topic_coverage.cover_bank(access.session(), part, on=day_of(access.now()))
    plot = plots_bank.coverage(found) if found.rows else None
    return render_template("bank/coverage.html", coverage=found, plot=plot)


@bp.get("/<int:item_id>")
@bp.get("/<int:item_id>/versions/<int:number>")
@allow(*READERS)
def item(item_id: int, number: int | None = None) -> str:
    page = item_page.read_item(access.session(), item_id, number, by=access.actor(), at=access.now())
    changes = ()
    if page.before is not None:
        changes = item_page.compare(access.session(), item_id, page.before, page.number)
    return render_template(
        "bank/item.html",
        page=page,
        writing=item_writing.as_writing(page.item),
        picture=picture_address(access.session(), page.item.version.image),
        changes=changes,
        problems=[(words.check_text(problem), words.quoted(problem)) for problem in page.problems],
        strange=words.strange_texts(page.strange),
        form=MoveForm(),
    )


@bp.post("/<int:item_id>/versions/<int:number>/move")
@allow(*READERS)
def move(item_id: int, number: int) -> Response:
    form = MoveForm()
    to = State(form.to.data) if form.to.data in set(State) else access.not_found()
    item_lives.move_version(
        access.session(),
        item_id,
        number,
        to,
        note=form.note.data or "",
        by=access.actor(),
        at=access.now(),
    )
    flash(_("Version %(number)s: %(state)s.", number=number, state=words.STATES[to][1]), "success")
    return redirect(url_for("bank.item", item_id=item_id, number=number))
