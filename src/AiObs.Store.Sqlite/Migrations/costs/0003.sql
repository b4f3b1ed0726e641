-- Sums by trace and by agent. Both are read out of the record, which the hash covers, so that they cannot say something else than it does;
-- what is too long to be looked for counts as none.

ALTER TABLE aiobs_costs ADD COLUMN trace_id TEXT GENERATED ALWAYS AS (
    CASE WHEN json_valid(record) AND json_type(record, '$.trace_id') = 'text' AND length(record ->> '$.trace_id') <= 512 THEN record ->> '$.trace_id' END) VIRTUAL;

ALTER TABLE aiobs_costs ADD COLUMN agent TEXT GENERATED ALWAYS AS (
    CASE WHEN json_valid(record) AND json_type(record, '$.agent_name') = 'text' AND length(record ->> '$.agent_name') <= 512 THEN record ->> '$.agent_name' END) VIRTUAL;

CREATE INDEX aiobs_costs_trace ON aiobs_costs (trace_id, ticks, id) WHERE trace_id IS NOT NULL;
