-- Codes in place of the sentences that people read: those are the bot's, and may be reworded.
UPDATE delivery SET reason = CASE reason
    WHEN 'it matches' THEN 'matches'
    WHEN 'it is the first release that is kept' THEN 'baseline'
    WHEN 'it is the first full release after the starter figures' THEN 'first-full'
    WHEN 'a newer release was kept already' THEN 'not-newest'
    WHEN 'the starter figures do not have this place or measure' THEN 'not-covered'
    WHEN 'it changed nothing of this place' THEN 'other-place'
    WHEN 'it changed other measures of this place only' THEN 'other-measure'
    WHEN 'its changes are of other kinds' THEN 'other-kind'
    WHEN 'its changes are below the threshold' THEN 'too-small'
    WHEN 'the channel was not subscribed then' THEN 'not-subscribed'
    WHEN 'the subscriptions were removed before it was sent' THEN 'unsubscribed'
    WHEN 'the subscriptions are paused' THEN 'paused'
    WHEN 'it is about to be sent' THEN 'new'
    WHEN 'Discord could not be reached' THEN iif(detail = 'Discord took too long', 'timeout', 'network')
    WHEN 'Discord has trouble of its own' THEN 'trouble'
    WHEN 'Discord asked to slow down' THEN 'slow-down'
    WHEN 'all sends rest, because Discord refused too many requests' THEN 'stopped'
    WHEN 'the message could not be made, which is a fault of the program' THEN 'broken'
    WHEN 'it was too old when it could have been sent' THEN 'stale'
    WHEN 'it was told in one message with a newer release' THEN 'merged'
    WHEN 'paused by a moderator' THEN 'moderator'
    WHEN 'the channel is gone' THEN 'channel-gone'
    WHEN 'a permission is missing' THEN 'no-permission'
    WHEN 'whether the last message arrived cannot be seen' THEN 'cannot-be-sure'
    WHEN 'Discord refused the message' THEN 'refused'
    WHEN 'the bot was removed from the server' THEN 'server-left'
    ELSE reason END;
UPDATE delivery SET detail = '' WHERE reason = 'timeout';

UPDATE subscription SET paused = CASE paused
    WHEN 'paused by a moderator' THEN 'moderator'
    WHEN 'the channel is gone' THEN 'channel-gone'
    WHEN 'a permission is missing' THEN 'no-permission'
    WHEN 'whether the last message arrived cannot be seen' THEN 'cannot-be-sure'
    WHEN 'Discord refused the message' THEN 'refused'
    WHEN 'the bot was removed from the server' THEN 'server-left'
    ELSE paused END
 WHERE paused IS NOT NULL;

-- What became of sending a message on: a code, and with a failure what Discord said.
ALTER TABLE delivery ADD COLUMN published_detail TEXT NOT NULL DEFAULT '';
UPDATE delivery SET
    published_detail = CASE
        WHEN published = 'not published: Discord asked to slow down' THEN ''
        WHEN published LIKE 'not published: %' THEN substr(published, length('not published: ') + 1)
        ELSE '' END,
    published = CASE
        WHEN published = 'not an announcement channel' THEN 'not-announcement'
        WHEN published = 'not published: Discord asked to slow down' THEN 'slow-down'
        WHEN published LIKE 'not published: %' THEN 'failed'
        ELSE published END
 WHERE published <> '';

-- Why an old message is not marked: a code, and what Discord said.
ALTER TABLE ageing ADD COLUMN detail TEXT NOT NULL DEFAULT '';
UPDATE ageing SET
    detail = CASE WHEN reason IN ('', 'the release is gone', 'a newer release came',
                                  'it takes no messages any more', 'it is not the bot''s own message')
        THEN '' ELSE reason END,
    reason = CASE reason
        WHEN '' THEN ''
        WHEN 'the release is gone' THEN 'release-gone'
        WHEN 'a newer release came' THEN 'newer-release'
        WHEN 'it takes no messages any more' THEN 'takes-no-messages'
        WHEN 'it is not the bot''s own message' THEN 'not-ours'
        ELSE iif(reason GLOB '[1-5][0-9][0-9] *', 'refused', 'network') END;
