-- Shared state where several machines may see it: as in the file of the figures, of which only the releases' numbers
-- and states are here. Instants are seconds since 1970 UTC.
CREATE TABLE release (
    id    bigint PRIMARY KEY,
    state text   NOT NULL
);

CREATE TABLE memory (
    key   text PRIMARY KEY,
    value text NOT NULL
);

CREATE TABLE subscription (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- never given twice
    channel       bigint  NOT NULL,
    server        bigint,
    origin        text,
    asylum        text,
    measure       text,
    kinds         text    NOT NULL,
    least         bigint  NOT NULL,
    share         double precision,
    role          bigint,
    language      text    NOT NULL,
    publish       integer NOT NULL CHECK (publish IN (0, 1)),
    made_at       double precision NOT NULL,
    paused        text,
    paused_since  double precision,
    paused_detail text    NOT NULL DEFAULT ''
);
CREATE INDEX subscription_by_channel ON subscription (channel);
CREATE INDEX subscription_by_server ON subscription (server);

CREATE TABLE absence (
    server bigint PRIMARY KEY,
    since  double precision NOT NULL
);

CREATE TABLE delivery (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    release      bigint  NOT NULL,
    channel      bigint  NOT NULL,
    kind         text    NOT NULL DEFAULT 'news' CHECK (kind IN ('news', 'withdrawal')),
    state        text    NOT NULL DEFAULT 'waiting'
                 CHECK (state IN ('waiting', 'sent', 'silent', 'merged', 'held', 'dropped')),
    reason       text    NOT NULL DEFAULT '',
    detail       text    NOT NULL DEFAULT '',
    made_at      double precision NOT NULL,
    due_at       double precision NOT NULL,
    attempts     integer NOT NULL DEFAULT 0,
    holder       text,
    leased_until double precision,
    tried_at     double precision,
    merged_into  bigint REFERENCES delivery,
    settled_at   double precision,
    place        bigint,
    message      bigint,
    published    text    NOT NULL DEFAULT '',
    published_detail text NOT NULL DEFAULT '',
    told_release bigint,
    told_measure text,
    told_origin  text,
    told_asylum  text,
    told_year    integer,
    told_unit    text,
    told_value   bigint,
    shown_value  bigint,
    UNIQUE (release, channel, kind)
);
CREATE INDEX delivery_by_state ON delivery (state, due_at);
CREATE INDEX delivery_by_channel ON delivery (channel, leased_until);
CREATE INDEX delivery_merged ON delivery (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX delivery_told ON delivery (told_release) WHERE told_release IS NOT NULL;

CREATE TABLE ageing (
    delivery bigint  NOT NULL REFERENCES delivery,
    release  bigint  NOT NULL,
    value    bigint,
    state    text    NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'marked', 'dropped')),
    reason   text    NOT NULL DEFAULT '',
    detail   text    NOT NULL DEFAULT '',
    due_at   double precision NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    PRIMARY KEY (delivery, release)
);
CREATE INDEX ageing_by_state ON ageing (state, due_at);

-- What hosts know of each other: what is done with releases, one step after the other; who is there; who has the duty.
CREATE TABLE release_step (
    number  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    release bigint NOT NULL,
    deed    text   NOT NULL,
    told    text   NOT NULL,
    file    bytea  NOT NULL,
    made_at double precision NOT NULL
);

CREATE TABLE process (
    name    text PRIMARY KEY,
    host    text   NOT NULL,
    shards  text   NOT NULL,
    version text   NOT NULL,
    steps   bigint NOT NULL,
    newest  text   NOT NULL,
    figures text   NOT NULL,
    since   double precision NOT NULL,
    seen    double precision NOT NULL
);

CREATE TABLE duty (
    name   text PRIMARY KEY,
    holder text   NOT NULL,
    until  double precision NOT NULL,
    term   bigint NOT NULL
);

-- When the next of Discord's sessions may begin, of those that must not begin together.
CREATE TABLE session_turn (
    key     integer PRIMARY KEY,
    free_at double precision NOT NULL
);
