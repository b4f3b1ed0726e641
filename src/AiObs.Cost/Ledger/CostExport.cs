using System.Buffers;
using System.Globalization;
using System.Text.Json;
using AiObs.Cost.Units;
using AiObs.Cost.Usage;
using AiObs.Paging;

namespace AiObs.Cost.Ledger;

/// <summary>Writes the records of a store to a stream, as comma-separated values.</summary>
internal static class CostExport
{
    private static readonly string[] Columns =
    [
        "id", "time", "call_id", "operation", "provider", "request_model", "response_model", "conversation_id", "user_id", "session_id", "agent", "trace_id", "span_id",
        "total", "currency", "reported_total", "source", "completeness", "input_tokens", "output_tokens", "rule", "reason", "corrects", "metadata",
    ];

    public static async ValueTask<long> RunAsync(
        ICostStore store, Stream destination, CostQuery query, IReadOnlyList<string>? tags, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var columns = tags ?? await FindTagsAsync(store, query, cancellationToken).ConfigureAwait(false);
        return await PageExport.RunAsync(
            destination,
            output => CsvLine.Write(output, [.. Columns, .. columns.Select(static tag => $"tag:{tag}")]),
            query,
            store.ListPageAsync,
            (output, record) => Write(output, record, columns),
            progress,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns a page, and the query of the next one.</summary>
    public static async ValueTask<(IReadOnlyList<CostRecord> Items, CostQuery? Next)> ListPageAsync(
        this ICostStore store, CostQuery query, CancellationToken cancellationToken)
    {
        var page = await store.ListAsync(query, cancellationToken).ConfigureAwait(false);
        return (page.Records, page.NextCursor is null ? null : query with { Cursor = page.NextCursor });
    }

    private static async ValueTask<IReadOnlyList<string>> FindTagsAsync(ICostStore store, CostQuery query, CancellationToken cancellationToken)
    {
        var groups = await store.SumByAsync(query, CostGrouping.Tag, cancellationToken).ConfigureAwait(false);
        return [.. groups.Select(static group => group.Key).OfType<string>().Order(StringComparer.Ordinal)];
    }

    private static void Write(IBufferWriter<byte> output, CostRecord record, IReadOnlyList<string> tags) => CsvLine.Write(output,
    [
        record.Id.ToString(),
        record.Time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        CsvLine.Harmless(record.CallId),
        record.Operation.ToString(),
        CsvLine.Harmless(record.Provider),
        CsvLine.Harmless(record.RequestModel),
        CsvLine.Harmless(record.ResponseModel),
        CsvLine.Harmless(record.ConversationId),
        CsvLine.Harmless(record.UserId),
        CsvLine.Harmless(record.SessionId),
        CsvLine.Harmless(record.AgentName),
        CsvLine.Harmless(record.TraceId),
        CsvLine.Harmless(record.SpanId),
        record.Total?.ToString(CultureInfo.InvariantCulture),
        CsvLine.Harmless(record.Currency),
        record.ReportedTotal?.ToString(CultureInfo.InvariantCulture),
        record.Source.ToString(),
        record.Completeness.ToString(),
        TokensOf(record, UsageUnits.Input),
        TokensOf(record, UsageUnits.Output),
        CsvLine.Harmless(record.Receipt.Rule),
        CsvLine.Harmless(record.Receipt.Reason),
        record.Corrects?.ToString(),
        record.Metadata is { } metadata ? JsonSerializer.Serialize(metadata, CostMetadataJson.Default.IReadOnlyDictionaryStringString) : null,
        .. tags.Select(tag => record.Tags.Contains(tag, StringComparer.Ordinal) ? "true" : "false"),
    ]);

    /// <summary>Returns the tokens that a record counts to; a correction counts none again.</summary>
    private static string? TokensOf(CostRecord record, UsageUnit unit) =>
        record.Corrects is null ? record.Receipt.Usage.CountOf(unit)?.ToString(CultureInfo.InvariantCulture) : null;
}
