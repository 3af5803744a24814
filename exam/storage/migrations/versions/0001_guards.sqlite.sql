CREATE TRIGGER step_is_append_only_update BEFORE UPDATE ON "step" WHEN TRUE BEGIN SELECT RAISE(ABORT, 'step is append-only'); END
-- next
CREATE TRIGGER step_is_append_only_delete BEFORE DELETE ON "step" WHEN TRUE BEGIN SELECT RAISE(ABORT, 'step is append-only'); END
-- next
CREATE TRIGGER measurement_is_append_only_update BEFORE UPDATE ON "measurement" WHEN TRUE BEGIN SELECT RAISE(ABORT, 'measurement is append-only'); END
-- next
CREATE TRIGGER measurement_is_append_only_delete BEFORE DELETE ON "measurement" WHEN TRUE BEGIN SELECT RAISE(ABORT, 'measurement is append-only'); END
-- next
CREATE TRIGGER confirmation_is_append_only_update BEFORE UPDATE ON "confirmation" WHEN TRUE BEGIN SELECT RAISE(ABORT, 'confirmation is append-only'); END
-- next
CREATE TRIGGER confirmation_is_append_only_delete BEFORE DELETE ON "confirmation" WHEN TRUE BEGIN SELECT RAISE(ABORT, 'confirmation is append-only'); END
-- next
CREATE TRIGGER vote_is_append_only_update BEFORE UPDATE ON "vote" WHEN TRUE BEGIN SELECT RAISE(ABORT, 'vote is append-only'); END
-- next
CREATE TRIGGER vote_is_append_only_delete BEFORE DELETE ON "vote" WHEN TRUE BEGIN SELECT RAISE(ABORT, 'vote is append-only'); END
-- next
CREATE TRIGGER threshold_is_append_only_update BEFORE UPDATE ON "threshold" WHEN TRUE BEGIN SELECT RAISE(ABORT, 'threshold is append-only'); END
-- next
CREATE TRIGGER threshold_is_append_only_delete BEFORE DELETE ON "threshold" WHEN TRUE BEGIN SELECT RAISE(ABORT, 'threshold is append-only'); END
-- next
CREATE TRIGGER threshold_approval_is_append_only_update BEFORE UPDATE ON "threshold_approval" WHEN TRUE BEGIN SELECT RAISE(ABORT, 'threshold_approval is append-only'); END
-- next
CREATE TRIGGER threshold_approval_is_append_only_delete BEFORE DELETE ON "threshold_approval" WHEN TRUE BEGIN SELECT RAISE(ABORT, 'threshold_approval is append-only'); END
-- next
CREATE TRIGGER item_version_is_append_only_update BEFORE UPDATE ON "item_version" WHEN TRUE BEGIN SELECT RAISE(ABORT, 'item_version is append-only'); END
-- next
CREATE TRIGGER item_version_is_append_only_delete BEFORE DELETE ON "item_version" WHEN TRUE BEGIN SELECT RAISE(ABORT, 'item_version is append-only'); END
-- next
CREATE TRIGGER item_move_is_append_only_update BEFORE UPDATE ON "item_move" WHEN TRUE BEGIN SELECT RAISE(ABORT, 'item_move is append-only'); END
-- next
CREATE TRIGGER item_move_is_append_only_delete BEFORE DELETE ON "item_move" WHEN TRUE BEGIN SELECT RAISE(ABORT, 'item_move is append-only'); END
-- next
CREATE TRIGGER form_item_is_append_only_update BEFORE UPDATE ON "form_item" WHEN TRUE BEGIN SELECT RAISE(ABORT, 'form_item is append-only'); END
-- next
CREATE TRIGGER form_item_is_append_only_delete BEFORE DELETE ON "form_item" WHEN TRUE BEGIN SELECT RAISE(ABORT, 'form_item is append-only'); END
-- next
CREATE TRIGGER journal_entry_is_append_only_update BEFORE UPDATE ON "journal_entry" WHEN TRUE BEGIN SELECT RAISE(ABORT, 'journal_entry is append-only'); END
-- next
CREATE TRIGGER journal_entry_is_append_only_delete BEFORE DELETE ON "journal_entry" WHEN TRUE BEGIN SELECT RAISE(ABORT, 'journal_entry is append-only'); END
-- next
CREATE TRIGGER part_result_is_append_only_update BEFORE UPDATE ON "part_result" WHEN TRUE BEGIN SELECT RAISE(ABORT, 'part_result is append-only'); END
-- next
CREATE TRIGGER part_result_is_append_only_delete BEFORE DELETE ON "part_result" WHEN TRUE BEGIN SELECT RAISE(ABORT, 'part_result is append-only'); END
-- next
CREATE TRIGGER outcome_is_append_only_update BEFORE UPDATE ON "outcome" WHEN TRUE BEGIN SELECT RAISE(ABORT, 'outcome is append-only'); END
-- next
CREATE TRIGGER outcome_is_append_only_delete BEFORE DELETE ON "outcome" WHEN TRUE BEGIN SELECT RAISE(ABORT, 'outcome is append-only'); END
-- next
CREATE TRIGGER decision_is_append_only_update BEFORE UPDATE ON "decision" WHEN TRUE BEGIN SELECT RAISE(ABORT, 'decision is append-only'); END
-- next
CREATE TRIGGER decision_is_append_only_delete BEFORE DELETE ON "decision" WHEN TRUE BEGIN SELECT RAISE(ABORT, 'decision is append-only'); END
-- next
CREATE TRIGGER attempt_result_is_append_only_update BEFORE UPDATE ON "attempt_result" WHEN TRUE BEGIN SELECT RAISE(ABORT, 'attempt_result is append-only'); END
-- next
CREATE TRIGGER attempt_result_is_append_only_delete BEFORE DELETE ON "attempt_result" WHEN TRUE BEGIN SELECT RAISE(ABORT, 'attempt_result is append-only'); END
-- next
CREATE TRIGGER incident_is_append_only_update BEFORE UPDATE ON "incident" WHEN TRUE BEGIN SELECT RAISE(ABORT, 'incident is append-only'); END
-- next
CREATE TRIGGER incident_is_append_only_delete BEFORE DELETE ON "incident" WHEN TRUE BEGIN SELECT RAISE(ABORT, 'incident is append-only'); END
-- next
CREATE TRIGGER login_attempt_is_append_only_update BEFORE UPDATE ON "login_attempt" WHEN TRUE BEGIN SELECT RAISE(ABORT, 'login_attempt is append-only'); END
-- next
CREATE TRIGGER login_attempt_is_append_only_delete BEFORE DELETE ON "login_attempt" WHEN TRUE BEGIN SELECT RAISE(ABORT, 'login_attempt is append-only'); END
-- next
CREATE TRIGGER key_change_is_append_only_update BEFORE UPDATE ON "key_change" WHEN TRUE BEGIN SELECT RAISE(ABORT, 'key_change is append-only'); END
-- next
CREATE TRIGGER key_change_is_append_only_delete BEFORE DELETE ON "key_change" WHEN TRUE BEGIN SELECT RAISE(ABORT, 'key_change is append-only'); END
-- next
CREATE TRIGGER key_change_answer_is_append_only_update BEFORE UPDATE ON "key_change_answer" WHEN TRUE BEGIN SELECT RAISE(ABORT, 'key_change_answer is append-only'); END
-- next
CREATE TRIGGER key_change_answer_is_append_only_delete BEFORE DELETE ON "key_change_answer" WHEN TRUE BEGIN SELECT RAISE(ABORT, 'key_change_answer is append-only'); END
-- next
CREATE TRIGGER angoff_estimate_is_append_only_update BEFORE UPDATE ON "angoff_estimate" WHEN TRUE BEGIN SELECT RAISE(ABORT, 'angoff_estimate is append-only'); END
-- next
CREATE TRIGGER angoff_estimate_is_append_only_delete BEFORE DELETE ON "angoff_estimate" WHEN TRUE BEGIN SELECT RAISE(ABORT, 'angoff_estimate is append-only'); END
-- next
CREATE TRIGGER outcome_needs_every_part BEFORE INSERT ON "outcome" WHEN (SELECT count(*) FROM (SELECT p.kind, p.state FROM part_result p WHERE p.enrolment_id = NEW.enrolment_id
 AND NOT EXISTS (SELECT 1 FROM part_result q WHERE q.replaces_id = p.id)) c WHERE c.state <> 'not_taken') < 3 BEGIN SELECT RAISE(ABORT, 'a part has no result yet'); END
