"""The bank and the forms in words: states, kinds, levels, topics, findings of the checks, refusals."""

import re
from collections.abc import Mapping, Sequence

from flask_babel import lazy_gettext as _

from exam.web.languages import LANGUAGES
from exam.web.wordings.sitting import AREAS, PARTS
from question_bank.problems import Problem

STATES: dict[str, tuple[str, object]] = {
    "draft": ("draft", _("draft")),
    "in_review": ("review", _("under review")),
    "approved": ("saved", _("approved")),
    "active": ("active", _("in use")),
    "suspended": ("restricted", _("suspended")),
    "retired": ("retired", _("retired")),
}
"""State of an item: its look in components/chip.html, and its word."""

MOVES: dict[str, object] = {
    "draft": _("Return to the author"),
    "in_review": _("Send to review"),
    "approved": _("Approve"),
    "active": _("Take into use"),
    "suspended": _("Suspend"),
    "retired": _("Retire"),
}

KINDS: dict[str, object] = {
    "single": _("single choice"),
    "multiple": _("multiple choice"),
    "ordering": _("ordering"),
    "matching": _("matching"),
    "numeric": _("number"),
}

LEVELS: dict[int, object] = {1: _("easy"), 2: _("medium"), 3: _("hard")}

FLAGS: dict[str, object] = {
    "outdated": _("overtaken by an amendment"),
    "ending": _("law ends within 90 days or has ended"),
    "next-version": _("next version is being written"),
    "never-used": _("in no form yet"),
}

NOTES: dict[str, object] = {
    "begun": _("a new item"),
    "from a file": _("taken in from a file"),
    "law-changed": _("the act was changed"),
    "replaced": _("a newer version took its place"),
    "shipped-bank": _("from the shipped demonstration bank"),
}
"""Notes that the service itself writes at a move; people's own notes stay as they wrote them."""

TOPICS: dict[str, object] = {
    "T01": _("Constitution and competence of state bodies"),
    "T02": _("Basics of management, staff work, principles"),
    "T03": _("Course of law-enforcement service"),
    "T04": _("Pay and social guarantees"),
    "T05": _("Duty unit and operations centre"),
    "T06": _("Documents, secrecy and petitions"),
    "T07": _("Police powers, coercion, force, special means and weapons"),
    "T08": _("Administrative offences: general part"),
    "T09": _("Proceedings on administrative offences"),
    "T10": _("Review and execution of rulings"),
    "T11": _("Administrative supervision and the penal system"),
    "T12": _("Public order and participation of citizens"),
    "T13": _("Work with minors"),
    "T14": _("Traffic police"),
    "T15": _("Permits and circulation of weapons"),
    "T16": _("Migration and foreigners"),
    "T17": _("Local police service and district inspector"),
    "T18": _("Anti-corruption and ethics"),
    "T19": _("Order of attestation"),
    "T20": _("Rotation"),
    "T21": _("Presidential personnel reserve and personnel commission"),
    "T22": _("Supplies, technology and information systems"),
}

CHECKS: dict[str, object] = {
    "absolute-words": _("An absolute word sets an option apart."),
    "all-of-the-above": _("An option covers the others, such as “all of the above”."),
    "key-by-length": _("The right option stands out by its length."),
    "language-missing": _("A text is missing in Kazakh or in Russian."),
    "mixed-letters": _("A word mixes Cyrillic with Latin letters."),
    "numbers-disagree": _("The languages disagree in numbers."),
    "options-alike": _("Two options say the same."),
    "picture-undescribed": _("Nothing says in words what the picture shows."),
    "raw-markup": _("Raw markup is shown to the candidate as it is."),
    "act-unknown": _("The act is not in the list of acts."),
    "article-unknown": _("The article is not in the list of articles of its act."),
    "certificate-missing": _("Seed and proof that one option is right are missing."),
    "certificate-wrong": _("The proof is that of another question: its seed gives other words or options."),
    "enemy-unknown": _("An item that must not meet this one is not in the bank."),
    "fact-missing": _("The number of the fact is missing."),
    "grade-too-low": _("An item on a fact of grade C is never in use."),
    "source-dates": _("The source ends before it begins."),
    "source-missing": _("The act and article of the key are missing."),
}

STRANGE: dict[str, object] = {
    "kk": _("Words that the Kazakh dictionary does not know (look at their spelling):"),
    "ru": _("Words that the Russian dictionary does not know (look at their spelling):"),
}

FIELDS: dict[str, object] = {
    "stem": _("Question"),
    "options": _("Option"),
    "lefts": _("Left side"),
    "key": _("Right answer"),
    "kind": _("Kind"),
    "rationale": _("Why the key is right"),
    "unit": _("Unit of measure"),
    "image": _("Picture"),
    "image_alt": _("What the picture shows"),
    "points": _("Points"),
    "source": _("Where the key stands"),
    "source.act": _("Legal act"),
    "source.article": _("Article"),
    "source.redaction": _("Redaction"),
    "source.valid_from": _("Holds from"),
    "source.valid_to": _("Holds until"),
}

