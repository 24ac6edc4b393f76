-- What a retention pass may remove; a row stands here only inside the transaction of that pass.
CREATE TABLE retention_pass (
  team TEXT,
  before INTEGER
) STRICT;

CREATE TABLE run_starts (
  sequence INTEGER PRIMARY KEY,
  run TEXT NOT NULL UNIQUE,
  team TEXT NOT NULL,
  demo TEXT NOT NULL,
  person TEXT NOT NULL,
  place TEXT NOT NULL,
  surface TEXT NOT NULL,
  process TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX run_starts_by_team ON run_starts (team, at);
CREATE INDEX run_starts_by_person ON run_starts (person, at);
CREATE INDEX run_starts_by_place ON run_starts (place, at);
CREATE INDEX run_starts_by_age ON run_starts (at);

CREATE TABLE run_messages (
  run TEXT NOT NULL PRIMARY KEY REFERENCES run_starts (run),
  channel TEXT NOT NULL,
  ts TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE run_ends (
  run TEXT NOT NULL PRIMARY KEY REFERENCES run_starts (run),
  outcome TEXT NOT NULL CHECK (outcome IN ('held', 'refuted', 'failed', 'stopped', 'interrupted')),
  receipt TEXT CHECK (receipt IS NULL OR json_valid(receipt)),
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The audit record only grows. These triggers are in the file, so they bind every program that opens it.
CREATE TRIGGER run_starts_stay BEFORE UPDATE ON run_starts
BEGIN SELECT raise(ABORT, 'the audit record is append-only'); END;
CREATE TRIGGER run_messages_stay BEFORE UPDATE ON run_messages
BEGIN SELECT raise(ABORT, 'the audit record is append-only'); END;
CREATE TRIGGER run_ends_stay BEFORE UPDATE ON run_ends
BEGIN SELECT raise(ABORT, 'the audit record is append-only'); END;

-- INSERT OR REPLACE would remove a row without asking the triggers on DELETE.
CREATE TRIGGER run_starts_once BEFORE INSERT ON run_starts
WHEN EXISTS (SELECT 1 FROM run_starts WHERE run = NEW.run OR sequence = NEW.sequence)
BEGIN SELECT raise(ABORT, 'the audit record is append-only'); END;
CREATE TRIGGER run_messages_once BEFORE INSERT ON run_messages
WHEN EXISTS (SELECT 1 FROM run_messages WHERE run = NEW.run)
BEGIN SELECT raise(ABORT, 'the audit record is append-only'); END;
CREATE TRIGGER run_ends_once BEFORE INSERT ON run_ends
WHEN EXISTS (SELECT 1 FROM run_ends WHERE run = NEW.run)
BEGIN SELECT raise(ABORT, 'the audit record is append-only'); END;

CREATE TRIGGER run_starts_kept BEFORE DELETE ON run_starts
WHEN NOT EXISTS (SELECT 1 FROM retention_pass WHERE team = OLD.team OR before > OLD.at)
BEGIN SELECT raise(ABORT, 'the audit record is append-only'); END;
CREATE TRIGGER run_messages_kept BEFORE DELETE ON run_messages
WHEN NOT EXISTS (
  SELECT 1 FROM retention_pass AS pass JOIN run_starts AS start ON start.run = OLD.run
  WHERE pass.team = start.team OR pass.before > start.at
)
BEGIN SELECT raise(ABORT, 'the audit record is append-only'); END;
CREATE TRIGGER run_ends_kept BEFORE DELETE ON run_ends
WHEN NOT EXISTS (
  SELECT 1 FROM retention_pass AS pass JOIN run_starts AS start ON start.run = OLD.run
  WHERE pass.team = start.team OR pass.before > start.at
)
BEGIN SELECT raise(ABORT, 'the audit record is append-only'); END;
