"""Words of the integrity list: kinds of evidence, what people conclude, why an act was refused."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from exam.services.statistics.integrity import Evidence
from exam.web.languages import decimal

KINDS: dict[str, object] = {
    "omega": _("answers alike"),
    "shared_errors": _("same wrong answers"),
    "person_fit": _("answers unlike the ability"),
    "gain": _("gain after an incident"),
    "rapid": _("very quick answers"),
}

EVIDENCE: dict[str, object] = {
    "omega": _("More answers alike than both abilities explain: omega %(statistic)s."),
    "shared_errors": _("Same wrong answers, more than their popularity explains: %(statistic)s."),
    "person_fit": _("Easy questions missed and hard ones answered: lz* %(statistic)s."),
    "gain": _("Better after the incident than before it: z %(statistic)s."),
    "rapid": _("Share of answers given with time to think: %(statistic)s, less than 0.90 (Wise and Kong)."),
}

CONCLUSIONS: dict[str, tuple[str, object]] = {
    "nothing": ("done", _("nothing to follow")),
    "explained": ("done", _("explained otherwise")),
    "inquiry": ("flagged", _("passed on for an inquiry")),
}

REFUSALS: dict[str, object] = {
    "agreed-already": _("Another person has agreed to this already."),
    "conclusion-unknown": _("Choose one of the conclusions."),
    "concluded-yourself": _("Who concluded does not agree to it himself: another person does."),
    "note-missing": _("Write what you looked at, in at most 2000 characters."),
    "own-lead": _("This is about you: nobody examines himself."),
}


def evidence_sentence(evidence: Evidence) -> str:
    """One kind of evidence with its figure, and the chance where there is one."""
    places = 0 if evidence.kind == "shared_errors" else 2
    said = str(EVIDENCE[evidence.kind]) % {"statistic": decimal(evidence.statistic, places)}
    if evidence.chance is None:
        return said
    chance = gettext("Adjusted probability: %(chance)s.", chance=chance_words(evidence.chance))
    return f"{said} {chance}"


def chance_words(chance: float) -> str:
    """A probability in digits; the very small ones as a bound."""
    return decimal(chance, 4) if chance >= 0.0001 else f"< {decimal(0.0001, 4)}"
