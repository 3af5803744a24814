CREATE FUNCTION step_is_append_only_update() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (TRUE) THEN RAISE EXCEPTION 'step is append-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'step_is_append_only_update'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER step_is_append_only_update BEFORE UPDATE ON "step" FOR EACH ROW EXECUTE FUNCTION step_is_append_only_update()
-- next
CREATE FUNCTION step_is_append_only_delete() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (TRUE) THEN RAISE EXCEPTION 'step is append-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'step_is_append_only_delete'; END IF; RETURN OLD; END $guard$
-- next
CREATE TRIGGER step_is_append_only_delete BEFORE DELETE ON "step" FOR EACH ROW EXECUTE FUNCTION step_is_append_only_delete()
-- next
CREATE FUNCTION measurement_is_append_only_update() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (TRUE) THEN RAISE EXCEPTION 'measurement is append-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'measurement_is_append_only_update'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER measurement_is_append_only_update BEFORE UPDATE ON "measurement" FOR EACH ROW EXECUTE FUNCTION measurement_is_append_only_update()
-- next
CREATE FUNCTION measurement_is_append_only_delete() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (TRUE) THEN RAISE EXCEPTION 'measurement is append-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'measurement_is_append_only_delete'; END IF; RETURN OLD; END $guard$
-- next
CREATE TRIGGER measurement_is_append_only_delete BEFORE DELETE ON "measurement" FOR EACH ROW EXECUTE FUNCTION measurement_is_append_only_delete()
-- next
CREATE FUNCTION confirmation_is_append_only_update() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (TRUE) THEN RAISE EXCEPTION 'confirmation is append-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'confirmation_is_append_only_update'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER confirmation_is_append_only_update BEFORE UPDATE ON "confirmation" FOR EACH ROW EXECUTE FUNCTION confirmation_is_append_only_update()
-- next
CREATE FUNCTION confirmation_is_append_only_delete() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (TRUE) THEN RAISE EXCEPTION 'confirmation is append-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'confirmation_is_append_only_delete'; END IF; RETURN OLD; END $guard$
-- next
CREATE TRIGGER confirmation_is_append_only_delete BEFORE DELETE ON "confirmation" FOR EACH ROW EXECUTE FUNCTION confirmation_is_append_only_delete()
-- next
CREATE FUNCTION vote_is_append_only_update() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (TRUE) THEN RAISE EXCEPTION 'vote is append-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'vote_is_append_only_update'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER vote_is_append_only_update BEFORE UPDATE ON "vote" FOR EACH ROW EXECUTE FUNCTION vote_is_append_only_update()
-- next
CREATE FUNCTION vote_is_append_only_delete() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (TRUE) THEN RAISE EXCEPTION 'vote is append-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'vote_is_append_only_delete'; END IF; RETURN OLD; END $guard$
-- next
CREATE TRIGGER vote_is_append_only_delete BEFORE DELETE ON "vote" FOR EACH ROW EXECUTE FUNCTION vote_is_append_only_delete()
-- next
CREATE FUNCTION threshold_is_append_only_update() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (TRUE) THEN RAISE EXCEPTION 'threshold is append-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'threshold_is_append_only_update'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER threshold_is_append_only_update BEFORE UPDATE ON "threshold" FOR EACH ROW EXECUTE FUNCTION threshold_is_append_only_update()
-- next
CREATE FUNCTION threshold_is_append_only_delete() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (TRUE) THEN RAISE EXCEPTION 'threshold is append-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'threshold_is_append_only_delete'; END IF; RETURN OLD; END $guard$
-- next
CREATE TRIGGER threshold_is_append_only_delete BEFORE DELETE ON "threshold" FOR EACH ROW EXECUTE FUNCTION threshold_is_append_only_delete()
-- next
CREATE FUNCTION threshold_approval_is_append_only_update() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (TRUE) THEN RAISE EXCEPTION 'threshold_approval is append-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'threshold_approval_is_append_only_update'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER threshold_approval_is_append_only_update BEFORE UPDATE ON "threshold_approval" FOR EACH ROW EXECUTE FUNCTION threshold_approval_is_append_only_update()
-- next
CREATE FUNCTION threshold_approval_is_append_only_delete() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (TRUE) THEN RAISE EXCEPTION 'threshold_approval is append-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'threshold_approval_is_append_only_delete'; END IF; RETURN OLD; END $guard$
-- next
CREATE TRIGGER threshold_approval_is_append_only_delete BEFORE DELETE ON "threshold_approval" FOR EACH ROW EXECUTE FUNCTION threshold_approval_is_append_only_delete()
-- next
CREATE FUNCTION item_version_is_append_only_update() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (TRUE) THEN RAISE EXCEPTION 'item_version is append-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'item_version_is_append_only_update'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER item_version_is_append_only_update BEFORE UPDATE ON "item_version" FOR EACH ROW EXECUTE FUNCTION item_version_is_append_only_update()
-- next
CREATE FUNCTION item_version_is_append_only_delete() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (TRUE) THEN RAISE EXCEPTION 'item_version is append-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'item_version_is_append_only_delete'; END IF; RETURN OLD; END $guard$
-- next
CREATE TRIGGER item_version_is_append_only_delete BEFORE DELETE ON "item_version" FOR EACH ROW EXECUTE FUNCTION item_version_is_append_only_delete()
-- next
CREATE FUNCTION item_move_is_append_only_update() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (TRUE) THEN RAISE EXCEPTION 'item_move is append-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'item_move_is_append_only_update'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER item_move_is_append_only_update BEFORE UPDATE ON "item_move" FOR EACH ROW EXECUTE FUNCTION item_move_is_append_only_update()
-- next
CREATE FUNCTION item_move_is_append_only_delete() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (TRUE) THEN RAISE EXCEPTION 'item_move is append-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'item_move_is_append_only_delete'; END IF; RETURN OLD; END $guard$
-- next
CREATE TRIGGER item_move_is_append_only_delete BEFORE DELETE ON "item_move" FOR EACH ROW EXECUTE FUNCTION item_move_is_append_only_delete()
-- next
CREATE FUNCTION form_item_is_append_only_update() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (TRUE) THEN RAISE EXCEPTION 'form_item is append-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'form_item_is_append_only_update'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER form_item_is_append_only_update BEFORE UPDATE ON "form_item" FOR EACH ROW EXECUTE FUNCTION form_item_is_append_only_update()
-- next
CREATE FUNCTION form_item_is_append_only_delete() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (TRUE) THEN RAISE EXCEPTION 'form_item is append-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'form_item_is_append_only_delete'; END IF; RETURN OLD; END $guard$
-- next
CREATE TRIGGER form_item_is_append_only_delete BEFORE DELETE ON "form_item" FOR EACH ROW EXECUTE FUNCTION form_item_is_append_only_delete()
-- next
CREATE FUNCTION journal_entry_is_append_only_update() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (TRUE) THEN RAISE EXCEPTION 'journal_entry is append-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'journal_entry_is_append_only_update'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER journal_entry_is_append_only_update BEFORE UPDATE ON "journal_entry" FOR EACH ROW EXECUTE FUNCTION journal_entry_is_append_only_update()
-- next
CREATE FUNCTION journal_entry_is_append_only_delete() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (TRUE) THEN RAISE EXCEPTION 'journal_entry is append-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'journal_entry_is_append_only_delete'; END IF; RETURN OLD; END $guard$
-- next
CREATE TRIGGER journal_entry_is_append_only_delete BEFORE DELETE ON "journal_entry" FOR EACH ROW EXECUTE FUNCTION journal_entry_is_append_only_delete()
-- next
CREATE FUNCTION part_result_is_append_only_update() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (TRUE) THEN RAISE EXCEPTION 'part_result is append-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'part_result_is_append_only_update'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER part_result_is_append_only_update BEFORE UPDATE ON "part_result" FOR EACH ROW EXECUTE FUNCTION part_result_is_append_only_update()
-- next
CREATE FUNCTION part_result_is_append_only_delete() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (TRUE) THEN RAISE EXCEPTION 'part_result is append-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'part_result_is_append_only_delete'; END IF; RETURN OLD; END $guard$
-- next
CREATE TRIGGER part_result_is_append_only_delete BEFORE DELETE ON "part_result" FOR EACH ROW EXECUTE FUNCTION part_result_is_append_only_delete()
-- next
CREATE FUNCTION outcome_is_append_only_update() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (TRUE) THEN RAISE EXCEPTION 'outcome is append-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'outcome_is_append_only_update'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER outcome_is_append_only_update BEFORE UPDATE ON "outcome" FOR EACH ROW EXECUTE FUNCTION outcome_is_append_only_update()
-- next
CREATE FUNCTION outcome_is_append_only_delete() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (TRUE) THEN RAISE EXCEPTION 'outcome is append-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'outcome_is_append_only_delete'; END IF; RETURN OLD; END $guard$
-- next
CREATE TRIGGER outcome_is_append_only_delete BEFORE DELETE ON "outcome" FOR EACH ROW EXECUTE FUNCTION outcome_is_append_only_delete()
-- next
CREATE FUNCTION decision_is_append_only_update() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (TRUE) THEN RAISE EXCEPTION 'decision is append-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_is_append_only_update'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER decision_is_append_only_update BEFORE UPDATE ON "decision" FOR EACH ROW EXECUTE FUNCTION decision_is_append_only_update()
-- next
CREATE FUNCTION decision_is_append_only_delete() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (TRUE) THEN RAISE EXCEPTION 'decision is append-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_is_append_only_delete'; END IF; RETURN OLD; END $guard$
-- next
CREATE TRIGGER decision_is_append_only_delete BEFORE DELETE ON "decision" FOR EACH ROW EXECUTE FUNCTION decision_is_append_only_delete()
-- next
CREATE FUNCTION attempt_result_is_append_only_update() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (TRUE) THEN RAISE EXCEPTION 'attempt_result is append-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'attempt_result_is_append_only_update'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER attempt_result_is_append_only_update BEFORE UPDATE ON "attempt_result" FOR EACH ROW EXECUTE FUNCTION attempt_result_is_append_only_update()
-- next
CREATE FUNCTION attempt_result_is_append_only_delete() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (TRUE) THEN RAISE EXCEPTION 'attempt_result is append-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'attempt_result_is_append_only_delete'; END IF; RETURN OLD; END $guard$
-- next
CREATE TRIGGER attempt_result_is_append_only_delete BEFORE DELETE ON "attempt_result" FOR EACH ROW EXECUTE FUNCTION attempt_result_is_append_only_delete()
-- next
CREATE FUNCTION incident_is_append_only_update() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (TRUE) THEN RAISE EXCEPTION 'incident is append-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'incident_is_append_only_update'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER incident_is_append_only_update BEFORE UPDATE ON "incident" FOR EACH ROW EXECUTE FUNCTION incident_is_append_only_update()
-- next
CREATE FUNCTION incident_is_append_only_delete() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (TRUE) THEN RAISE EXCEPTION 'incident is append-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'incident_is_append_only_delete'; END IF; RETURN OLD; END $guard$
-- next
CREATE TRIGGER incident_is_append_only_delete BEFORE DELETE ON "incident" FOR EACH ROW EXECUTE FUNCTION incident_is_append_only_delete()
-- next
CREATE FUNCTION login_attempt_is_append_only_update() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (TRUE) THEN RAISE EXCEPTION 'login_attempt is append-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'login_attempt_is_append_only_update'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER login_attempt_is_append_only_update BEFORE UPDATE ON "login_attempt" FOR EACH ROW EXECUTE FUNCTION login_attempt_is_append_only_update()
-- next
CREATE FUNCTION login_attempt_is_append_only_delete() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (TRUE) THEN RAISE EXCEPTION 'login_attempt is append-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'login_attempt_is_append_only_delete'; END IF; RETURN OLD; END $guard$
-- next
CREATE TRIGGER login_attempt_is_append_only_delete BEFORE DELETE ON "login_attempt" FOR EACH ROW EXECUTE FUNCTION login_attempt_is_append_only_delete()
-- next
CREATE FUNCTION key_change_is_append_only_update() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (TRUE) THEN RAISE EXCEPTION 'key_change is append-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'key_change_is_append_only_update'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER key_change_is_append_only_update BEFORE UPDATE ON "key_change" FOR EACH ROW EXECUTE FUNCTION key_change_is_append_only_update()
-- next
CREATE FUNCTION key_change_is_append_only_delete() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (TRUE) THEN RAISE EXCEPTION 'key_change is append-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'key_change_is_append_only_delete'; END IF; RETURN OLD; END $guard$
-- next
CREATE TRIGGER key_change_is_append_only_delete BEFORE DELETE ON "key_change" FOR EACH ROW EXECUTE FUNCTION key_change_is_append_only_delete()
-- next
CREATE FUNCTION key_change_answer_is_append_only_update() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (TRUE) THEN RAISE EXCEPTION 'key_change_answer is append-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'key_change_answer_is_append_only_update'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER key_change_answer_is_append_only_update BEFORE UPDATE ON "key_change_answer" FOR EACH ROW EXECUTE FUNCTION key_change_answer_is_append_only_update()
-- next
CREATE FUNCTION key_change_answer_is_append_only_delete() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (TRUE) THEN RAISE EXCEPTION 'key_change_answer is append-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'key_change_answer_is_append_only_delete'; END IF; RETURN OLD; END $guard$
-- next
CREATE TRIGGER key_change_answer_is_append_only_delete BEFORE DELETE ON "key_change_answer" FOR EACH ROW EXECUTE FUNCTION key_change_answer_is_append_only_delete()
-- next
CREATE FUNCTION angoff_estimate_is_append_only_update() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (TRUE) THEN RAISE EXCEPTION 'angoff_estimate is append-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'angoff_estimate_is_append_only_update'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER angoff_estimate_is_append_only_update BEFORE UPDATE ON "angoff_estimate" FOR EACH ROW EXECUTE FUNCTION angoff_estimate_is_append_only_update()
-- next
CREATE FUNCTION angoff_estimate_is_append_only_delete() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (TRUE) THEN RAISE EXCEPTION 'angoff_estimate is append-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'angoff_estimate_is_append_only_delete'; END IF; RETURN OLD; END $guard$
-- next
CREATE TRIGGER angoff_estimate_is_append_only_delete BEFORE DELETE ON "angoff_estimate" FOR EACH ROW EXECUTE FUNCTION angoff_estimate_is_append_only_delete()
-- next
CREATE FUNCTION outcome_needs_every_part() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF ((SELECT count(*) FROM (SELECT p.kind, p.state FROM part_result p WHERE p.enrolment_id = NEW.enrolment_id
 AND NOT EXISTS (SELECT 1 FROM part_result q WHERE q.replaces_id = p.id)) c WHERE c.state <> 'not_taken') < 3) THEN RAISE EXCEPTION 'a part has no result yet' USING ERRCODE = 'check_violation', CONSTRAINT = 'outcome_needs_every_part'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER outcome_needs_every_part BEFORE INSERT ON "outcome" FOR EACH ROW EXECUTE FUNCTION outcome_needs_every_part()
