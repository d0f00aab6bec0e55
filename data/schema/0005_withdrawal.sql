-- A published release may be withdrawn. A row of the ledger is there exactly where a release says something
-- else than the one before it, whatever came in or was withdrawn when; so it may go with its release, or when
-- the row before it says the same. It is never altered.
ALTER TABLE release ADD COLUMN state_now TEXT NOT NULL DEFAULT 'published'
      CHECK (state_now IN ('published', 'quarantined', 'rejected', 'withdrawn'));
UPDATE release SET state_now = state;
ALTER TABLE release DROP COLUMN state;
ALTER TABLE release RENAME COLUMN state_now TO state;

DROP TRIGGER population_is_kept;
DROP TRIGGER applications_are_kept;
DROP TRIGGER decisions_are_kept;
CREATE TRIGGER population_is_kept BEFORE DELETE ON population
WHEN (SELECT state FROM release WHERE id = OLD.release) IS 'published'
 AND (OLD.refugees, OLD.asylum_seekers, OLD.returned_refugees, OLD.idps, OLD.returned_idps, OLD.stateless,
      OLD.ooc, OLD.oip, OLD.hst)
     IS NOT (SELECT refugees, asylum_seekers, returned_refugees, idps, returned_idps, stateless, ooc, oip, hst
               FROM population
              WHERE origin = OLD.origin AND asylum = OLD.asylum AND year = OLD.year AND release < OLD.release
              ORDER BY release DESC LIMIT 1)
BEGIN SELECT RAISE (ABORT, 'the ledger is never deleted from'); END;
CREATE TRIGGER applications_are_kept BEFORE DELETE ON applications
WHEN (SELECT state FROM release WHERE id = OLD.release) IS 'published'
 AND OLD.applied
     IS NOT (SELECT applied FROM applications
              WHERE origin = OLD.origin AND asylum = OLD.asylum AND year = OLD.year
                AND authority = OLD.authority AND stage = OLD.stage AND level = OLD.level AND unit = OLD.unit
                AND release < OLD.release
              ORDER BY release DESC LIMIT 1)
BEGIN SELECT RAISE (ABORT, 'the ledger is never deleted from'); END;
CREATE TRIGGER decisions_are_kept BEFORE DELETE ON decisions
WHEN (SELECT state FROM release WHERE id = OLD.release) IS 'published'
 AND (OLD.recognised, OLD.complementary, OLD.rejected, OLD.closed, OLD.total)
     IS NOT (SELECT recognised, complementary, rejected, closed, total FROM decisions
              WHERE origin = OLD.origin AND asylum = OLD.asylum AND year = OLD.year
                AND authority = OLD.authority AND level = OLD.level AND unit = OLD.unit
                AND release < OLD.release
              ORDER BY release DESC LIMIT 1)
BEGIN SELECT RAISE (ABORT, 'the ledger is never deleted from'); END;

-- What the order of imports left behind: rows that only say again what was said before.
DELETE FROM population AS a
 WHERE (refugees, asylum_seekers, returned_refugees, idps, returned_idps, stateless, ooc, oip, hst)
       IS (SELECT refugees, asylum_seekers, returned_refugees, idps, returned_idps, stateless, ooc, oip, hst
             FROM population AS b
            WHERE b.origin = a.origin AND b.asylum = a.asylum AND b.year = a.year AND b.release < a.release
            ORDER BY b.release DESC LIMIT 1);
DELETE FROM applications AS a
 WHERE applied
       IS (SELECT applied FROM applications AS b
            WHERE b.origin = a.origin AND b.asylum = a.asylum AND b.year = a.year
              AND b.authority = a.authority AND b.stage = a.stage AND b.level = a.level AND b.unit = a.unit
              AND b.release < a.release
            ORDER BY b.release DESC LIMIT 1);
