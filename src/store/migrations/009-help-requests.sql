-- Who asked, so that a person who is asked instead knows whose question it is.
ALTER TABLE answers ADD COLUMN asker TEXT;

-- Questions that were passed on to a person: whose they are, where the answer goes, which messages tell of them (the one
-- that asks, and the one that tells whoever asked how far it has come), who takes them, and what they answered.
CREATE TABLE help_requests (
  gap TEXT NOT NULL PRIMARY KEY REFERENCES gaps (id) ON DELETE CASCADE,
  asker TEXT,
  passed_by TEXT NOT NULL,
  reply_channel TEXT NOT NULL,
  reply_thread TEXT,
  asked_channel TEXT,
  asked_ts TEXT,
  notice_channel TEXT,
  notice_ts TEXT,
  taken_by TEXT,
  answered_by TEXT,
  answer TEXT,
  answered_at INTEGER,
  told INTEGER NOT NULL DEFAULT 0 CHECK (told IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX help_requests_by_answer ON help_requests (told, answered_at);