-- next
CREATE FUNCTION outcome_reads_the_campaign() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (NEW.reading <> (SELECT c.restriction_when FROM campaign c JOIN enrolment e ON e.campaign_id = c.id WHERE e.id = NEW.enrolment_id)) THEN RAISE EXCEPTION 'the reading of rule 18 is not the campaign''s' USING ERRCODE = 'check_violation', CONSTRAINT = 'outcome_reads_the_campaign'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER outcome_reads_the_campaign BEFORE INSERT ON "outcome" FOR EACH ROW EXECUTE FUNCTION outcome_reads_the_campaign()
-- next
CREATE FUNCTION outcome_restricts_as_parts_say() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (NEW.restricted <> CASE WHEN NEW.reading = 'any' THEN EXISTS (SELECT 1 FROM (SELECT p.kind, p.state FROM part_result p WHERE p.enrolment_id = NEW.enrolment_id
 AND NOT EXISTS (SELECT 1 FROM part_result q WHERE q.replaces_id = p.id)) c WHERE c.state = 'failed') ELSE EXISTS (SELECT 1 FROM (SELECT p.kind, p.state FROM part_result p WHERE p.enrolment_id = NEW.enrolment_id
 AND NOT EXISTS (SELECT 1 FROM part_result q WHERE q.replaces_id = p.id)) c WHERE c.state = 'failed' AND c.kind = 'norms') AND EXISTS (SELECT 1 FROM (SELECT p.kind, p.state FROM part_result p WHERE p.enrolment_id = NEW.enrolment_id
 AND NOT EXISTS (SELECT 1 FROM part_result q WHERE q.replaces_id = p.id)) c WHERE c.state = 'failed' AND c.kind <> 'norms') END) THEN RAISE EXCEPTION 'the restriction does not follow from the parts' USING ERRCODE = 'check_violation', CONSTRAINT = 'outcome_restricts_as_parts_say'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER outcome_restricts_as_parts_say BEFORE INSERT ON "outcome" FOR EACH ROW EXECUTE FUNCTION outcome_restricts_as_parts_say()
