-- Times are ticks: 100 ns since 0001-01-01 UTC, because hashes need more than the microseconds of a timestamp.
-- As a time: to_timestamp((ticks - 621355968000000000) / 10000000.0).

CREATE TABLE aiobs_events (
    -- The order of commits: batches are written one after the other, under an advisory lock.
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id uuid NOT NULL UNIQUE,
    writer text COLLATE "C" NOT NULL,
    sequence bigint NOT NULL,
    ticks bigint NOT NULL,
    type text COLLATE "C" NOT NULL,
    conversation_id text COLLATE "C",
    user_id text COLLATE "C",
    session_id text COLLATE "C",
    trace_id text COLLATE "C",
    span_id text COLLATE "C",
    data text NOT NULL,
    commitment bytea,
    hash bytea NOT NULL,
    UNIQUE (writer, sequence)
);

-- A page is read from an index in order, whatever the size of the log.
CREATE INDEX aiobs_events_conversation ON aiobs_events (conversation_id, position) WHERE conversation_id IS NOT NULL;
CREATE INDEX aiobs_events_user ON aiobs_events (user_id, position) WHERE user_id IS NOT NULL;
CREATE INDEX aiobs_events_session ON aiobs_events (session_id, position) WHERE session_id IS NOT NULL;
CREATE INDEX aiobs_events_trace ON aiobs_events (trace_id, position) WHERE trace_id IS NOT NULL;
CREATE INDEX aiobs_events_type ON aiobs_events (type, position);
CREATE INDEX aiobs_events_time ON aiobs_events (ticks, position);

-- What was said. It is apart because it can be erased; the commitment ties it to the event.
CREATE TABLE aiobs_event_contents (
    position bigint PRIMARY KEY,
    content text,
    salt bytea,
    erased_by uuid
);

CREATE TABLE aiobs_event_writers (
    ordinal bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    writer text COLLATE "C" NOT NULL UNIQUE,
    opened_ticks bigint NOT NULL,
    is_keyed integer NOT NULL,
    predecessor_writer text,
    predecessor_sequence bigint,
    predecessor_hash bytea,
    sequence bigint NOT NULL,
    hash bytea NOT NULL,
    seal bytea NOT NULL
);

-- Up to where retention has dropped events.
CREATE TABLE aiobs_event_checkpoints (
    writer text COLLATE "C" NOT NULL,
    sequence bigint NOT NULL,
    hash bytea NOT NULL,
    seal bytea NOT NULL,
    PRIMARY KEY (writer, sequence)
);

-- Other parts have the same function.
CREATE OR REPLACE FUNCTION aiobs_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation', TABLE = TG_TABLE_NAME;
END
$$;

CREATE FUNCTION aiobs_refuse_delete_above_checkpoint() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.sequence > coalesce((SELECT max(sequence) FROM aiobs_event_checkpoints WHERE writer = OLD.writer), 0) THEN
        RAISE EXCEPTION 'aiobs_events is append-only above the last checkpoint'
            USING ERRCODE = 'integrity_constraint_violation', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN OLD;
END
$$;

CREATE FUNCTION aiobs_refuse_delete_of_content() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM aiobs_events WHERE position = OLD.position) THEN
        RAISE EXCEPTION 'content goes with its event' USING ERRCODE = 'integrity_constraint_violation', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN OLD;
END
$$;

CREATE TRIGGER aiobs_events_refuse_update BEFORE UPDATE OR TRUNCATE ON aiobs_events
    FOR EACH STATEMENT EXECUTE FUNCTION aiobs_refuse('aiobs_events is append-only');

CREATE TRIGGER aiobs_events_refuse_delete BEFORE DELETE ON aiobs_events
    FOR EACH ROW EXECUTE FUNCTION aiobs_refuse_delete_above_checkpoint();

CREATE TRIGGER aiobs_event_contents_refuse_update BEFORE UPDATE ON aiobs_event_contents
    FOR EACH ROW WHEN (
        NEW.position <> OLD.position OR OLD.erased_by IS NOT NULL
        OR NEW.content IS NOT NULL OR NEW.salt IS NOT NULL OR NEW.erased_by IS NULL)
    EXECUTE FUNCTION aiobs_refuse('content can be erased, and nothing else');

CREATE TRIGGER aiobs_event_contents_refuse_delete BEFORE DELETE ON aiobs_event_contents
    FOR EACH ROW EXECUTE FUNCTION aiobs_refuse_delete_of_content();

CREATE TRIGGER aiobs_event_contents_refuse_truncate BEFORE TRUNCATE ON aiobs_event_contents
    FOR EACH STATEMENT EXECUTE FUNCTION aiobs_refuse('content goes with its event');

CREATE TRIGGER aiobs_event_writers_refuse_delete BEFORE DELETE OR TRUNCATE ON aiobs_event_writers
    FOR EACH STATEMENT EXECUTE FUNCTION aiobs_refuse('writers stay');

CREATE TRIGGER aiobs_event_writers_refuse_return BEFORE UPDATE ON aiobs_event_writers
    FOR EACH ROW WHEN (NEW.writer <> OLD.writer OR NEW.sequence <= OLD.sequence)
    EXECUTE FUNCTION aiobs_refuse('writers only go on');

CREATE TRIGGER aiobs_event_checkpoints_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON aiobs_event_checkpoints
    FOR EACH STATEMENT EXECUTE FUNCTION aiobs_refuse('checkpoints stay');
