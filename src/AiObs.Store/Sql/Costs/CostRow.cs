using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AiObs.Cost;
using AiObs.Cost.Usage;
using AiObs.Store.Events;

namespace AiObs.Store.Sql.Costs;

/// <summary>A record exactly as it is stored and hashed.</summary>
internal sealed record CostRow
{
    /// <summary>What every query of whole rows selects, with a tag on each; a condition and the order of positions follow.</summary>
    public const string Select = """
        SELECT c.position, c.call_key, c.id, c.ticks, c.conversation_id, c.user_id, c.session_id, c.provider, c.model, c.is_correction, c.completeness,
            c.corrected_completeness, CAST(c.total AS TEXT), c.input_tokens, c.output_tokens, c.record, t.tag
        FROM aiobs_costs c LEFT JOIN aiobs_cost_tags t ON t.position = c.position
        """;

    public const int TagColumn = 16;

    public required byte[] CallKey { get; init; }

    public required Guid Id { get; init; }

    public required long Ticks { get; init; }

    public string? ConversationId { get; init; }

    public string? UserId { get; init; }

    public string? SessionId { get; init; }

    public string? Provider { get; init; }

    public string? Model { get; init; }

    public bool IsCorrection { get; init; }

    public required string Completeness { get; init; }

    public string? CorrectedCompleteness { get; init; }

    /// <summary>Gets the amount as text, which every database gives back as it was.</summary>
    public string? Total { get; init; }

    public long? InputTokens { get; init; }

    public long? OutputTokens { get; init; }

    public required string Record { get; init; }

    /// <summary>Gets the tags, each once and in ordinal order.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    public static CostRow Of(CostRecord record)
    {
        var isCall = record.Corrects is null;
        return new CostRow
        {
            CallKey = KeyOf(record),
            Id = record.Id,
            Ticks = record.Time.UtcTicks,
            ConversationId = StoredText.Id(record.ConversationId),
            UserId = StoredText.Id(record.UserId),
            SessionId = StoredText.Id(record.SessionId),
            Provider = StoredText.Id(record.Provider),
            Model = StoredText.Id(record.Model),
            IsCorrection = !isCall,
            Completeness = record.Receipt.Completeness.ToString(),
            CorrectedCompleteness = record.CorrectedCompleteness?.ToString(),
            Total = record.Total is { } total ? TextOf(total) : null,
            InputTokens = isCall ? record.Receipt.Usage.CountOf(UsageUnits.Input) : null,
            OutputTokens = isCall ? record.Receipt.Usage.CountOf(UsageUnits.Output) : null,
            Record = JsonSerializer.Serialize(record, CostJson.Default.CostRecord),
            Tags = Sorted(record.Tags.Select(static tag => StoredText.Id(tag)!).Distinct(StringComparer.Ordinal)),
        };
    }

    /// <summary>Reads a row of a query that starts with <see cref="Select"/>; its tags stand on this row and the next ones.</summary>
    public static CostRow Read(SqlDialect dialect, DbDataReader reader) => new()
    {
        CallKey = reader.GetFieldValue<byte[]>(1),
        Id = dialect.ReadGuid(reader, 2),
        Ticks = reader.GetInt64(3),
        ConversationId = reader.FindString(4),
        UserId = reader.FindString(5),
        SessionId = reader.FindString(6),
        Provider = reader.FindString(7),
        Model = reader.FindString(8),
        IsCorrection = reader.GetInt32(9) != 0,
        Completeness = reader.GetString(10),
        CorrectedCompleteness = reader.FindString(11),
        Total = reader.FindString(12),
        InputTokens = reader.IsDBNull(13) ? null : reader.GetInt64(13),
        OutputTokens = reader.IsDBNull(14) ? null : reader.GetInt64(14),
        Record = reader.GetString(15),
        Tags = [],
    };

    public static IReadOnlyList<string> Sorted(IEnumerable<string> tags) => [.. tags.Order(StringComparer.Ordinal)];

    private static string TextOf(decimal total) => (total == 0 ? 0m : total).ToString(CultureInfo.InvariantCulture);

    private static byte[] KeyOf(CostRecord record) => SHA256.HashData(Encoding.Unicode.GetBytes(
        record.Corrects is { } corrected ? $"corrects {corrected:N}" : $"call {record.CallId}"));
}