-- next
CREATE FUNCTION decision_inside_the_restriction() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (NEW.value < 3 AND (SELECT o.restricted FROM outcome o WHERE o.id = NEW.outcome_id)) THEN RAISE EXCEPTION 'a restricted case cannot carry decision 1 or 2 (Decree 490, rule 18)' USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_inside_the_restriction'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER decision_inside_the_restriction BEFORE INSERT ON "decision" FOR EACH ROW EXECUTE FUNCTION decision_inside_the_restriction()
-- next
CREATE FUNCTION decision_on_the_latest_outcome() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (NEW.outcome_id <> (SELECT max(o.id) FROM outcome o JOIN commission_case c ON c.enrolment_id = o.enrolment_id WHERE c.id = NEW.case_id) OR NOT EXISTS (SELECT 1 FROM outcome o JOIN commission_case c ON c.enrolment_id = o.enrolment_id WHERE c.id = NEW.case_id)) THEN RAISE EXCEPTION 'the decision does not stand on the latest outcome of this officer' USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_on_the_latest_outcome'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER decision_on_the_latest_outcome BEFORE INSERT ON "decision" FOR EACH ROW EXECUTE FUNCTION decision_on_the_latest_outcome()
-- next
CREATE FUNCTION decision_knows_every_result() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (EXISTS (SELECT 1 FROM part_result p JOIN commission_case c ON c.enrolment_id = p.enrolment_id JOIN outcome o ON o.id = NEW.outcome_id WHERE c.id = NEW.case_id AND p.decided_at > o.computed_at)) THEN RAISE EXCEPTION 'a result was recorded after the outcome' USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_knows_every_result'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER decision_knows_every_result BEFORE INSERT ON "decision" FOR EACH ROW EXECUTE FUNCTION decision_knows_every_result()
-- next
CREATE FUNCTION decision_counts_the_composition() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (NEW.composition <> (SELECT CASE g.quorum_base WHEN 'all_posts' THEN k.posts ELSE k.voting_posts END FROM campaign g JOIN commission k ON k.campaign_id = g.id JOIN meeting t ON t.commission_id = k.id WHERE t.id = (SELECT c.meeting_id FROM commission_case c WHERE c.id = NEW.case_id))) THEN RAISE EXCEPTION 'the composition is not the commission''s' USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_counts_the_composition'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER decision_counts_the_composition BEFORE INSERT ON "decision" FOR EACH ROW EXECUTE FUNCTION decision_counts_the_composition()
-- next
CREATE FUNCTION decision_counts_who_is_present() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (NEW.present <> (SELECT count(*) FROM attendance a JOIN member m ON m.id = a.member_id WHERE a.meeting_id = (SELECT c.meeting_id FROM commission_case c WHERE c.id = NEW.case_id) AND a.left_at IS NULL AND (m.votes OR (SELECT g.quorum_base FROM campaign g JOIN commission k ON k.campaign_id = g.id JOIN meeting t ON t.commission_id = k.id WHERE t.id = (SELECT c.meeting_id FROM commission_case c WHERE c.id = NEW.case_id)) = 'all_posts')) OR NEW.voters <> (SELECT count(*) FROM attendance a JOIN member m ON m.id = a.member_id WHERE a.meeting_id = (SELECT c.meeting_id FROM commission_case c WHERE c.id = NEW.case_id) AND a.left_at IS NULL AND m.votes)) THEN RAISE EXCEPTION 'the number of those present is not the attendance' USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_counts_who_is_present'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER decision_counts_who_is_present BEFORE INSERT ON "decision" FOR EACH ROW EXECUTE FUNCTION decision_counts_who_is_present()
-- next
CREATE FUNCTION decision_follows_the_vote() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (NEW.votes_for <> (SELECT count(*) FROM vote v WHERE v.case_id = NEW.case_id AND v.round = NEW.round AND v.decision = NEW.value) OR NOT (NEW.votes_for * 2 > NEW.voters OR (EXISTS (SELECT 1 FROM vote v WHERE v.case_id = NEW.case_id AND v.round = NEW.round AND v.decision <> NEW.value GROUP BY v.decision HAVING count(*) * 2 = NEW.voters) AND NEW.votes_for * 2 = NEW.voters AND EXISTS (SELECT 1 FROM vote v WHERE v.case_id = NEW.case_id AND v.round = NEW.round AND v.decision = NEW.value AND v.member_id IN (SELECT m.id FROM member m WHERE m.office = 'chair'))))) THEN RAISE EXCEPTION 'the votes do not carry this decision (Decree 490, rule 19)' USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_follows_the_vote'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER decision_follows_the_vote BEFORE INSERT ON "decision" FOR EACH ROW EXECUTE FUNCTION decision_follows_the_vote()
-- next
CREATE FUNCTION vote_before_the_decision() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (EXISTS (SELECT 1 FROM decision d WHERE d.case_id = NEW.case_id)) THEN RAISE EXCEPTION 'the case is decided' USING ERRCODE = 'check_violation', CONSTRAINT = 'vote_before_the_decision'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER vote_before_the_decision BEFORE INSERT ON "vote" FOR EACH ROW EXECUTE FUNCTION vote_before_the_decision()
-- next
CREATE FUNCTION vote_in_the_open_round() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (NEW.round <> (SELECT c.round FROM commission_case c WHERE c.id = NEW.case_id) OR 'vote' <> (SELECT c.state FROM commission_case c WHERE c.id = NEW.case_id)) THEN RAISE EXCEPTION 'the vote on this case is not open' USING ERRCODE = 'check_violation', CONSTRAINT = 'vote_in_the_open_round'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER vote_in_the_open_round BEFORE INSERT ON "vote" FOR EACH ROW EXECUTE FUNCTION vote_in_the_open_round()
-- next
CREATE FUNCTION vote_by_a_member_of_this_commission() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF ((SELECT m.commission_id FROM member m WHERE m.id = NEW.member_id) <> (SELECT t.commission_id FROM meeting t WHERE t.id = NEW.meeting_id)) THEN RAISE EXCEPTION 'the voter is not a member of this commission' USING ERRCODE = 'check_violation', CONSTRAINT = 'vote_by_a_member_of_this_commission'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER vote_by_a_member_of_this_commission BEFORE INSERT ON "vote" FOR EACH ROW EXECUTE FUNCTION vote_by_a_member_of_this_commission()
-- next
CREATE FUNCTION attendance_by_a_member_of_this_commission() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF ((SELECT m.commission_id FROM member m WHERE m.id = NEW.member_id) <> (SELECT t.commission_id FROM meeting t WHERE t.id = NEW.meeting_id)) THEN RAISE EXCEPTION 'not a member of this commission' USING ERRCODE = 'check_violation', CONSTRAINT = 'attendance_by_a_member_of_this_commission'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER attendance_by_a_member_of_this_commission BEFORE INSERT ON "attendance" FOR EACH ROW EXECUTE FUNCTION attendance_by_a_member_of_this_commission()
-- next
CREATE FUNCTION nobody_decides_on_himself() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (EXISTS (SELECT 1 FROM member m JOIN account a ON a.id = m.account_id JOIN commission_case c ON c.id = NEW.case_id JOIN enrolment e ON e.id = c.enrolment_id WHERE m.id = NEW.member_id AND a.officer_id = e.officer_id)) THEN RAISE EXCEPTION 'nobody votes on himself' USING ERRCODE = 'check_violation', CONSTRAINT = 'nobody_decides_on_himself'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER nobody_decides_on_himself BEFORE INSERT ON "vote" FOR EACH ROW EXECUTE FUNCTION nobody_decides_on_himself()
-- next
CREATE FUNCTION vote_by_who_is_still_there() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (EXISTS (SELECT 1 FROM attendance a WHERE a.meeting_id = NEW.meeting_id AND a.member_id = NEW.member_id AND a.left_at IS NOT NULL)) THEN RAISE EXCEPTION 'the voter has left the meeting' USING ERRCODE = 'check_violation', CONSTRAINT = 'vote_by_who_is_still_there'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER vote_by_who_is_still_there BEFORE INSERT ON "vote" FOR EACH ROW EXECUTE FUNCTION vote_by_who_is_still_there()
-- next
CREATE FUNCTION decision_after_the_interview() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF ((SELECT c.recording FROM commission_case c WHERE c.id = NEW.case_id) IS NULL) THEN RAISE EXCEPTION 'the interview has no recording (Decree 490, rule 14)' USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_after_the_interview'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER decision_after_the_interview BEFORE INSERT ON "decision" FOR EACH ROW EXECUTE FUNCTION decision_after_the_interview()
-- next
CREATE FUNCTION meeting_needs_an_approved_schedule() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (NOT EXISTS (SELECT 1 FROM schedule s JOIN commission k ON k.campaign_id = s.campaign_id WHERE s.id = NEW.schedule_id AND k.id = NEW.commission_id AND s.approved_at IS NOT NULL AND s.stage = 'interview')) THEN RAISE EXCEPTION 'no meeting without an approved schedule (Decree 490, rule 8)' USING ERRCODE = 'check_violation', CONSTRAINT = 'meeting_needs_an_approved_schedule'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER meeting_needs_an_approved_schedule BEFORE INSERT ON "meeting" FOR EACH ROW EXECUTE FUNCTION meeting_needs_an_approved_schedule()
-- next
CREATE FUNCTION case_before_its_own_commission() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (NOT EXISTS (SELECT 1 FROM enrolment e JOIN officer o ON o.id = e.officer_id JOIN meeting t ON t.id = NEW.meeting_id JOIN commission k ON k.id = t.commission_id WHERE e.id = NEW.enrolment_id AND e.campaign_id = k.campaign_id AND substr(o.post_category, 1, length(k.kind) + 1) = k.kind || '-' AND (k.region_code IS NULL OR k.region_code = o.region_code))) THEN RAISE EXCEPTION 'the case belongs to another commission (Decree 490, annex 1)' USING ERRCODE = 'check_violation', CONSTRAINT = 'case_before_its_own_commission'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER case_before_its_own_commission BEFORE INSERT ON "commission_case" FOR EACH ROW EXECUTE FUNCTION case_before_its_own_commission()
-- next
CREATE FUNCTION attendance_stands_during_a_vote_insert() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (EXISTS (SELECT 1 FROM commission_case c WHERE c.meeting_id = NEW.meeting_id AND c.state = 'vote')) THEN RAISE EXCEPTION 'nobody comes or goes while a vote is open' USING ERRCODE = 'check_violation', CONSTRAINT = 'attendance_stands_during_a_vote_insert'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER attendance_stands_during_a_vote_insert BEFORE INSERT ON "attendance" FOR EACH ROW EXECUTE FUNCTION attendance_stands_during_a_vote_insert()
-- next
CREATE FUNCTION attendance_stands_during_a_vote_update() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (EXISTS (SELECT 1 FROM commission_case c WHERE c.meeting_id = NEW.meeting_id AND c.state = 'vote')) THEN RAISE EXCEPTION 'nobody comes or goes while a vote is open' USING ERRCODE = 'check_violation', CONSTRAINT = 'attendance_stands_during_a_vote_update'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER attendance_stands_during_a_vote_update BEFORE UPDATE ON "attendance" FOR EACH ROW EXECUTE FUNCTION attendance_stands_during_a_vote_update()
-- next
CREATE FUNCTION attendance_stands_during_a_vote_delete() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (EXISTS (SELECT 1 FROM commission_case c WHERE c.meeting_id = OLD.meeting_id AND c.state = 'vote')) THEN RAISE EXCEPTION 'nobody comes or goes while a vote is open' USING ERRCODE = 'check_violation', CONSTRAINT = 'attendance_stands_during_a_vote_delete'; END IF; RETURN OLD; END $guard$
-- next
CREATE TRIGGER attendance_stands_during_a_vote_delete BEFORE DELETE ON "attendance" FOR EACH ROW EXECUTE FUNCTION attendance_stands_during_a_vote_delete()
-- next
CREATE FUNCTION stages_in_order() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (NEW.stage <> OLD.stage AND NEW.stage <> OLD.stage + 1) THEN RAISE EXCEPTION 'stages follow one another (Decree 490, rule 4)' USING ERRCODE = 'check_violation', CONSTRAINT = 'stages_in_order'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER stages_in_order BEFORE UPDATE ON "enrolment" FOR EACH ROW EXECUTE FUNCTION stages_in_order()
-- next
CREATE FUNCTION stages_begin_with_preparation() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (NEW.stage <> 1) THEN RAISE EXCEPTION 'stages begin with preparation' USING ERRCODE = 'check_violation', CONSTRAINT = 'stages_begin_with_preparation'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER stages_begin_with_preparation BEFORE INSERT ON "enrolment" FOR EACH ROW EXECUTE FUNCTION stages_begin_with_preparation()
-- next
CREATE FUNCTION measurement_in_its_stage() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (NEW.replaces_id IS NULL AND 2 <> (SELECT e.stage FROM enrolment e JOIN starter s ON s.enrolment_id = e.id WHERE s.id = NEW.starter_id)) THEN RAISE EXCEPTION 'the officer is not at the stage of norms' USING ERRCODE = 'check_violation', CONSTRAINT = 'measurement_in_its_stage'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER measurement_in_its_stage BEFORE INSERT ON "measurement" FOR EACH ROW EXECUTE FUNCTION measurement_in_its_stage()
-- next
CREATE FUNCTION attempt_in_its_stage() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (3 <> (SELECT e.stage FROM enrolment e WHERE e.id = NEW.enrolment_id)) THEN RAISE EXCEPTION 'the officer is not at the stage of tests' USING ERRCODE = 'check_violation', CONSTRAINT = 'attempt_in_its_stage'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER attempt_in_its_stage BEFORE INSERT ON "attempt" FOR EACH ROW EXECUTE FUNCTION attempt_in_its_stage()
-- next
CREATE FUNCTION interview_in_its_stage() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (4 <> (SELECT e.stage FROM enrolment e JOIN commission_case c ON c.enrolment_id = e.id WHERE c.id = NEW.case_id)) THEN RAISE EXCEPTION 'the officer is not at the stage of interview' USING ERRCODE = 'check_violation', CONSTRAINT = 'interview_in_its_stage'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER interview_in_its_stage BEFORE INSERT ON "vote" FOR EACH ROW EXECUTE FUNCTION interview_in_its_stage()
-- next
CREATE FUNCTION decision_in_its_stage() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (4 <> (SELECT e.stage FROM enrolment e JOIN commission_case c ON c.enrolment_id = e.id WHERE c.id = NEW.case_id)) THEN RAISE EXCEPTION 'the officer is not at the stage of interview' USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_in_its_stage'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER decision_in_its_stage BEFORE INSERT ON "decision" FOR EACH ROW EXECUTE FUNCTION decision_in_its_stage()
-- next
CREATE FUNCTION sitting_needs_an_approved_schedule() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (NOT EXISTS (SELECT 1 FROM schedule s WHERE s.id = NEW.schedule_id AND s.approved_at IS NOT NULL AND s.stage = 'test' AND s.campaign_id = NEW.campaign_id)) THEN RAISE EXCEPTION 'no sitting without an approved schedule (Decree 490, rule 8)' USING ERRCODE = 'check_violation', CONSTRAINT = 'sitting_needs_an_approved_schedule'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER sitting_needs_an_approved_schedule BEFORE INSERT ON "sitting" FOR EACH ROW EXECUTE FUNCTION sitting_needs_an_approved_schedule()
-- next
CREATE FUNCTION heat_needs_an_approved_schedule() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (NOT EXISTS (SELECT 1 FROM schedule s WHERE s.id = NEW.schedule_id AND s.approved_at IS NOT NULL AND s.stage = 'norms' AND s.campaign_id = NEW.campaign_id)) THEN RAISE EXCEPTION 'no heat without an approved schedule (Decree 490, rule 8)' USING ERRCODE = 'check_violation', CONSTRAINT = 'heat_needs_an_approved_schedule'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER heat_needs_an_approved_schedule BEFORE INSERT ON "heat" FOR EACH ROW EXECUTE FUNCTION heat_needs_an_approved_schedule()
-- next
CREATE FUNCTION approved_schedule_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (OLD.approved_at IS NOT NULL) THEN RAISE EXCEPTION 'an approved schedule is frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'approved_schedule_is_frozen'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER approved_schedule_is_frozen BEFORE UPDATE ON "schedule" FOR EACH ROW EXECUTE FUNCTION approved_schedule_is_frozen()
-- next
CREATE FUNCTION threshold_is_approved_by_others() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (NEW.account_id = (SELECT t.proposed_by FROM threshold t WHERE t.id = NEW.threshold_id)) THEN RAISE EXCEPTION 'who proposed a threshold does not approve it' USING ERRCODE = 'check_violation', CONSTRAINT = 'threshold_is_approved_by_others'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER threshold_is_approved_by_others BEFORE INSERT ON "threshold_approval" FOR EACH ROW EXECUTE FUNCTION threshold_is_approved_by_others()
-- next
CREATE FUNCTION attempt_under_an_approved_threshold() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF ((SELECT count(*) FROM threshold_approval a WHERE a.threshold_id = NEW.threshold_id) < 2) THEN RAISE EXCEPTION 'the threshold does not have two approvers' USING ERRCODE = 'check_violation', CONSTRAINT = 'attempt_under_an_approved_threshold'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER attempt_under_an_approved_threshold BEFORE INSERT ON "attempt" FOR EACH ROW EXECUTE FUNCTION attempt_under_an_approved_threshold()
-- next
CREATE FUNCTION attempt_on_a_sealed_form() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF ((SELECT f.sealed_at FROM form f WHERE f.id = NEW.form_id) IS NULL) THEN RAISE EXCEPTION 'the form is not sealed' USING ERRCODE = 'check_violation', CONSTRAINT = 'attempt_on_a_sealed_form'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER attempt_on_a_sealed_form BEFORE INSERT ON "attempt" FOR EACH ROW EXECUTE FUNCTION attempt_on_a_sealed_form()
-- next
CREATE FUNCTION attempt_in_an_open_sitting() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF ('open' <> (SELECT s.state FROM sitting s JOIN admission a ON a.sitting_id = s.id WHERE a.id = NEW.admission_id)) THEN RAISE EXCEPTION 'the sitting is not open' USING ERRCODE = 'check_violation', CONSTRAINT = 'attempt_in_an_open_sitting'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER attempt_in_an_open_sitting BEFORE INSERT ON "attempt" FOR EACH ROW EXECUTE FUNCTION attempt_in_an_open_sitting()
-- next
CREATE FUNCTION key_change_is_confirmed_by_another() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (NEW.confirmed AND NEW.answered_by = (SELECT k.proposed_by FROM key_change k WHERE k.id = NEW.key_change_id)) THEN RAISE EXCEPTION 'who proposed a key does not confirm it' USING ERRCODE = 'check_violation', CONSTRAINT = 'key_change_is_confirmed_by_another'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER key_change_is_confirmed_by_another BEFORE INSERT ON "key_change_answer" FOR EACH ROW EXECUTE FUNCTION key_change_is_confirmed_by_another()
-- next
CREATE FUNCTION sealed_form_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (OLD.sealed_at IS NOT NULL) THEN RAISE EXCEPTION 'a sealed form is frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'sealed_form_is_frozen'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER sealed_form_is_frozen BEFORE UPDATE ON "form" FOR EACH ROW EXECUTE FUNCTION sealed_form_is_frozen()
-- next
CREATE FUNCTION sealed_form_takes_no_item() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF ((SELECT f.sealed_at FROM form f WHERE f.id = NEW.form_id) IS NOT NULL) THEN RAISE EXCEPTION 'a sealed form is frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'sealed_form_takes_no_item'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER sealed_form_takes_no_item BEFORE INSERT ON "form_item" FOR EACH ROW EXECUTE FUNCTION sealed_form_takes_no_item()
-- next
CREATE FUNCTION step_inside_its_time() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (EXISTS (SELECT 1 FROM attempt a WHERE a.id = NEW.attempt_id AND (a.closed_at IS NOT NULL OR NEW.received_at > a.accept_until))) THEN RAISE EXCEPTION 'the attempt is closed' USING ERRCODE = 'check_violation', CONSTRAINT = 'step_inside_its_time'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER step_inside_its_time BEFORE INSERT ON "step" FOR EACH ROW EXECUTE FUNCTION step_inside_its_time()
-- next
CREATE FUNCTION closed_attempt_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (OLD.closed_at IS NOT NULL) THEN RAISE EXCEPTION 'the attempt is closed' USING ERRCODE = 'check_violation', CONSTRAINT = 'closed_attempt_is_frozen'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER closed_attempt_is_frozen BEFORE UPDATE ON "attempt" FOR EACH ROW EXECUTE FUNCTION closed_attempt_is_frozen()
-- next
CREATE FUNCTION nobody_examines_himself() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (EXISTS (SELECT 1 FROM account a JOIN starter s ON s.id = NEW.starter_id JOIN enrolment e ON e.id = s.enrolment_id WHERE a.id = NEW.entered_by AND a.officer_id = e.officer_id)) THEN RAISE EXCEPTION 'nobody examines himself' USING ERRCODE = 'check_violation', CONSTRAINT = 'nobody_examines_himself'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER nobody_examines_himself BEFORE INSERT ON "measurement" FOR EACH ROW EXECUTE FUNCTION nobody_examines_himself()
-- next
CREATE FUNCTION nobody_confirms_himself() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (EXISTS (SELECT 1 FROM account a JOIN measurement m ON m.id = NEW.measurement_id JOIN starter s ON s.id = m.starter_id JOIN enrolment e ON e.id = s.enrolment_id WHERE a.id = NEW.confirmed_by AND a.officer_id = e.officer_id)) THEN RAISE EXCEPTION 'nobody examines himself' USING ERRCODE = 'check_violation', CONSTRAINT = 'nobody_confirms_himself'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER nobody_confirms_himself BEFORE INSERT ON "confirmation" FOR EACH ROW EXECUTE FUNCTION nobody_confirms_himself()
