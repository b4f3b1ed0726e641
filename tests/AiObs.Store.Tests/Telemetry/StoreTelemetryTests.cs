using System.Diagnostics;
using AiObs.Cost;
using AiObs.Store.Tests.Databases;
using AiObs.StoreContracts;
using AiObs.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Store.Tests.Telemetry;

public sealed class StoreTelemetryTests : IAsyncDisposable
{
    private const string Source = "AiObs.Store";
    private const string Duration = "aiobs.store.operation.duration";

    private readonly SqliteTestDatabase _database = new();
    private readonly string _name = $"store-{Guid.NewGuid():N}";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, Func<IEventLog, Task>> EventOperations { get; } = new()
    {
        { "event.append", static async log => await log.AppendAsync(EventSamples.Events(0, 2), Stop) },
        { "event.query", static async log => await log.ListAsync(EventQuery.All, Stop) },
        { "event.count", static async log => await log.CountAsync(EventQuery.All, Stop) },
        { "event.count", static async log => await log.CountByTypeAsync(EventQuery.All, Stop) },
        { "event.verify", static async log => await log.VerifyAsync(cancellationToken: Stop) },
        { "event.erase", static async log => await log.EraseContentAsync(EventQuery.All, "asked to", Stop) },
        { "event.retain", static async log => await log.ApplyRetentionAsync(new EventRetention(MaxEvents: 1), Stop) },
        { "event.wipe", static async log => await log.WipeErasedAsync(Stop) },
    };

    public static TheoryData<string, Func<ICostStore, Task>> CostOperations { get; } = new()
    {
        { "cost.record", static async store => await store.RecordAsync(CostSamples.Call(1), Stop) },
        { "cost.query", static async store => await store.ListAsync(CostQuery.All, Stop) },
        { "cost.count", static async store => await store.CountAsync(CostQuery.All, Stop) },
        { "cost.sum", static async store => await store.SumAsync(CostQuery.All, Stop) },
        { "cost.sum", static async store => await store.SumByAsync(CostQuery.All, CostGrouping.Day, Stop) },
    };

    public static TheoryData<string, Func<ITraceStore, Task>> TraceOperations { get; } = new()
    {
        { "trace.append", static async store => await store.AppendAsync([SpanSamples.Call(1)], Stop) },
        { "trace.query", static async store => await store.ListAsync(TraceQuery.All, Stop) },
        { "trace.query", static async store => await store.FindAsync(SpanSamples.TraceId(1), Stop) },
        { "trace.query", static async store => await store.ListSpansAsync(SpanQuery.All, Stop) },
        { "trace.query", static async store => await store.FindContentAsync(SpanSamples.TraceId(1), SpanSamples.SpanId(1), Stop) },
        { "trace.query", static async store => await store.ListTracedConversationsAsync(TraceQuery.All, Stop) },
        { "trace.count", static async store => await store.CountFacetAsync(TraceQuery.All, TraceFacet.Model, cancellationToken: Stop) },
        { "trace.summarize", static async store => await store.SummarizeAsync(LatencyQuery.All, Stop) },
        { "trace.erase", static async store => await store.EraseContentAsync(TraceQuery.All, Stop) },
        { "trace.retain", static async store => await store.ApplyRetentionAsync(TraceRetention.Default, Stop) },
    };

