"""The rules that the database itself holds (DESIGN 3): triggers on both engines from one text.

A guard names a table, the statement it watches and a condition; where the condition holds the statement is refused.
The conditions are written in the SQL that SQLite and PostgreSQL share.
"""

from collections.abc import Iterator
from dataclasses import dataclass

APPEND_ONLY = (
    "step",
    "measurement",
    "confirmation",
    "vote",
    "threshold",
    "threshold_approval",
    "item_version",
    "item_move",
    "item_picture",
    "form_item",
    "journal_entry",
    "part_result",
    "outcome",
    "decision",
    "attempt_result",
    "incident",
    "login_attempt",
    "key_change",
    "key_change_answer",
    "angoff_estimate",
    "panel_limits",
    "lead_review",
)


@dataclass(frozen=True, slots=True)
class Guard:
    """Refuse `event` on `table` where `condition` holds; `facts` (SQL) is what a breach leaves behind."""

    name: str
    table: str
    event: str
    condition: str
    message: str
    facts: str | None = None


def _append_only() -> Iterator[Guard]:
    for table in APPEND_ONLY:
        for event in ("UPDATE", "DELETE"):
            yield Guard(
                f"{table}_is_append_only_{event.lower()}", table, event, "TRUE", f"{table} is append-only"
            )


# Current results of the parts of an enrolment: those that no later row replaces.
_CURRENT = """SELECT p.kind, p.state FROM part_result p WHERE p.enrolment_id = NEW.enrolment_id
 AND NOT EXISTS (SELECT 1 FROM part_result q WHERE q.replaces_id = p.id)"""
_FAILED = f"SELECT 1 FROM ({_CURRENT}) c WHERE c.state = 'failed'"
_DECIDED_PARTS = f"SELECT count(*) FROM ({_CURRENT}) c WHERE c.state <> 'not_taken'"

RESTRICTION = (
    Guard(
        "outcome_needs_every_part", "outcome", "INSERT", f"({_DECIDED_PARTS}) < 3", "a part has no result yet"
    ),
    Guard(
        "outcome_reads_the_campaign",
        "outcome",
        "INSERT",
        "NEW.reading <> (SELECT c.restriction_when FROM campaign c JOIN enrolment e ON e.campaign_id = c.id"
        " WHERE e.id = NEW.enrolment_id)",
        "the reading of rule 18 is not the campaign's",
    ),
    Guard(
        "outcome_restricts_as_parts_say",
        "outcome",
        "INSERT",
        f"NEW.restricted <> CASE WHEN NEW.reading = 'any' THEN EXISTS ({_FAILED})"
        f" ELSE EXISTS ({_FAILED} AND c.kind = 'norms') AND EXISTS ({_FAILED} AND c.kind <> 'norms') END",
        "the restriction does not follow from the parts",
        "'enrolment ' || NEW.enrolment_id || ', restricted ' || NEW.restricted",
    ),
    Guard(
        "decision_inside_the_restriction",
        "decision",
        "INSERT",
        "NEW.value < 3 AND (SELECT o.restricted FROM outcome o WHERE o.id = NEW.outcome_id)",
        "a restricted case cannot carry decision 1 or 2 (Decree 490, rule 18)",
        "'case ' || NEW.case_id || ', decision ' || NEW.value || ', outcome ' || NEW.outcome_id",
    ),
    Guard(
        "decision_on_the_latest_outcome",
        "decision",
        "INSERT",
        "NEW.outcome_id <> (SELECT max(o.id) FROM outcome o JOIN commission_case c ON c.enrolment_id = o.enrolment_id"
        " WHERE c.id = NEW.case_id) OR NOT EXISTS (SELECT 1 FROM outcome o JOIN commission_case c"
        " ON c.enrolment_id = o.enrolment_id WHERE c.id = NEW.case_id)",
        "the decision does not stand on the latest outcome of this officer",
        "'case ' || NEW.case_id || ', decision ' || NEW.value || ', outcome ' || NEW.outcome_id",
    ),
    Guard(
        "decision_knows_every_result",
        "decision",
        "INSERT",
        "EXISTS (SELECT 1 FROM part_result p JOIN commission_case c ON c.enrolment_id = p.enrolment_id"
        " JOIN outcome o ON o.id = NEW.outcome_id WHERE c.id = NEW.case_id AND p.decided_at > o.computed_at)",
        "a result was recorded after the outcome",
    ),
)

