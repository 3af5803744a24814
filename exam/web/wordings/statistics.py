"""Words of the statistics: flags, each with what was found and where its cut-off comes from."""

from flask_babel import lazy_gettext as _

from exam.web.languages import decimal
from scoring import Flag

FLAGS: dict[str, object] = {
    "reliability_not_acceptable": _("reliability %(value)s is below %(cutoff)s: not acceptable"),
    "reliability_low_for_decisions": _(
        "reliability %(value)s is below %(cutoff)s: low for decisions on people"
    ),
    "speeded": _("%(value)s did not reach the last question: the time was short"),
    "too_hard": _("too hard: only %(value)s of the points"),
    "far_too_easy": _("far too easy: %(value)s of the points"),
    "too_easy": _("too easy: %(value)s of the points"),
    "at_chance": _("not better than guessing: %(value)s"),
    "no_variance": _("everybody has the same points"),
    "negative_discrimination": _("discrimination %(value)s is negative: the able miss it"),
    "poor_discrimination": _("discrimination %(value)s is poor"),
    "low_discrimination": _("discrimination %(value)s is low"),
    "omitted_often": _("left out by %(value)s"),
    "possible_miskey": _("perhaps a wrong key"),
    "distractor_not_working": _("option %(option)s is hardly chosen (%(value)s)"),
    "distractor_attracts_able": _("option %(option)s attracts the able (%(value)s)"),
    "alpha_rises_without": _("the test is more reliable without it"),
}
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def flag_text(flag: Flag) -> str:
    """A flag in words, with its source."""
    sentence = str(FLAGS.get(flag.code, flag.code))
    option = LETTERS[int(flag.option)] if flag.option.isdecimal() else flag.option
    told = sentence % {"value": decimal(flag.value), "cutoff": decimal(flag.cutoff), "option": option}
    return f"{told} ({flag.source})"
