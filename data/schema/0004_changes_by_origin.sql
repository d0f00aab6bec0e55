-- What a release changed for one origin is asked for most often, and stands all over the table.
CREATE INDEX change_by_origin ON change (starter, release, origin);
