"""The first page: what waits for me."""

from flask import Blueprint, render_template

from exam.web.access import allow

bp = Blueprint("home", __name__)


@bp.get("/")
@allow()
def index() -> str:
    return render_template("home/index.html", waiting=[], late=[], recent=[])
