-- What the trace is found by, as JSON: an object of arrays of texts. It says which rows of aiobs_trace_facets are those of a trace, in the place of an index of them.
ALTER TABLE aiobs_traces ADD COLUMN facets TEXT NOT NULL DEFAULT '{}';

UPDATE aiobs_traces SET facets = (
    SELECT json_group_object(f.facet, json(f.found))
    FROM (SELECT x.facet, json_group_array(x.value) AS found FROM aiobs_trace_facets x WHERE x.trace_id = aiobs_traces.trace_id GROUP BY x.facet) f);

DROP INDEX aiobs_trace_facets_trace;