REFUSALS: dict[str, object] = {
    "act-unknown": _("There is no act %(act)s in the list of acts."),
    "amendment-recorded": _("This change of the act was recorded before."),
    "author-approves": _("Who wrote an item does not approve it: another approver is needed."),
    "articles-unknown": _("No item stands on: %(articles)s. Write the articles as items cite them."),
    "certificate-missing": _("The proof that exactly one option is right is missing."),
    "certificate-wrong": _("The proof is that of another question: its seed gives other words or options."),
    "digest-differs": _("The stored questions are not those of the form's digest: it cannot be sealed."),
    "enemy-unknown": _("These items are not in the bank: %(codes)s."),
    "format-too-narrow": _("An item has more options than this format holds. Choose another format."),
    "form-unsealed": _("The form is not sealed yet."),
    "forms-changed": _("The bank has changed since these forms were shown. Assemble them anew."),
    "forms-infeasible": _("The bank cannot fill this blueprint."),
    "forms-kept-already": _("These forms are kept in the campaign already."),
    "forms-not-shown": _("These forms were not shown to you. Assemble them first."),
    "forms-unfinished": _(
        "The search took too long and was given up. Ask for fewer forms, or let them differ or share more."
    ),
    "grade-missing": _("The grade of the fact is needed before the item is taken into use."),
    "grade-too-low": _("An item on a fact of grade C is never in use."),
    "law-overtaken": _(
        "The law was changed after this redaction, or has ended. A next version with the redaction now in "
        "force is needed."
    ),
    "ground-missing": _("Name the act that makes the change."),
    "in-review": _("The item lies before a reviewer. Return it to draft first."),
    "key-malformed": lambda facts: str(KEY_FAULTS[str(facts["kind"])]),
    "language-missing": _("Every text is needed in Kazakh and in Russian before the item is approved."),
    "newer-version": _("Somebody saved version %(number)s meanwhile. Open the item anew."),
    "no-such-move": _("An item does not go there from its state."),
    "picture-unknown": _("The picture is not kept here. Choose its file anew."),
    "picture-unreadable": _("This is no picture that can be read: PNG, JPEG, GIF, WebP or BMP is taken."),
    "picture-too-large": _("The picture is larger than %(most)s MB."),
    "pictures-busy": _("Other files are being read. Try again in a minute."),
    "not-your-move": _("This move is made by another role."),
    "nothing-found": _("No item is found, so there is nothing to write."),
    "note-missing": _("Write a note: why?"),
    "sealed-already": _("The form is sealed already."),
    "law-missing": _("The act and article of the key are needed before the item is approved."),
    "unchanged": _("Nothing was changed."),
}

KEY_FAULTS: dict[str, object] = {
    "single": _("Mark exactly one right option."),
    "multiple": _("Mark at least one right option."),
    "ordering": _("An ordering needs two lines or more."),
    "matching": _("A matching needs a line on both sides."),
    "numeric": _("A tolerance is zero or more."),
}

DIMENSIONS: Mapping[str, Mapping[str, object]] = {
    "area": AREAS,
    "topic": TOPICS,
    "level": {str(level): word for level, word in LEVELS.items()},
    "kind": KINDS,
    "part": PARTS,
}

BOUNDS: dict[str, object] = {
    "expected score": _("difference of expected scores between forms"),
    "forms that an item is in": _("forms that an item may be in"),
    "information at the cut": _("difference of information at the threshold"),
    "items that two forms share": _("items that two forms may share"),
    "questions": _("number of questions"),
    "all constraints together": _("all conditions together"),
}


def topic_name(code: str) -> str:
    """A topic with its number; the kind of a logic item has the name of its area."""
    if code in TOPICS:
        return f"{code} {TOPICS[code]}"
    return str(AREAS.get(code, code))


def check_text(problem: Problem) -> str:
    """What a check found, in a sentence."""
    return str(CHECKS.get(problem.check, problem.check))


def strange_texts(strange: Mapping[str, Sequence[str]]) -> list[tuple[object, str]]:
    """Words in no dictionary: a sentence for each language that has some, and the words."""
    return [(STRANGE[language], ", ".join(found)) for language, found in strange.items() if found]


def quoted(problem: Problem) -> str:
    """The words of the item that a finding is about."""
    found = re.search("'([^']+)'", problem.message)
    return found[1] if found else ""


def field_name(path: str) -> str:
    """A field of a version, such as "options[2].ru", in words."""
    name, place, side = re.fullmatch(r"(\w+)(?:\[(\d+)\])?\.?(.*)", path).groups()  # type: ignore[union-attr]
    part = f"{name}.{side.partition('.')[0]}" if name == "source" else name
    words = str(FIELDS.get(part, name))
    numbered = f"{words} {int(place) + 1}" if place else words
    language = side.rpartition(".")[2]
    return f"{numbered}, {LANGUAGES[language]}" if language in LANGUAGES else numbered


def note_text(note: str) -> str:
    """A note of the service in words; a person's note as it was written."""
    return str(NOTES.get(note, note))
