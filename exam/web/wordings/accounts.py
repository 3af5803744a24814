"""Sentences about accounts and roles."""

from flask_babel import lazy_gettext as _

REFUSALS: dict[str, object] = {
    "account-disabled": _("The account %(login)s is shut."),
    "officer-has-account": _("This officer has the account %(login)s already."),
    "officer-unknown": _("No officer has this IIN. Take in the staff list first."),
    "own-account": _("You cannot do this to your own account; another administrator can."),
    "region-unknown": _("There is no region %(region)s."),
}
