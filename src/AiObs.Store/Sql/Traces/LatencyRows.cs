using System.Data.Common;
using AiObs.Store.Traces;

namespace AiObs.Store.Sql.Traces;

/// <summary>Reads and writes durations rolled up by the hour: a row for each name of an hour, with the counts of all its buckets.</summary>
internal sealed class LatencyRows(SqlDialect dialect, SqlSession session, CancellationToken cancellationToken)
{
    private const string HourSql =
        "SELECT l.hour, l.kind, l.provider, l.model, l.agent, l.tool, l.max_ticks, l.buckets, l.number FROM aiobs_latencies l WHERE l.hour = @hour";

    private const int NumberColumn = 8;

    private static readonly BulkTable Table = new(
        "aiobs_latencies",
        "hour, number",
        [
            ("hour", typeof(long)),
            ("number", typeof(long)),
            ("kind", typeof(string)),
            ("provider", typeof(string)),
            ("model", typeof(string)),
            ("agent", typeof(string)),
            ("tool", typeof(string)),
            ("max_ticks", typeof(long)),
            ("buckets", typeof(byte[])),
        ],
        Replaces: true);

    /// <summary>Counts spans that were added.</summary>
    public async ValueTask AddAsync(IReadOnlyList<SpanRecord> spans)
    {
        List<object?[]> rows = [];
        foreach (var hour in spans.GroupBy(static span => LatencyKey.Of(span)?.Hour).Where(static hour => hour.Key is not null))
        {
            rows.AddRange(await CountAsync(hour.Key!.Value, hour).ConfigureAwait(false));
        }

        await dialect.InsertAsync(session, Table, rows, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sums up what a query asks for.</summary>
    public async ValueTask<IReadOnlyList<LatencyGroup>> SummarizeAsync(LatencyQuery query, SqlCondition condition)
    {
        var groups = new LatencyGroups(query.By, query.Interval);
        var select = $"SELECT l.hour, {ColumnOf(query.By)}, l.max_ticks, l.buckets FROM aiobs_latencies l WHERE {condition}";
        var reader = await condition.BindTo(session.Command(select)).ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                var (hour, value, max, buckets) = OddValues.Read(
                    reader, static row => (row.GetInt64(0), row.FindString(1), TimeSpan.FromTicks(row.GetInt64(2)), BucketBytes.Read(row.GetFieldValue<byte[]>(3))));
                groups.Find(hour, value).Add(buckets, max);
            }
        }

        return groups.ToList();
    }

    /// <summary>Returns the condition of a query on latencies <c>l</c>.</summary>
    public static SqlCondition ConditionOf(LatencyFilter filter)
    {
        var condition = new SqlCondition();
        condition.Add("l.hour >= @first", "@first", filter.FirstHour);
        condition.Add("l.hour <= @last", "@last", filter.LastHour);
        condition.Add("l.kind = @kind", "@kind", filter.Kind?.ToString());
        condition.Add("l.provider = @provider", "@provider", filter.Provider);
        condition.Add("l.model = @model", "@model", filter.Model);
        condition.Add("l.agent = @agent", "@agent", filter.Agent);
        condition.Add("l.tool = @tool", "@tool", filter.Tool);
        return condition;
    }

    /// <summary>Returns the column that groups are made by.</summary>
    private static string ColumnOf(LatencyGrouping? by) => by switch
    {
        null => "NULL",
        LatencyGrouping.Operation => "l.kind",
        LatencyGrouping.Model => "l.model",
        LatencyGrouping.Provider => "l.provider",
        LatencyGrouping.Agent => "l.agent",
        LatencyGrouping.Tool => "l.tool",
        _ => throw new ArgumentOutOfRangeException(nameof(by), by, "There is no such grouping."),
    };

    /// <summary>Returns the rows of an hour that change.</summary>
    private async ValueTask<IEnumerable<object?[]>> CountAsync(long hour, IEnumerable<SpanRecord> spans)
    {
        var rows = await session.Command(HourSql).Bind("@hour", hour)
            .ReadAllAsync(static row => (Key: KeyOf(row), Row: new Row(row.GetInt64(NumberColumn), CountsOf(row))), cancellationToken).ConfigureAwait(false);
        var names = rows.ToDictionary(static row => row.Key, static row => row.Row);
        var next = names.Values.Select(static row => row.Number).DefaultIfEmpty().Max() + 1;
        HashSet<LatencyKey> changed = [];
        foreach (var span in spans)
        {
            var key = LatencyKey.Of(span)!.Value;
            if (names.Count >= LatencyKey.MaxPerHour && !names.ContainsKey(key))
            {
                key = key.ToOther();
            }

            if (!names.TryGetValue(key, out var row))
            {
                names[key] = row = new(next++, new());
            }

            row.Counts.Add(span.Duration, span.IsError);
            changed.Add(key);
        }

        return changed.Select(key => ValuesOf(key, names[key]));
    }

    private static object?[] ValuesOf(LatencyKey key, Row row)
    {
        var histogram = row.Counts.ToHistogram();
        return [key.Hour, row.Number, key.Kind.ToString(), key.Provider, key.Model, key.Agent, key.Tool, histogram.Max.Ticks, BucketBytes.Write(histogram)];
    }

    private static LatencyKey KeyOf(DbDataReader row) => new(
        row.GetInt64(0), SpanRows.KindOf(row.GetString(1))!.Value, row.FindString(2), row.FindString(3), row.FindString(4), row.FindString(5));

    private static LatencyCounts CountsOf(DbDataReader row)
    {
        var counts = new LatencyCounts();
        counts.Add(BucketBytes.Read(row.GetFieldValue<byte[]>(7)), TimeSpan.FromTicks(row.GetInt64(6)));
        return counts;
    }

    /// <summary>A name of an hour.</summary>
    private sealed record Row(long Number, LatencyCounts Counts);
}
