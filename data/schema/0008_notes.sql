-- UNHCR's footnotes as they stood when a release came; one without any keeps to those of the release before.
CREATE TABLE note_list (
    release INTEGER PRIMARY KEY REFERENCES release ON DELETE CASCADE,
    digest  TEXT    NOT NULL, -- of the whole list: the same list is kept once
    notes   INTEGER NOT NULL  -- how many it has
) STRICT;
CREATE INDEX note_list_by_digest ON note_list (digest);

CREATE TABLE note (
    digest      TEXT    NOT NULL,
    number      INTEGER NOT NULL, -- its place in UNHCR's list
    origin      TEXT,             -- UNHCR's code; NULL: any
    asylum      TEXT,
    years       TEXT    NOT NULL, -- separated by blanks
    populations TEXT    NOT NULL, -- UNHCR's codes, separated by blanks; empty: every one
    text        TEXT    NOT NULL, -- UNHCR's own words
    PRIMARY KEY (digest, number)
) STRICT, WITHOUT ROWID;

-- A list goes with the last release that has it.
CREATE TRIGGER note_list_deleted AFTER DELETE ON note_list BEGIN
    DELETE FROM note WHERE digest = OLD.digest
        AND NOT EXISTS (SELECT 1 FROM note_list WHERE digest = OLD.digest);
END;
CREATE TRIGGER note_list_replaced AFTER UPDATE OF digest ON note_list BEGIN
    DELETE FROM note WHERE digest = OLD.digest
        AND NOT EXISTS (SELECT 1 FROM note_list WHERE digest = OLD.digest);
END;