-- next
CREATE TRIGGER outcome_reads_the_campaign BEFORE INSERT ON "outcome" WHEN NEW.reading <> (SELECT c.restriction_when FROM campaign c JOIN enrolment e ON e.campaign_id = c.id WHERE e.id = NEW.enrolment_id) BEGIN SELECT RAISE(ABORT, 'the reading of rule 18 is not the campaign''s'); END
-- next
CREATE TRIGGER outcome_restricts_as_parts_say BEFORE INSERT ON "outcome" WHEN NEW.restricted <> CASE WHEN NEW.reading = 'any' THEN EXISTS (SELECT 1 FROM (SELECT p.kind, p.state FROM part_result p WHERE p.enrolment_id = NEW.enrolment_id
 AND NOT EXISTS (SELECT 1 FROM part_result q WHERE q.replaces_id = p.id)) c WHERE c.state = 'failed') ELSE EXISTS (SELECT 1 FROM (SELECT p.kind, p.state FROM part_result p WHERE p.enrolment_id = NEW.enrolment_id
 AND NOT EXISTS (SELECT 1 FROM part_result q WHERE q.replaces_id = p.id)) c WHERE c.state = 'failed' AND c.kind = 'norms') AND EXISTS (SELECT 1 FROM (SELECT p.kind, p.state FROM part_result p WHERE p.enrolment_id = NEW.enrolment_id
 AND NOT EXISTS (SELECT 1 FROM part_result q WHERE q.replaces_id = p.id)) c WHERE c.state = 'failed' AND c.kind <> 'norms') END BEGIN INSERT INTO breach (guard, journalled, at, facts) VALUES ('outcome_restricts_as_parts_say', FALSE, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'enrolment ' || NEW.enrolment_id || ', restricted ' || NEW.restricted); SELECT RAISE(FAIL, 'the restriction does not follow from the parts'); END
