-- Which channels want to hear of what, and the outbox: one delivery for each release and channel. Instants are
-- seconds since 1970 UTC.
CREATE TABLE subscription (
    id            INTEGER PRIMARY KEY AUTOINCREMENT, -- a number that people wrote down never means another one
    channel       INTEGER NOT NULL, -- of a server: a channel, thread or forum; else a direct message
    server        INTEGER,          -- NULL: a direct message
    origin        TEXT,             -- UNHCR's code; NULL: every one
    asylum        TEXT,
    measure       TEXT,
    kinds         TEXT    NOT NULL, -- separated by commas; empty: every one but recoded
    least         INTEGER NOT NULL,
    share         REAL,             -- in place of `least`
    role          INTEGER,          -- pinged with each message
    language      TEXT    NOT NULL,
    publish       INTEGER NOT NULL CHECK (publish IN (0, 1)),
    made_at       REAL    NOT NULL,
    paused        TEXT,             -- why it rests; NULL: it does not
    paused_since  REAL,
    paused_detail TEXT    NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX subscription_by_channel ON subscription (channel);
CREATE INDEX subscription_by_server ON subscription (server);

-- Servers that removed the bot: their subscriptions rest for a while, and come back with them.
CREATE TABLE absence (
    server INTEGER PRIMARY KEY,
    since  REAL NOT NULL
) STRICT;

CREATE TABLE delivery (
    id           INTEGER PRIMARY KEY,
    release      INTEGER NOT NULL,
    channel      INTEGER NOT NULL,
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
    merged_into  INTEGER REFERENCES delivery,
    settled_at   REAL,
    place        INTEGER, -- where the message stands: the channel, or a forum's new thread
    message      INTEGER,
    published    TEXT    NOT NULL DEFAULT '', -- what became of sending it on from an announcement channel
    -- The key figure that the message told, so that it can be marked when a later release says otherwise.
    told_measure TEXT,
    told_origin  TEXT,
    told_asylum  TEXT,
    told_year    INTEGER,
    told_unit    TEXT,
    told_value   INTEGER,
    UNIQUE (release, channel)
) STRICT;
CREATE INDEX delivery_by_state ON delivery (state, due_at);
CREATE INDEX delivery_by_channel ON delivery (channel, leased_until);
CREATE INDEX delivery_merged ON delivery (merged_into) WHERE merged_into IS NOT NULL;

-- Old messages that are to be marked, because a later release says otherwise of their key figure.
CREATE TABLE ageing (
    delivery INTEGER NOT NULL REFERENCES delivery,
    release  INTEGER NOT NULL,
    value    INTEGER, -- what that release says; NULL: nothing any more
    state    TEXT    NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'marked', 'dropped')),
    reason   TEXT    NOT NULL DEFAULT '',
    due_at   REAL    NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (delivery, release)
) STRICT, WITHOUT ROWID;
CREATE INDEX ageing_by_state ON ageing (state, due_at);
