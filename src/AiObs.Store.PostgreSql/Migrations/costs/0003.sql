-- Sums by trace and by agent. Both are read out of the record, which the hash covers, so that they cannot say something else than it does;
-- what is too long to be looked for, or has characters that no text here can have, counts as none.

CREATE OR REPLACE FUNCTION aiobs_text_of(record text, member text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    found text;
BEGIN
    found := record::json ->> member;
    RETURN CASE WHEN length(found) <= 512 THEN found END;
EXCEPTION WHEN data_exception OR character_not_in_repertoire THEN
    RETURN NULL;
END
$$;

ALTER TABLE aiobs_costs
    ADD COLUMN trace_id text COLLATE "C" GENERATED ALWAYS AS (aiobs_text_of(record, 'trace_id')) STORED,
    ADD COLUMN agent text COLLATE "C" GENERATED ALWAYS AS (aiobs_text_of(record, 'agent_name')) STORED;

CREATE INDEX aiobs_costs_trace ON aiobs_costs (trace_id, ticks, id) WHERE trace_id IS NOT NULL;
