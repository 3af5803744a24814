"""The auditor: the journal, whether its chain holds, and the way to the integrity lists."""

from flask import Blueprint, render_template, request

from exam.rules.roles import Role
from exam.services import journal_page
from exam.services.paging import page_number
from exam.services.statistics import sitting_report
from exam.web import access
from exam.web.access import allow
from exam.web.forms.fields import read_day
from exam.web.statistics_words import names_of
from exam.web.wordings.journal import BREAKS, act_words
from exam.web.wordings.journal_facts import fact_words
from exam.web.wordings.sitting import PARTS

bp = Blueprint("auditor", __name__, url_prefix="/auditor")


@bp.get("/")
@allow(Role.AUDITOR)
def index() -> str:
    asked = request.args
    page = journal_page.read_journal(
        access.session(),
        tag=asked.get("tag", ""),
        actor=asked.get("actor", "").strip(),
        first=read_day(asked.get("first", "").strip()),
        last=read_day(asked.get("last", "").strip()),
        number=page_number(asked.get("page", "")),
    )
    tags = sorted(((tag, act_words(tag)) for tag in journal_page.tags(access.session())), key=lambda t: t[1])
    return render_template(
        "auditor/index.html", page=page, tags=tags, act_words=act_words, fact_words=fact_words
    )


@bp.get("/chain")
@allow(Role.AUDITOR)
def chain() -> str:
    check = journal_page.check_chain(access.session())
    why = BREAKS.get(check.broken.why, check.broken.why) if check.broken else None
    return render_template("auditor/chain.html", check=check, why=why, at=access.now())


@bp.get("/integrity")
@allow(Role.AUDITOR)
def leads() -> str:
    tests = sitting_report.tests_sat(access.session())
    return render_template("auditor/leads.html", tests=tests, parts=PARTS, names_of=names_of)
