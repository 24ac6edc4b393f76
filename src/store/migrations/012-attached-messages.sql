-- Which messages stand there because of an answer, beside those that answer: its demo, its poll, what was opened from it.
ALTER TABLE answers ADD COLUMN attached TEXT NOT NULL DEFAULT '';
