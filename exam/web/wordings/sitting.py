"""The room and the terminal: why an act was refused there, and what the result of a test part stands on."""

from collections.abc import Mapping
from datetime import datetime

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from exam.web.languages import moment

PARTS: dict[str, object] = {
    "legislation": _("Knowledge of the legislation"),
    "logic": _("Logical thinking"),
}

AREAS: dict[str, object] = {
    "constitution": _("Constitution"),
    "service": _("Law-enforcement service"),
    "offences": _("Criminal and administrative offences"),
    "police": _("Work of the police"),
    "supervision": _("Administrative supervision and control"),
    "integrity": _("Integrity and anti-corruption"),
    "number_series": _("Number series"),
    "letter_series": _("Letter series"),
    "syllogism": _("Syllogisms"),
    "ordering": _("Orderings"),
    "conditional": _("Conditional statements"),
    "analogy": _("Analogies"),
    "truth_tellers": _("Truth and lies"),
    "matrix": _("Matrices"),
}

SEAT_STATES: dict[str, object] = {
    "waiting": _("no code yet"),
    "code": _("has a code"),
    "released": _("changes the terminal"),
    "preparing": _("gets ready"),
    "running": _("answers"),
    "between": _("between the parts"),
    "done": _("has finished"),
}

PROBLEMS: dict[str, object] = {
    "absent": _("has not entered"),
    "code_expired": _("the code is out of date"),
    "released": _("needs a terminal"),
    "quiet": _("no answer for a while"),
    "asks_for_time": _("extra time to be granted"),
}

INCIDENTS: dict[str, object] = {
    "identity": _("identity"),
    "device": _("computer"),
    "power": _("power"),
    "network": _("network"),
    "health": _("health"),
    "misconduct": _("breach of the rules"),
    "question": _("fault in a question"),
    "other": _("other"),
}

INCIDENT_KINDS: dict[str, object] = INCIDENTS | {
    "terminal_released": _("released to another terminal"),
    "extra_time_asked": _("extra time asked for"),
    "extra_time_granted": _("extra time granted"),
}


def _with_moment(sentence: object, fact: str) -> object:
    def worded(facts: Mapping[str, object]) -> str:
        return str(sentence) % {fact: moment(datetime.fromisoformat(str(facts[fact])))}

    return worded


def _of_part(sentence: object) -> object:
    def worded(facts: Mapping[str, object]) -> str:
        return str(sentence) % {**facts, "part": PARTS[str(facts["part"])]}

    return worded


def _of_area(sentence: object) -> object:
    def worded(facts: Mapping[str, object]) -> str:
        return str(sentence) % {**facts, "area": area_name(str(facts["area"]))}

    return worded


def area_name(code: str) -> str:
    """The name of an area of the tests."""
    return str(AREAS.get(code, code))


def _cap(facts: Mapping[str, object]) -> str:
    return gettext(
        "No more than %(minutes)s minutes may be added to a part.",
        minutes=int(str(facts["cap_seconds"])) // 60,
    )


REFUSALS: dict[str, object] = {
    "no-pass": _("Enter your start code first."),
    "code-locked": _(
        "Too many wrong codes at this terminal. Wait %(minutes)s minutes or call the invigilator."
    ),
    "no-threshold": _of_part(_("No approved threshold is in force for the part “%(part)s”.")),
    "no-form": _of_part(_("There is no sealed form of %(questions)s questions for the part “%(part)s”.")),
    "language-unknown": _("The test is held in Kazakh or in Russian."),
    "schedule_not_approved": _("The schedule is not approved: no sitting without an approved schedule."),
    "no_schedule": _("The officer stands in no schedule."),
    "schedule-over": _("The time of this schedule is over."),
    "room-missing": _("Name the room."),
    "room-full": _("No more than %(most)s officers fit into a room."),
    "nobody-chosen": _("Choose at least one officer."),
    "nobody-admitted": _("Nobody has a seat in this sitting yet."),
    "stage-not-test": _("%(officer)s is not at the stage of tests."),
    "exempt": _("%(officer)s is exempt from the attestation today."),
    "admitted-already": _("%(officer)s has a seat in another sitting."),
    "parts-taken": _("%(officer)s has taken both parts of the test."),
    "entered-already": _("%(officer)s has entered already: release the terminal to give a new code."),
    "not-entered": _("%(officer)s has not entered yet: hand out a start code."),
    "everybody-entered": _("Everybody in this room has entered."),
    "sitting-not-planned": _("The sitting was opened already."),
    "sitting-not-open": _("The sitting is not open."),
    "sitting-closed": _("The sitting is closed."),
    "extra-asked-already": _("Extra time was asked for already: another invigilator grants it."),
    "extra-granted-already": _("This extra time was granted already."),
    "incident-kind-unknown": _("Choose what happened."),
    "already_started": _("The test has begun."),
    "already_submitted": _("The part was handed in."),
    "already_closed": _("The part is closed."),
    "not_started": _("The part has not begun."),
    "other_terminal": _("The officer was released to another terminal."),
    "time_over": _("The time of this part is over."),
    "too_early": _with_moment(_("It is too early: the schedule begins %(opens_at)s."), "opens_at"),
    "too_late": _with_moment(
        _("It is too late: by the schedule a part begins until %(last_start_at)s."), "last_start_at"
    ),
    "identity_not_confirmed": _("Confirm first that this is you."),
    "language_not_chosen": _("Choose the language of the test first."),
    "rules_not_accepted": _("Accept the rules first."),
    "terminal_not_released": _("The terminal was not released by the invigilator."),
    "earlier_part_open": _("Another part comes first."),
    "extra_not_positive": _("Give a number of minutes above zero."),
    "extra_over_cap": _cap,
    "part_over": _("No part runs at this seat."),
    "reason_missing": _("Give the reason."),
    "same_person": _("This takes another person than the one who did the first half."),
    "own_case": _("Nobody has a hand in his own examination."),
    "key_before_the_end": _("The key is printed once the sitting is closed."),
    "paper_room_closed": _("The sitting is closed: questions are no longer printed."),
    "paper_too_late": _("The time of the approved schedule is over: questions are no longer printed."),
}

GROUNDS: dict[str, object] = {
    "test_score": _("Score: %(points)s of %(maximum)s points."),
    "threshold_met": _("The threshold is met: %(points)s points, at least %(limit)s are required."),
    "threshold_missed": _("Below the threshold: %(points)s points, at least %(limit)s are required."),
    "area_met": _of_area(
        _("The minimum of the area “%(area)s” is met: %(points)s points, at least %(limit)s are required.")
    ),
    "area_missed": _of_area(
        _("Below the minimum of the area “%(area)s”: %(points)s points, at least %(limit)s are required.")
    ),
    "threshold_source": _("Source of the threshold: %(source)s."),
    "threshold_is_sample": _("The threshold is a sample: no act of the ministry has set it."),
}

PAPER_KINDS: dict[str, object] = {
    "questions": _("Test questions"),
    "answers": _("Answer sheet"),
    "key": _("Key"),
}
"""What is printed of a form."""
