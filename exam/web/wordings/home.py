"""What waits, in words: the number stands before them on the page."""

from flask_babel import lazy_gettext as _

TASKS: dict[str, object] = {
    "account-without-role": _("accounts without a role"),
    "act-refused": _("acts refused in the last seven days"),
    "characteristic-missing": _("officers at the interview without a service characteristic"),
    "extra-time-asked": _("requests for extra time wait for a second invigilator"),
    "form-unsealed": _("test forms are not sealed"),
    "guard-refused": _("statements refused by the database in the last seven days"),
    "heat-today": _("heats today"),
    "heat-unfinished": _("heats of earlier days without all results"),
    "item-draft": _("items of yours in draft"),
    "item-returned": _("items returned to you from review"),
    "item-to-review": _("items wait for your review"),
    "meeting-late": _("planned meetings whose day has passed"),
    "meeting-open": _("open meetings"),
    "meeting-planned": _("planned meetings"),
    "not-notified": _("officers without a written notice"),
    "ready": _("officers notified whose preparation can be ended"),
    "result-to-confirm": _("results wait for a second person"),
    "result-to-confirm-late": _("results wait for a second person longer than a day"),
    "schedule-begun": _("schedules whose time has come without an approval"),
    "schedule-draft": _("schedules without an approval"),
    "signature-late": _("officers have not signed the decision in time"),
    "signature-missing": _("officers have yet to sign the decision"),
    "sitting-open": _("open sittings"),
    "sitting-over": _("sittings still open after their time"),
    "sitting-today": _("sittings to open"),
    "threshold-to-approve": _("thresholds wait for your approval"),
    "vote-open": _("cases wait for your vote"),
}
