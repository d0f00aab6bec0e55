-- There is one kind of release: complete. Those that had only the largest countries one by one, the starter
-- releases, are gone, and so is the column that told the two apart. Subscriptions, and what was told of
-- which release, stay. A starter release has no row in the ledger, so that none refers to it.
DROP TABLE coverage;
DELETE FROM release WHERE starter = 1;
ALTER TABLE release DROP COLUMN starter;
DELETE FROM memory WHERE key = 'starter';

-- Why a channel was not told: what a starter release could not tell is said as that of any release.
UPDATE delivery SET reason = 'it is the first release that is kept'
 WHERE reason = 'it is the first full release after the starter figures';
UPDATE delivery SET reason = 'it changed nothing of this place'
 WHERE reason = 'the starter figures do not have this place or measure';

-- What people ask for, summed beforehand over authorities and levels; '*' is every country. Derived from
-- the ledger, and read the same way: newest row not younger than the release.
CREATE TABLE rollup_of_all (
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
    PRIMARY KEY (origin, asylum, year, unit, release)
) STRICT, WITHOUT ROWID;
INSERT INTO rollup_of_all
SELECT origin, asylum, year, unit, release, pending, new, all_stages, recognised, complementary, rejected, closed
  FROM rollup WHERE starter = 0;
DROP TABLE rollup;
ALTER TABLE rollup_of_all RENAME TO rollup;
-- They hold the counts as well: rankings read hundreds of rows, and need not look each up again.
CREATE INDEX rollup_by_origin ON rollup
    (origin, year, asylum, unit, release, pending, new, all_stages, recognised, complementary, rejected, closed);
CREATE INDEX rollup_by_asylum ON rollup
    (asylum, year, origin, unit, release, pending, new, all_stages, recognised, complementary, rejected, closed);

-- What each release changed in the rollups, with the release before it. Derived, and made again at need.
CREATE TABLE change_of_all (
    release INTEGER NOT NULL,
    origin  TEXT    NOT NULL,
    asylum  TEXT    NOT NULL,
    year    INTEGER NOT NULL,
    unit    TEXT    NOT NULL,
    measure TEXT    NOT NULL, -- a column of the rollups
    before  INTEGER,
    after   INTEGER,
    kind    TEXT    NOT NULL,
    PRIMARY KEY (release, asylum, origin, year, unit, measure)
) STRICT, WITHOUT ROWID;
INSERT INTO change_of_all
SELECT release, origin, asylum, year, unit, measure, before, after, kind FROM change WHERE starter = 0;
DROP TABLE change;
ALTER TABLE change_of_all RENAME TO change;
CREATE INDEX change_by_size ON change (release, abs(coalesce(after, 0) - coalesce(before, 0)));
-- What a release changed for one origin is asked for most often, and stands all over the table.
CREATE INDEX change_by_origin ON change (release, origin);

-- How many of them there are by pair of origin and country of asylum: too many to count at every question.
CREATE TABLE change_count_of_all (
    release INTEGER NOT NULL,
    year    INTEGER NOT NULL,
    unit    TEXT    NOT NULL,
    kind    TEXT    NOT NULL,
    changes INTEGER NOT NULL,
    PRIMARY KEY (release, year, unit, kind)
) STRICT, WITHOUT ROWID;
INSERT INTO change_count_of_all
SELECT release, year, unit, kind, changes FROM change_count WHERE starter = 0;
DROP TABLE change_count;
ALTER TABLE change_count_of_all RENAME TO change_count;
