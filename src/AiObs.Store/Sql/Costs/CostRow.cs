using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
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
            c.corrected_completeness, CAST(c.total AS TEXT), c.input_tokens, c.output_tokens, c.record,
            c.salt, c.commitment, c.sequence, c.hash, t.tag
        FROM aiobs_costs c LEFT JOIN aiobs_cost_tags t ON t.position = c.position
        """;

    public const int TagColumn = 20;

    public required byte[] CallKey { get; init; }

    public required Guid Id { get; init; }

    public required long Ticks { get; init; }

    public required CostIds Ids { get; init; }

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

    /// <summary>Gets what the commitment was made with; <see langword="null"/> where there are no ids, or where they were erased.</summary>
    public byte[]? Salt { get; init; }

    /// <summary>Gets what stands for the ids in the chain; <see langword="null"/> where there are none.</summary>
    public byte[]? Commitment { get; init; }

    /// <summary>Gets the place in the chain; <see langword="null"/> for a record that is not in it yet.</summary>
    public ChainHead? Place { get; init; }

    /// <summary>Gets the place in the table; 0 for a row that is not in it yet.</summary>
    public long Position { get; init; }

    /// <summary>Gets a value indicating whether other ids stand in the place of those with which the record was written.</summary>
    public bool IsErased => Commitment is not null && Salt is null;

    /// <summary>Gets a value indicating whether the ids are those with which the record was written, as far as they were not erased.</summary>
    public bool HasItsIds => Commitment is null ? Ids.IsEmpty && Salt is null : Salt is null || Ids.CommitmentWith(Salt).AsSpan().SequenceEqual(Commitment);

    public static CostRow Of(CostRecord record)
    {
        var isCall = record.Corrects is null;
        var row = new CostRow
        {
            CallKey = KeyOf(record),
            Id = record.Id,
            Ticks = record.Time.UtcTicks,
            Ids = new CostIds(StoredText.Id(record.ConversationId), StoredText.Id(record.UserId), StoredText.Id(record.SessionId)),
            Provider = StoredText.Id(record.Provider),
            Model = StoredText.Id(record.Model),
            IsCorrection = !isCall,
            Completeness = record.Receipt.Completeness.ToString(),
            CorrectedCompleteness = record.CorrectedCompleteness?.ToString(),
            Total = record.Total is { } total ? TextOf(total) : null,
            InputTokens = isCall ? record.Receipt.Usage.CountOf(UsageUnits.Input) : null,
            OutputTokens = isCall ? record.Receipt.Usage.CountOf(UsageUnits.Output) : null,
            Record = CostJson.Write(record),
            Tags = Sorted(record.Tags.Select(static tag => StoredText.Id(tag)!).Distinct(StringComparer.Ordinal)),
        };
        return row.Committed();
    }

    /// <summary>Returns the row with a commitment to its ids, with a new salt.</summary>
    public CostRow Committed()
    {
        if (Ids.IsEmpty)
        {
            return this;
        }

        var salt = ContentCommitment.NewSalt();
        return this with { Salt = salt, Commitment = Ids.CommitmentWith(salt) };
    }

    /// <summary>Reads a row of a query that starts with <see cref="Select"/>; its tags stand on this row and the next ones.</summary>
    public static CostRow Read(SqlDialect dialect, DbDataReader reader) => new()
    {
        Position = reader.GetInt64(0),
        CallKey = reader.GetFieldValue<byte[]>(1),
        Id = dialect.ReadGuid(reader, 2),
        Ticks = reader.GetInt64(3),
        Ids = new CostIds(reader.FindString(4), reader.FindString(5), reader.FindString(6)),
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
        Salt = reader.FindBytes(16),
        Commitment = reader.FindBytes(17),
        Place = reader.IsDBNull(18) ? null : new ChainHead(CostSeal.Name, reader.GetInt64(18), reader.GetFieldValue<byte[]>(19)),
    };

    public static IReadOnlyList<string> Sorted(IEnumerable<string> tags) => [.. tags.Order(StringComparer.Ordinal)];

    private static string TextOf(decimal total) => (total == 0 ? 0m : total).ToString(CultureInfo.InvariantCulture);

    private static byte[] KeyOf(CostRecord record) => SHA256.HashData(Encoding.Unicode.GetBytes(
        record.Corrects is { } corrected ? $"corrects {corrected:N}" : $"call {record.CallId}"));
}
