"""Words of the commission: grounds of outcome, gate and count, refusals of its acts, names on its pages."""

from collections.abc import Mapping

from flask_babel import gettext
from flask_babel import lazy_gettext as _

PARTS: dict[str, object] = {
    "legislation": _("Knowledge of the legislation"),
    "logic": _("Logical thinking"),
    "norms": _("Norms of professional suitability"),
}

OFFICES: dict[str, object] = {
    "chair": _("chair"),
    "member": _("member"),
    "secretary": _("secretary, without a vote"),
}

SIGNS: dict[str, object] = {
    "chair": _("Chair of the commission"),
    "member": _("Member of the commission"),
    "secretary": _("Secretary of the commission"),
}

CASE_STATES: dict[str, tuple[str, object]] = {
    "waiting": ("planned", _("waits for its turn")),
    "interview": ("running", _("interview")),
    "vote": ("running", _("vote")),
    "decided": ("done", _("decided")),
    "postponed": ("not_taken", _("postponed")),
}

MEETING_STATES: dict[str, tuple[str, object]] = {
    "planned": ("planned", _("planned")),
    "open": ("running", _("meeting runs")),
    "closed": ("closed", _("closed")),
}

DEADLINES: dict[str, object] = {
    "notice": _("Written notice to the officer"),
    "characteristic": _("Characteristic at the HR unit"),
    "materials": _("Materials to the commission"),
    "meeting": _("Meeting of the commission"),
    "protocol": _("Protocol signed"),
    "acquaintance": _("Officer signs that he knows the decision"),
}

SECTIONS: dict[str, object] = {
    "duties": _("1. Performance of duties"),
    "knowledge": _("2. Knowledge of strategic and programme documents, use of professional knowledge"),
    "legality": _("3. Observance of the law, of the code of ethics and of discipline"),
    "qualities": _("4. Personal qualities"),
    "unit": _("5. Result of the unit that the officer heads or supervises"),
    "appraisal": _("6. Overall appraisal of the officer’s work"),
}

QUORUM_BASES: dict[str, object] = {
    "all_posts": _("of every post of the composition, the secretary’s included"),
    "voting_posts": _("of the posts that vote"),
}


def part_names(codes: object) -> str:
    """The names of parts given as a list of codes."""
    return ", ".join(str(PARTS[code]) for code in str(codes).split(",") if code)


def _of_part(sentence: object) -> object:
    def worded(facts: Mapping[str, object]) -> str:
        return str(sentence) % {"part": part_names(facts["part"])}

    return worded


def _of_parts(sentence: object, name: str = "parts") -> object:
    def worded(facts: Mapping[str, object]) -> str:
        return str(sentence) % {**facts, name: part_names(facts[name])}

    return worded


def _reading(facts: Mapping[str, object]) -> str:
    if facts["restriction_when"] == "any":
        return gettext(
            "Rule 18, as read in this campaign: one part that was not passed restricts the choice."
        )
    return gettext(
        "Rule 18, as read in this campaign: the choice is restricted when both the norms"
        " and a test were not passed."
    )


def _not_restricted(facts: Mapping[str, object]) -> str:
    if not facts["failed"]:
        return gettext("No part was failed: the choice of decisions is not restricted.")
    return gettext(
        "Not passed: %(failed)s. Under this reading the choice of decisions is not restricted.",
        failed=part_names(facts["failed"]),
    )


def _listed(sentence: object) -> object:
    def worded(facts: Mapping[str, object]) -> str:
        return str(sentence) % {"decisions": ", ".join(str(facts["decisions"]).split(","))}

    return worded


