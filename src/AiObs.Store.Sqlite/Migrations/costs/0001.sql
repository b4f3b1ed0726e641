CREATE TABLE aiobs_costs (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    -- SHA-256 of the call's id, or of the id of the record that this one corrects: a call has one record, and a record one correction.
    call_key BLOB NOT NULL UNIQUE,
    id BLOB NOT NULL,
    ticks INTEGER NOT NULL,
    conversation_id TEXT,
    user_id TEXT,
    session_id TEXT,
    provider TEXT,
    model TEXT,
    is_correction INTEGER NOT NULL,
    completeness TEXT NOT NULL,
    corrected_completeness TEXT,
    -- Decimal, as text: SQLite has binary fractions only.
    total TEXT,
    input_tokens INTEGER,
    output_tokens INTEGER,
    -- All of the record, with its receipt, as JSON.
    record TEXT NOT NULL
);

CREATE INDEX aiobs_costs_time ON aiobs_costs (ticks, id);
CREATE INDEX aiobs_costs_conversation ON aiobs_costs (conversation_id, ticks, id) WHERE conversation_id IS NOT NULL;
CREATE INDEX aiobs_costs_user ON aiobs_costs (user_id, ticks, id) WHERE user_id IS NOT NULL;
CREATE INDEX aiobs_costs_session ON aiobs_costs (session_id, ticks, id) WHERE session_id IS NOT NULL;

CREATE TABLE aiobs_cost_tags (
    tag TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (tag, position)
) WITHOUT ROWID;

CREATE INDEX aiobs_cost_tags_position ON aiobs_cost_tags (position);

CREATE TRIGGER aiobs_costs_refuse_update BEFORE UPDATE ON aiobs_costs
BEGIN
    SELECT RAISE(ABORT, 'aiobs_costs is append-only; record a correction');
END;
