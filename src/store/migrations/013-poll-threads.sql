-- Where a poll's demo is shown, so that a later process can go on with it.
ALTER TABLE polls ADD COLUMN thread TEXT;

-- Who was told how they guessed. What came before this step is not told any more.
ALTER TABLE predictions ADD COLUMN told INTEGER NOT NULL DEFAULT 0 CHECK (told IN (0, 1));
UPDATE predictions SET told = 1;
