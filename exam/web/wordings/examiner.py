"""Words of the norms: refusals of the track, grounds of a result, what is wrong with a typed text."""

from collections.abc import Mapping

from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _

from norms.loading import known_exercises
from norms.problems import Problem

REFUSALS: dict[str, object] = {
    "schedule-not-approved": _("The schedule is not approved yet: nothing is held without one."),
    "outside-the-schedule": _("This hour is outside the approved schedule."),
    "exercise-not-in-edition": _("The norms of this campaign have no such exercise."),
    "other-region": _("%(officer)s is not an officer of this region and campaign."),
    "not-at-norms": _("%(officer)s is not at the stage of norms."),
    "on-the-start-already": _("%(officer)s is on the start already."),
    "status-unknown": _("Choose what happened."),
    "reason-missing": _("Enter the reason: an entry is corrected only with one."),
    "own_case": _("Nobody examines himself."),
    "same_person": _("A second person confirms: not the one who entered it."),
    "confirmed-already": _("This entry is confirmed already."),
    "replaced": _("A later entry has replaced this one. Load the page again."),
}


def _in_page_language(facts: Mapping[str, object]) -> str:
    locale = get_locale()
    return str(facts.get(locale.language if locale else "kk") or facts.get("kk", ""))


def _absent(word: object):
    def told(facts: Mapping[str, object]) -> str:
        locale = get_locale()
        name = known_exercises()[str(facts["exercise"])].name.of(locale.language if locale else "kk")
        return f"{name}: {word} ({facts['reason']})"

    return told


GROUNDS: dict[str, object] = {
    "norm_met": _in_page_language,
    "norm_missed": _in_page_language,
    "norm_without_row": _in_page_language,
    "norm_not_taken": _absent(_("not taken")),
    "norm_excused": _absent(_("excused")),
}

PROBLEMS: dict[str, object] = {
    "empty": _("Enter the result."),
    "too-long": _("This is too long for a result."),
    "foreign-digits": _("Use the digits 0–9."),
    "not-a-number": _("“%(typed)s” is not a result. Write it as on paper: 14,2 or 3:25 or 12."),
    "not-whole": _("“%(typed)s” is not a whole number."),
    "minutes-missing": _("“%(typed)s”: write minutes and seconds, for example 12:30."),
    "minutes-unexpected": _(
        "“%(typed)s” has minutes; this exercise is measured in seconds, for example 14,2."
    ),
    "seconds-need-two-digits": _("“%(typed)s”: the seconds need two digits, for example 3:05."),
    "seconds-above-59": _("“%(typed)s” has more than 59 seconds."),
    "impossible": _("“%(typed)s” is beyond what a person can do; %(low)s to %(high)s is possible."),
    "unusual": _("“%(typed)s” is unusual; look once more (%(low)s to %(high)s is usual)."),
}


def problem_text(problem: Problem) -> str:
    """One clear line for what is wrong with a typed result."""
    sentence = PROBLEMS.get(problem.code)
    if sentence is None:
        return gettext("This result cannot be read.")
    return str(sentence) % dict(problem.facts)
