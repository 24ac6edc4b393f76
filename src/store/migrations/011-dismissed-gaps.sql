-- Questions that need no answer in the book, as an admin has said: when, and who.
ALTER TABLE gaps ADD COLUMN dismissed_at INTEGER;
ALTER TABLE gaps ADD COLUMN dismissed_by TEXT;
