"""Sentences about campaigns, thresholds and schedules, and the words for their settings."""

from flask_babel import lazy_gettext as _

REFUSALS: dict[str, object] = {
    "already-enrolled": _("%(officer)s is in the campaign already."),
    "approved-already": _("This is approved already."),
    "approver-missing": _("Enter who approved the schedule, on which post and by which order."),
    "approver_is_author": _("Who proposed a threshold does not approve it."),
    "campaign-exists": _("There is a campaign %(campaign)s already."),
    "category-not-in-regime": _("The act of this campaign does not name the post category %(category)s."),
    "centre-only": _("This holds for the whole country and is set at the centre."),
    "exempt": _("%(officer)s is exempt at present."),
    "exemption-not-in-regime": _("The act of this campaign does not know this ground of exemption."),
    "minimum-out-of-range": _("A minimum of an area is between 1 and the number of questions."),
    "minutes-out-of-range": _("The time is between 1 and 600 minutes."),
    "norms-have-no-threshold": _("The norms have their own tables and no threshold."),
    "not-notified": _("%(officer)s has no written notice yet."),
    "place-missing": _("Enter the place."),
    "points-out-of-range": _("The points are between 1 and the number of questions, %(questions)s."),
    "proposer-approves": _("Who proposed a threshold does not approve it."),
    "regime-unknown": _("There is no set of rules %(regime)s."),
    "source-missing": _("Enter the act with its number, date and clause."),
    "stage-out-of-order": _("Stages follow one another; none is skipped."),
    "stage-unknown": _("There are schedules for norms, tests and interviews only."),
}

RESTRICTION: dict[str, object] = {
    "any": _("one failed part restricts the decisions"),
    "all": _("only a failed test together with failed norms restricts the decisions"),
}

QUORUM: dict[str, object] = {
    "all_posts": _("two thirds of all posts of the composition"),
    "voting_posts": _("two thirds of the posts that vote"),
}

GROUNDS_OF_EXEMPTION: dict[str, object] = {
    "pregnancy": _("pregnancy"),
    "child_care_leave": _("leave to care for a child"),
    "article_77_leave": _("leave under article 77 of the Law"),
    "head_or_deputy": _("head of the body or his deputy"),
    "twenty_years": _("twenty years of service"),
}

STATES: dict[str, object] = {
    "not-notified": _("no written notice"),
    "ready": _("ready for the norms"),
    "exempt": _("exempt"),
}
