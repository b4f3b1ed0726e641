CREATE TABLE aiobs_costs (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- SHA-256 of the call's id, or of the id of the record that this one corrects: a call has one record, and a record one correction.
    call_key bytea NOT NULL UNIQUE,
    id uuid NOT NULL,
    ticks bigint NOT NULL,
    conversation_id text COLLATE "C",
    user_id text COLLATE "C",
    session_id text COLLATE "C",
    provider text COLLATE "C",
    model text COLLATE "C",
    is_correction integer NOT NULL,
    completeness text NOT NULL,
    corrected_completeness text,
    total numeric,
    input_tokens bigint,
    output_tokens bigint,
    -- All of the record, with its receipt, as JSON.
    record text NOT NULL
);

CREATE INDEX aiobs_costs_time ON aiobs_costs (ticks, id);
CREATE INDEX aiobs_costs_conversation ON aiobs_costs (conversation_id, ticks, id) WHERE conversation_id IS NOT NULL;
CREATE INDEX aiobs_costs_user ON aiobs_costs (user_id, ticks, id) WHERE user_id IS NOT NULL;
CREATE INDEX aiobs_costs_session ON aiobs_costs (session_id, ticks, id) WHERE session_id IS NOT NULL;

CREATE TABLE aiobs_cost_tags (
    tag text COLLATE "C" NOT NULL,
    position bigint NOT NULL,
    PRIMARY KEY (tag, position)
);

CREATE INDEX aiobs_cost_tags_position ON aiobs_cost_tags (position);

-- Other parts have the same function.
CREATE OR REPLACE FUNCTION aiobs_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation', TABLE = TG_TABLE_NAME;
END
$$;

CREATE TRIGGER aiobs_costs_refuse_update BEFORE UPDATE OR TRUNCATE ON aiobs_costs
    FOR EACH STATEMENT EXECUTE FUNCTION aiobs_refuse('aiobs_costs is append-only; record a correction');
