CREATE TABLE threads (
  team TEXT NOT NULL,
  channel TEXT NOT NULL,
  thread TEXT NOT NULL,
  last_entry TEXT,
  last_at INTEGER NOT NULL,
  PRIMARY KEY (team, channel, thread)
) STRICT, WITHOUT ROWID;
CREATE INDEX threads_by_age ON threads (last_at);

CREATE TABLE thread_people (
  team TEXT NOT NULL,
  channel TEXT NOT NULL,
  thread TEXT NOT NULL,
  person TEXT NOT NULL,
  PRIMARY KEY (team, channel, thread, person),
  FOREIGN KEY (team, channel, thread) REFERENCES threads (team, channel, thread) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE answers (
  team TEXT NOT NULL,
  channel TEXT NOT NULL,
  question_ts TEXT NOT NULL,
  answer_ts TEXT NOT NULL,
  question TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (team, channel, question_ts)
) STRICT, WITHOUT ROWID;
CREATE INDEX answers_by_age ON answers (at);

CREATE TABLE seen_events (
  team TEXT NOT NULL,
  channel TEXT NOT NULL,
  event TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (team, channel, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX seen_events_by_age ON seen_events (at);
