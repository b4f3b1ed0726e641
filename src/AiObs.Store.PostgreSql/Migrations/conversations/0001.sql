-- Times are ticks: 100 ns since 0001-01-01 UTC. As a time: to_timestamp((ticks - 621355968000000000) / 10000000.0).

CREATE TABLE aiobs_conversations (
    -- The order in which they were stored.
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant text COLLATE "C" NOT NULL CHECK (length(tenant) <= 512),
    id text COLLATE "C" NOT NULL CHECK (length(id) BETWEEN 1 AND 512),
    user_id text COLLATE "C",
    title text,
    model text,
    -- As JSON, in the order in which they were given; aiobs_conversation_tags is for the search.
    tags text,
    metadata text,
    created_ticks bigint NOT NULL,
    updated_ticks bigint NOT NULL,
    deleted_ticks bigint,
    erased_ticks bigint,
    expires_ticks bigint,
    version bigint NOT NULL,
    last_sequence bigint NOT NULL,
    branch bigint NOT NULL,
    -- The first branch is 0, and the present one is read and written where nobody names one.
    branch_count bigint NOT NULL,
    UNIQUE (tenant, id)
);

CREATE INDEX aiobs_conversations_time ON aiobs_conversations (created_ticks, position);
CREATE INDEX aiobs_conversations_tenant ON aiobs_conversations (tenant, created_ticks, position);
CREATE INDEX aiobs_conversations_user ON aiobs_conversations (tenant, user_id, created_ticks, position) WHERE user_id IS NOT NULL;
CREATE INDEX aiobs_conversations_id ON aiobs_conversations (id);
CREATE INDEX aiobs_conversations_expiry ON aiobs_conversations (expires_ticks) WHERE expires_ticks IS NOT NULL;

CREATE TABLE aiobs_conversation_tags (
    conversation bigint NOT NULL,
    tag text COLLATE "C" NOT NULL,
    PRIMARY KEY (conversation, tag)
);

CREATE INDEX aiobs_conversation_tags_tag ON aiobs_conversation_tags (tag, conversation);

-- How far the conversation had come with each version, so that it can be read as it was.
CREATE TABLE aiobs_conversation_commits (
    conversation bigint NOT NULL,
    version bigint NOT NULL,
    ticks bigint NOT NULL,
    branch bigint NOT NULL,
    last_sequence bigint NOT NULL,
    PRIMARY KEY (conversation, version)
);

-- The first branch, 0, has no row.
CREATE TABLE aiobs_conversation_branches (
    conversation bigint NOT NULL,
    branch bigint NOT NULL CHECK (branch >= 1),
    parent bigint NOT NULL CHECK (parent < branch),
    after_sequence bigint NOT NULL,
    PRIMARY KEY (conversation, branch)
);

CREATE TABLE aiobs_messages (
    conversation bigint NOT NULL,
    sequence bigint NOT NULL CHECK (sequence >= 1),
    branch bigint NOT NULL,
    version bigint NOT NULL,
    id text COLLATE "C" NOT NULL CHECK (length(id) BETWEEN 1 AND 512),
    role text NOT NULL,
    status text NOT NULL,
    is_pinned bigint NOT NULL CHECK (is_pinned IN (0, 1)),
    ticks bigint NOT NULL,
    turn_id text,
    replaces_id text,
    token_count bigint,
    call_ids text,
    event_id bytea CHECK (length(event_id) = 16),
    commitment bytea NOT NULL CHECK (length(commitment) = 32),
    -- A branch is read from it in order, whatever the length of the others.
    PRIMARY KEY (conversation, branch, sequence),
    UNIQUE (conversation, sequence),
    UNIQUE (conversation, id)
);

-- What memory always keeps is few among many.
CREATE INDEX aiobs_messages_standing ON aiobs_messages (conversation, sequence, branch) WHERE is_pinned = 1 OR role = 'system';

-- What was said. It is apart because it can be erased; the commitment ties it to the message, and to the event that tells of it.
CREATE TABLE aiobs_message_contents (
    conversation bigint NOT NULL,
    sequence bigint NOT NULL,
    content text,
    salt bytea CHECK (length(salt) = 32),
    PRIMARY KEY (conversation, sequence),
    CHECK ((content IS NULL) = (salt IS NULL))
);

CREATE TABLE aiobs_turns (
    -- The order in which they began.
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    conversation bigint NOT NULL,
    id text COLLATE "C" NOT NULL CHECK (length(id) BETWEEN 1 AND 512),
    state text NOT NULL,
    branch bigint NOT NULL,
    started_ticks bigint NOT NULL,
    ended_ticks bigint,
    lease_ticks bigint,
    memory text,
    response text,
    error_type text,
    UNIQUE (conversation, id)
);

CREATE INDEX aiobs_turns_conversation ON aiobs_turns (conversation, position);

CREATE TABLE aiobs_summaries (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    conversation bigint NOT NULL,
    coverage text COLLATE "C" NOT NULL,
    branch bigint NOT NULL,
    first_sequence bigint NOT NULL,
    last_sequence bigint NOT NULL,
    content text NOT NULL,
    token_count bigint NOT NULL,
    model text,
    ticks bigint NOT NULL,
    UNIQUE (conversation, coverage)
);

CREATE INDEX aiobs_summaries_last ON aiobs_summaries (conversation, last_sequence, position);

-- Events that were committed together with conversations and are not in the log yet: so nobody waits for the log's lock.
CREATE TABLE aiobs_event_outbox (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id bytea NOT NULL UNIQUE,
    ticks bigint NOT NULL,
    type text NOT NULL,
    conversation_id text COLLATE "C",
    user_id text,
    session_id text,
    trace_id text,
    span_id text,
    data text NOT NULL,
    commitment bytea,
    content text,
    salt bytea
);

CREATE INDEX aiobs_event_outbox_conversation ON aiobs_event_outbox (conversation_id) WHERE conversation_id IS NOT NULL;

-- Other parts have the same function.
CREATE OR REPLACE FUNCTION aiobs_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation', TABLE = TG_TABLE_NAME;
END
$$;

CREATE TRIGGER aiobs_conversation_commits_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON aiobs_conversation_commits
    FOR EACH STATEMENT EXECUTE FUNCTION aiobs_refuse('aiobs_conversation_commits is append-only');

CREATE TRIGGER aiobs_messages_refuse_update
    BEFORE UPDATE OF conversation, sequence, branch, version, id, role, ticks, turn_id, replaces_id, call_ids, event_id, commitment ON aiobs_messages
    FOR EACH STATEMENT EXECUTE FUNCTION aiobs_refuse('messages are never edited; add another one');

CREATE TRIGGER aiobs_messages_refuse_delete BEFORE DELETE OR TRUNCATE ON aiobs_messages
    FOR EACH STATEMENT EXECUTE FUNCTION aiobs_refuse('messages stay; their content can be erased');

CREATE TRIGGER aiobs_message_contents_refuse_update BEFORE UPDATE ON aiobs_message_contents
    FOR EACH ROW WHEN (
        NEW.conversation <> OLD.conversation OR NEW.sequence <> OLD.sequence OR OLD.content IS NULL OR NEW.content IS NOT NULL OR NEW.salt IS NOT NULL)
    EXECUTE FUNCTION aiobs_refuse('content can be erased, and nothing else');

CREATE TRIGGER aiobs_message_contents_refuse_delete BEFORE DELETE OR TRUNCATE ON aiobs_message_contents
    FOR EACH STATEMENT EXECUTE FUNCTION aiobs_refuse('content can be erased, and nothing else');