DELETE FROM decisions AS a
 WHERE (recognised, complementary, rejected, closed, total)
       IS (SELECT recognised, complementary, rejected, closed, total FROM decisions AS b
            WHERE b.origin = a.origin AND b.asylum = a.asylum AND b.year = a.year
              AND b.authority = a.authority AND b.level = a.level AND b.unit = a.unit
              AND b.release < a.release
            ORDER BY b.release DESC LIMIT 1);
DELETE FROM first_instance WHERE coalesce(recognised, complementary, rejected, closed) IS NULL;

-- A channel that was told of a release which is withdrawn is owed one more message: a delivery of its own kind.
CREATE TABLE delivery_now (
    id           INTEGER PRIMARY KEY,
    release      INTEGER NOT NULL,
    channel      INTEGER NOT NULL,
    kind         TEXT    NOT NULL DEFAULT 'news' CHECK (kind IN ('news', 'withdrawal')),
    state        TEXT    NOT NULL DEFAULT 'waiting'
                 CHECK (state IN ('waiting', 'sent', 'silent', 'merged', 'held', 'dropped')),
    reason       TEXT    NOT NULL DEFAULT '', -- why it is in that state
    detail       TEXT    NOT NULL DEFAULT '', -- Discord's own words
    made_at      REAL    NOT NULL,
    due_at       REAL    NOT NULL,
    attempts     INTEGER NOT NULL DEFAULT 0,
    holder       TEXT,    -- the process that has claimed it,
    leased_until REAL,    -- until then
    tried_at     REAL,    -- the first attempt whose outcome nobody knows; NULL: there is none
    merged_into  INTEGER REFERENCES delivery_now,
    settled_at   REAL,
    place        INTEGER, -- where the message stands: the channel, or a forum's new thread
    message      INTEGER,
    published    TEXT    NOT NULL DEFAULT '', -- what became of sending it on from an announcement channel
    -- The key figure that was told, and of which release: of a message, so that it can be marked when a later
    -- release says otherwise; of a merged delivery, its own; of a withdrawal, what had been told.
    told_release INTEGER,
    told_measure TEXT,
    told_origin  TEXT,
    told_asylum  TEXT,
    told_year    INTEGER,
    told_unit    TEXT,
    told_value   INTEGER,
    shown_value  INTEGER, -- what the message says of it by now, with the line that marks it
    UNIQUE (release, channel, kind)
) STRICT;
INSERT INTO delivery_now (id, release, channel, state, reason, detail, made_at, due_at, attempts, holder,
                          leased_until, tried_at, merged_into, settled_at, place, message, published,
                          told_release, told_measure, told_origin, told_asylum, told_year, told_unit, told_value,
                          shown_value)
SELECT id, release, channel, state, reason, detail, made_at, due_at, attempts, holder,
       leased_until, tried_at, merged_into, settled_at, place, message, published,
       iif(state = 'sent', release, NULL), told_measure, told_origin, told_asylum, told_year, told_unit, told_value,
       told_value
  FROM delivery;
CREATE TABLE ageing_now (
    delivery INTEGER NOT NULL REFERENCES delivery_now,
    release  INTEGER NOT NULL,
    value    INTEGER, -- what that release says; NULL: nothing any more
    state    TEXT    NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'marked', 'dropped')),
    reason   TEXT    NOT NULL DEFAULT '',
    due_at   REAL    NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (delivery, release)
) STRICT, WITHOUT ROWID;
INSERT INTO ageing_now (delivery, release, value, state, reason, due_at, attempts)
SELECT delivery, release, value, state, reason, due_at, attempts FROM ageing;
DROP TABLE ageing;
UPDATE delivery SET merged_into = NULL;
DROP TABLE delivery;
ALTER TABLE delivery_now RENAME TO delivery;
ALTER TABLE ageing_now RENAME TO ageing;
CREATE INDEX delivery_by_state ON delivery (state, due_at);
CREATE INDEX delivery_by_channel ON delivery (channel, leased_until);
CREATE INDEX delivery_merged ON delivery (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX delivery_told ON delivery (told_release) WHERE told_release IS NOT NULL;
CREATE INDEX ageing_by_state ON ageing (state, due_at);