    public static TheoryData<string, string, string?, Func<IConversationStore, Task>> ConversationOperations { get; } = new()
    {
        { "conversation.save", "ok", "c-2", static async store => await store.CommitAsync(ConversationSamples.Creating with { ConversationId = "c-2" }, Stop) },
        { "conversation.fork", "ok", "c-1", static async store => await store.CommitAsync(ConversationSamples.Commit(2) with { Fork = new(0, 1) }, Stop) },
        { "conversation.delete", "ok", "c-1", static async store => await store.CommitAsync(ConversationSamples.Commit() with { Delete = ConversationDelete.Hide }, Stop) },
        { "conversation.erase", "ok", "c-1", static async store => await store.CommitAsync(ConversationSamples.Commit() with { Delete = ConversationDelete.Erase }, Stop) },
        { "conversation.restore", "ok", "c-1", static async store => await store.CommitAsync(ConversationSamples.Commit() with { Restore = true }, Stop) },
        { "message.add", "ok", "c-1", static async store => await store.CommitAsync(ConversationSamples.Commit(2), Stop) },
        { "message.add", "replay", "c-1", static async store => await store.CommitAsync(ConversationSamples.Commit(1), Stop) },
        { "conversation.load", "ok", "c-1", static async store => await store.FindAsync("", ConversationSamples.Id, cancellationToken: Stop) },
        { "conversation.load", "not_found", "c-2", static async store => await store.FindAsync("", "c-2", cancellationToken: Stop) },
        { "conversation.list", "ok", null, static async store => await store.ListAsync(new(), Stop) },
        { "conversation.count", "ok", null, static async store => await store.CountAsync(new(), Stop) },
        { "message.get", "ok", "c-2", static async store => await store.ReadAsync(new() { ConversationId = "c-2" }, Stop) },
        { "turn.load", "not_found", "c-1", static async store => await store.FindTurnAsync("", ConversationSamples.Id, "t-1", Stop) },
        { "turn.list", "ok", "c-1", static async store => await store.ListTurnsAsync("", ConversationSamples.Id, cancellationToken: Stop) },
        { "summary.load", "not_found", "c-1", static async store => await ((ISummaryStore)store).FindSummaryAsync("", ConversationSamples.Id, "c", Stop) },
        { "summary.load", "not_found", "c-1", static async store => await ((ISummaryStore)store).FindLatestSummaryAsync("", ConversationSamples.Id, 0, 1, Stop) },
        {
            "summary.save", "ok", "c-1",
            static async store => await ((ISummaryStore)store).SaveSummaryAsync("", ConversationSamples.Id, new() { Coverage = "c", FirstSequence = 1, LastSequence = 1, Text = "", TokenCount = 1, At = ConversationSamples.Start }, Stop)
        },
    };

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [MemberData(nameof(EventOperations), DisableDiscoveryEnumeration = true)]
    public Task EventOperation_ListenedTo_IsOneSpanAndOneDuration(string operation, Func<IEventLog, Task> run) =>
        AssertObservedAsync(operation, () => run(_database.OpenLog(name: _name)));

    [Theory]
    [MemberData(nameof(CostOperations), DisableDiscoveryEnumeration = true)]
    public Task CostOperation_ListenedTo_IsOneSpanAndOneDuration(string operation, Func<ICostStore, Task> run) =>
        AssertObservedAsync(operation, () => run(_database.OpenCosts(_name)));

    [Theory]
    [MemberData(nameof(TraceOperations), DisableDiscoveryEnumeration = true)]
    public Task TraceOperation_ListenedTo_IsOneSpanAndOneDuration(string operation, Func<ITraceStore, Task> run) =>
        AssertObservedAsync(operation, () => run(_database.OpenTraces(name: _name)));

    [Theory]
    [MemberData(nameof(ConversationOperations), DisableDiscoveryEnumeration = true)]
    public async Task ConversationOperation_ListenedTo_SaysWhatCameOfIt(string operation, string outcome, string? conversation, Func<IConversationStore, Task> run)
    {
        await _database.OpenConversations().Store.CommitAsync(ConversationSamples.Creating with { Messages = [ConversationSamples.Message(1)] }, Stop);

        await AssertObservedAsync(operation, () => run(_database.OpenConversations(name: _name).Store), outcome: outcome, conversation: conversation);
    }

