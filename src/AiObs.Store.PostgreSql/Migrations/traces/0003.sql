-- What the trace is found by, as JSON: an object of arrays of texts. It says which rows of aiobs_trace_facets are those of a trace, in the place of an index of them.
ALTER TABLE aiobs_traces ADD COLUMN facets text COLLATE "C" NOT NULL DEFAULT '{}';

UPDATE aiobs_traces t SET facets = f.facets
FROM (
    SELECT x.trace_id, jsonb_object_agg(x.facet, x.found)::text AS facets
    FROM (SELECT trace_id, facet, jsonb_agg(value) AS found FROM aiobs_trace_facets GROUP BY trace_id, facet) x
    GROUP BY x.trace_id) f
WHERE f.trace_id = t.trace_id;

DROP INDEX aiobs_trace_facets_trace;
