CREATE TRIGGER panel_limits_is_append_only_update BEFORE UPDATE ON "panel_limits" WHEN TRUE BEGIN SELECT RAISE(ABORT, 'panel_limits is append-only'); END
-- next
CREATE TRIGGER panel_limits_is_append_only_delete BEFORE DELETE ON "panel_limits" WHEN TRUE BEGIN SELECT RAISE(ABORT, 'panel_limits is append-only'); END
-- next
CREATE TRIGGER lead_review_is_append_only_update BEFORE UPDATE ON "lead_review" WHEN TRUE BEGIN SELECT RAISE(ABORT, 'lead_review is append-only'); END
-- next
CREATE TRIGGER lead_review_is_append_only_delete BEFORE DELETE ON "lead_review" WHEN TRUE BEGIN SELECT RAISE(ABORT, 'lead_review is append-only'); END
-- next
CREATE TRIGGER lead_is_concluded_by_two BEFORE INSERT ON "lead_review" WHEN EXISTS (SELECT 1 FROM lead_review r WHERE r.id = NEW.answers_id AND (r."by" = NEW."by" OR r.answers_id IS NOT NULL OR r.conclusion <> NEW.conclusion OR r.attempt_id <> NEW.attempt_id OR coalesce(r.other_id, 0) <> coalesce(NEW.other_id, 0))) BEGIN SELECT RAISE(ABORT, 'another person agrees to what was concluded'); END
