-- Tables take the types and the values that stores write, and nothing else, and a hash covers the records in the order in which they came.
-- What somebody has put in before that no store writes is set aside in aiobs_cost_strays, where the verification of the log finds it.

DROP TRIGGER IF EXISTS aiobs_costs_refuse_update;

ALTER TABLE aiobs_costs RENAME TO aiobs_costs_1;
ALTER TABLE aiobs_cost_tags RENAME TO aiobs_cost_tags_1;

CREATE TABLE aiobs_costs (
    position INTEGER PRIMARY KEY AUTOINCREMENT CHECK (position >= 1),
    -- SHA-256 of the call's id, or of the id of the record that this one corrects: a call has one record, and a record one correction.
    call_key BLOB NOT NULL UNIQUE CHECK (length(call_key) = 32),
    id BLOB NOT NULL CHECK (length(id) = 16),
    ticks INTEGER NOT NULL CHECK (ticks BETWEEN 0 AND 3155378975999999999),
    conversation_id TEXT CHECK (length(conversation_id) <= 512),
    user_id TEXT CHECK (length(user_id) <= 512),
    session_id TEXT CHECK (length(session_id) <= 512),
    provider TEXT CHECK (length(provider) <= 512),
    model TEXT CHECK (length(model) <= 512),
    is_correction INTEGER NOT NULL CHECK (is_correction IN (0, 1)),
    completeness TEXT NOT NULL,
    corrected_completeness TEXT,
    -- Decimal, as text: SQLite has binary fractions only.
    total TEXT,
    input_tokens INTEGER,
    output_tokens INTEGER,
    -- The record with its receipt as JSON, without the three ids.
    record TEXT NOT NULL,
    -- Ties the three ids to the record. Whoever erases them takes the salt away: then nothing tells what they were, not even to somebody who guesses right.
    salt BLOB CHECK (length(salt) = 32),
    commitment BLOB CHECK (length(commitment) = 32),
    -- The place in the chain, and the hash over the record and the one before it.
    sequence INTEGER CHECK (sequence >= 1),
    hash BLOB CHECK (length(hash) = 32),
    CHECK ((sequence IS NULL) = (hash IS NULL) AND (salt IS NULL OR commitment IS NOT NULL))
) STRICT;

CREATE TABLE aiobs_cost_tags (
    tag TEXT NOT NULL CHECK (length(tag) <= 512),
    position INTEGER NOT NULL,
    PRIMARY KEY (tag, position)
) STRICT, WITHOUT ROWID;

-- How the chain ends, where retention lets it start, how many records of 0.1.0 it has taken over, and which ids were erased. A store writes the one
-- row in the transaction that makes the table, with the key that only it has.
CREATE TABLE aiobs_cost_chain (
    ordinal INTEGER PRIMARY KEY CHECK (ordinal = 1),
    log_id BLOB NOT NULL CHECK (length(log_id) = 16),
    is_keyed INTEGER NOT NULL CHECK (is_keyed IN (0, 1)),
    sequence INTEGER NOT NULL CHECK (sequence >= dropped_sequence),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    start_position INTEGER NOT NULL CHECK (start_position >= 1),
    dropped_sequence INTEGER NOT NULL CHECK (dropped_sequence >= 0),
    dropped_hash BLOB NOT NULL CHECK (length(dropped_hash) = 32),
    unsealed INTEGER NOT NULL CHECK (unsealed >= 0),
    erased INTEGER NOT NULL CHECK (erased >= 0),
    erased_hash BLOB CHECK (length(erased_hash) = 32),
    seal BLOB NOT NULL CHECK (length(seal) = 32),
    CHECK ((erased_hash IS NULL) = (erased = 0))
) STRICT;

CREATE TABLE aiobs_cost_strays (
    source TEXT NOT NULL,
    -- The row's position there, and all its values.
    position INTEGER NOT NULL,
    content TEXT NOT NULL
) STRICT;

INSERT INTO aiobs_cost_strays
SELECT 'aiobs_costs', position, concat_ws(', ', quote(call_key), quote(id), quote(ticks), quote(conversation_id), quote(user_id), quote(session_id),
    quote(provider), quote(model), quote(is_correction), quote(completeness), quote(corrected_completeness), quote(total), quote(input_tokens),
    quote(output_tokens), quote(record))
FROM aiobs_costs_1
WHERE NOT (
    position >= 1 AND typeof(call_key) = 'blob' AND length(call_key) = 32 AND typeof(id) = 'blob' AND length(id) = 16
    AND typeof(ticks) = 'integer' AND ticks BETWEEN 0 AND 3155378975999999999
    AND typeof(conversation_id) IN ('text', 'null') AND coalesce(length(conversation_id), 0) <= 512
    AND typeof(user_id) IN ('text', 'null') AND coalesce(length(user_id), 0) <= 512
    AND typeof(session_id) IN ('text', 'null') AND coalesce(length(session_id), 0) <= 512
    AND typeof(provider) IN ('text', 'null') AND coalesce(length(provider), 0) <= 512
    AND typeof(model) IN ('text', 'null') AND coalesce(length(model), 0) <= 512
    AND typeof(is_correction) = 'integer' AND is_correction IN (0, 1) AND typeof(completeness) = 'text'
    AND typeof(corrected_completeness) IN ('text', 'null') AND typeof(total) IN ('text', 'null')
    AND typeof(input_tokens) IN ('integer', 'null') AND typeof(output_tokens) IN ('integer', 'null') AND typeof(record) = 'text');

