-- What a poll's buttons may not decide: who opened it, for which channel, and until when only they run it.
ALTER TABLE polls ADD COLUMN asker TEXT;
ALTER TABLE polls ADD COLUMN asked_in TEXT;
ALTER TABLE polls ADD COLUMN until INTEGER;

-- Who passed a question on to a person, since there is a limit for each.
ALTER TABLE gaps ADD COLUMN escalated_by TEXT;
CREATE INDEX gaps_by_escalation ON gaps (team, escalated_by, escalated_at);
