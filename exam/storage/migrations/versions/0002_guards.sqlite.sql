CREATE TRIGGER item_picture_is_append_only_update BEFORE UPDATE ON "item_picture" WHEN TRUE BEGIN SELECT RAISE(ABORT, 'item_picture is append-only'); END
-- next
CREATE TRIGGER item_picture_is_append_only_delete BEFORE DELETE ON "item_picture" WHEN TRUE BEGIN SELECT RAISE(ABORT, 'item_picture is append-only'); END
