CREATE FUNCTION item_picture_is_append_only_update() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (TRUE) THEN RAISE EXCEPTION 'item_picture is append-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'item_picture_is_append_only_update'; END IF; RETURN NEW; END $guard$
-- next
CREATE TRIGGER item_picture_is_append_only_update BEFORE UPDATE ON "item_picture" FOR EACH ROW EXECUTE FUNCTION item_picture_is_append_only_update()
-- next
CREATE FUNCTION item_picture_is_append_only_delete() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF (TRUE) THEN RAISE EXCEPTION 'item_picture is append-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'item_picture_is_append_only_delete'; END IF; RETURN OLD; END $guard$
-- next
CREATE TRIGGER item_picture_is_append_only_delete BEFORE DELETE ON "item_picture" FOR EACH ROW EXECUTE FUNCTION item_picture_is_append_only_delete()
