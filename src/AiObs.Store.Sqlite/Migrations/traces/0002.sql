-- The last position that a span got: none is given twice, so that whoever watches goes on from the one that was last, whatever was dropped.
CREATE TABLE aiobs_span_positions (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    last INTEGER NOT NULL
);

INSERT INTO aiobs_span_positions (id, last) SELECT 1, coalesce(max(position), 0) FROM aiobs_spans;
