CREATE TABLE aiobs_spans (
    position bigint PRIMARY KEY,
    trace_id text COLLATE "C" NOT NULL,
    span_id text COLLATE "C" NOT NULL,
    parent_span_id text COLLATE "C",
    is_root bigint NOT NULL,
    ticks bigint NOT NULL,
    duration_ticks bigint NOT NULL,
    source text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    kind text COLLATE "C",
    provider text COLLATE "C",
    model text COLLATE "C",
    agent text COLLATE "C",
    tool text COLLATE "C",
    is_error bigint NOT NULL,
    error_type text COLLATE "C",
    conversation_id text COLLATE "C",
    user_id text COLLATE "C",
    session_id text COLLATE "C",
    -- An array of texts, as JSON.
    tags text,
    input_tokens bigint,
    output_tokens bigint,
    had_content bigint NOT NULL,
    -- JSON, without content.
    attributes text NOT NULL,
    events text,
    UNIQUE (trace_id, span_id)
);

CREATE INDEX aiobs_spans_time ON aiobs_spans (ticks, trace_id, span_id);
CREATE INDEX aiobs_spans_conversation ON aiobs_spans (conversation_id, ticks, trace_id, span_id) WHERE conversation_id IS NOT NULL;

-- Apart from the spans: erased on demand, and kept for a shorter time.
CREATE TABLE aiobs_span_contents (
    position bigint PRIMARY KEY,
    ticks bigint NOT NULL,
    content text COLLATE "C" NOT NULL
);

CREATE INDEX aiobs_span_contents_time ON aiobs_span_contents (ticks);

-- What the spans of a trace add up to.
CREATE TABLE aiobs_traces (
    trace_id text COLLATE "C" NOT NULL PRIMARY KEY,
    ticks bigint NOT NULL,
    end_ticks bigint NOT NULL,
    name text COLLATE "C" NOT NULL,
    source text COLLATE "C" NOT NULL,
    kind text COLLATE "C",
    status text COLLATE "C" NOT NULL,
    span_count bigint NOT NULL,
    call_count bigint NOT NULL,
    tool_count bigint NOT NULL,
    error_count bigint NOT NULL,
    input_tokens bigint,
    output_tokens bigint,
    conversation_id text COLLATE "C",
    user_id text COLLATE "C",
    session_id text COLLATE "C",
    -- Which spans gave it name and ids: spans arrive in any order, and an earlier one takes their place.
    top_rank text COLLATE "C" NOT NULL,
    conversation_rank text COLLATE "C",
    user_rank text COLLATE "C",
    session_rank text COLLATE "C"
);

CREATE INDEX aiobs_traces_time ON aiobs_traces (ticks, trace_id);
CREATE INDEX aiobs_traces_failed ON aiobs_traces (ticks, trace_id) WHERE status = 'Error';
CREATE INDEX aiobs_traces_conversation ON aiobs_traces (conversation_id, ticks, trace_id) WHERE conversation_id IS NOT NULL;

-- What traces are found by; the time is that of the trace.
CREATE TABLE aiobs_trace_facets (
    facet text COLLATE "C" NOT NULL,
    value text COLLATE "C" NOT NULL,
    ticks bigint NOT NULL,
    trace_id text COLLATE "C" NOT NULL,
    PRIMARY KEY (facet, value, ticks, trace_id)
);

CREATE INDEX aiobs_trace_facets_trace ON aiobs_trace_facets (trace_id, facet);

-- How long spans took, by the hour in which they started and by name. They stay when the spans go.
CREATE TABLE aiobs_latencies (
    hour bigint NOT NULL,
    number bigint NOT NULL,
    kind text COLLATE "C" NOT NULL,
    provider text COLLATE "C",
    model text COLLATE "C",
    agent text COLLATE "C",
    tool text COLLATE "C",
    max_ticks bigint NOT NULL,
    -- Of each bucket with a count the distance to the one before, the count and the count of errors, seven bits to a byte.
    buckets bytea NOT NULL,
    PRIMARY KEY (hour, number)
);
