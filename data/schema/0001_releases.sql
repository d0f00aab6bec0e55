-- Releases, and the ledger of what they said. A ledger row stands for one published row of a
-- dataset at the release that first gave it these values; it is never altered or deleted. What a
-- release said of an address is the newest row not younger than that release. NULL: not published
-- (UNHCR's "-"), or withdrawn.
CREATE TABLE release (
    id          INTEGER PRIMARY KEY, -- retrieved at, in seconds since 1970 UTC: releases sort as they appeared
    label       TEXT    NOT NULL,
    newest_year INTEGER NOT NULL,
    period      TEXT    NOT NULL CHECK (period IN ('mid-year', 'year-end')), -- what the newest year covers
    state       TEXT    NOT NULL DEFAULT 'published' CHECK (state IN ('published', 'quarantined', 'rejected')),
    starter     INTEGER NOT NULL CHECK (starter IN (0, 1)),
    digest      TEXT -- SHA-256 of the content, for one that is not published: the same is not taken in again
) STRICT;

-- Countries as UNHCR last named them; the program's own table has most of them already.
CREATE TABLE place (
    code TEXT PRIMARY KEY,
    iso3 TEXT,
    name TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE population (
    origin            TEXT    NOT NULL,
    asylum            TEXT    NOT NULL,
    year              INTEGER NOT NULL,
    release           INTEGER NOT NULL REFERENCES release,
    refugees          INTEGER,
    asylum_seekers    INTEGER,
    returned_refugees INTEGER,
    idps              INTEGER,
    returned_idps     INTEGER,
    stateless         INTEGER,
    ooc               INTEGER,
    oip               INTEGER,
    hst               INTEGER,
    PRIMARY KEY (origin, asylum, year, release)
) STRICT, WITHOUT ROWID;

CREATE TABLE applications (
    origin    TEXT    NOT NULL,
    asylum    TEXT    NOT NULL,
    year      INTEGER NOT NULL,
    authority TEXT    NOT NULL,
    stage     TEXT    NOT NULL,
    level     TEXT    NOT NULL,
    unit      TEXT    NOT NULL CHECK (unit IN ('P', 'C')),
    release   INTEGER NOT NULL REFERENCES release,
    applied   INTEGER,
    PRIMARY KEY (origin, asylum, year, authority, stage, level, unit, release)
) STRICT, WITHOUT ROWID;

CREATE TABLE decisions (
    origin        TEXT    NOT NULL,
    asylum        TEXT    NOT NULL,
    year          INTEGER NOT NULL,
    authority     TEXT    NOT NULL,
    level         TEXT    NOT NULL,
    unit          TEXT    NOT NULL CHECK (unit IN ('P', 'C')),
    release       INTEGER NOT NULL REFERENCES release,
    recognised    INTEGER,
    complementary INTEGER,
    rejected      INTEGER,
    closed        INTEGER,
    total         INTEGER, -- as published; it differs from the sum of the four by UNHCR's rounding
    PRIMARY KEY (origin, asylum, year, authority, level, unit, release)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER population_is_final BEFORE UPDATE ON population
BEGIN SELECT RAISE (ABORT, 'the ledger is never altered'); END;
CREATE TRIGGER population_is_kept BEFORE DELETE ON population
BEGIN SELECT RAISE (ABORT, 'the ledger is never deleted from'); END;
CREATE TRIGGER applications_are_final BEFORE UPDATE ON applications
BEGIN SELECT RAISE (ABORT, 'the ledger is never altered'); END;
CREATE TRIGGER applications_are_kept BEFORE DELETE ON applications
BEGIN SELECT RAISE (ABORT, 'the ledger is never deleted from'); END;
CREATE TRIGGER decisions_are_final BEFORE UPDATE ON decisions
BEGIN SELECT RAISE (ABORT, 'the ledger is never altered'); END;
CREATE TRIGGER decisions_are_kept BEFORE DELETE ON decisions
BEGIN SELECT RAISE (ABORT, 'the ledger is never deleted from'); END;

-- What people ask for, summed beforehand over authorities and levels; '*' is every country, '~' the
-- countries that a starter release sums into one. Derived from the ledger (starter = 0) or from the
-- starter figures (starter = 1), and read the same way: newest row not younger than the release.
CREATE TABLE rollup (
    starter       INTEGER NOT NULL,
    origin        TEXT    NOT NULL,
    asylum        TEXT    NOT NULL,
    year          INTEGER NOT NULL,
    unit          TEXT    NOT NULL,
    release       INTEGER NOT NULL,
    pending       INTEGER, -- stock; persons only
    new           INTEGER, -- stages N and NR
    all_stages    INTEGER,
    recognised    INTEGER,
    complementary INTEGER,
    rejected      INTEGER,
    closed        INTEGER,
    PRIMARY KEY (starter, origin, asylum, year, unit, release)
) STRICT, WITHOUT ROWID;
-- They hold the counts as well: rankings read hundreds of rows, and need not look each up again.
CREATE INDEX rollup_by_origin ON rollup
    (starter, origin, year, asylum, unit, release, pending, new, all_stages, recognised, complementary, rejected, closed);
CREATE INDEX rollup_by_asylum ON rollup
    (starter, asylum, year, origin, unit, release, pending, new, all_stages, recognised, complementary, rejected, closed);

-- What each release changed in the rollups, with the release before it. Derived, and made again at need.
CREATE TABLE change (
    starter INTEGER NOT NULL,
    release INTEGER NOT NULL,
    origin  TEXT    NOT NULL,
    asylum  TEXT    NOT NULL,
    year    INTEGER NOT NULL,
    unit    TEXT    NOT NULL,
    measure TEXT    NOT NULL, -- a column of the rollups
    before  INTEGER,
    after   INTEGER,
    kind    TEXT    NOT NULL,
    PRIMARY KEY (starter, release, asylum, origin, year, unit, measure)
) STRICT, WITHOUT ROWID;
CREATE INDEX change_by_size ON change (starter, release, abs(coalesce(after, 0) - coalesce(before, 0)));

-- How many of them there are by pair of origin and country of asylum: too many to count at every question.
CREATE TABLE change_count (
    starter INTEGER NOT NULL,
    release INTEGER NOT NULL,
    year    INTEGER NOT NULL,
    unit    TEXT    NOT NULL,
    kind    TEXT    NOT NULL,
    changes INTEGER NOT NULL,
    PRIMARY KEY (starter, release, year, unit, kind)
) STRICT, WITHOUT ROWID;

-- How many published figures of a dataset a release changed; a missing figure counts as zero here.
CREATE TABLE digest (
    release INTEGER NOT NULL,
    dataset TEXT    NOT NULL,
    kind    TEXT    NOT NULL,
    figures INTEGER NOT NULL,
    PRIMARY KEY (release, dataset, kind)
) STRICT, WITHOUT ROWID;

-- Codes that a release replaced by others, with their figures unchanged.
CREATE TABLE recoding (
    release  INTEGER NOT NULL,
    "column" TEXT    NOT NULL, -- of the ledger; 'origin' stands for both sides of a claim
    old      TEXT    NOT NULL,
    new      TEXT    NOT NULL,
    PRIMARY KEY (release, "column", old)
) STRICT, WITHOUT ROWID;

-- A release that looks implausible is kept here whole, compressed, until it is published; even when it was
-- rejected, for the operator may think again.
CREATE TABLE quarantine (
    release INTEGER NOT NULL REFERENCES release ON DELETE CASCADE,
    part    TEXT    NOT NULL, -- a dataset, or 'places'
    rows    BLOB    NOT NULL,
    PRIMARY KEY (release, part)
) STRICT;

-- Which countries the starter figures name; every other is in '~', or unknown to them.
CREATE TABLE coverage (
    role TEXT NOT NULL CHECK (role IN ('origin', 'asylum', 'every asylum')),
    code TEXT NOT NULL,
    PRIMARY KEY (role, code)
) STRICT, WITHOUT ROWID;

-- Small things to know again after a restart, such as the digest of the registered commands.
CREATE TABLE memory (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
