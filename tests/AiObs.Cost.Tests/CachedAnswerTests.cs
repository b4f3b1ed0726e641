using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace AiObs.Cost.Tests;

/// <summary>An answer that a cache between an observer and the model has kept was paid for once.</summary>
public sealed class CachedAnswerTests : IDisposable
{
    private readonly CostFixture _costs = new();

    private static UsageDetails Usage => new() { InputTokenCount = 1_000, OutputTokenCount = 100, TotalTokenCount = 1_100 };

    public void Dispose() => _costs.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_AnsweredFromACache_LeavesNoRecordAndNoUsage(bool isStreaming)
    {
        using var model = Model(hasObjects: true, "response-1");
        using var client = Cached(model);

        for (var call = 0; call < 3; call++)
        {
            await Calls.MakeAsync(client, isStreaming);
        }

        var record = Assert.Single(_costs.Records);
        Assert.Equal(0.0045m, record.Total);
        Assert.Equal(2, _costs.Metrics.Of("aiobs.cost.cached").Count);
        Assert.Empty(_costs.Metrics.Of("aiobs.cost.unpriced"));
        Assert.Equal([1_000L, null, null], _costs.Spans.Spans.Select(static span => (object?)span.GetTagItem("gen_ai.usage.input_tokens")));
        Assert.Equal([true, false, false], _costs.Spans.Spans.Select(static span => span.GetTagItem("aiobs.cost.total") is not null));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_AnsweredWithWhatWasMadeLongBefore_LeavesNoRecord(bool isStreaming)
    {
        var now = _costs.Clock.GetUtcNow();
        using var model = new StubChatClient();
        using var client = model.UseAgentObservability(_costs.Root);

        await AnswerAsync(new object(), now);
        await AnswerAsync(null, now.AddSeconds(-61));
        await AnswerAsync(null, now.AddSeconds(-60));

        Assert.Equal(2, _costs.Records.Count);
        Assert.Single(_costs.Metrics.Of("aiobs.cost.cached"));

        Task AnswerAsync(object? raw, DateTimeOffset madeAt)
        {
            model.OnResponse = _ => Task.FromResult(Response(raw, null, madeAt));
            model.OnStream = _ => new StubUpdates(Update(raw, null, madeAt));
            return Calls.MakeAsync(client, isStreaming);
        }
    }

    [Fact]
    public async Task Call_OfAClientThatNeverGaveObjects_IsCounted()
    {
        using var model = Model(hasObjects: false, "response-1");
        using var client = Cached(model);

        await Calls.MakeAsync(client, isStreaming: false);
        await Calls.MakeAsync(client, isStreaming: false);

        Assert.Equal(2, _costs.Records.Count);
        Assert.Empty(_costs.Metrics.Of("aiobs.cost.cached"));
    }

    [Fact]
    public async Task Call_WithoutObjectsButWithAnIdOfItsOwn_IsCounted()
    {
        using var model = Model(hasObjects: true, "response-1");
        using var client = model.UseAgentObservability(_costs.Root);
        await Calls.MakeAsync(client, isStreaming: false);

        model.OnResponse = static _ => Task.FromResult(Response(null, "response-2", null));
        await Calls.MakeAsync(client, isStreaming: false);

        Assert.Equal(2, _costs.Records.Count);
    }

    [Fact]
    public async Task Call_AnsweredByTheCacheOfAnotherClientOfTheRoot_LeavesNoRecord()
    {
        var cache = new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions()));
        using var first = Model(hasObjects: true, "response-1");
        using var second = Model(hasObjects: true, "response-2");
        using var one = new DistributedCachingChatClient(first, cache).UseAgentObservability(_costs.Root);
        using var other = new DistributedCachingChatClient(second, cache).UseAgentObservability(_costs.Root);

        await Calls.MakeAsync(one, isStreaming: false);
        _ = await other.GetResponseAsync("Something else", cancellationToken: TestContext.Current.CancellationToken);
        await Calls.MakeAsync(other, isStreaming: false);

        Assert.Single(second.Calls);
        Assert.Equal(2, _costs.Records.Count);
        Assert.Single(_costs.Metrics.Of("aiobs.cost.cached"));
    }

    [Fact]
    public void GivenAnswers_MoreThanTheyHold_ForgetsTheFirst()
    {
        var given = new AiObs.Pipeline.GivenAnswers();
        for (var number = 0; number <= 4_096; number++)
        {
            given.Add($"{number}");
        }

        given.Add(null);
        given.Add(new string('x', 257));

        Assert.Equal((false, true, true, false), (given.Has("0"), given.Has("1"), given.Has("4096"), given.Has(new string('x', 257))));
    }

    private static StubChatClient Model(bool hasObjects, string id)
    {
        var raw = hasObjects ? new object() : null;
        return new()
        {
            OnResponse = _ => Task.FromResult(Response(raw, id, null)),
            OnStream = _ => new StubUpdates(Update(raw, id, null)),
        };
    }

    private static ChatResponse Response(object? raw, string? id, DateTimeOffset? madeAt) =>
        new(new ChatMessage(ChatRole.Assistant, "Sunny.")) { ResponseId = id, CreatedAt = madeAt, RawRepresentation = raw, Usage = Usage, ModelId = "stub-model" };

    private static ChatResponseUpdate Update(object? raw, string? id, DateTimeOffset? madeAt) =>
        new(ChatRole.Assistant, [new TextContent("Sunny."), new UsageContent(Usage)])
        {
            ResponseId = id,
            CreatedAt = madeAt,
            RawRepresentation = raw,
            ModelId = "stub-model",
        };

    private IChatClient Cached(IChatClient model) =>
        new DistributedCachingChatClient(model, new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions()))).UseAgentObservability(_costs.Root);
}
