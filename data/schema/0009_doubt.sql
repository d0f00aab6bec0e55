-- Rows of a release that could not be read, as they came: they did not cost it the others.
CREATE TABLE unread (
    release INTEGER NOT NULL REFERENCES release ON DELETE CASCADE,
    dataset TEXT    NOT NULL,
    line    INTEGER NOT NULL, -- of the table, whose header is line 1
    fault   TEXT    NOT NULL, -- a code
    cell    TEXT    NOT NULL, -- what is at fault
    text    TEXT    NOT NULL, -- the whole row, cut short
    PRIMARY KEY (release, dataset, line)
) STRICT, WITHOUT ROWID;

-- Why a release was not published: a code, and what it speaks of as a JSON object.
CREATE TABLE doubt (
    release    INTEGER PRIMARY KEY REFERENCES release ON DELETE CASCADE,
    why        TEXT NOT NULL,
    parameters TEXT NOT NULL
) STRICT;
