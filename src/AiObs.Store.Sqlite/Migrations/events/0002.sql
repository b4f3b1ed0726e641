-- Tables take the types and the values that logs write, and nothing else. What somebody has put in before that no log writes is set aside
-- in aiobs_event_strays, where verification finds it.

DROP TRIGGER IF EXISTS aiobs_events_refuse_update;
DROP TRIGGER IF EXISTS aiobs_events_refuse_delete;
DROP TRIGGER IF EXISTS aiobs_events_refuse_replace;
DROP TRIGGER IF EXISTS aiobs_event_contents_refuse_update;
DROP TRIGGER IF EXISTS aiobs_event_contents_refuse_delete;
DROP TRIGGER IF EXISTS aiobs_event_contents_refuse_replace;
DROP TRIGGER IF EXISTS aiobs_event_writers_refuse_delete;
DROP TRIGGER IF EXISTS aiobs_event_writers_refuse_return;
DROP TRIGGER IF EXISTS aiobs_event_checkpoints_refuse_update;
DROP TRIGGER IF EXISTS aiobs_event_checkpoints_refuse_delete;

ALTER TABLE aiobs_events RENAME TO aiobs_events_1;
ALTER TABLE aiobs_event_contents RENAME TO aiobs_event_contents_1;
ALTER TABLE aiobs_event_writers RENAME TO aiobs_event_writers_1;
ALTER TABLE aiobs_event_checkpoints RENAME TO aiobs_event_checkpoints_1;

CREATE TABLE aiobs_events (
    -- The order of commits. AUTOINCREMENT never gives a position again, so that a cursor never skips an event after retention.
    position INTEGER PRIMARY KEY AUTOINCREMENT CHECK (position >= 1),
    id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    writer TEXT NOT NULL CHECK (length(writer) = 32),
    sequence INTEGER NOT NULL CHECK (sequence >= 1),
    -- The times that there are: the years 1 to 9999.
    ticks INTEGER NOT NULL CHECK (ticks BETWEEN 0 AND 3155378975999999999),
    type TEXT NOT NULL CHECK (length(type) <= 512),
    conversation_id TEXT CHECK (length(conversation_id) <= 512),
    user_id TEXT CHECK (length(user_id) <= 512),
    session_id TEXT CHECK (length(session_id) <= 512),
    trace_id TEXT CHECK (length(trace_id) <= 512),
    span_id TEXT CHECK (length(span_id) <= 512),
    data TEXT NOT NULL,
    commitment BLOB CHECK (length(commitment) = 32),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    UNIQUE (writer, sequence)
) STRICT;

-- What was said. It is apart because it can be erased; the commitment ties it to the event. Erased or not, never half.
CREATE TABLE aiobs_event_contents (
    position INTEGER PRIMARY KEY CHECK (position >= 1),
    content TEXT,
    salt BLOB CHECK (length(salt) = 32),
    erased_by BLOB CHECK (length(erased_by) = 16),
    CHECK ((content IS NULL) = (salt IS NULL) AND (content IS NULL) = (erased_by IS NOT NULL))
) STRICT;

CREATE TABLE aiobs_event_writers (
    ordinal INTEGER PRIMARY KEY AUTOINCREMENT,
    writer TEXT NOT NULL UNIQUE CHECK (length(writer) = 32),
    opened_ticks INTEGER NOT NULL CHECK (opened_ticks BETWEEN 0 AND 3155378975999999999),
    is_keyed INTEGER NOT NULL CHECK (is_keyed IN (0, 1)),
    predecessor_writer TEXT CHECK (length(predecessor_writer) = 32),
    predecessor_sequence INTEGER CHECK (predecessor_sequence >= 1),
    predecessor_hash BLOB CHECK (length(predecessor_hash) = 32),
    sequence INTEGER NOT NULL CHECK (sequence >= 1),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    seal BLOB NOT NULL CHECK (length(seal) = 32),
    -- The log that the writer belongs to; the first writer makes the id. Writers of 0.1.0 know none.
    log_id BLOB CHECK (length(log_id) = 16),
    CHECK ((predecessor_writer IS NULL) = (predecessor_sequence IS NULL) AND (predecessor_writer IS NULL) = (predecessor_hash IS NULL))
) STRICT;

