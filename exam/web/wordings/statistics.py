"""Words of the statistics: flags, ways of changing a key, why an act was refused."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from exam.web.languages import decimal

FLAGS: dict[str, object] = {
    "alpha_rises_without": _("lowers reliability"),
    "at_chance": _("at the level of guessing"),
    "distractor_attracts_able": _("a wrong option attracts the able"),
    "curve_does_not_fit": _("does not follow the model"),
    "depends_on_another": _("depends on another question"),
    "distractor_not_working": _("an option hardly anybody chooses"),
    "far_difficulty": _("difficulty far from the people"),
    "far_too_easy": _("far too easy"),
    "flat_curve": _("flat curve"),
    "low_discrimination": _("low discrimination"),
    "mean_square_out": _("answers stray from the model"),
    "negative_discrimination": _("negative discrimination"),
    "no_variance": _("everybody answered alike"),
    "omitted_often": _("often left without an answer"),
    "poor_discrimination": _("poor discrimination"),
    "possible_miskey": _("possibly a wrong key"),
    "reliability_low_for_decisions": _("reliability low for decisions on a person"),
    "reliability_not_acceptable": _("reliability not acceptable"),
    "speeded": _("too little time"),
    "steep_curve": _("suspiciously steep curve"),
    "too_easy": _("too easy"),
    "too_hard": _("too hard"),
}

FLAG_SENTENCES: dict[str, object] = {
    "alpha_rises_without": _("Without this question alpha would be %(value)s; now it is below %(cutoff)s."),
    "at_chance": _("%(value)s of the points: no more than guessing would give (%(cutoff)s)."),
    "distractor_attracts_able": _(
        "Wrong option %(option)s: those who choose it do better elsewhere (correlation %(value)s)."
    ),
    "curve_does_not_fit": _(
        "Right answers by score depart from the model: RMSEA %(value)s, more than %(cutoff)s."
    ),
    "depends_on_another": _(
        "What the model leaves over goes together with another question: %(value)s, more than %(cutoff)s."
    ),
    "distractor_not_working": _("Option %(option)s: chosen by a share of %(value)s, less than %(cutoff)s."),
    "far_difficulty": _("Difficulty %(value)s: farther than %(cutoff)s from the mean ability."),
    "flat_curve": _("Slope %(value)s, less than %(cutoff)s: able and weak answer nearly alike."),
    "far_too_easy": _("%(value)s of the points, more than %(cutoff)s: the question tells nobody apart."),
    "low_discrimination": _("Correlation with the rest of the test %(value)s, less than %(cutoff)s."),
    "mean_square_out": _(
        "Mean square of the residuals %(value)s; the limit is %(cutoff)s, and 1 is what the model expects."
    ),
    "negative_discrimination": _(
        "Correlation with the rest of the test %(value)s: the able answer it worse than the weak."
    ),
    "no_variance": _("Everybody earned the same, so the question tells nobody apart."),
    "omitted_often": _("A share of %(value)s gave no answer, more than %(cutoff)s."),
    "poor_discrimination": _("Correlation with the rest of the test %(value)s, less than %(cutoff)s."),
    "possible_miskey": _("Compare the key with the source: the able prefer another answer (%(value)s)."),
    "reliability_low_for_decisions": _(
        "Alpha is %(value)s, less than %(cutoff)s, which a decision on one person asks for."
    ),
    "reliability_not_acceptable": _("Alpha is %(value)s, less than %(cutoff)s."),
    "speeded": _("A share of %(value)s did not reach the last question, more than %(cutoff)s."),
    "steep_curve": _("Slope %(value)s, more than %(cutoff)s: look whether the question gives itself away."),
    "too_easy": _("%(value)s of the points, more than %(cutoff)s."),
    "too_hard": _("%(value)s of the points, less than %(cutoff)s."),
}

GRAVE = frozenset({"possible_miskey", "negative_discrimination", "reliability_not_acceptable"})
"""Flags to look at first."""

GROUPINGS: dict[str, object] = {
    "language": _("Language of the test"),
    "sex": _("Sex"),
    "region": _("Region"),
}
REPORTED: dict[str, object] = {**GROUPINGS, "form_id": _("Form"), "sitting_id": _("Sitting")}
LANGUAGES: dict[str, object] = {"kk": _("Kazakh"), "ru": _("Russian")}
SEXES: dict[str, object] = {"M": _("men"), "F": _("women")}


KEY_MODES: dict[str, object] = {
    "rekey": _("another answer is right instead"),
    "accept": _("further answers are right as well"),
    "everyone": _("everybody gets the points"),
    "drop": _("the question leaves the score"),
}
KEY_STATES: dict[str, tuple[str, object]] = {
    "open": ("review", _("waits for a second person")),
    "confirmed": ("done", _("confirmed")),
    "rejected": ("closed", _("turned down")),
}

REFUSALS: dict[str, object] = {
    "answer-missing": _("Name the answer that is right; exactly one where it takes the place of the key."),
    "answer-not-possible": _("No candidate could have given this answer."),
    "reason-missing": _("Write the reason."),
    "key-without-effect": _("This key changes no result."),
    "key-proposed-already": _("A change of this key waits for its second person already."),
    "key-change-answered": _("This change has been confirmed or turned down already."),
    "proposer-confirms": _("Who proposed a key does not confirm it: another person does."),
    "own-result": _("Your own result is among those that would change: nobody decides on himself."),
    "attempts-running": _("Somebody is sitting a form with this question now. Wait until he has finished."),
    "preview-changed": _("Results have changed since you looked. Read the page once more and confirm then."),
    "threshold-out-of-reach": _(
        "Without this question a form, or an area of it, could no longer reach its threshold of %(points)s"
        " points. Give everybody the points instead."
    ),
}

GROUNDS: dict[str, object] = {
    "key_changed": _("Scored under a key that was changed after the test: %(items)s."),
}


MODELS: dict[str, object] = {
    "rasch": _("Rasch model: one difficulty for each question, one slope for all"),
    "2pl": _("two-parameter model: a difficulty and a slope for each question"),
}

ETS_CLASSES: dict[str, tuple[str, object]] = {
    "A": ("passed", _("A, negligible")),
    "B": ("flagged", _("B, moderate")),
    "C": ("failed", _("C, large")),
    "": ("not_taken", _("no value")),
}


def flag_sentence(code: str, value: float, cutoff: float, option: str) -> str:
    """A flag with its figure and its cut-off."""
    facts: Mapping[str, str] = {"value": decimal(value), "cutoff": decimal(cutoff), "option": option}
    return str(FLAG_SENTENCES[code]) % facts
