-- From here on, `summed` says that everything is made which is derived from what a release says, and that its
-- rows are in the ledger. Rollups are made of all releases at once, before any of them answers: what an earlier
-- program had of the newest alone, when it was stopped at its first start, is made again from the ledger.
DELETE FROM rollup WHERE EXISTS (SELECT 1 FROM release WHERE state = 'published' AND NOT summed);
UPDATE release SET summed = 0
 WHERE state = 'published' AND EXISTS (SELECT 1 FROM release WHERE state = 'published' AND NOT summed);