GROUNDS: dict[str, object] = {
    "part_passed": _of_part(_("%(part)s: passed.")),
    "part_failed": _of_part(_("%(part)s: not passed.")),
    "part_not_taken": _of_part(_("%(part)s: not taken.")),
    "part_excused": _of_part(_("%(part)s: the officer was released from this part.")),
    "part_pending": _of_part(_("%(part)s: no result that counts yet.")),
    "no_result": _("There is no result yet."),
    "reading": _reading,
    "parts_open": _of_parts(_("Still open: %(parts)s.")),
    "restricted": _of_parts(
        _("Not passed: %(failed)s. The choice of decisions is restricted."), name="failed"
    ),
    "not_restricted": _not_restricted,
    "gate_shut": _of_parts(_("No decision may be taken while a part is open: %(parts)s.")),
    "decisions_open": _listed(_("Open decisions: %(decisions)s.")),
    "decisions_closed": _listed(_("Closed decisions: %(decisions)s.")),
    "majority": _(
        "Decision %(decision)s has a majority: %(present)s voting members take part,"
        " %(needed)s votes are needed."
    ),
    "chairs_side": _("Equal votes: decision %(decision)s, for which the chair voted, is adopted."),
    "no_majority": _(
        "No decision has a majority: %(present)s voting members take part, %(votes)s have voted,"
        " %(needed)s votes are needed."
    ),
    "tie_without_chair": _("Equal votes, and the chair stands on neither side: there is no decision."),
}

REFUSALS: dict[str, object] = {
    "parts-open": _of_parts(_("%(officer)s: a part has no result yet (%(parts)s).")),
    "composition-not-in-regime": _("The act of this campaign lists no posts of a commission."),
    "commission-exists": _("This commission is set up already."),
    "post-not-in-composition": _("The composition has no post with this number."),
    "post-taken": _("There is a person on this post already."),
    "member-name-missing": _("Enter the full name."),
    "act-missing": _("Enter the act of appointment with its number and date."),
    "account-unknown": _("There is no account %(login)s that may be used."),
    "account-has-a-seat": _("The account %(login)s has a post in this commission already."),
    "account-without-role": _("The account %(login)s does not hold the role of this post here."),
    "day-outside-schedule": _("By the schedule meetings are held from %(first)s to %(last)s."),
    "composition-incomplete": _(
        "Only %(named)s of %(posts)s posts have a person: no meeting before the composition is complete."
    ),
    "stage-not-interview": _("%(officer)s is not at the stage of the interview."),
    "other-commission": _("The case of %(officer)s belongs to another commission."),
    "case-under-way": _("%(officer)s is before a meeting already."),
    "meeting-closed": _("The meeting is closed."),
    "meeting-not-planned": _("The meeting was opened already."),
    "meeting-not-open": _("The meeting is not open."),
    "meeting-too-early": _("The meeting is held on %(day)s."),
    "no_quorum": _("No quorum: %(present)s of %(composition)s take part, at least %(needed)s are needed."),
    "present-already": _("%(member)s is marked as present already."),
    "not_present": _("%(member)s does not take part in the meeting."),
    "vote-running": _("Case %(case)s is being voted on: nobody comes or goes until its decision."),
    "another-case-heard": _("Case %(case)s is being heard: one case at a time."),
    "case-not-waiting": _("This case was called in already."),
    "interview-not-running": _("The interview is not running."),
    "recording-missing": _("Enter the reference of the recording first: each interview is recorded."),
    "postponing-needs-reason": _("Enter the reason."),
    "case-decided": _("The case is decided."),
    "case-postponed": _("The case is postponed."),
    "cases-open": _("Cases without a decision: %(cases)s. Decide or postpone them first."),
    "vote-not-open": _("The vote on this case is not open."),
    "no-such-decision": _("There are five decisions; this is none of them."),
    "decision_not_open": _("Decision %(decision)s is not open on this case."),
    "secretary_votes": _("The secretary has no vote."),
    "voted_twice": _("The vote of %(member)s is recorded already."),
    "outcome-stale": _("A result of %(officer)s was recorded after the vote began: open a new round."),
    "no-votes-yet": _("Nobody has voted in this round yet."),
    "decision-carried": _("The votes carry decision %(decision)s: no further round."),
    "no-decision": _("The votes carry no decision: %(needed)s votes for one are needed."),
    "decision-differs": _("The votes carry decision %(decision)s, not %(announced)s."),
    "acquainted-already": _("The day of the signature is entered already."),
    "before-the-decision": _("The decision was taken on %(day)s: nobody signs before."),
    "characteristic-there": _("The characteristic of %(officer)s is entered already."),
    "section-missing": _("Section %(section)s is empty."),
    "author-missing": _("Enter name and post of the superior."),
    "date-in-future": _("This day has not come yet."),
    "dates-in-wrong-order": _("The days are not in their order."),
    "nothing-chosen": _("Nothing was chosen."),
}