    [Theory]
    [InlineData(1L, "conflict", typeof(ConversationConflictException))]
    [InlineData(null, "not_found", typeof(ConversationNotFoundException))]
    public async Task ConversationCommit_Refused_SaysWhy(long? version, string outcome, Type error)
    {
        var (store, _) = _database.OpenConversations(name: _name);
        await _database.OpenConversations().Store.CommitAsync(ConversationSamples.Creating with { ConversationId = "c-9", Messages = [ConversationSamples.Message(1)] }, Stop);
        await _database.OpenConversations().Store.CommitAsync(ConversationSamples.Commit(2) with { ConversationId = "c-9" }, Stop);
        using var spans = new SpanCollector(Source);

        await Assert.ThrowsAsync(error, async () => await store.CommitAsync(
            ConversationSamples.Commit(3) with { ConversationId = version is null ? "c-10" : "c-9", ExpectedVersion = version }, Stop));

        SpanAssert.Attributes(
            new(Expected("message.add", outcome)) { ["gen_ai.conversation.id"] = version is null ? "c-10" : "c-9", ["error.type"] = error.FullName },
            Own(spans));
    }

    [Theory]
    [MemberData(nameof(EventOperations), DisableDiscoveryEnumeration = true)]
    public async Task EventOperation_InMemory_IsOneSpanAndOneDurationToo(string operation, Func<IEventLog, Task> run)
    {
        await using var services = InMemory();

        await AssertObservedAsync(operation, () => run(services.GetRequiredKeyedService<IEventLog>(_name)), "memory");
    }

    [Theory]
    [MemberData(nameof(CostOperations), DisableDiscoveryEnumeration = true)]
    public async Task CostOperation_InMemory_IsOneSpanAndOneDurationToo(string operation, Func<ICostStore, Task> run)
    {
        await using var services = InMemory();

        await AssertObservedAsync(operation, () => run(services.GetRequiredKeyedService<ICostStore>(_name)), "memory");
    }

    [Theory]
    [MemberData(nameof(TraceOperations), DisableDiscoveryEnumeration = true)]
    public async Task TraceOperation_InMemory_IsOneSpanAndOneDurationToo(string operation, Func<ITraceStore, Task> run)
    {
        await using var services = InMemory();

        await AssertObservedAsync(operation, () => run(services.GetRequiredKeyedService<ITraceStore>(_name)), "memory");
    }

    [Fact]
    public async Task CostRecord_InMemory_HasNoParentAndLeavesTheCurrentSpan()
    {
        await using var services = InMemory();
        using var source = new ActivitySource(_name);
        using var own = new SpanCollector(_name);
        using var spans = new SpanCollector(Source);
        using var around = source.StartActivity("around");

        await services.GetRequiredKeyedService<ICostStore>(_name).RecordAsync(CostSamples.Call(1), Stop);

        Assert.Null(Own(spans).ParentId);
        Assert.Same(around, Activity.Current);
    }

    [Fact]
    public async Task Operation_AboutOneConversation_NamesIt()
    {
        using var spans = new SpanCollector(Source);

        await _database.OpenLog(name: _name).ListAsync(new EventQuery { ConversationId = "c1", UserId = "somebody" }, Stop);

        SpanAssert.Attributes(
            new(Expected("event.query", "ok")) { ["gen_ai.conversation.id"] = "c1" },
            Own(spans));
    }

    [Fact]
    public async Task Operation_Failed_SaysWhatKindOfErrorAndNoMore()
    {
        await File.WriteAllTextAsync(_database.Path, new string('x', 5_000), Stop);
        using var spans = new SpanCollector(Source);
        using var metrics = new MetricCollector(Source);

        await Assert.ThrowsAsync<StoreException>(async () => await _database.OpenLog(name: _name).CountAsync(EventQuery.All, Stop));

        var expected = new Dictionary<string, object?>(Expected("event.count", "error")) { ["error.type"] = "AiObs.Store.StoreException" };
        SpanAssert.Attributes(expected, Own(spans));
        SpanAssert.Status(ActivityStatusCode.Error, "AiObs.Store.StoreException", Own(spans));
        SpanAssert.Attributes(expected, Own(metrics).Tags);
    }