_MEETING = "(SELECT c.meeting_id FROM commission_case c WHERE c.id = NEW.case_id)"
_PRESENT = f"FROM attendance a JOIN member m ON m.id = a.member_id WHERE a.meeting_id = {_MEETING} AND a.left_at IS NULL"
_BASE = (
    "SELECT g.quorum_base FROM campaign g JOIN commission k ON k.campaign_id = g.id JOIN meeting t"
    f" ON t.commission_id = k.id WHERE t.id = {_MEETING}"
)
_VOTES = "FROM vote v WHERE v.case_id = NEW.case_id AND v.round = NEW.round"
_CHAIR = f"SELECT 1 {_VOTES} AND v.decision = NEW.value AND v.member_id IN (SELECT m.id FROM member m WHERE m.office = 'chair')"
_TIED = (
    f"EXISTS (SELECT 1 {_VOTES} AND v.decision <> NEW.value GROUP BY v.decision HAVING count(*) * 2 = NEW.voters)"
    f" AND NEW.votes_for * 2 = NEW.voters AND EXISTS ({_CHAIR})"
)

COMMISSION = (
    Guard(
        "decision_counts_the_composition",
        "decision",
        "INSERT",
        "NEW.composition <> (SELECT CASE g.quorum_base WHEN 'all_posts' THEN k.posts ELSE k.voting_posts END"
        " FROM campaign g JOIN commission k ON k.campaign_id = g.id JOIN meeting t ON t.commission_id = k.id"
        f" WHERE t.id = {_MEETING})",
        "the composition is not the commission's",
    ),
    Guard(
        "decision_counts_who_is_present",
        "decision",
        "INSERT",
        f"NEW.present <> (SELECT count(*) {_PRESENT} AND (m.votes OR ({_BASE}) = 'all_posts'))"
        f" OR NEW.voters <> (SELECT count(*) {_PRESENT} AND m.votes)",
        "the number of those present is not the attendance",
    ),
    Guard(
        "decision_follows_the_vote",
        "decision",
        "INSERT",
        f"NEW.votes_for <> (SELECT count(*) {_VOTES} AND v.decision = NEW.value)"
        f" OR NOT (NEW.votes_for * 2 > NEW.voters OR ({_TIED}))",
        "the votes do not carry this decision (Decree 490, rule 19)",
        "'case ' || NEW.case_id || ', decision ' || NEW.value || ', votes ' || NEW.votes_for",
    ),
    Guard(
        "vote_before_the_decision",
        "vote",
        "INSERT",
        "EXISTS (SELECT 1 FROM decision d WHERE d.case_id = NEW.case_id)",
        "the case is decided",
    ),
    Guard(
        "vote_in_the_open_round",
        "vote",
        "INSERT",
        "NEW.round <> (SELECT c.round FROM commission_case c WHERE c.id = NEW.case_id)"
        " OR 'vote' <> (SELECT c.state FROM commission_case c WHERE c.id = NEW.case_id)",
        "the vote on this case is not open",
    ),
    Guard(
        "vote_by_a_member_of_this_commission",
        "vote",
        "INSERT",
        "(SELECT m.commission_id FROM member m WHERE m.id = NEW.member_id) <>"
        " (SELECT t.commission_id FROM meeting t WHERE t.id = NEW.meeting_id)",
        "the voter is not a member of this commission",
    ),
    Guard(
        "attendance_by_a_member_of_this_commission",
        "attendance",
        "INSERT",
        "(SELECT m.commission_id FROM member m WHERE m.id = NEW.member_id) <>"
        " (SELECT t.commission_id FROM meeting t WHERE t.id = NEW.meeting_id)",
        "not a member of this commission",
    ),
    Guard(
        "nobody_decides_on_himself",
        "vote",
        "INSERT",
        "EXISTS (SELECT 1 FROM member m JOIN account a ON a.id = m.account_id JOIN commission_case c ON c.id = NEW.case_id"
        " JOIN enrolment e ON e.id = c.enrolment_id WHERE m.id = NEW.member_id AND a.officer_id = e.officer_id)",
        "nobody votes on himself",
    ),
    Guard(
        "vote_by_who_is_still_there",
        "vote",
        "INSERT",
        "EXISTS (SELECT 1 FROM attendance a WHERE a.meeting_id = NEW.meeting_id AND a.member_id = NEW.member_id"
        " AND a.left_at IS NOT NULL)",
        "the voter has left the meeting",
    ),
    Guard(
        "decision_after_the_interview",
        "decision",
        "INSERT",
        "(SELECT c.recording FROM commission_case c WHERE c.id = NEW.case_id) IS NULL",
        "the interview has no recording (Decree 490, rule 14)",
    ),
    Guard(
        "meeting_needs_an_approved_schedule",
        "meeting",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM schedule s JOIN commission k ON k.campaign_id = s.campaign_id"
        " WHERE s.id = NEW.schedule_id AND k.id = NEW.commission_id AND s.approved_at IS NOT NULL"
        " AND s.stage = 'interview')",
        "no meeting without an approved schedule (Decree 490, rule 8)",
    ),
    Guard(
        "case_before_its_own_commission",
        "commission_case",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM enrolment e JOIN officer o ON o.id = e.officer_id JOIN meeting t ON t.id = NEW.meeting_id"
        " JOIN commission k ON k.id = t.commission_id WHERE e.id = NEW.enrolment_id AND e.campaign_id = k.campaign_id"
        " AND substr(o.post_category, 1, length(k.kind) + 1) = k.kind || '-'"
        " AND (k.region_code IS NULL OR k.region_code = o.region_code))",
        "the case belongs to another commission (Decree 490, annex 1)",
    ),
    *(
        Guard(
            f"attendance_stands_during_a_vote_{event.lower()}",
            "attendance",
            event,
            f"EXISTS (SELECT 1 FROM commission_case c WHERE c.meeting_id = {row}.meeting_id AND c.state = 'vote')",
            "nobody comes or goes while a vote is open",
        )
        for event, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD"))
    ),
)

