-- The rollups as one packed table in bytes, which sums over groups are made from: read from the rollups it takes
-- seconds. Derived from them, removed by whatever writes any, and made again when somebody has time.
CREATE TABLE packed (
    form  TEXT NOT NULL, -- how the bytes are laid out
    bytes BLOB NOT NULL
) STRICT;
