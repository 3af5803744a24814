"""A room on paper: its sheet with the digests of its forms, and the forms themselves where terminals fail."""

from flask import Blueprint, Response, render_template, request

from exam.printing.form_papers import FormPaper
from exam.printing.rendering import render
from exam.rules.paper_fallback import PaperKind
from exam.rules.roles import Role
from exam.services.invigilator import paper_room
from exam.web import access
from exam.web.access import allow
from exam.web.form_facts import paper_of, room_paper
from exam.web.wordings.sitting import PAPER_KINDS, PARTS

bp = Blueprint("room_papers", __name__)


@bp.get("/sittings/<int:sitting_id>/papers")
@allow(Role.INVIGILATOR)
def papers(sitting_id: int) -> str:
    room = paper_room.read_room_forms(access.session(), sitting_id, by=access.actor(), at=access.now())
    return render_template("invigilator/papers.html", room=room, parts=PARTS, kinds=PAPER_KINDS)


@bp.post("/sittings/<int:sitting_id>/papers/room")
@allow(Role.INVIGILATOR)
def print_room(sitting_id: int) -> Response:
    by = access.actor()
    room = paper_room.print_room(access.session(), sitting_id, by=by, at=access.now())
    return _pdf(room_paper(room, by.full_name), f"room-{sitting_id}")


@bp.post("/sittings/<int:sitting_id>/papers/<int:form_id>/<kind>")
@allow(Role.INVIGILATOR)
def print_form(sitting_id: int, form_id: int, kind: str) -> Response:
    language = request.form.get("language", "")
    if kind not in set(PaperKind) or language not in ("kk", "ru"):
        access.not_found()
    wanted = PaperKind(kind)
    printed = paper_room.print_form(
        access.session(), sitting_id, form_id, wanted, by=access.actor(), at=access.now()
    )
    return _pdf(paper_of(printed, wanted, language), f"{kind}-{printed.form.number}-{language}")


def _pdf(paper: FormPaper, name: str) -> Response:
    reply = Response(render(paper), mimetype="application/pdf")
    reply.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    reply.headers["Cache-Control"] = "no-store"
    return reply
