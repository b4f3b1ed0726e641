namespace AiObs.Store.Sqlite;

/// <summary>Conditions for values that have the types that logs write.</summary>
/// <remarks>
/// The tables are strict, but whoever can write to the file can make them others, whose columns take values of any type. The driver reads a text
/// and a blob of the same bytes alike, so that hashes fit both, but comparisons tell them apart: whoever changes the type of a value hides the event
/// from queries.
/// </remarks>
internal static class SqliteTypes
{
    public const string OfEvent = """
        typeof(e.id) = 'blob' AND length(e.id) = 16 AND typeof(e.writer) = 'text' AND typeof(e.sequence) = 'integer'
        AND typeof(e.ticks) = 'integer' AND typeof(e.type) = 'text' AND typeof(e.conversation_id) IN ('text', 'null')
        AND typeof(e.user_id) IN ('text', 'null') AND typeof(e.session_id) IN ('text', 'null') AND typeof(e.trace_id) IN ('text', 'null')
        AND typeof(e.span_id) IN ('text', 'null') AND typeof(e.data) = 'text' AND typeof(e.commitment) IN ('blob', 'null')
        AND typeof(e.hash) = 'blob' AND typeof(e.position) = 'integer'
        """;

    public const string OfContent = """
        typeof(c.position) = 'integer' AND typeof(c.content) IN ('text', 'null') AND typeof(c.salt) IN ('blob', 'null')
        AND (c.erased_by IS NULL OR (typeof(c.erased_by) = 'blob' AND length(c.erased_by) = 16))
        """;

    public const string OfWriter = """
        typeof(w.ordinal) = 'integer' AND typeof(w.writer) = 'text' AND typeof(w.opened_ticks) = 'integer' AND typeof(w.is_keyed) = 'integer' AND w.is_keyed IN (0, 1)
        AND typeof(w.predecessor_writer) IN ('text', 'null') AND typeof(w.predecessor_sequence) IN ('integer', 'null')
        AND typeof(w.predecessor_hash) IN ('blob', 'null') AND typeof(w.sequence) = 'integer' AND typeof(w.hash) = 'blob' AND typeof(w.seal) = 'blob'
        AND (w.log_id IS NULL OR (typeof(w.log_id) = 'blob' AND length(w.log_id) = 16))
        """;

    public const string OfCheckpoint = """
        typeof(p.writer) = 'text' AND typeof(p.sequence) = 'integer' AND typeof(p.hash) = 'blob' AND typeof(p.seal) = 'blob'
        """;

    public const string OfCost = """
        typeof(c.position) = 'integer' AND typeof(c.call_key) = 'blob' AND typeof(c.id) = 'blob' AND length(c.id) = 16 AND typeof(c.ticks) = 'integer'
        AND typeof(c.conversation_id) IN ('text', 'null') AND typeof(c.user_id) IN ('text', 'null') AND typeof(c.session_id) IN ('text', 'null')
        AND typeof(c.provider) IN ('text', 'null') AND typeof(c.model) IN ('text', 'null') AND typeof(c.is_correction) = 'integer'
        AND c.is_correction IN (0, 1) AND typeof(c.completeness) = 'text' AND typeof(c.corrected_completeness) IN ('text', 'null')
        AND typeof(c.total) IN ('text', 'null') AND typeof(c.input_tokens) IN ('integer', 'null') AND typeof(c.output_tokens) IN ('integer', 'null')
        AND typeof(c.record) = 'text' AND typeof(c.salt) IN ('blob', 'null') AND typeof(c.commitment) IN ('blob', 'null') AND typeof(c.sequence) = 'integer'
        AND typeof(c.hash) = 'blob'
        """;
}
