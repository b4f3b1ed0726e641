-- The commits to what is known of each user; its row is locked by each of them.
CREATE TABLE aiobs_fact_users (
    tenant TEXT NOT NULL CHECK (length(tenant) <= 512),
    user_id TEXT NOT NULL CHECK (length(user_id) BETWEEN 1 AND 512),
    version INTEGER NOT NULL,
    PRIMARY KEY (tenant, user_id)
) STRICT, WITHOUT ROWID;

-- A fact is never overwritten: another one of its key ends it.
CREATE TABLE aiobs_facts (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant TEXT NOT NULL,
    user_id TEXT NOT NULL,
    id TEXT NOT NULL CHECK (length(id) BETWEEN 1 AND 512),
    fact_key TEXT NOT NULL CHECK (length(fact_key) BETWEEN 1 AND 512),
    version INTEGER NOT NULL,
    content TEXT,
    -- A number between 0 and 1, with all of its digits.
    confidence TEXT NOT NULL,
    conversation_id TEXT,
    message_id TEXT,
    created_ticks INTEGER NOT NULL,
    ended_ticks INTEGER,
    superseded_by TEXT,
    UNIQUE (tenant, user_id, id),
    CHECK (superseded_by IS NULL OR ended_ticks IS NOT NULL),
    CHECK (content IS NOT NULL OR ended_ticks IS NOT NULL)
) STRICT;

CREATE UNIQUE INDEX aiobs_facts_current ON aiobs_facts (tenant, user_id, fact_key) WHERE ended_ticks IS NULL;
CREATE INDEX aiobs_facts_user ON aiobs_facts (tenant, user_id);
CREATE INDEX aiobs_facts_conversation ON aiobs_facts (tenant, conversation_id) WHERE conversation_id IS NOT NULL;

-- How far each conversation was read for facts.
CREATE TABLE aiobs_fact_positions (
    tenant TEXT NOT NULL,
    conversation_id TEXT NOT NULL CHECK (length(conversation_id) BETWEEN 1 AND 512),
    sequence INTEGER NOT NULL,
    PRIMARY KEY (tenant, conversation_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE aiobs_profiles (
    tenant TEXT NOT NULL,
    user_id TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    content TEXT,
    model TEXT,
    ticks INTEGER NOT NULL,
    PRIMARY KEY (tenant, user_id, version)
) STRICT;

CREATE TRIGGER aiobs_facts_refuse_update
BEFORE UPDATE ON aiobs_facts
WHEN NEW.tenant <> OLD.tenant OR NEW.user_id <> OLD.user_id OR NEW.id <> OLD.id OR NEW.fact_key <> OLD.fact_key OR NEW.version <> OLD.version OR NEW.confidence <> OLD.confidence
    OR NEW.conversation_id IS NOT OLD.conversation_id OR NEW.message_id IS NOT OLD.message_id OR NEW.created_ticks <> OLD.created_ticks
    OR (NEW.content IS NOT OLD.content AND NEW.content IS NOT NULL)
    OR ((NEW.ended_ticks IS NOT OLD.ended_ticks OR NEW.superseded_by IS NOT OLD.superseded_by) AND OLD.ended_ticks IS NOT NULL)
BEGIN
    SELECT RAISE(ABORT, 'a fact can be ended and erased, and nothing else');
END;

CREATE TRIGGER aiobs_facts_refuse_delete BEFORE DELETE ON aiobs_facts
BEGIN
    SELECT RAISE(ABORT, 'facts stay; their values can be erased');
END;

CREATE TRIGGER aiobs_profiles_refuse_update
BEFORE UPDATE ON aiobs_profiles
WHEN NEW.tenant <> OLD.tenant OR NEW.user_id <> OLD.user_id OR NEW.version <> OLD.version OR NEW.model IS NOT OLD.model OR NEW.ticks <> OLD.ticks OR NEW.content IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'a profile can be erased, and nothing else');
END;

CREATE TRIGGER aiobs_profiles_refuse_delete BEFORE DELETE ON aiobs_profiles
BEGIN
    SELECT RAISE(ABORT, 'profiles stay; their texts can be erased');
END;
