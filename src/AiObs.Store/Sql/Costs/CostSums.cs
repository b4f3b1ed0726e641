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

    /// <summary>Returns the query of sums by spans of time; the number of the span is the last column.</summary>
    public static string Sql(SqlDialect dialect, SqlCondition condition, TimeSpan interval) =>
        $"SELECT {Columns(dialect)}, {PlaceOf(interval)} FROM {Tables} WHERE {condition} GROUP BY {PlaceOf(interval)}";

    /// <summary>Returns the query of sums by spans of time and a property: the key, which is null for the rest, whether it is the rest, and the number of the span are the last columns.</summary>
    /// <param name="dialect">The dialect.</param>
    /// <param name="condition">Which records.</param>
    /// <param name="interval">How long a span is.</param>
    /// <param name="grouping">The property.</param>
    /// <param name="kept">The parameters of the keys that are told apart.</param>
    /// <param name="keepsKeyless">Whether records without a key are told apart.</param>
    public static string Sql(
        SqlDialect dialect, SqlCondition condition, TimeSpan interval, CostGrouping grouping, IReadOnlyList<string> kept, bool keepsKeyless)
    {
        var key = KeyOf(grouping);
        var tables = grouping == CostGrouping.Tag ? TablesWithTags : Tables;
        var isKept = kept.Count == 0 ? "1 = 0" : $"{key} IN ({string.Join(", ", kept)})";
        var isOther = $"CASE WHEN {isKept} OR ({key} IS NULL AND {(keepsKeyless ? "1 = 1" : "1 = 0")}) THEN 0 ELSE 1 END";
        return $"SELECT {Columns(dialect)}, CASE WHEN {isKept} THEN {key} END, {isOther}, {PlaceOf(interval)} FROM {tables} WHERE {condition} GROUP BY 10, 11, 12";
    }

    public static (long Place, CostSum Sum) ReadPlace(DbDataReader reader) => (reader.GetInt64(9), Read(reader));

    public static (long Place, CostGroup Group) ReadPlaceAndGroup(DbDataReader reader, CostGrouping grouping) =>
        (reader.GetInt64(11), ReadGroup(reader, grouping) with { IsOther = Count(reader, 10) == 1 });

    /// <summary>Returns the key of a group as it stands in the database.</summary>
    public static string? KeyIn(string? key, CostGrouping grouping) => grouping == CostGrouping.Day && key is not null
        ? DateOnly.ParseExact(key, "yyyy-MM-dd", CultureInfo.InvariantCulture).DayNumber.ToString(CultureInfo.InvariantCulture)
        : key;

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
        return new CostGroup(grouping == CostGrouping.Day && key is not null ? DayOf(key) : key, Read(reader));
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

    private static string PlaceOf(TimeSpan interval) => string.Create(CultureInfo.InvariantCulture, $"c.ticks / {interval.Ticks}");

    private static string DayOf(string dayNumber) =>
        DateOnly.FromDayNumber(int.Parse(dayNumber, CultureInfo.InvariantCulture)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static long Count(DbDataReader reader, int ordinal) =>
        reader.IsDBNull(ordinal) ? 0 : Convert.ToInt64(reader.GetValue(ordinal), CultureInfo.InvariantCulture);

    private static decimal Exact(DbDataReader reader, int ordinal) =>
        reader.FindString(ordinal) is { } text ? decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture) : 0;

    private static long Tokens(DbDataReader reader, int ordinal) => (long)Math.Min(Exact(reader, ordinal), long.MaxValue);
}
