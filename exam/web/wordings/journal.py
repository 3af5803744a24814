"""Acts that the journal keeps, in words; and what may be wrong with its chain."""

from flask_babel import lazy_gettext as _

TAGS: dict[str, object] = {
    "account:created": _("Account opened"),
    "account:disabled": _("Account shut"),
    "account:entered": _("Signed in"),
    "account:password-changed": _("Password changed"),
    "account:password-reset": _("Password reset"),
    "account:refused": _("Sign-in refused"),
    "act:refused": _("Act refused"),
    "admission:made": _("Officer admitted to a sitting"),
    "attempt:closed": _("Test part closed"),
    "attempt:started": _("Test part begun"),
    "attendance:came": _("Member came to the meeting"),
    "attendance:left": _("Member left the meeting"),
    "bank:loaded": _("Item bank loaded"),
    "campaign:opened": _("Campaign opened"),
    "case:called": _("Officer called before the commission"),
    "case:decided": _("Decision of the commission made"),
    "case:postponed": _("Case postponed"),
    "case:put-before": _("Case put before a meeting"),
    "case:recorded": _("Interview recorded"),
    "characteristic:entered": _("Service characteristic entered"),
    "code:issued": _("Start code issued"),
    "commission:set-up": _("Commission set up"),
    "decision:acquainted": _("Officer acquainted with the decision"),
    "enrolment:exempted": _("Exemption recorded"),
    "enrolment:made": _("Officer enrolled"),
    "enrolment:many-made": _("Officers enrolled"),
    "enrolment:notified": _("Written notice recorded"),
    "enrolment:stage": _("Officer led to the next stage"),
    "extra-time:asked": _("Extra time asked for"),
    "extra-time:granted": _("Extra time granted"),
    "form:assembled": _("Test form assembled"),
    "form:sealed": _("Test form sealed"),
    "guard:refused": _("Statement refused by the database"),
    "heat:planned": _("Heat planned"),
    "heat:started-by": _("Heat started"),
    "identity:confirmed": _("Identity confirmed"),
    "incident:noted": _("Incident noted"),
    "language:chosen": _("Test language chosen"),
    "measurement:confirmed": _("Result of an exercise confirmed"),
    "measurement:corrected": _("Result of an exercise corrected"),
    "measurement:entered": _("Result of an exercise entered"),
    "meeting:closed": _("Meeting closed"),
    "meeting:opened": _("Meeting opened"),
    "meeting:planned": _("Meeting planned"),
    "member:named": _("Member of the commission named"),
    "officer:added": _("Officers added from a staff list"),
    "officer:changed": _("Officer changed by a staff list"),
    "outcome:computed": _("Outcome computed"),
    "part:decided": _("Result of a part recorded"),
    "role:granted": _("Role granted"),
    "role:revoked": _("Role revoked"),
    "rules:accepted": _("Rules of the test accepted"),
    "schedule:approved": _("Schedule approved"),
    "schedule:drawn-up": _("Schedule drawn up"),
    "sitting:closed": _("Sitting closed"),
    "sitting:opened": _("Sitting opened"),
    "sitting:planned": _("Sitting planned"),
    "terminal:bound": _("Terminal bound"),
    "terminal:refused": _("Terminal refused"),
    "terminal:released": _("Terminal released"),
    "threshold:approved": _("Threshold approved"),
    "threshold:proposed": _("Threshold proposed"),
    "vote:cast": _("Vote cast"),
    "vote:opened": _("Vote opened"),
    "vote:round": _("New round of the vote"),
}

BREAKS: dict[str, object] = {
    "an entry before it is missing": _("an entry before it is missing"),
    "it does not follow the entry before it": _("it does not follow the entry before it"),
    "its content was changed": _("its content was changed"),
}

OTHER_ACT = _("Another act")


def act_words(tag: str) -> str:
    """An act in words; what has none yet is another act."""
    return str(TAGS.get(tag, OTHER_ACT))
