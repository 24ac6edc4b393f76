CREATE TABLE votes (
  team TEXT NOT NULL,
  place TEXT NOT NULL,
  message TEXT NOT NULL,
  person TEXT NOT NULL,
  question TEXT NOT NULL,
  entry TEXT NOT NULL,
  vote TEXT NOT NULL CHECK (vote IN ('helpful', 'not-helpful')),
  reason TEXT,
  at INTEGER NOT NULL,
  PRIMARY KEY (team, place, message, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX votes_by_entry ON votes (team, entry, vote);
CREATE INDEX votes_by_age ON votes (at);

CREATE TABLE gaps (
  id TEXT NOT NULL PRIMARY KEY,
  team TEXT NOT NULL,
  place TEXT NOT NULL,
  event TEXT NOT NULL,
  person TEXT NOT NULL,
  question TEXT NOT NULL,
  normalised TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('unknown', 'no-choice', 'voted-down', 'escalated')),
  nearest TEXT NOT NULL CHECK (json_valid(nearest)),
  at INTEGER NOT NULL,
  escalated_at INTEGER,
  permalink TEXT,
  UNIQUE (team, place, event)
) STRICT;
CREATE INDEX gaps_by_time ON gaps (team, at);
CREATE INDEX gaps_by_age ON gaps (at);
