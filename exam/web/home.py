"""The first page: what waits for me."""

from collections.abc import Mapping

from flask import Blueprint, current_app, render_template, url_for
from flask_babel import gettext as _

from exam.services import home
from exam.services.home_tasks import Task
from exam.web import access, languages
from exam.web.access import allow
from exam.web.wordings.home import TASKS
from exam.web.wordings.journal import act_words

bp = Blueprint("home", __name__)

# Where a task is done: the endpoint, and what its address says beside the place of the task.
PLACES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "account-without-role": ("administrator.accounts", {}),
    "act-refused": ("auditor.index", {}),
    "characteristic-missing": ("campaign.officers.index", {}),
    "extra-time-asked": ("invigilator.index", {}),
    "form-unsealed": ("forms_of_test.index", {}),
    "guard-refused": ("auditor.index", {}),
    "heat-today": ("examiner.index", {}),
    "heat-unfinished": ("examiner.index", {}),
    "item-draft": ("bank.index", {}),
    "item-returned": ("bank.index", {}),
    "item-to-review": ("bank.index", {}),
    "meeting-late": ("commission.index", {}),
    "meeting-open": ("commission.index", {}),
    "meeting-planned": ("commission.index", {}),
    "not-notified": ("campaign.officers.index", {"state": "not-notified"}),
    "ready": ("campaign.officers.index", {"state": "ready"}),
    "result-to-confirm": ("examiner.index", {}),
    "result-to-confirm-late": ("examiner.index", {}),
    "schedule-begun": ("campaign.settings.list_schedules", {}),
    "schedule-draft": ("campaign.settings.list_schedules", {}),
    "signature-late": ("commission.index", {}),
    "signature-missing": ("commission.index", {}),
    "sitting-open": ("invigilator.index", {}),
    "sitting-over": ("invigilator.index", {}),
    "sitting-today": ("invigilator.index", {}),
    "threshold-to-approve": ("campaign.settings.list_thresholds", {}),
    "vote-open": ("commission.index", {}),
}


@bp.get("/")
@allow()
def index() -> str:
    found = home.today(access.session(), by=access.actor(), at=access.now())
    return render_template(
        "home/index.html",
        waiting=[_line(task) for task in found.waiting],
        late=[_line(task) for task in found.late],
        recent=[{"at": each.at, "words": act_words(each.tag), "address": None} for each in found.recent],
    )


def _line(task: Task) -> dict[str, object]:
    due = _("last day: %(day)s", day=languages.day(task.due)) if task.due else None
    return {"count": task.count, "words": TASKS[task.code], "note": due, "address": _address(task)}


def _address(task: Task) -> str:
    endpoint, more = PLACES[task.code]
    known = endpoint in current_app.view_functions
    return url_for(endpoint, **{**task.place, **more}) if known else url_for("home.index")