INSERT INTO aiobs_cost_strays
SELECT 'aiobs_cost_tags', CAST(position AS INTEGER), concat_ws(', ', quote(tag), quote(position))
FROM aiobs_cost_tags_1
WHERE NOT (typeof(tag) = 'text' AND length(tag) <= 512 AND typeof(position) = 'integer');

INSERT INTO aiobs_costs
    (position, call_key, id, ticks, conversation_id, user_id, session_id, provider, model, is_correction, completeness, corrected_completeness,
    total, input_tokens, output_tokens, record)
SELECT position, call_key, id, ticks, conversation_id, user_id, session_id, provider, model, is_correction, completeness, corrected_completeness,
    total, input_tokens, output_tokens, record
FROM aiobs_costs_1
WHERE position NOT IN (SELECT position FROM aiobs_cost_strays WHERE source = 'aiobs_costs');

INSERT INTO aiobs_cost_tags
SELECT tag, position FROM aiobs_cost_tags_1 WHERE typeof(tag) = 'text' AND length(tag) <= 512 AND typeof(position) = 'integer';

-- Positions that were given are never given again.
INSERT INTO sqlite_sequence (name, seq)
SELECT 'aiobs_costs', 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'aiobs_costs');
UPDATE sqlite_sequence SET seq = max(seq, coalesce((SELECT o.seq FROM sqlite_sequence o WHERE o.name = 'aiobs_costs_1'), 0)) WHERE name = 'aiobs_costs';

DROP TABLE aiobs_costs_1;
DROP TABLE aiobs_cost_tags_1;

CREATE INDEX aiobs_costs_time ON aiobs_costs (ticks, id);
CREATE INDEX aiobs_costs_conversation ON aiobs_costs (conversation_id, ticks, id) WHERE conversation_id IS NOT NULL;
CREATE INDEX aiobs_costs_user ON aiobs_costs (user_id, ticks, id) WHERE user_id IS NOT NULL;
CREATE INDEX aiobs_costs_session ON aiobs_costs (session_id, ticks, id) WHERE session_id IS NOT NULL;
CREATE INDEX aiobs_cost_tags_position ON aiobs_cost_tags (position);

CREATE TRIGGER aiobs_costs_refuse_update BEFORE UPDATE OF
    position, call_key, id, ticks, provider, model, is_correction, completeness, corrected_completeness, total, input_tokens, output_tokens, record,
    commitment, sequence, hash
ON aiobs_costs
WHEN OLD.hash IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'aiobs_costs is append-only; record a correction');
END;

CREATE TRIGGER aiobs_costs_refuse_other_ids BEFORE UPDATE OF conversation_id, user_id, session_id, salt ON aiobs_costs
WHEN OLD.hash IS NOT NULL AND (OLD.salt IS NULL OR NEW.salt IS NOT NULL)
BEGIN
    SELECT RAISE(ABORT, 'ids can be erased, and nothing else');
END;

CREATE TRIGGER aiobs_costs_refuse_delete BEFORE DELETE ON aiobs_costs
WHEN OLD.hash IS NOT NULL AND OLD.position >= coalesce((SELECT start_position FROM aiobs_cost_chain), 0)
BEGIN
    SELECT RAISE(ABORT, 'aiobs_costs is append-only; record a correction');
END;

-- INSERT OR REPLACE deletes without asking the trigger above.
CREATE TRIGGER aiobs_costs_refuse_replace BEFORE INSERT ON aiobs_costs
WHEN EXISTS (SELECT 1 FROM aiobs_costs WHERE position = NEW.position)
BEGIN
    SELECT RAISE(ABORT, 'aiobs_costs is append-only; record a correction');
END;

CREATE TRIGGER aiobs_cost_tags_refuse_update BEFORE UPDATE ON aiobs_cost_tags
BEGIN
    SELECT RAISE(ABORT, 'tags go with their record');
END;

CREATE TRIGGER aiobs_cost_tags_refuse_delete BEFORE DELETE ON aiobs_cost_tags
WHEN EXISTS (SELECT 1 FROM aiobs_costs WHERE position = OLD.position)
BEGIN
    SELECT RAISE(ABORT, 'tags go with their record');
END;

CREATE TRIGGER aiobs_cost_chain_refuse_delete BEFORE DELETE ON aiobs_cost_chain
BEGIN
    SELECT RAISE(ABORT, 'the chain of costs stays');
END;

CREATE TRIGGER aiobs_cost_chain_refuse_return BEFORE UPDATE ON aiobs_cost_chain
WHEN NEW.ordinal <> OLD.ordinal OR NEW.log_id <> OLD.log_id OR NEW.sequence < OLD.sequence OR NEW.start_position < OLD.start_position
    OR NEW.dropped_sequence < OLD.dropped_sequence OR NEW.unsealed <> OLD.unsealed
BEGIN
    SELECT RAISE(ABORT, 'the chain of costs only goes on');
END;

CREATE TRIGGER aiobs_cost_strays_refuse_update BEFORE UPDATE ON aiobs_cost_strays
WHEN NEW.source <> OLD.source OR NEW.position <> OLD.position OR NEW.content <> ''
BEGIN
    SELECT RAISE(ABORT, 'strays can be erased, and nothing else');
END;

CREATE TRIGGER aiobs_cost_strays_refuse_delete BEFORE DELETE ON aiobs_cost_strays
BEGIN
    SELECT RAISE(ABORT, 'strays stay');
END;
