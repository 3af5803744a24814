CREATE FUNCTION panel_limits_is_append_only_update() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (TRUE) THEN RAISE EXCEPTION 'panel_limits is append-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'panel_limits_is_append_only_update'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER panel_limits_is_append_only_update BEFORE UPDATE ON "panel_limits" FOR EACH ROW EXECUTE FUNCTION panel_limits_is_append_only_update()
-- next
CREATE FUNCTION panel_limits_is_append_only_delete() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (TRUE) THEN RAISE EXCEPTION 'panel_limits is append-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'panel_limits_is_append_only_delete'; END IF; RETURN OLD; END $guard$
-- next
CREATE TRIGGER panel_limits_is_append_only_delete BEFORE DELETE ON "panel_limits" FOR EACH ROW EXECUTE FUNCTION panel_limits_is_append_only_delete()
-- next
CREATE FUNCTION lead_review_is_append_only_update() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (TRUE) THEN RAISE EXCEPTION 'lead_review is append-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'lead_review_is_append_only_update'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER lead_review_is_append_only_update BEFORE UPDATE ON "lead_review" FOR EACH ROW EXECUTE FUNCTION lead_review_is_append_only_update()
-- next
CREATE FUNCTION lead_review_is_append_only_delete() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (TRUE) THEN RAISE EXCEPTION 'lead_review is append-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'lead_review_is_append_only_delete'; END IF; RETURN OLD; END $guard$
-- next
CREATE TRIGGER lead_review_is_append_only_delete BEFORE DELETE ON "lead_review" FOR EACH ROW EXECUTE FUNCTION lead_review_is_append_only_delete()
-- next
CREATE FUNCTION lead_is_concluded_by_two() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (EXISTS (SELECT 1 FROM lead_review r WHERE r.id = NEW.answers_id AND (r."by" = NEW."by" OR r.answers_id IS NOT NULL OR r.conclusion <> NEW.conclusion OR r.attempt_id <> NEW.attempt_id OR coalesce(r.other_id, 0) <> coalesce(NEW.other_id, 0)))) THEN RAISE EXCEPTION 'another person agrees to what was concluded' USING ERRCODE = 'check_violation', CONSTRAINT = 'lead_is_concluded_by_two'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER lead_is_concluded_by_two BEFORE INSERT ON "lead_review" FOR EACH ROW EXECUTE FUNCTION lead_is_concluded_by_two()