-- next
CREATE TRIGGER decision_inside_the_restriction BEFORE INSERT ON "decision" WHEN NEW.value < 3 AND (SELECT o.restricted FROM outcome o WHERE o.id = NEW.outcome_id) BEGIN INSERT INTO breach (guard, journalled, at, facts) VALUES ('decision_inside_the_restriction', FALSE, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'case ' || NEW.case_id || ', decision ' || NEW.value || ', outcome ' || NEW.outcome_id); SELECT RAISE(FAIL, 'a restricted case cannot carry decision 1 or 2 (Decree 490, rule 18)'); END
-- next
CREATE TRIGGER decision_on_the_latest_outcome BEFORE INSERT ON "decision" WHEN NEW.outcome_id <> (SELECT max(o.id) FROM outcome o JOIN commission_case c ON c.enrolment_id = o.enrolment_id WHERE c.id = NEW.case_id) OR NOT EXISTS (SELECT 1 FROM outcome o JOIN commission_case c ON c.enrolment_id = o.enrolment_id WHERE c.id = NEW.case_id) BEGIN INSERT INTO breach (guard, journalled, at, facts) VALUES ('decision_on_the_latest_outcome', FALSE, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'case ' || NEW.case_id || ', decision ' || NEW.value || ', outcome ' || NEW.outcome_id); SELECT RAISE(FAIL, 'the decision does not stand on the latest outcome of this officer'); END
-- next
CREATE TRIGGER decision_knows_every_result BEFORE INSERT ON "decision" WHEN EXISTS (SELECT 1 FROM part_result p JOIN commission_case c ON c.enrolment_id = p.enrolment_id JOIN outcome o ON o.id = NEW.outcome_id WHERE c.id = NEW.case_id AND p.decided_at > o.computed_at) BEGIN SELECT RAISE(ABORT, 'a result was recorded after the outcome'); END
-- next
CREATE TRIGGER decision_counts_the_composition BEFORE INSERT ON "decision" WHEN NEW.composition <> (SELECT CASE g.quorum_base WHEN 'all_posts' THEN k.posts ELSE k.voting_posts END FROM campaign g JOIN commission k ON k.campaign_id = g.id JOIN meeting t ON t.commission_id = k.id WHERE t.id = (SELECT c.meeting_id FROM commission_case c WHERE c.id = NEW.case_id)) BEGIN SELECT RAISE(ABORT, 'the composition is not the commission''s'); END
-- next
CREATE TRIGGER decision_counts_who_is_present BEFORE INSERT ON "decision" WHEN NEW.present <> (SELECT count(*) FROM attendance a JOIN member m ON m.id = a.member_id WHERE a.meeting_id = (SELECT c.meeting_id FROM commission_case c WHERE c.id = NEW.case_id) AND a.left_at IS NULL AND (m.votes OR (SELECT g.quorum_base FROM campaign g JOIN commission k ON k.campaign_id = g.id JOIN meeting t ON t.commission_id = k.id WHERE t.id = (SELECT c.meeting_id FROM commission_case c WHERE c.id = NEW.case_id)) = 'all_posts')) OR NEW.voters <> (SELECT count(*) FROM attendance a JOIN member m ON m.id = a.member_id WHERE a.meeting_id = (SELECT c.meeting_id FROM commission_case c WHERE c.id = NEW.case_id) AND a.left_at IS NULL AND m.votes) BEGIN SELECT RAISE(ABORT, 'the number of those present is not the attendance'); END
-- next
CREATE TRIGGER decision_follows_the_vote BEFORE INSERT ON "decision" WHEN NEW.votes_for <> (SELECT count(*) FROM vote v WHERE v.case_id = NEW.case_id AND v.round = NEW.round AND v.decision = NEW.value) OR NOT (NEW.votes_for * 2 > NEW.voters OR (EXISTS (SELECT 1 FROM vote v WHERE v.case_id = NEW.case_id AND v.round = NEW.round AND v.decision <> NEW.value GROUP BY v.decision HAVING count(*) * 2 = NEW.voters) AND NEW.votes_for * 2 = NEW.voters AND EXISTS (SELECT 1 FROM vote v WHERE v.case_id = NEW.case_id AND v.round = NEW.round AND v.decision = NEW.value AND v.member_id IN (SELECT m.id FROM member m WHERE m.office = 'chair')))) BEGIN INSERT INTO breach (guard, journalled, at, facts) VALUES ('decision_follows_the_vote', FALSE, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'case ' || NEW.case_id || ', decision ' || NEW.value || ', votes ' || NEW.votes_for); SELECT RAISE(FAIL, 'the votes do not carry this decision (Decree 490, rule 19)'); END
-- next
CREATE TRIGGER vote_before_the_decision BEFORE INSERT ON "vote" WHEN EXISTS (SELECT 1 FROM decision d WHERE d.case_id = NEW.case_id) BEGIN SELECT RAISE(ABORT, 'the case is decided'); END
-- next
CREATE TRIGGER vote_in_the_open_round BEFORE INSERT ON "vote" WHEN NEW.round <> (SELECT c.round FROM commission_case c WHERE c.id = NEW.case_id) OR 'vote' <> (SELECT c.state FROM commission_case c WHERE c.id = NEW.case_id) BEGIN SELECT RAISE(ABORT, 'the vote on this case is not open'); END
-- next
CREATE TRIGGER vote_by_a_member_of_this_commission BEFORE INSERT ON "vote" WHEN (SELECT m.commission_id FROM member m WHERE m.id = NEW.member_id) <> (SELECT t.commission_id FROM meeting t WHERE t.id = NEW.meeting_id) BEGIN SELECT RAISE(ABORT, 'the voter is not a member of this commission'); END
-- next
CREATE TRIGGER attendance_by_a_member_of_this_commission BEFORE INSERT ON "attendance" WHEN (SELECT m.commission_id FROM member m WHERE m.id = NEW.member_id) <> (SELECT t.commission_id FROM meeting t WHERE t.id = NEW.meeting_id) BEGIN SELECT RAISE(ABORT, 'not a member of this commission'); END
-- next
CREATE TRIGGER nobody_decides_on_himself BEFORE INSERT ON "vote" WHEN EXISTS (SELECT 1 FROM member m JOIN account a ON a.id = m.account_id JOIN commission_case c ON c.id = NEW.case_id JOIN enrolment e ON e.id = c.enrolment_id WHERE m.id = NEW.member_id AND a.officer_id = e.officer_id) BEGIN SELECT RAISE(ABORT, 'nobody votes on himself'); END
-- next
CREATE TRIGGER vote_by_who_is_still_there BEFORE INSERT ON "vote" WHEN EXISTS (SELECT 1 FROM attendance a WHERE a.meeting_id = NEW.meeting_id AND a.member_id = NEW.member_id AND a.left_at IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'the voter has left the meeting'); END
-- next
CREATE TRIGGER decision_after_the_interview BEFORE INSERT ON "decision" WHEN (SELECT c.recording FROM commission_case c WHERE c.id = NEW.case_id) IS NULL BEGIN SELECT RAISE(ABORT, 'the interview has no recording (Decree 490, rule 14)'); END
-- next
CREATE TRIGGER meeting_needs_an_approved_schedule BEFORE INSERT ON "meeting" WHEN NOT EXISTS (SELECT 1 FROM schedule s JOIN commission k ON k.campaign_id = s.campaign_id WHERE s.id = NEW.schedule_id AND k.id = NEW.commission_id AND s.approved_at IS NOT NULL AND s.stage = 'interview') BEGIN SELECT RAISE(ABORT, 'no meeting without an approved schedule (Decree 490, rule 8)'); END
-- next
CREATE TRIGGER case_before_its_own_commission BEFORE INSERT ON "commission_case" WHEN NOT EXISTS (SELECT 1 FROM enrolment e JOIN officer o ON o.id = e.officer_id JOIN meeting t ON t.id = NEW.meeting_id JOIN commission k ON k.id = t.commission_id WHERE e.id = NEW.enrolment_id AND e.campaign_id = k.campaign_id AND substr(o.post_category, 1, length(k.kind) + 1) = k.kind || '-' AND (k.region_code IS NULL OR k.region_code = o.region_code)) BEGIN SELECT RAISE(ABORT, 'the case belongs to another commission (Decree 490, annex 1)'); END
-- next
CREATE TRIGGER attendance_stands_during_a_vote_insert BEFORE INSERT ON "attendance" WHEN EXISTS (SELECT 1 FROM commission_case c WHERE c.meeting_id = NEW.meeting_id AND c.state = 'vote') BEGIN SELECT RAISE(ABORT, 'nobody comes or goes while a vote is open'); END
-- next
CREATE TRIGGER attendance_stands_during_a_vote_update BEFORE UPDATE ON "attendance" WHEN EXISTS (SELECT 1 FROM commission_case c WHERE c.meeting_id = NEW.meeting_id AND c.state = 'vote') BEGIN SELECT RAISE(ABORT, 'nobody comes or goes while a vote is open'); END
-- next
CREATE TRIGGER attendance_stands_during_a_vote_delete BEFORE DELETE ON "attendance" WHEN EXISTS (SELECT 1 FROM commission_case c WHERE c.meeting_id = OLD.meeting_id AND c.state = 'vote') BEGIN SELECT RAISE(ABORT, 'nobody comes or goes while a vote is open'); END
-- next
CREATE TRIGGER stages_in_order BEFORE UPDATE ON "enrolment" WHEN NEW.stage <> OLD.stage AND NEW.stage <> OLD.stage + 1 BEGIN SELECT RAISE(ABORT, 'stages follow one another (Decree 490, rule 4)'); END
-- next
CREATE TRIGGER stages_begin_with_preparation BEFORE INSERT ON "enrolment" WHEN NEW.stage <> 1 BEGIN SELECT RAISE(ABORT, 'stages begin with preparation'); END
-- next
CREATE TRIGGER measurement_in_its_stage BEFORE INSERT ON "measurement" WHEN NEW.replaces_id IS NULL AND 2 <> (SELECT e.stage FROM enrolment e JOIN starter s ON s.enrolment_id = e.id WHERE s.id = NEW.starter_id) BEGIN SELECT RAISE(ABORT, 'the officer is not at the stage of norms'); END
-- next
CREATE TRIGGER attempt_in_its_stage BEFORE INSERT ON "attempt" WHEN 3 <> (SELECT e.stage FROM enrolment e WHERE e.id = NEW.enrolment_id) BEGIN SELECT RAISE(ABORT, 'the officer is not at the stage of tests'); END
-- next
CREATE TRIGGER interview_in_its_stage BEFORE INSERT ON "vote" WHEN 4 <> (SELECT e.stage FROM enrolment e JOIN commission_case c ON c.enrolment_id = e.id WHERE c.id = NEW.case_id) BEGIN SELECT RAISE(ABORT, 'the officer is not at the stage of interview'); END
-- next
CREATE TRIGGER decision_in_its_stage BEFORE INSERT ON "decision" WHEN 4 <> (SELECT e.stage FROM enrolment e JOIN commission_case c ON c.enrolment_id = e.id WHERE c.id = NEW.case_id) BEGIN SELECT RAISE(ABORT, 'the officer is not at the stage of interview'); END
-- next
CREATE TRIGGER sitting_needs_an_approved_schedule BEFORE INSERT ON "sitting" WHEN NOT EXISTS (SELECT 1 FROM schedule s WHERE s.id = NEW.schedule_id AND s.approved_at IS NOT NULL AND s.stage = 'test' AND s.campaign_id = NEW.campaign_id) BEGIN SELECT RAISE(ABORT, 'no sitting without an approved schedule (Decree 490, rule 8)'); END
-- next
CREATE TRIGGER heat_needs_an_approved_schedule BEFORE INSERT ON "heat" WHEN NOT EXISTS (SELECT 1 FROM schedule s WHERE s.id = NEW.schedule_id AND s.approved_at IS NOT NULL AND s.stage = 'norms' AND s.campaign_id = NEW.campaign_id) BEGIN SELECT RAISE(ABORT, 'no heat without an approved schedule (Decree 490, rule 8)'); END
-- next
CREATE TRIGGER approved_schedule_is_frozen BEFORE UPDATE ON "schedule" WHEN OLD.approved_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'an approved schedule is frozen'); END
-- next
CREATE TRIGGER threshold_is_approved_by_others BEFORE INSERT ON "threshold_approval" WHEN NEW.account_id = (SELECT t.proposed_by FROM threshold t WHERE t.id = NEW.threshold_id) BEGIN SELECT RAISE(ABORT, 'who proposed a threshold does not approve it'); END
-- next
CREATE TRIGGER attempt_under_an_approved_threshold BEFORE INSERT ON "attempt" WHEN (SELECT count(*) FROM threshold_approval a WHERE a.threshold_id = NEW.threshold_id) < 2 BEGIN SELECT RAISE(ABORT, 'the threshold does not have two approvers'); END
-- next
CREATE TRIGGER attempt_on_a_sealed_form BEFORE INSERT ON "attempt" WHEN (SELECT f.sealed_at FROM form f WHERE f.id = NEW.form_id) IS NULL BEGIN SELECT RAISE(ABORT, 'the form is not sealed'); END
-- next
CREATE TRIGGER attempt_in_an_open_sitting BEFORE INSERT ON "attempt" WHEN 'open' <> (SELECT s.state FROM sitting s JOIN admission a ON a.sitting_id = s.id WHERE a.id = NEW.admission_id) BEGIN SELECT RAISE(ABORT, 'the sitting is not open'); END
-- next
CREATE TRIGGER key_change_is_confirmed_by_another BEFORE INSERT ON "key_change_answer" WHEN NEW.confirmed AND NEW.answered_by = (SELECT k.proposed_by FROM key_change k WHERE k.id = NEW.key_change_id) BEGIN SELECT RAISE(ABORT, 'who proposed a key does not confirm it'); END
-- next
CREATE TRIGGER sealed_form_is_frozen BEFORE UPDATE ON "form" WHEN OLD.sealed_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a sealed form is frozen'); END
-- next
CREATE TRIGGER sealed_form_takes_no_item BEFORE INSERT ON "form_item" WHEN (SELECT f.sealed_at FROM form f WHERE f.id = NEW.form_id) IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a sealed form is frozen'); END
-- next
CREATE TRIGGER step_inside_its_time BEFORE INSERT ON "step" WHEN EXISTS (SELECT 1 FROM attempt a WHERE a.id = NEW.attempt_id AND (a.closed_at IS NOT NULL OR NEW.received_at > a.accept_until)) BEGIN SELECT RAISE(ABORT, 'the attempt is closed'); END
-- next
CREATE TRIGGER closed_attempt_is_frozen BEFORE UPDATE ON "attempt" WHEN OLD.closed_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'the attempt is closed'); END
-- next
CREATE TRIGGER nobody_examines_himself BEFORE INSERT ON "measurement" WHEN EXISTS (SELECT 1 FROM account a JOIN starter s ON s.id = NEW.starter_id JOIN enrolment e ON e.id = s.enrolment_id WHERE a.id = NEW.entered_by AND a.officer_id = e.officer_id) BEGIN SELECT RAISE(ABORT, 'nobody examines himself'); END
-- next
CREATE TRIGGER nobody_confirms_himself BEFORE INSERT ON "confirmation" WHEN EXISTS (SELECT 1 FROM account a JOIN measurement m ON m.id = NEW.measurement_id JOIN starter s ON s.id = m.starter_id JOIN enrolment e ON e.id = s.enrolment_id WHERE a.id = NEW.confirmed_by AND a.officer_id = e.officer_id) BEGIN SELECT RAISE(ABORT, 'nobody examines himself'); END