STAGES = (
    Guard(
        "stages_in_order",
        "enrolment",
        "UPDATE",
        "NEW.stage <> OLD.stage AND NEW.stage <> OLD.stage + 1",
        "stages follow one another (Decree 490, rule 4)",
    ),
    Guard(
        "stages_begin_with_preparation",
        "enrolment",
        "INSERT",
        "NEW.stage <> 1",
        "stages begin with preparation",
    ),
    Guard(
        "measurement_in_its_stage",
        "measurement",
        "INSERT",
        "NEW.replaces_id IS NULL AND 2 <> (SELECT e.stage FROM enrolment e JOIN starter s ON s.enrolment_id = e.id"
        " WHERE s.id = NEW.starter_id)",
        "the officer is not at the stage of norms",
    ),
    Guard(
        "attempt_in_its_stage",
        "attempt",
        "INSERT",
        "3 <> (SELECT e.stage FROM enrolment e WHERE e.id = NEW.enrolment_id)",
        "the officer is not at the stage of tests",
    ),
    Guard(
        "interview_in_its_stage",
        "vote",
        "INSERT",
        "4 <> (SELECT e.stage FROM enrolment e JOIN commission_case c ON c.enrolment_id = e.id WHERE c.id = NEW.case_id)",
        "the officer is not at the stage of interview",
    ),
    Guard(
        "decision_in_its_stage",
        "decision",
        "INSERT",
        "4 <> (SELECT e.stage FROM enrolment e JOIN commission_case c ON c.enrolment_id = e.id WHERE c.id = NEW.case_id)",
        "the officer is not at the stage of interview",
    ),
)