    [Fact]
    public async Task Operation_Cancelled_IsAnErrorOfThatType()
    {
        using var spans = new SpanCollector(Source);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await _database.OpenLog(name: _name).CountAsync(EventQuery.All, new CancellationToken(canceled: true)));

        SpanAssert.Attributes(
            new(Expected("event.count", "error")) { ["error.type"] = "System.OperationCanceledException" },
            Own(spans));
    }

    [Fact]
    public async Task Verification_FindsSomething_IsAViolation()
    {
        await _database.OpenLog().AppendAsync(EventSamples.Events(0, 2), Stop);
        await _database.DropRulesAsync(Stop);
        await _database.ExecuteAsync("DELETE FROM aiobs_events WHERE sequence = 1", Stop);
        using var spans = new SpanCollector(Source);

        await _database.OpenLog(name: _name).VerifyAsync(cancellationToken: Stop);

        SpanAssert.Attributes(Expected("event.verify", "violation"), Own(spans));
        SpanAssert.Status(ActivityStatusCode.Unset, null, Own(spans));
    }

    [Fact]
    public async Task Operation_NobodyListens_DoesNotEvenAskTheTime()
    {
        var clock = new CountingClock();
        var log = _database.OpenLog(clock: clock, name: _name);

        await log.CountAsync(EventQuery.All, Stop);

        Assert.Equal(0, clock.TimestampCount);
    }

    [Fact]
    public async Task Duration_OfAnOperation_IsInSeconds()
    {
        using var metrics = new MetricCollector(Source);

        await _database.OpenLog(clock: new CountingClock(), name: _name).CountAsync(EventQuery.All, Stop);

        Assert.Equal(("s", 1.5), (Own(metrics).Unit, Own(metrics).Value));
        Assert.NotEmpty(metrics.BucketBoundaries<double>(Duration));
    }

    private ServiceProvider InMemory()
    {
        var services = new ServiceCollection();
        services.AddAgentObservability().AddCostTracking().AddStore(_name, static s => s.UseInMemory());
        return services.BuildServiceProvider();
    }

    private async Task AssertObservedAsync(string operation, Func<Task> run, string adapter = "sqlite", string outcome = "ok", string? conversation = null)
    {
        using var spans = new SpanCollector(Source);
        using var metrics = new MetricCollector(Source);

        await run();

        Assert.Equal(operation, Own(spans).DisplayName);
        Assert.Equal(ActivityKind.Client, Own(spans).Kind);
        var expected = Expected(operation, outcome, adapter);
        SpanAssert.Attributes(expected, Own(metrics).Tags);
        if (conversation is not null)
        {
            expected["gen_ai.conversation.id"] = conversation;
        }

        SpanAssert.Attributes(expected, Own(spans));
    }

    private Dictionary<string, object?> Expected(string operation, string outcome, string adapter = "sqlite") => new()
    {
        ["aiobs.store.name"] = _name,
        ["aiobs.store.adapter"] = adapter,
        ["aiobs.store.operation"] = operation,
        ["aiobs.store.outcome"] = outcome,
    };

    /// <summary>The source is the process's, and other tests use it at the same time.</summary>
    private Activity Own(SpanCollector spans) => Assert.Single(spans.Spans, span => _name.Equals(span.GetTagItem("aiobs.store.name")));

    private CollectedMeasurement Own(MetricCollector metrics) => Assert.Single(metrics.Of(Duration), item => _name.Equals(item.Tags["aiobs.store.name"]));

    /// <summary>Is a second and a half later whenever it is asked.</summary>
    private sealed class CountingClock : TimeProvider
    {
        public int TimestampCount { get; private set; }

        public override long TimestampFrequency => 2;

        public override long GetTimestamp() => 3 * ++TimestampCount;
    }
}
