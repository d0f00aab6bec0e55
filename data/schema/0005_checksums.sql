-- What the rows of each published release sum up to, part by part, as they were when they were written: a disk
-- that has changed one of them since is found out. A script that alters a table of `data.store.checksums`
-- empties this one; the sums are then made again in the background.
CREATE TABLE checksum (
    release INTEGER NOT NULL REFERENCES release ON DELETE CASCADE,
    part    TEXT    NOT NULL,
    value   INTEGER NOT NULL,
    PRIMARY KEY (release, part)
) STRICT, WITHOUT ROWID;