-- Up to where retention has dropped events.
CREATE TABLE aiobs_event_checkpoints (
    writer TEXT NOT NULL CHECK (length(writer) = 32),
    sequence INTEGER NOT NULL CHECK (sequence >= 1),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    seal BLOB NOT NULL CHECK (length(seal) = 32),
    PRIMARY KEY (writer, sequence)
) STRICT;

CREATE TABLE aiobs_event_strays (
    source TEXT NOT NULL,
    -- The row's position there, and all its values.
    position INTEGER NOT NULL,
    content TEXT NOT NULL
) STRICT;

INSERT INTO aiobs_event_strays
SELECT 'aiobs_events', position, concat_ws(', ', quote(id), quote(writer), quote(sequence), quote(ticks), quote(type), quote(conversation_id),
    quote(user_id), quote(session_id), quote(trace_id), quote(span_id), quote(data), quote(commitment), quote(hash))
FROM aiobs_events_1
WHERE NOT (
    position >= 1 AND typeof(id) = 'blob' AND length(id) = 16 AND typeof(writer) = 'text' AND length(writer) = 32
    AND typeof(sequence) = 'integer' AND sequence >= 1 AND typeof(ticks) = 'integer' AND ticks BETWEEN 0 AND 3155378975999999999
    AND typeof(type) = 'text' AND length(type) <= 512
    AND typeof(conversation_id) IN ('text', 'null') AND coalesce(length(conversation_id), 0) <= 512
    AND typeof(user_id) IN ('text', 'null') AND coalesce(length(user_id), 0) <= 512
    AND typeof(session_id) IN ('text', 'null') AND coalesce(length(session_id), 0) <= 512
    AND typeof(trace_id) IN ('text', 'null') AND coalesce(length(trace_id), 0) <= 512
    AND typeof(span_id) IN ('text', 'null') AND coalesce(length(span_id), 0) <= 512
    AND typeof(data) = 'text' AND typeof(commitment) IN ('blob', 'null') AND coalesce(length(commitment), 32) = 32
    AND typeof(hash) = 'blob' AND length(hash) = 32);

INSERT INTO aiobs_event_strays
SELECT 'aiobs_event_contents', position, concat_ws(', ', quote(content), quote(salt), quote(erased_by))
FROM aiobs_event_contents_1
WHERE NOT (
    position >= 1 AND typeof(content) IN ('text', 'null') AND typeof(salt) IN ('blob', 'null') AND coalesce(length(salt), 32) = 32
    AND typeof(erased_by) IN ('blob', 'null') AND coalesce(length(erased_by), 16) = 16
    AND (content IS NULL) = (salt IS NULL) AND (content IS NULL) = (erased_by IS NOT NULL));

INSERT INTO aiobs_event_strays
SELECT 'aiobs_event_writers', ordinal, concat_ws(', ', quote(writer), quote(opened_ticks), quote(is_keyed), quote(predecessor_writer),
    quote(predecessor_sequence), quote(predecessor_hash), quote(sequence), quote(hash), quote(seal))
FROM aiobs_event_writers_1
WHERE NOT (
    typeof(writer) = 'text' AND length(writer) = 32 AND typeof(opened_ticks) = 'integer' AND opened_ticks BETWEEN 0 AND 3155378975999999999
    AND typeof(is_keyed) = 'integer' AND is_keyed IN (0, 1)
    AND typeof(predecessor_writer) IN ('text', 'null') AND coalesce(length(predecessor_writer), 32) = 32
    AND typeof(predecessor_sequence) IN ('integer', 'null') AND coalesce(predecessor_sequence, 1) >= 1
    AND typeof(predecessor_hash) IN ('blob', 'null') AND coalesce(length(predecessor_hash), 32) = 32
    AND (predecessor_writer IS NULL) = (predecessor_sequence IS NULL) AND (predecessor_writer IS NULL) = (predecessor_hash IS NULL)
    AND typeof(sequence) = 'integer' AND sequence >= 1 AND typeof(hash) = 'blob' AND length(hash) = 32 AND typeof(seal) = 'blob' AND length(seal) = 32);

