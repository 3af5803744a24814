"""Words of the panels that set a standard: cuts to compare, why an act was refused."""

from flask_babel import lazy_gettext as _

CUTS: dict[str, object] = {
    "round": _("panel, round %(round)s"),
    "less_error": _("panel, one standard error lower"),
    "more_error": _("panel, one standard error higher"),
    "hofstee": _("compromise of cut and failures (Hofstee)"),
    "in_force": _("threshold in force at the test"),
}

REFUSALS: dict[str, object] = {
    "form-not-sealed": _("The form is not sealed yet: a panel judges what nobody can change any more."),
    "judge-name-long": _("The name of a judge has at most %(most)s characters."),
    "judge-twice": _("One judge is named twice."),
    "judges-too-few": _("Name at least %(least)s judges."),
    "judges-too-many": _("Name at most %(most)s judges."),
    "limits-given": _("The limits of this judge are recorded already."),
    "limits-wrong": _(
        "The least is not above the most; cuts lie between 0 and %(most)s points,"
        " failures between 0 and 100 per cent."
    ),
    "percents-wrong": _("Every one of the %(questions)s questions needs a whole number from 0 to 100."),
    "purpose-missing": _("Write what the panel is for, in at most %(most)s characters."),
    "round-waits": _("This judge waits: the round begins when all have given the one before."),
}
