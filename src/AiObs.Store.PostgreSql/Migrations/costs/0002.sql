-- Tables take the values that stores write, and nothing else, and a hash covers the records in the order in which they came.
-- What somebody has put in before that no store writes is set aside in aiobs_cost_strays, where the verification of the log finds it.

CREATE TABLE aiobs_cost_strays (
    source text COLLATE "C" NOT NULL,
    -- The row's position there, and all its values.
    position bigint NOT NULL,
    content text NOT NULL
);

ALTER TABLE aiobs_costs DISABLE TRIGGER USER;

WITH stray AS (
    DELETE FROM aiobs_costs c
    WHERE NOT (
        position >= 1 AND length(call_key) = 32 AND ticks BETWEEN 0 AND 3155378975999999999
        AND coalesce(length(conversation_id), 0) <= 512 AND coalesce(length(user_id), 0) <= 512 AND coalesce(length(session_id), 0) <= 512
        AND coalesce(length(provider), 0) <= 512 AND coalesce(length(model), 0) <= 512 AND is_correction IN (0, 1))
    RETURNING c.position, to_json(c) AS content)
INSERT INTO aiobs_cost_strays SELECT 'aiobs_costs', position, content FROM stray;

WITH stray AS (
    DELETE FROM aiobs_cost_tags t WHERE NOT (length(tag) <= 512)
    RETURNING t.position, to_json(t) AS content)
INSERT INTO aiobs_cost_strays SELECT 'aiobs_cost_tags', position, content FROM stray;

ALTER TABLE aiobs_costs ENABLE TRIGGER USER;

ALTER TABLE aiobs_costs
    ADD CHECK (position >= 1),
    ADD CHECK (length(call_key) = 32),
    ADD CHECK (ticks BETWEEN 0 AND 3155378975999999999),
    ADD CHECK (length(conversation_id) <= 512),
    ADD CHECK (length(user_id) <= 512),
    ADD CHECK (length(session_id) <= 512),
    ADD CHECK (length(provider) <= 512),
    ADD CHECK (length(model) <= 512),
    ADD CHECK (is_correction IN (0, 1));

ALTER TABLE aiobs_cost_tags
    ADD CHECK (length(tag) <= 512);

-- What the records give when they are hashed one after the other, from the first that is sealed on; those of 0.1.0 lie before it.
CREATE TABLE aiobs_cost_chain (
    ordinal integer PRIMARY KEY CHECK (ordinal = 1),
    log_id uuid NOT NULL,
    start_position bigint NOT NULL CHECK (start_position >= 1),
    sequence bigint NOT NULL CHECK (sequence >= 0),
    is_keyed integer CHECK (is_keyed IN (0, 1)),
    hash bytea CHECK (length(hash) = 32),
    seal bytea CHECK (length(seal) = 32),
    CHECK ((hash IS NULL) = (sequence = 0) AND (hash IS NULL) = (seal IS NULL) AND (hash IS NULL) = (is_keyed IS NULL))
);

INSERT INTO aiobs_cost_chain (ordinal, log_id, start_position, sequence)
SELECT 1, gen_random_uuid(), coalesce(max(position), 0) + 1, 0 FROM aiobs_costs;

CREATE TRIGGER aiobs_costs_refuse_delete BEFORE DELETE ON aiobs_costs
    FOR EACH STATEMENT EXECUTE FUNCTION aiobs_refuse('aiobs_costs is append-only; record a correction');

CREATE TRIGGER aiobs_cost_tags_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON aiobs_cost_tags
    FOR EACH STATEMENT EXECUTE FUNCTION aiobs_refuse('tags stay');

CREATE TRIGGER aiobs_cost_chain_refuse_delete BEFORE DELETE OR TRUNCATE ON aiobs_cost_chain
    FOR EACH STATEMENT EXECUTE FUNCTION aiobs_refuse('the chain of costs stays');

CREATE TRIGGER aiobs_cost_chain_refuse_return BEFORE UPDATE ON aiobs_cost_chain
    FOR EACH ROW WHEN (NEW.ordinal <> OLD.ordinal OR NEW.log_id <> OLD.log_id OR NEW.start_position <> OLD.start_position OR NEW.sequence < OLD.sequence)
    EXECUTE FUNCTION aiobs_refuse('the chain of costs only goes on');

CREATE TRIGGER aiobs_cost_strays_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON aiobs_cost_strays
    FOR EACH STATEMENT EXECUTE FUNCTION aiobs_refuse('strays stay');
