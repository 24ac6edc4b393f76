-- Who asked last in a thread, and whether everybody in the workspace may read there: 1 only where Slack has said so.
ALTER TABLE threads ADD COLUMN asker TEXT;
ALTER TABLE threads ADD COLUMN is_public INTEGER NOT NULL DEFAULT 0 CHECK (is_public IN (0, 1));
