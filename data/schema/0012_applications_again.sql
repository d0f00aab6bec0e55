-- One row of sixteen, which are read alone: what new applications have beside first ones, and what comes beside new ones.
CREATE INDEX applications_again ON applications (year, origin, asylum, unit, authority, stage, level, release, applied)
    WHERE stage IN ('NR', 'R', 'RA');
