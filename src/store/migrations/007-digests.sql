-- Weekly reports: claimed by whoever posts one; posted; or unclear, where that process died and nobody can tell.
CREATE TABLE digests (
  team TEXT NOT NULL,
  week INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('claimed', 'posted', 'unclear')),
  at INTEGER NOT NULL,
  PRIMARY KEY (team, week)
) STRICT, WITHOUT ROWID;
CREATE INDEX digests_by_age ON digests (at);

-- Those of before were kept as events with the end of their week.
INSERT INTO digests (team, week, state, at)
SELECT team, CAST(substr(event, 6) AS INTEGER), 'posted', at - 604800000 FROM seen_events WHERE channel = 'digest';
DELETE FROM seen_events WHERE channel = 'digest';
