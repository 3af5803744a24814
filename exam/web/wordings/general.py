"""Refusals that any page may meet."""

from flask_babel import lazy_gettext as _

REFUSALS: dict[str, object] = {
    "locked-out": _("Too many wrong tries. Wait %(minutes)s minutes."),
    "login-malformed": _("A login has 2 to 64 Latin letters, digits or signs, without spaces."),
    "login-taken": _("There is an account %(login)s already."),
    "password-short": _("The password has at least %(shortest)s characters."),
    "password-wrong": _("The present password is wrong."),
    "password-same": _("The new password is the old one."),
    "not-found": _("There is no such record, or it is outside your region."),
    "role-missing": _("Your roles do not include this act."),
    "role-held": _("The account holds this role already."),
    "own-role": _("Nobody grants a role to himself."),
    "roles-conflict": _("One person may not hold these two roles together."),
    "region-not-fitting": _("This role is held for the whole country."),
}
