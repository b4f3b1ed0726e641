CREATE TABLE aiobs_spans (
    position INTEGER PRIMARY KEY,
    trace_id TEXT NOT NULL,
    span_id TEXT NOT NULL,
    parent_span_id TEXT,
    is_root INTEGER NOT NULL,
    ticks INTEGER NOT NULL,
    duration_ticks INTEGER NOT NULL,
    source TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT,
    provider TEXT,
    model TEXT,
    agent TEXT,
    tool TEXT,
    is_error INTEGER NOT NULL,
    error_type TEXT,
    conversation_id TEXT,
    user_id TEXT,
    session_id TEXT,
    -- An array of texts, as JSON.
    tags TEXT,
    input_tokens INTEGER,
    output_tokens INTEGER,
    had_content INTEGER NOT NULL,
    -- JSON, without content. Last, so that listings without them do not read the pages that they stand on.
    attributes TEXT NOT NULL,
    events TEXT,
    UNIQUE (trace_id, span_id)
);

CREATE INDEX aiobs_spans_time ON aiobs_spans (ticks, trace_id, span_id);
CREATE INDEX aiobs_spans_conversation ON aiobs_spans (conversation_id, ticks, trace_id, span_id) WHERE conversation_id IS NOT NULL;

-- Apart from the spans: erased on demand, and kept for a shorter time.
CREATE TABLE aiobs_span_contents (
    position INTEGER PRIMARY KEY,
    ticks INTEGER NOT NULL,
    content TEXT NOT NULL
);

CREATE INDEX aiobs_span_contents_time ON aiobs_span_contents (ticks);

-- What the spans of a trace add up to.
CREATE TABLE aiobs_traces (
    trace_id TEXT NOT NULL PRIMARY KEY,
    ticks INTEGER NOT NULL,
    end_ticks INTEGER NOT NULL,
    name TEXT NOT NULL,
    source TEXT NOT NULL,
    kind TEXT,
    status TEXT NOT NULL,
    span_count INTEGER NOT NULL,
    call_count INTEGER NOT NULL,
    tool_count INTEGER NOT NULL,
    error_count INTEGER NOT NULL,
    input_tokens INTEGER,
    output_tokens INTEGER,
    conversation_id TEXT,
    user_id TEXT,
    session_id TEXT,
    -- Which spans gave it name and ids: spans arrive in any order, and an earlier one takes their place.
    top_rank TEXT NOT NULL,
    conversation_rank TEXT,
    user_rank TEXT,
    session_rank TEXT
) WITHOUT ROWID;

CREATE INDEX aiobs_traces_time ON aiobs_traces (ticks, trace_id);
CREATE INDEX aiobs_traces_failed ON aiobs_traces (ticks, trace_id) WHERE status = 'Error';
CREATE INDEX aiobs_traces_conversation ON aiobs_traces (conversation_id, ticks, trace_id) WHERE conversation_id IS NOT NULL;

-- What traces are found by; the time is that of the trace.
CREATE TABLE aiobs_trace_facets (
    facet TEXT NOT NULL,
    value TEXT NOT NULL,
    ticks INTEGER NOT NULL,
    trace_id TEXT NOT NULL,
    PRIMARY KEY (facet, value, ticks, trace_id)
) WITHOUT ROWID;

CREATE INDEX aiobs_trace_facets_trace ON aiobs_trace_facets (trace_id, facet);

-- How long spans took, by the hour in which they started and by name. They stay when the spans go.
CREATE TABLE aiobs_latencies (
    hour INTEGER NOT NULL,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    provider TEXT,
    model TEXT,
    agent TEXT,
    tool TEXT,
    max_ticks INTEGER NOT NULL,
    -- Of each bucket with a count the distance to the one before, the count and the count of errors, seven bits to a byte.
    buckets BLOB NOT NULL,
    PRIMARY KEY (hour, number)
) WITHOUT ROWID;
