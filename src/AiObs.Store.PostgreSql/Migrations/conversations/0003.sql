-- The commits to what is known of each user; its row is locked by each of them.
CREATE TABLE aiobs_fact_users (
    tenant text COLLATE "C" NOT NULL CHECK (length(tenant) <= 512),
    user_id text COLLATE "C" NOT NULL CHECK (length(user_id) BETWEEN 1 AND 512),
    version bigint NOT NULL,
    PRIMARY KEY (tenant, user_id)
);

-- A fact is never overwritten: another one of its key ends it.
CREATE TABLE aiobs_facts (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant text COLLATE "C" NOT NULL,
    user_id text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL CHECK (length(id) BETWEEN 1 AND 512),
    fact_key text COLLATE "C" NOT NULL CHECK (length(fact_key) BETWEEN 1 AND 512),
    version bigint NOT NULL,
    content text,
    -- A number between 0 and 1, with all of its digits.
    confidence text COLLATE "C" NOT NULL,
    conversation_id text COLLATE "C",
    message_id text COLLATE "C",
    created_ticks bigint NOT NULL,
    ended_ticks bigint,
    superseded_by text COLLATE "C",
    UNIQUE (tenant, user_id, id),
    CHECK (superseded_by IS NULL OR ended_ticks IS NOT NULL),
    CHECK (content IS NOT NULL OR ended_ticks IS NOT NULL)
);

CREATE UNIQUE INDEX aiobs_facts_current ON aiobs_facts (tenant, user_id, fact_key) WHERE ended_ticks IS NULL;
CREATE INDEX aiobs_facts_user ON aiobs_facts (tenant, user_id, position);
CREATE INDEX aiobs_facts_conversation ON aiobs_facts (tenant, conversation_id) WHERE conversation_id IS NOT NULL;

-- How far each conversation was read for facts.
CREATE TABLE aiobs_fact_positions (
    tenant text COLLATE "C" NOT NULL,
    conversation_id text COLLATE "C" NOT NULL CHECK (length(conversation_id) BETWEEN 1 AND 512),
    sequence bigint NOT NULL,
    PRIMARY KEY (tenant, conversation_id)
);

CREATE TABLE aiobs_profiles (
    tenant text COLLATE "C" NOT NULL,
    user_id text COLLATE "C" NOT NULL,
    version bigint NOT NULL CHECK (version >= 1),
    content text,
    model text COLLATE "C",
    ticks bigint NOT NULL,
    PRIMARY KEY (tenant, user_id, version)
);

CREATE TRIGGER aiobs_facts_refuse_update BEFORE UPDATE ON aiobs_facts
    FOR EACH ROW WHEN (
        NEW.tenant <> OLD.tenant OR NEW.user_id <> OLD.user_id OR NEW.id <> OLD.id OR NEW.fact_key <> OLD.fact_key OR NEW.version <> OLD.version OR NEW.confidence <> OLD.confidence
        OR NEW.conversation_id IS DISTINCT FROM OLD.conversation_id OR NEW.message_id IS DISTINCT FROM OLD.message_id OR NEW.created_ticks <> OLD.created_ticks
        OR (NEW.content IS DISTINCT FROM OLD.content AND NEW.content IS NOT NULL)
        OR ((NEW.ended_ticks IS DISTINCT FROM OLD.ended_ticks OR NEW.superseded_by IS DISTINCT FROM OLD.superseded_by) AND OLD.ended_ticks IS NOT NULL))
    EXECUTE FUNCTION aiobs_refuse('a fact can be ended and erased, and nothing else');

CREATE TRIGGER aiobs_facts_refuse_delete BEFORE DELETE OR TRUNCATE ON aiobs_facts
    FOR EACH STATEMENT EXECUTE FUNCTION aiobs_refuse('facts stay; their values can be erased');

CREATE TRIGGER aiobs_profiles_refuse_update BEFORE UPDATE ON aiobs_profiles
    FOR EACH ROW WHEN (
        NEW.tenant <> OLD.tenant OR NEW.user_id <> OLD.user_id OR NEW.version <> OLD.version OR NEW.model IS DISTINCT FROM OLD.model OR NEW.ticks <> OLD.ticks OR NEW.content IS NOT NULL)
    EXECUTE FUNCTION aiobs_refuse('a profile can be erased, and nothing else');

CREATE TRIGGER aiobs_profiles_refuse_delete BEFORE DELETE OR TRUNCATE ON aiobs_profiles
    FOR EACH STATEMENT EXECUTE FUNCTION aiobs_refuse('profiles stay; their texts can be erased');
