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

-- Ties the three ids to the record. Whoever erases them takes the salt away: then nothing tells what they were, not even to somebody who guesses right.
-- The sequence number is the place in the chain, and the hash covers the record and the one before it.
ALTER TABLE aiobs_costs
    ADD COLUMN salt bytea CHECK (length(salt) = 32),
    ADD COLUMN commitment bytea CHECK (length(commitment) = 32),
    ADD COLUMN sequence bigint CHECK (sequence >= 1),
    ADD COLUMN hash bytea CHECK (length(hash) = 32),
    ADD CHECK ((sequence IS NULL) = (hash IS NULL) AND (salt IS NULL OR commitment IS NOT NULL));

-- How the chain ends, where retention lets it start, how many records of 0.1.0 it has taken over, and which ids were erased. A store writes the one
-- row in the transaction that makes the table, with the key that only it has.
CREATE TABLE aiobs_cost_chain (
    ordinal integer PRIMARY KEY CHECK (ordinal = 1),
    log_id uuid NOT NULL,
    is_keyed integer NOT NULL CHECK (is_keyed IN (0, 1)),
    sequence bigint NOT NULL CHECK (sequence >= dropped_sequence),
    hash bytea NOT NULL CHECK (length(hash) = 32),
    start_position bigint NOT NULL CHECK (start_position >= 1),
    dropped_sequence bigint NOT NULL CHECK (dropped_sequence >= 0),
    dropped_hash bytea NOT NULL CHECK (length(dropped_hash) = 32),
    unsealed bigint NOT NULL CHECK (unsealed >= 0),
    erased bigint NOT NULL CHECK (erased >= 0),
    erased_hash bytea CHECK (length(erased_hash) = 32),
    seal bytea NOT NULL CHECK (length(seal) = 32),
    CHECK ((erased_hash IS NULL) = (erased = 0))
);

CREATE FUNCTION aiobs_refuse_delete_of_cost() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.hash IS NOT NULL AND OLD.position >= coalesce((SELECT start_position FROM aiobs_cost_chain), 0) THEN
        RAISE EXCEPTION 'aiobs_costs is append-only; record a correction' USING ERRCODE = 'integrity_constraint_violation', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN OLD;
END
$$;

CREATE FUNCTION aiobs_refuse_delete_of_tag() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM aiobs_costs WHERE position = OLD.position) THEN
        RAISE EXCEPTION 'tags go with their record' USING ERRCODE = 'integrity_constraint_violation', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN OLD;
END
$$;

DROP TRIGGER IF EXISTS aiobs_costs_refuse_update ON aiobs_costs;

CREATE TRIGGER aiobs_costs_refuse_update BEFORE UPDATE OF
    position, call_key, id, ticks, provider, model, is_correction, completeness, corrected_completeness, total, input_tokens, output_tokens, record,
    commitment, sequence, hash
    ON aiobs_costs
    FOR EACH ROW WHEN (OLD.hash IS NOT NULL)
    EXECUTE FUNCTION aiobs_refuse('aiobs_costs is append-only; record a correction');

CREATE TRIGGER aiobs_costs_refuse_other_ids BEFORE UPDATE OF conversation_id, user_id, session_id, salt ON aiobs_costs
    FOR EACH ROW WHEN (OLD.hash IS NOT NULL AND (OLD.salt IS NULL OR NEW.salt IS NOT NULL))
    EXECUTE FUNCTION aiobs_refuse('ids can be erased, and nothing else');

CREATE TRIGGER aiobs_costs_refuse_delete BEFORE DELETE ON aiobs_costs
    FOR EACH ROW EXECUTE FUNCTION aiobs_refuse_delete_of_cost();

CREATE TRIGGER aiobs_costs_refuse_truncate BEFORE TRUNCATE ON aiobs_costs
    FOR EACH STATEMENT EXECUTE FUNCTION aiobs_refuse('aiobs_costs is append-only; record a correction');

CREATE TRIGGER aiobs_cost_tags_refuse_delete BEFORE DELETE ON aiobs_cost_tags
    FOR EACH ROW EXECUTE FUNCTION aiobs_refuse_delete_of_tag();

CREATE TRIGGER aiobs_cost_tags_refuse_change BEFORE UPDATE OR TRUNCATE ON aiobs_cost_tags
    FOR EACH STATEMENT EXECUTE FUNCTION aiobs_refuse('tags go with their record');

CREATE TRIGGER aiobs_cost_chain_refuse_delete BEFORE DELETE OR TRUNCATE ON aiobs_cost_chain
    FOR EACH STATEMENT EXECUTE FUNCTION aiobs_refuse('the chain of costs stays');

CREATE TRIGGER aiobs_cost_chain_refuse_return BEFORE UPDATE ON aiobs_cost_chain
    FOR EACH ROW WHEN (NEW.ordinal <> OLD.ordinal OR NEW.log_id <> OLD.log_id OR NEW.sequence < OLD.sequence OR NEW.start_position < OLD.start_position
        OR NEW.dropped_sequence < OLD.dropped_sequence OR NEW.unsealed <> OLD.unsealed)
    EXECUTE FUNCTION aiobs_refuse('the chain of costs only goes on');

CREATE TRIGGER aiobs_cost_strays_refuse_update BEFORE UPDATE ON aiobs_cost_strays
    FOR EACH ROW WHEN (NEW.source <> OLD.source OR NEW.position <> OLD.position OR NEW.content <> '')
    EXECUTE FUNCTION aiobs_refuse('strays can be erased, and nothing else');

CREATE TRIGGER aiobs_cost_strays_refuse_delete BEFORE DELETE OR TRUNCATE ON aiobs_cost_strays
    FOR EACH STATEMENT EXECUTE FUNCTION aiobs_refuse('strays stay');
