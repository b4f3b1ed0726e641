-- Times are ticks: 100 ns since 0001-01-01 UTC. As text: datetime((ticks - 621355968000000000) / 10000000, 'unixepoch').

CREATE TABLE aiobs_events (
    -- The order of commits. AUTOINCREMENT never gives a position again, so that a cursor never skips an event after retention.
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id BLOB NOT NULL UNIQUE,
    writer TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    ticks INTEGER NOT NULL,
    type TEXT NOT NULL,
    conversation_id TEXT,
    user_id TEXT,
    session_id TEXT,
    trace_id TEXT,
    span_id TEXT,
    data TEXT NOT NULL,
    commitment BLOB,
    hash BLOB NOT NULL,
    UNIQUE (writer, sequence)
);

-- An index ends in the rowid, which is the position: a page is read from it in order, whatever the size of the log.
CREATE INDEX aiobs_events_conversation ON aiobs_events (conversation_id) WHERE conversation_id IS NOT NULL;
CREATE INDEX aiobs_events_user ON aiobs_events (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX aiobs_events_session ON aiobs_events (session_id) WHERE session_id IS NOT NULL;
CREATE INDEX aiobs_events_trace ON aiobs_events (trace_id) WHERE trace_id IS NOT NULL;
CREATE INDEX aiobs_events_type ON aiobs_events (type);
CREATE INDEX aiobs_events_time ON aiobs_events (ticks);

-- What was said. It is apart because it can be erased; the commitment ties it to the event.
CREATE TABLE aiobs_event_contents (
    position INTEGER PRIMARY KEY,
    content TEXT,
    salt BLOB,
    erased_by BLOB
);

CREATE TABLE aiobs_event_writers (
    ordinal INTEGER PRIMARY KEY AUTOINCREMENT,
    writer TEXT NOT NULL UNIQUE,
    opened_ticks INTEGER NOT NULL,
    is_keyed INTEGER NOT NULL,
    predecessor_writer TEXT,
    predecessor_sequence INTEGER,
    predecessor_hash BLOB,
    sequence INTEGER NOT NULL,
    hash BLOB NOT NULL,
    seal BLOB NOT NULL
);

-- Up to where retention has dropped events.
CREATE TABLE aiobs_event_checkpoints (
    writer TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    hash BLOB NOT NULL,
    seal BLOB NOT NULL,
    PRIMARY KEY (writer, sequence)
);

CREATE TRIGGER aiobs_events_refuse_update BEFORE UPDATE ON aiobs_events
BEGIN
    SELECT RAISE(ABORT, 'aiobs_events is append-only');
END;

CREATE TRIGGER aiobs_events_refuse_delete BEFORE DELETE ON aiobs_events
WHEN OLD.sequence > coalesce((SELECT max(sequence) FROM aiobs_event_checkpoints WHERE writer = OLD.writer), 0)
BEGIN
    SELECT RAISE(ABORT, 'aiobs_events is append-only above the last checkpoint');
END;

-- INSERT OR REPLACE deletes without asking the trigger above. FAIL, as ABORT would journal every page that an insert touches, which takes most of its time.
CREATE TRIGGER aiobs_events_refuse_replace BEFORE INSERT ON aiobs_events
WHEN EXISTS (SELECT 1 FROM aiobs_events WHERE position = NEW.position)
    OR EXISTS (SELECT 1 FROM aiobs_events WHERE id = NEW.id)
    OR NEW.sequence <= (SELECT sequence FROM aiobs_event_writers WHERE writer = NEW.writer)
BEGIN
    SELECT RAISE(FAIL, 'aiobs_events is append-only');
END;

CREATE TRIGGER aiobs_event_contents_refuse_update BEFORE UPDATE ON aiobs_event_contents
WHEN NEW.position <> OLD.position OR OLD.erased_by IS NOT NULL
    OR NEW.content IS NOT NULL OR NEW.salt IS NOT NULL OR NEW.erased_by IS NULL
BEGIN
    SELECT RAISE(ABORT, 'content can be erased, and nothing else');
END;

CREATE TRIGGER aiobs_event_contents_refuse_delete BEFORE DELETE ON aiobs_event_contents
WHEN EXISTS (SELECT 1 FROM aiobs_events WHERE position = OLD.position)
BEGIN
    SELECT RAISE(ABORT, 'content goes with its event');
END;

CREATE TRIGGER aiobs_event_contents_refuse_replace BEFORE INSERT ON aiobs_event_contents
WHEN EXISTS (SELECT 1 FROM aiobs_event_contents WHERE position = NEW.position)
BEGIN
    SELECT RAISE(FAIL, 'content can be erased, and nothing else');
END;

CREATE TRIGGER aiobs_event_writers_refuse_delete BEFORE DELETE ON aiobs_event_writers
BEGIN
    SELECT RAISE(ABORT, 'writers stay');
END;

CREATE TRIGGER aiobs_event_writers_refuse_return BEFORE UPDATE ON aiobs_event_writers
WHEN NEW.writer <> OLD.writer OR NEW.sequence <= OLD.sequence
BEGIN
    SELECT RAISE(ABORT, 'writers only go on');
END;

CREATE TRIGGER aiobs_event_checkpoints_refuse_update BEFORE UPDATE ON aiobs_event_checkpoints
BEGIN
    SELECT RAISE(ABORT, 'checkpoints stay');
END;

CREATE TRIGGER aiobs_event_checkpoints_refuse_delete BEFORE DELETE ON aiobs_event_checkpoints
BEGIN
    SELECT RAISE(ABORT, 'checkpoints stay');
END;
