-- What the rows of each published release sum up to, part by part, as they were when they were written: a disk
-- that has changed one of them since is found out. A script that alters a table of `data.store.checksums`
-- empties this one; the sums are then made again in the background.
CREATE TABLE checksum (
    release INTEGER NOT NULL REFERENCES release ON DELETE CASCADE,
    part    TEXT    NOT NULL,
    value   INTEGER NOT NULL,
    PRIMARY KEY (release, part)
) STRICT, WITHOUT ROWID;

-- Whether a verification found that figures as of this release may not be as they were published.
ALTER TABLE release ADD COLUMN damaged INTEGER NOT NULL DEFAULT 0 CHECK (damaged IN (0, 1));
