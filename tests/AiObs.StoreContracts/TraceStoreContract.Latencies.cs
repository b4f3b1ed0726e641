using System.Globalization;
using AiObs.Operations;
using AiObs.Store;

namespace AiObs.StoreContracts;

public abstract partial class TraceStoreContract
{
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(1_000)]
    public async Task SummarizeAsync_RandomDurations_GivesPercentilesWithinOnePercent(int count)
    {
        var random = new Random(9);
        SpanRecord[] spans =
        [
            .. Enumerable.Range(1, count).Select(number => SpanSamples.Call(number) with
            {
                Duration = TimeSpan.FromMilliseconds(Math.Pow(10, random.NextDouble() * 6)),
                IsError = random.Next(4) == 0,
            }),
        ];
        var store = await CreateStoreAsync(spans);
        var exact = spans.Select(static span => span.Duration).Order().ToArray();

        var group = Assert.Single(await store.SummarizeAsync(LatencyQuery.All, Stop));

        Assert.Equal((null, null), (group.Key, group.Start));
        Assert.Equal(count, group.Histogram.Count);
        Assert.Equal(spans.LongCount(static span => span.IsError), group.Histogram.ErrorCount);
        Assert.Equal(exact[^1], group.Histogram.Max);
        Assert.Equal(exact[^1], group.Histogram.Percentile(1));
        foreach (var rank in new[] { 0, 0.1, 0.5, 0.9, 0.95, 0.99 })
        {
            var expected = exact[Math.Max(1, (int)Math.Ceiling(rank * count)) - 1];
            Assert.Equal(0, group.Histogram.Percentile(rank) / expected - 1, tolerance: 0.01);
        }
    }

    [Theory]
    [InlineData(LatencyGrouping.Operation)]
    [InlineData(LatencyGrouping.Model)]
    [InlineData(LatencyGrouping.Provider)]
    [InlineData(LatencyGrouping.Agent)]
    [InlineData(LatencyGrouping.Tool)]
    public async Task SummarizeAsync_ByAValue_AnswersAsAPlainListDoes(LatencyGrouping by)
    {
        var arrived = SpanSamples.Random(seed: 10, traces: 60);
        var store = await CreateStoreAsync(arrived);
        LatencyQuery[] queries =
        [
            LatencyQuery.All,
            new() { Interval = TimeSpan.FromHours(1) },
            new() { Interval = TimeSpan.FromDays(1), Kind = OperationKind.Tool },
            new() { Model = "large", Provider = "openai", Kind = OperationKind.Chat },
            new() { Agent = "weather", Tool = "search" },
            new() { After = SpanSamples.Start.AddMinutes(70), Interval = TimeSpan.FromHours(2) },
            new() { Before = SpanSamples.Start.AddMinutes(70) },
            new() { After = SpanSamples.Start.AddDays(1) },
        ];

        foreach (var query in queries)
        {
            var groups = await store.SummarizeAsync(query with { By = by }, Stop);
            Assert.Equal(Expected(new TraceModel(arrived).Spans, query with { By = by }), groups.Select(Shown));
        }
    }

    [Fact]
    public async Task SummarizeAsync_SpansWithoutKind_AreLeftOut()
    {
        var store = await CreateStoreAsync(SpanSamples.Call(1) with { Kind = null });

        Assert.Empty(await store.SummarizeAsync(LatencyQuery.All, Stop));
    }

    [Fact]
    public async Task SummarizeAsync_MoreThanAThousandNamesInAnHour_PutsTheRestTogether()
    {
        var store = await CreateStoreAsync(
        [
            .. Enumerable.Range(1, 1_003).Select(static number => SpanSamples.Call(1, number) with
            {
                Tool = string.Create(CultureInfo.InvariantCulture, $"tool {number:0000}"), Kind = OperationKind.Tool,
            }),
            SpanSamples.Call(1, 2_000) with { Tool = "tool 0001", Kind = OperationKind.Tool },
            SpanSamples.Call(1, 2_001) with { Tool = "tool 1001", Kind = OperationKind.Tool, Time = SpanSamples.Start.AddHours(1) },
        ]);

        var groups = await store.SummarizeAsync(new() { By = LatencyGrouping.Tool }, Stop);
        var others = await store.SummarizeAsync(new() { Tool = LatencyGroup.Other, Kind = OperationKind.Tool, Agent = LatencyGroup.Other }, Stop);

        Assert.Equal(1_002, groups.Count);
        Assert.Equal((LatencyGroup.Other, 3L), (groups[0].Key, groups[0].Histogram.Count));
        Assert.Equal(("tool 0001", 2L), (groups[1].Key, groups[1].Histogram.Count));
        Assert.Equal(("tool 1001", 1L), (groups[^1].Key, groups[^1].Histogram.Count));
        Assert.Equal(3, Assert.Single(others).Histogram.Count);
    }

    private static IEnumerable<string> Expected(IEnumerable<SpanRecord> spans, LatencyQuery query)
    {
        var groups =
            from span in spans
            where span.Kind is not null
                && (query.Kind is null || span.Kind == query.Kind)
                && (query.Model is null || span.Model == query.Model)
                && (query.Provider is null || span.Provider == query.Provider)
                && (query.Agent is null || span.Agent == query.Agent)
                && (query.Tool is null || span.Tool == query.Tool)
                && (query.After is null || HourOf(span.Time) >= HourOf(query.After.Value))
                && (query.Before is null || HourOf(span.Time) <= HourOf(query.Before.Value))
            group span by (Start: StartOf(span.Time, query.Interval), Key: KeyOf(span, query.By)) into members
            orderby members.Key.Start
            select members;
        return groups.OrderBy(static group => group.Key.Start).ThenBy(static group => group.Key.Key, StringComparer.Ordinal).Select(static group =>
            Shown(group.Key.Key, group.Key.Start, group.Count(), group.Count(static span => span.IsError), group.Max(static span => span.Duration)));
    }

    private static string Shown(LatencyGroup group) =>
        Shown(group.Key, group.Start, group.Histogram.Count, group.Histogram.ErrorCount, group.Histogram.Max);

    private static string Shown(string? key, DateTimeOffset? start, long count, long errors, TimeSpan max) =>
        string.Create(CultureInfo.InvariantCulture, $"{key ?? "none"} {start:u} {count} {errors} {max}");

    private static long HourOf(DateTimeOffset time) => time.UtcTicks / TimeSpan.TicksPerHour;

    private static DateTimeOffset? StartOf(DateTimeOffset time, TimeSpan? interval) =>
        interval is { } length ? new(time.UtcTicks - (time.UtcTicks % length.Ticks), TimeSpan.Zero) : null;

    private static string? KeyOf(SpanRecord span, LatencyGrouping? by) => by switch
    {
        LatencyGrouping.Operation => span.Kind?.ToString(),
        LatencyGrouping.Model => span.Model,
        LatencyGrouping.Provider => span.Provider,
        LatencyGrouping.Agent => span.Agent,
        LatencyGrouping.Tool => span.Tool,
        _ => null,
    };
}