FROZEN = (
    Guard(
        "sitting_needs_an_approved_schedule",
        "sitting",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM schedule s WHERE s.id = NEW.schedule_id AND s.approved_at IS NOT NULL"
        " AND s.stage = 'test' AND s.campaign_id = NEW.campaign_id)",
        "no sitting without an approved schedule (Decree 490, rule 8)",
    ),
    Guard(
        "heat_needs_an_approved_schedule",
        "heat",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM schedule s WHERE s.id = NEW.schedule_id AND s.approved_at IS NOT NULL"
        " AND s.stage = 'norms' AND s.campaign_id = NEW.campaign_id)",
        "no heat without an approved schedule (Decree 490, rule 8)",
    ),
    Guard(
        "approved_schedule_is_frozen",
        "schedule",
        "UPDATE",
        "OLD.approved_at IS NOT NULL",
        "an approved schedule is frozen",
    ),
    Guard(
        "threshold_is_approved_by_others",
        "threshold_approval",
        "INSERT",
        "NEW.account_id = (SELECT t.proposed_by FROM threshold t WHERE t.id = NEW.threshold_id)",
        "who proposed a threshold does not approve it",
    ),
    Guard(
        "attempt_under_an_approved_threshold",
        "attempt",
        "INSERT",
        "(SELECT count(*) FROM threshold_approval a WHERE a.threshold_id = NEW.threshold_id) < 2",
        "the threshold does not have two approvers",
    ),
    Guard(
        "attempt_on_a_sealed_form",
        "attempt",
        "INSERT",
        "(SELECT f.sealed_at FROM form f WHERE f.id = NEW.form_id) IS NULL",
        "the form is not sealed",
    ),
    Guard(
        "attempt_in_an_open_sitting",
        "attempt",
        "INSERT",
        "'open' <> (SELECT s.state FROM sitting s JOIN admission a ON a.sitting_id = s.id WHERE a.id = NEW.admission_id)",
        "the sitting is not open",
    ),
    Guard(
        "key_change_is_confirmed_by_another",
        "key_change_answer",
        "INSERT",
        "NEW.confirmed AND NEW.answered_by = (SELECT k.proposed_by FROM key_change k WHERE k.id = NEW.key_change_id)",
        "who proposed a key does not confirm it",
    ),
    Guard(
        "lead_is_concluded_by_two",
        "lead_review",
        "INSERT",
        'EXISTS (SELECT 1 FROM lead_review r WHERE r.id = NEW.answers_id AND (r."by" = NEW."by"'
        " OR r.answers_id IS NOT NULL OR r.conclusion <> NEW.conclusion OR r.attempt_id <> NEW.attempt_id"
        " OR coalesce(r.other_id, 0) <> coalesce(NEW.other_id, 0)))",
        "another person agrees to what was concluded",
    ),
    Guard("sealed_form_is_frozen", "form", "UPDATE", "OLD.sealed_at IS NOT NULL", "a sealed form is frozen"),
    Guard(
        "sealed_form_takes_no_item",
        "form_item",
        "INSERT",
        "(SELECT f.sealed_at FROM form f WHERE f.id = NEW.form_id) IS NOT NULL",
        "a sealed form is frozen",
    ),
    Guard(
        "step_inside_its_time",
        "step",
        "INSERT",
        "EXISTS (SELECT 1 FROM attempt a WHERE a.id = NEW.attempt_id"
        " AND (a.closed_at IS NOT NULL OR NEW.received_at > a.accept_until))",
        "the attempt is closed",
    ),
    Guard(
        "closed_attempt_is_frozen", "attempt", "UPDATE", "OLD.closed_at IS NOT NULL", "the attempt is closed"
    ),
    Guard(
        "nobody_examines_himself",
        "measurement",
        "INSERT",
        "EXISTS (SELECT 1 FROM account a JOIN starter s ON s.id = NEW.starter_id JOIN enrolment e ON e.id = s.enrolment_id"
        " WHERE a.id = NEW.entered_by AND a.officer_id = e.officer_id)",
        "nobody examines himself",
    ),
    Guard(
        "nobody_confirms_himself",
        "confirmation",
        "INSERT",
        "EXISTS (SELECT 1 FROM account a JOIN measurement m ON m.id = NEW.measurement_id JOIN starter s ON s.id = m.starter_id"
        " JOIN enrolment e ON e.id = s.enrolment_id WHERE a.id = NEW.confirmed_by AND a.officer_id = e.officer_id)",
        "nobody examines himself",
    ),
)

GUARDS: tuple[Guard, ...] = (*_append_only(), *RESTRICTION, *COMMISSION, *STAGES, *FROZEN)