INSERT INTO aiobs_event_strays
SELECT 'aiobs_event_checkpoints', rowid, concat_ws(', ', quote(writer), quote(sequence), quote(hash), quote(seal))
FROM aiobs_event_checkpoints_1
WHERE NOT (
    typeof(writer) = 'text' AND length(writer) = 32 AND typeof(sequence) = 'integer' AND sequence >= 1
    AND typeof(hash) = 'blob' AND length(hash) = 32 AND typeof(seal) = 'blob' AND length(seal) = 32);

INSERT INTO aiobs_events
SELECT position, id, writer, sequence, ticks, type, conversation_id, user_id, session_id, trace_id, span_id, data, commitment, hash FROM aiobs_events_1
WHERE position NOT IN (SELECT position FROM aiobs_event_strays WHERE source = 'aiobs_events');

INSERT INTO aiobs_event_contents
SELECT position, content, salt, erased_by FROM aiobs_event_contents_1
WHERE position NOT IN (SELECT position FROM aiobs_event_strays WHERE source = 'aiobs_event_contents');

INSERT INTO aiobs_event_writers
SELECT ordinal, writer, opened_ticks, is_keyed, predecessor_writer, predecessor_sequence, predecessor_hash, sequence, hash, seal, NULL FROM aiobs_event_writers_1
WHERE ordinal NOT IN (SELECT position FROM aiobs_event_strays WHERE source = 'aiobs_event_writers');

INSERT INTO aiobs_event_checkpoints
SELECT writer, sequence, hash, seal FROM aiobs_event_checkpoints_1
WHERE rowid NOT IN (SELECT position FROM aiobs_event_strays WHERE source = 'aiobs_event_checkpoints');

-- Positions that were given are never given again, whether or not their events are still there.
INSERT INTO sqlite_sequence (name, seq)
SELECT 'aiobs_events', 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'aiobs_events');
UPDATE sqlite_sequence SET seq = max(seq, coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'aiobs_events_1'), 0)) WHERE name = 'aiobs_events';

DROP TABLE aiobs_events_1;
DROP TABLE aiobs_event_contents_1;
DROP TABLE aiobs_event_writers_1;
DROP TABLE aiobs_event_checkpoints_1;

-- An index ends in the rowid, which is the position: a page is read from it in order, whatever the size of the log.
CREATE INDEX aiobs_events_conversation ON aiobs_events (conversation_id) WHERE conversation_id IS NOT NULL;
CREATE INDEX aiobs_events_user ON aiobs_events (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX aiobs_events_session ON aiobs_events (session_id) WHERE session_id IS NOT NULL;
CREATE INDEX aiobs_events_trace ON aiobs_events (trace_id) WHERE trace_id IS NOT NULL;
CREATE INDEX aiobs_events_type ON aiobs_events (type);
CREATE INDEX aiobs_events_time ON aiobs_events (ticks);

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

CREATE TRIGGER aiobs_event_strays_refuse_update BEFORE UPDATE ON aiobs_event_strays
WHEN NEW.source <> OLD.source OR NEW.position <> OLD.position OR NEW.content <> ''
BEGIN
    SELECT RAISE(ABORT, 'strays can be erased, and nothing else');
END;

CREATE TRIGGER aiobs_event_strays_refuse_delete BEFORE DELETE ON aiobs_event_strays
BEGIN
    SELECT RAISE(ABORT, 'strays stay');
END;
