using System.Data.Common;
using System.Globalization;
using AiObs.Cost;
using AiObs.Operations;

namespace AiObs.Store.Sql.Costs;

/// <summary>Lets the database add records up.</summary>
internal static class CostSums
{
    private const string Tables = "aiobs_costs c";

    private const string TablesWithTags = "aiobs_costs c LEFT JOIN aiobs_cost_tags t ON t.position = c.position";

    /// <summary>Returns the query of a sum.</summary>
    public static string Sql(SqlDialect dialect, SqlCondition condition) => $"SELECT {Columns(dialect)} FROM {Tables} WHERE {condition}";

    /// <summary>Returns the query of sums by a property; the key is the last column.</summary>
    public static string Sql(SqlDialect dialect, SqlCondition condition, CostGrouping grouping)
    {
        var key = KeyOf(grouping);
        var tables = grouping == CostGrouping.Tag ? TablesWithTags : Tables;
        return $"SELECT {Columns(dialect)}, {key} FROM {tables} WHERE {condition} GROUP BY {key}";
    }

    public static CostSum Read(DbDataReader reader) => new()
    {
        Total = Exact(reader, 0),
        RecordCount = Count(reader, 1),
        CallCount = Count(reader, 2),
        UnpricedCount = Count(reader, 3),
        EstimatedCount = Count(reader, 4),
        PartialCount = Count(reader, 5),
        UnmeasuredCount = Count(reader, 6),
        InputTokens = Tokens(reader, 7),
        OutputTokens = Tokens(reader, 8),
    };

    public static CostGroup ReadGroup(DbDataReader reader, CostGrouping grouping)
    {
        var key = reader.FindString(9);
        return new CostGroup(grouping == CostGrouping.Day ? DayOf(key!) : key, Read(reader));
    }

    private static string Columns(SqlDialect dialect) => string.Join(", ",
        dialect.Sum("total"),
        "count(*)",
        Difference("c.is_correction = 0"),
        Difference("c.total IS NULL", CostCompleteness.Unpriced),
        Difference($"c.completeness = '{nameof(CostCompleteness.Estimated)}'", CostCompleteness.Estimated),
        Difference($"c.completeness = '{nameof(CostCompleteness.Partial)}'", CostCompleteness.Partial),
        Difference("c.is_correction = 0 AND c.input_tokens IS NULL AND c.output_tokens IS NULL"),
        dialect.Sum("input_tokens"),
        dialect.Sum("output_tokens"));

    /// <summary>Counts what holds now, less what a correction has put right.</summary>
    private static string Difference(string condition, CostCompleteness? corrected = null) =>
        corrected is null
            ? $"sum(CASE WHEN {condition} THEN 1 ELSE 0 END)"
            : $"sum(CASE WHEN {condition} THEN 1 ELSE 0 END - CASE WHEN c.corrected_completeness = '{corrected}' THEN 1 ELSE 0 END)";

    private static string KeyOf(CostGrouping grouping) => grouping switch
    {
        CostGrouping.User => "c.user_id",
        CostGrouping.Conversation => "c.conversation_id",
        CostGrouping.Session => "c.session_id",
        CostGrouping.Provider => "c.provider",
        CostGrouping.Model => "c.model",
        CostGrouping.Tag => "t.tag",
        CostGrouping.Agent => "c.agent",
        CostGrouping.Trace => "c.trace_id",
        CostGrouping.Day => string.Create(CultureInfo.InvariantCulture, $"CAST(c.ticks / {TimeSpan.TicksPerDay} AS TEXT)"),
        _ => throw new ArgumentOutOfRangeException(nameof(grouping), grouping, "There is no such grouping."),
    };

    private static string DayOf(string dayNumber) =>
        DateOnly.FromDayNumber(int.Parse(dayNumber, CultureInfo.InvariantCulture)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static long Count(DbDataReader reader, int ordinal) =>
        reader.IsDBNull(ordinal) ? 0 : Convert.ToInt64(reader.GetValue(ordinal), CultureInfo.InvariantCulture);

    private static decimal Exact(DbDataReader reader, int ordinal) =>
        reader.FindString(ordinal) is { } text ? decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture) : 0;

    private static long Tokens(DbDataReader reader, int ordinal) => (long)Math.Min(Exact(reader, ordinal), long.MaxValue);
}
