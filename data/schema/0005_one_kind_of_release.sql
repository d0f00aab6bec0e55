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

-- 0: its rows are in the ledger, but its rollups and changes are still to be made. Until then it is not listed.
ALTER TABLE release ADD COLUMN summed INTEGER NOT NULL DEFAULT 1 CHECK (summed IN (0, 1));
UPDATE release SET summed = 0 WHERE state = 'published';

-- What people ask for, summed beforehand over authorities and levels; '*' is every country. Derived from
-- the ledger, and read the same way: newest row not younger than the release.
DROP TABLE first_instance;
DROP TABLE rollup;
CREATE TABLE rollup (
    origin              TEXT    NOT NULL,
    asylum              TEXT    NOT NULL,
    year                INTEGER NOT NULL,
    unit                TEXT    NOT NULL,
    release             INTEGER NOT NULL,
    pending             INTEGER, -- stock; persons only
    new                 INTEGER, -- stages N and NR
    all_stages          INTEGER,
    recognised          INTEGER,
    complementary       INTEGER,
    rejected            INTEGER,
    closed              INTEGER,
    first_recognised    INTEGER, -- of these, at first instance
    first_complementary INTEGER,
    first_rejected      INTEGER,
    first_closed        INTEGER,
    PRIMARY KEY (origin, asylum, year, unit, release)
) STRICT, WITHOUT ROWID;
-- They hold the counts as well: rankings read hundreds of rows, and need not look each up again.
CREATE INDEX rollup_by_origin ON rollup
    (origin, year, asylum, unit, release, pending, new, all_stages, recognised, complementary, rejected, closed,
     first_recognised, first_complementary, first_rejected, first_closed);
CREATE INDEX rollup_by_asylum ON rollup
    (asylum, year, origin, unit, release, pending, new, all_stages, recognised, complementary, rejected, closed,
     first_recognised, first_complementary, first_rejected, first_closed);

-- What each release changed in the rollups, with the release before it. Derived, and made again at need.
DROP TABLE change;
CREATE TABLE change (
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
CREATE INDEX change_by_size ON change (release, abs(coalesce(after, 0) - coalesce(before, 0)));
-- What a release changed for one origin is asked for most often, and stands all over the table.
CREATE INDEX change_by_origin ON change (release, origin);

-- How many of them there are by pair of origin and country of asylum: too many to count at every question.
DROP TABLE change_count;
CREATE TABLE change_count (
    release INTEGER NOT NULL,
    year    INTEGER NOT NULL,
    unit    TEXT    NOT NULL,
    kind    TEXT    NOT NULL,
    changes INTEGER NOT NULL,
    PRIMARY KEY (release, year, unit, kind)
) STRICT, WITHOUT ROWID;

-- Countries as each release names them: a row where it names one otherwise than the release before it.
-- Without a name it lists the country no more.
CREATE TABLE country (
    code    TEXT    NOT NULL,
    release INTEGER NOT NULL,
    iso3    TEXT,
    name    TEXT,
    PRIMARY KEY (code, release)
) STRICT, WITHOUT ROWID;
-- What was kept so far is how the newest release names them.
INSERT INTO country SELECT code, (SELECT max(id) FROM release WHERE state = 'published'), iso3, name
  FROM place WHERE EXISTS (SELECT 1 FROM release WHERE state = 'published');
DROP TABLE place;
