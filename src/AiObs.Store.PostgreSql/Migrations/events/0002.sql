-- Tables take the values that logs write, and nothing else. What somebody has put in before that no log writes is set aside in
-- aiobs_event_strays, where verification finds it.

CREATE TABLE aiobs_event_strays (
    source text COLLATE "C" NOT NULL,
    -- The row's position there, and all its values.
    position bigint NOT NULL,
    content text NOT NULL
);

ALTER TABLE aiobs_events DISABLE TRIGGER USER;
ALTER TABLE aiobs_event_contents DISABLE TRIGGER USER;
ALTER TABLE aiobs_event_writers DISABLE TRIGGER USER;
ALTER TABLE aiobs_event_checkpoints DISABLE TRIGGER USER;

WITH stray AS (
    DELETE FROM aiobs_events e
    WHERE NOT (
        position >= 1 AND length(writer) = 32 AND sequence >= 1 AND ticks BETWEEN 0 AND 3155378975999999999 AND length(type) <= 512
        AND coalesce(length(conversation_id), 0) <= 512 AND coalesce(length(user_id), 0) <= 512 AND coalesce(length(session_id), 0) <= 512
        AND coalesce(length(trace_id), 0) <= 512 AND coalesce(length(span_id), 0) <= 512
        AND coalesce(length(commitment), 32) = 32 AND length(hash) = 32)
    RETURNING e.position, to_json(e) AS content)
INSERT INTO aiobs_event_strays SELECT 'aiobs_events', position, content FROM stray;

WITH stray AS (
    DELETE FROM aiobs_event_contents c
    WHERE NOT (
        position >= 1 AND coalesce(length(salt), 32) = 32
        AND (content IS NULL) = (salt IS NULL) AND (content IS NULL) = (erased_by IS NOT NULL))
    RETURNING c.position, to_json(c) AS content)
INSERT INTO aiobs_event_strays SELECT 'aiobs_event_contents', position, content FROM stray;

WITH stray AS (
    DELETE FROM aiobs_event_writers w
    WHERE NOT (
        length(writer) = 32 AND opened_ticks BETWEEN 0 AND 3155378975999999999 AND is_keyed IN (0, 1)
        AND coalesce(length(predecessor_writer), 32) = 32 AND coalesce(predecessor_sequence, 1) >= 1 AND coalesce(length(predecessor_hash), 32) = 32
        AND (predecessor_writer IS NULL) = (predecessor_sequence IS NULL) AND (predecessor_writer IS NULL) = (predecessor_hash IS NULL)
        AND sequence >= 1 AND length(hash) = 32 AND length(seal) = 32)
    RETURNING w.ordinal, to_json(w) AS content)
INSERT INTO aiobs_event_strays SELECT 'aiobs_event_writers', ordinal, content FROM stray;

WITH stray AS (
    DELETE FROM aiobs_event_checkpoints p
    WHERE NOT (length(writer) = 32 AND sequence >= 1 AND length(hash) = 32 AND length(seal) = 32)
    RETURNING p.sequence, to_json(p) AS content)
INSERT INTO aiobs_event_strays SELECT 'aiobs_event_checkpoints', sequence, content FROM stray;

ALTER TABLE aiobs_events ENABLE TRIGGER USER;
ALTER TABLE aiobs_event_contents ENABLE TRIGGER USER;
ALTER TABLE aiobs_event_writers ENABLE TRIGGER USER;
ALTER TABLE aiobs_event_checkpoints ENABLE TRIGGER USER;

ALTER TABLE aiobs_events
    ADD CHECK (position >= 1),
    ADD CHECK (length(writer) = 32),
    ADD CHECK (sequence >= 1),
    -- The times that there are: the years 1 to 9999.
    ADD CHECK (ticks BETWEEN 0 AND 3155378975999999999),
    ADD CHECK (length(type) <= 512),
    ADD CHECK (length(conversation_id) <= 512),
    ADD CHECK (length(user_id) <= 512),
    ADD CHECK (length(session_id) <= 512),
    ADD CHECK (length(trace_id) <= 512),
    ADD CHECK (length(span_id) <= 512),
    ADD CHECK (length(commitment) = 32),
    ADD CHECK (length(hash) = 32);

-- Erased or not, never half.
ALTER TABLE aiobs_event_contents
    ADD CHECK (position >= 1),
    ADD CHECK (length(salt) = 32),
    ADD CHECK ((content IS NULL) = (salt IS NULL) AND (content IS NULL) = (erased_by IS NOT NULL));

ALTER TABLE aiobs_event_writers
    -- The log that the writer belongs to; the first writer makes the id. Writers of 0.1.0 know none.
    ADD COLUMN log_id uuid,
    ADD CHECK (length(writer) = 32),
    ADD CHECK (opened_ticks BETWEEN 0 AND 3155378975999999999),
    ADD CHECK (is_keyed IN (0, 1)),
    ADD CHECK (length(predecessor_writer) = 32),
    ADD CHECK (predecessor_sequence >= 1),
    ADD CHECK (length(predecessor_hash) = 32),
    ADD CHECK (sequence >= 1),
    ADD CHECK (length(hash) = 32),
    ADD CHECK (length(seal) = 32),
    ADD CHECK ((predecessor_writer IS NULL) = (predecessor_sequence IS NULL) AND (predecessor_writer IS NULL) = (predecessor_hash IS NULL));

ALTER TABLE aiobs_event_checkpoints
    ADD CHECK (length(writer) = 32),
    ADD CHECK (sequence >= 1),
    ADD CHECK (length(hash) = 32),
    ADD CHECK (length(seal) = 32);

CREATE TRIGGER aiobs_event_strays_refuse_update BEFORE UPDATE ON aiobs_event_strays
    FOR EACH ROW WHEN (NEW.source <> OLD.source OR NEW.position <> OLD.position OR NEW.content <> '')
    EXECUTE FUNCTION aiobs_refuse('strays can be erased, and nothing else');

CREATE TRIGGER aiobs_event_strays_refuse_delete BEFORE DELETE OR TRUNCATE ON aiobs_event_strays
    FOR EACH STATEMENT EXECUTE FUNCTION aiobs_refuse('strays stay');
