-- What a run showed, for whoever asks for more than its message says. It is no part of the audit record, and goes sooner.
CREATE TABLE run_details (
  run TEXT NOT NULL PRIMARY KEY REFERENCES run_starts (run),
  team TEXT NOT NULL,
  details TEXT NOT NULL CHECK (json_valid(details)),
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX run_details_by_age ON run_details (at);
