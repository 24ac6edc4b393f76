CREATE TABLE polls (
  team TEXT NOT NULL,
  poll TEXT NOT NULL,
  demo TEXT NOT NULL,
  right_option INTEGER,
  at INTEGER NOT NULL,
  PRIMARY KEY (team, poll)
) STRICT, WITHOUT ROWID;
CREATE INDEX polls_by_demo ON polls (team, demo);
CREATE INDEX polls_by_age ON polls (at);

CREATE TABLE predictions (
  team TEXT NOT NULL,
  poll TEXT NOT NULL,
  person TEXT NOT NULL,
  option INTEGER NOT NULL CHECK (option >= 0),
  at INTEGER NOT NULL,
  PRIMARY KEY (team, poll, person),
  FOREIGN KEY (team, poll) REFERENCES polls (team, poll) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
