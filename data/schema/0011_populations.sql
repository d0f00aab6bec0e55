-- Solutions: how many were resettled to a country of asylum, naturalised there, or returned from it. Releases
-- before June 2026 are kept without them; one that comes without any leaves what was said before.
CREATE TABLE solutions (
    origin            TEXT    NOT NULL,
    asylum            TEXT    NOT NULL,
    year              INTEGER NOT NULL,
    release           INTEGER NOT NULL REFERENCES release,
    returned_refugees INTEGER,
    resettlement      INTEGER,
    naturalisation    INTEGER,
    returned_idps     INTEGER,
    PRIMARY KEY (origin, asylum, year, release)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER solutions_are_final BEFORE UPDATE ON solutions
BEGIN SELECT RAISE (ABORT, 'the ledger is never altered'); END;
CREATE TRIGGER solutions_are_kept BEFORE DELETE ON solutions
WHEN (SELECT state FROM release WHERE id = OLD.release) IS 'published'
 AND (OLD.returned_refugees, OLD.resettlement, OLD.naturalisation, OLD.returned_idps)
     IS NOT (SELECT returned_refugees, resettlement, naturalisation, returned_idps
               FROM solutions
              WHERE origin = OLD.origin AND asylum = OLD.asylum AND year = OLD.year AND release < OLD.release
              ORDER BY release DESC LIMIT 1)
BEGIN SELECT RAISE (ABORT, 'the ledger is never deleted from'); END;

-- Which releases came without a dataset, and so say of it what was said before.
CREATE TABLE lacking (
    release INTEGER NOT NULL REFERENCES release ON DELETE CASCADE,
    dataset TEXT    NOT NULL,
    PRIMARY KEY (release, dataset)
) STRICT, WITHOUT ROWID;
INSERT INTO lacking SELECT id, 'solutions' FROM release WHERE state = 'published';

-- Refugees and other populations are summed too, and so are solutions: all is made again from the ledger.
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
    refugees            INTEGER, -- stocks, from here on; persons only
    others_in_need      INTEGER,
    displaced           INTEGER,
    stateless           INTEGER,
    returned_refugees   INTEGER, -- flows, from here on
    returned_displaced  INTEGER,
    resettled           INTEGER,
    naturalised         INTEGER,
    first_recognised    INTEGER, -- of the decisions, those at first instance
    first_complementary INTEGER,
    first_rejected      INTEGER,
    first_closed        INTEGER,
    PRIMARY KEY (origin, asylum, year, unit, release)
) STRICT, WITHOUT ROWID;
-- They hold the counts as well: rankings read hundreds of rows, and need not look each up again.
CREATE INDEX rollup_by_origin ON rollup
    (origin, year, asylum, unit, release, pending, new, all_stages, recognised, complementary, rejected, closed,
     refugees, others_in_need, displaced, stateless, returned_refugees, returned_displaced, resettled, naturalised,
     first_recognised, first_complementary, first_rejected, first_closed);
CREATE INDEX rollup_by_asylum ON rollup
    (asylum, year, origin, unit, release, pending, new, all_stages, recognised, complementary, rejected, closed,
     refugees, others_in_need, displaced, stateless, returned_refugees, returned_displaced, resettled, naturalised,
     first_recognised, first_complementary, first_rejected, first_closed);
DELETE FROM change;
DELETE FROM change_count;
DELETE FROM digest;
DELETE FROM checksum;
UPDATE release SET summed = 0 WHERE state = 'published';
