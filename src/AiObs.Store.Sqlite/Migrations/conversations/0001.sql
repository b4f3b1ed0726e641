-- Times are ticks: 100 ns since 0001-01-01 UTC. As text: datetime((ticks - 621355968000000000) / 10000000, 'unixepoch').

CREATE TABLE aiobs_conversations (
    -- The order in which they were stored. AUTOINCREMENT never gives a position again, so that a cursor never skips one.
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant TEXT NOT NULL CHECK (length(tenant) <= 512),
    id TEXT NOT NULL CHECK (length(id) BETWEEN 1 AND 512),
    user_id TEXT,
    title TEXT,
    model TEXT,
    -- As JSON, in the order in which they were given; aiobs_conversation_tags is for the search.
    tags TEXT,
    metadata TEXT,
    created_ticks INTEGER NOT NULL,
    updated_ticks INTEGER NOT NULL,
    deleted_ticks INTEGER,
    erased_ticks INTEGER,
    expires_ticks INTEGER,
    version INTEGER NOT NULL,
    last_sequence INTEGER NOT NULL,
    branch INTEGER NOT NULL,
    -- The first branch is 0, and the present one is read and written where nobody names one.
    branch_count INTEGER NOT NULL,
    UNIQUE (tenant, id)
) STRICT;

-- An index ends in the rowid, which is the position: a page is read from it in order.
CREATE INDEX aiobs_conversations_time ON aiobs_conversations (created_ticks);
CREATE INDEX aiobs_conversations_tenant ON aiobs_conversations (tenant, created_ticks);
CREATE INDEX aiobs_conversations_user ON aiobs_conversations (tenant, user_id, created_ticks) WHERE user_id IS NOT NULL;
CREATE INDEX aiobs_conversations_id ON aiobs_conversations (id);
CREATE INDEX aiobs_conversations_expiry ON aiobs_conversations (expires_ticks) WHERE expires_ticks IS NOT NULL;

CREATE TABLE aiobs_conversation_tags (
    conversation INTEGER NOT NULL,
    tag TEXT NOT NULL,
    PRIMARY KEY (conversation, tag)
) STRICT, WITHOUT ROWID;

CREATE INDEX aiobs_conversation_tags_tag ON aiobs_conversation_tags (tag, conversation);

-- How far the conversation had come with each version, so that it can be read as it was.
CREATE TABLE aiobs_conversation_commits (
    conversation INTEGER NOT NULL,
    version INTEGER NOT NULL,
    ticks INTEGER NOT NULL,
    branch INTEGER NOT NULL,
    last_sequence INTEGER NOT NULL,
    PRIMARY KEY (conversation, version)
) STRICT, WITHOUT ROWID;

-- The first branch, 0, has no row.
CREATE TABLE aiobs_conversation_branches (
    conversation INTEGER NOT NULL,
    branch INTEGER NOT NULL CHECK (branch >= 1),
    parent INTEGER NOT NULL CHECK (parent < branch),
    after_sequence INTEGER NOT NULL,
    PRIMARY KEY (conversation, branch)
) STRICT, WITHOUT ROWID;

CREATE TABLE aiobs_messages (
    conversation INTEGER NOT NULL,
    sequence INTEGER NOT NULL CHECK (sequence >= 1),
    branch INTEGER NOT NULL,
    version INTEGER NOT NULL,
    id TEXT NOT NULL CHECK (length(id) BETWEEN 1 AND 512),
    role TEXT NOT NULL,
    status TEXT NOT NULL,
    is_pinned INTEGER NOT NULL CHECK (is_pinned IN (0, 1)),
    ticks INTEGER NOT NULL,
    turn_id TEXT,
    replaces_id TEXT,
    token_count INTEGER,
    call_ids TEXT,
    event_id BLOB CHECK (length(event_id) = 16),
    commitment BLOB NOT NULL CHECK (length(commitment) = 32),
    -- A branch is read from it in order, whatever the length of the others.
    PRIMARY KEY (conversation, branch, sequence),
    UNIQUE (conversation, sequence),
    UNIQUE (conversation, id)
) STRICT, WITHOUT ROWID;

-- What memory always keeps is few among many.
CREATE INDEX aiobs_messages_standing ON aiobs_messages (conversation, sequence, branch) WHERE is_pinned = 1 OR role = 'system';

-- What was said. It is apart because it can be erased; the commitment ties it to the message, and to the event that tells of it.
CREATE TABLE aiobs_message_contents (
    conversation INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    content TEXT,
    salt BLOB CHECK (length(salt) = 32),
    PRIMARY KEY (conversation, sequence),
    CHECK ((content IS NULL) = (salt IS NULL))
) STRICT;

CREATE TABLE aiobs_turns (
    -- The order in which they began.
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation INTEGER NOT NULL,
    id TEXT NOT NULL CHECK (length(id) BETWEEN 1 AND 512),
    state TEXT NOT NULL,
    branch INTEGER NOT NULL,
    started_ticks INTEGER NOT NULL,
    ended_ticks INTEGER,
    lease_ticks INTEGER,
    memory TEXT,
    response TEXT,
    error_type TEXT,
    UNIQUE (conversation, id)
) STRICT;

CREATE INDEX aiobs_turns_conversation ON aiobs_turns (conversation);

CREATE TABLE aiobs_summaries (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation INTEGER NOT NULL,
    coverage TEXT NOT NULL,
    branch INTEGER NOT NULL,
    first_sequence INTEGER NOT NULL,
    last_sequence INTEGER NOT NULL,
    content TEXT NOT NULL,
    token_count INTEGER NOT NULL,
    model TEXT,
    ticks INTEGER NOT NULL,
    UNIQUE (conversation, coverage)
) STRICT;

CREATE INDEX aiobs_summaries_last ON aiobs_summaries (conversation, last_sequence);

CREATE TRIGGER aiobs_conversation_commits_refuse_update BEFORE UPDATE ON aiobs_conversation_commits
BEGIN
    SELECT RAISE(ABORT, 'aiobs_conversation_commits is append-only');
END;

CREATE TRIGGER aiobs_conversation_commits_refuse_delete BEFORE DELETE ON aiobs_conversation_commits
BEGIN
    SELECT RAISE(ABORT, 'aiobs_conversation_commits is append-only');
END;

CREATE TRIGGER aiobs_messages_refuse_update
BEFORE UPDATE OF conversation, sequence, branch, version, id, role, ticks, turn_id, replaces_id, call_ids, event_id, commitment ON aiobs_messages
BEGIN
    SELECT RAISE(ABORT, 'messages are never edited; add another one');
END;

CREATE TRIGGER aiobs_messages_refuse_delete BEFORE DELETE ON aiobs_messages
BEGIN
    SELECT RAISE(ABORT, 'messages stay; their content can be erased');
END;

CREATE TRIGGER aiobs_message_contents_refuse_update BEFORE UPDATE ON aiobs_message_contents
WHEN NEW.conversation <> OLD.conversation OR NEW.sequence <> OLD.sequence OR OLD.content IS NULL OR NEW.content IS NOT NULL OR NEW.salt IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'content can be erased, and nothing else');
END;

CREATE TRIGGER aiobs_message_contents_refuse_delete BEFORE DELETE ON aiobs_message_contents
BEGIN
    SELECT RAISE(ABORT, 'content can be erased, and nothing else');
END;
