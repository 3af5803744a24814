"""Codes into sentences: every refusal and every ground of the rules, in the language of the page."""

from flask_babel import lazy_gettext as _

from exam.errors import RefusedError

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
    "roles-conflict": _("The roles “%(first)s” and “%(second)s” may not be held by one person."),
    "region-not-fitting": _("This role is held for the whole country."),
}


def refusal_text(error: RefusedError) -> str:
    """One clear line for a refusal."""
    sentence = REFUSALS.get(error.code)
    if sentence is None:
        return str(_("This is not allowed: %(code)s.") % {"code": error.code})
    return str(sentence) % dict(error.facts)
