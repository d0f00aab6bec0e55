-- Decisions at first instance, summed over authorities: of each origin ('*' for asylum), each country of
-- asylum ('*' for origin) and the world, in every full release. Pairs are few rows and read from the ledger.
-- Derived from it, whole for each release, and made again at need.
CREATE TABLE first_instance (
    release       INTEGER NOT NULL REFERENCES release ON DELETE CASCADE,
    origin        TEXT    NOT NULL,
    asylum        TEXT    NOT NULL,
    year          INTEGER NOT NULL,
    unit          TEXT    NOT NULL,
    recognised    INTEGER,
    complementary INTEGER,
    rejected      INTEGER,
    closed        INTEGER,
    PRIMARY KEY (release, origin, asylum, year, unit)
) STRICT, WITHOUT ROWID;

-- What releases of before this step said.
CREATE TEMP TABLE at_first AS
SELECT number, origin, asylum, year, unit, sum(recognised) AS recognised,
       sum(complementary) AS complementary, sum(rejected) AS rejected, sum(closed) AS closed
  FROM (SELECT r.id AS number, origin, asylum, year, unit, max(d.release),
               recognised, complementary, rejected, closed
          FROM release AS r JOIN decisions AS d ON d.release <= r.id
         WHERE r.state = 'published' AND NOT r.starter AND level = 'FI'
         GROUP BY r.id, origin, asylum, year, authority, level, unit)
 GROUP BY number, origin, asylum, year, unit;
INSERT INTO first_instance
SELECT number, origin, '*', year, unit, sum(recognised), sum(complementary), sum(rejected), sum(closed)
  FROM at_first GROUP BY number, origin, year, unit;
INSERT INTO first_instance
SELECT number, '*', asylum, year, unit, sum(recognised), sum(complementary), sum(rejected), sum(closed)
  FROM at_first GROUP BY number, asylum, year, unit;
INSERT INTO first_instance
SELECT number, '*', '*', year, unit, sum(recognised), sum(complementary), sum(rejected), sum(closed)
  FROM at_first GROUP BY number, year, unit;
DROP TABLE at_first;
