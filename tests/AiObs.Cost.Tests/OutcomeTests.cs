using AiObs.Operations;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Cost.Tests;

/// <summary>What is recorded of calls that did not end well, or did not say what they used.</summary>
public sealed class OutcomeTests
{
    private static ChatResponseUpdate[] Text => [.. Enumerable.Repeat(0, 10).Select(static _ => new ChatResponseUpdate(ChatRole.Assistant, "Words and words and words. "))];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_FailedBeforeAnyAnswer_LeavesNoRecord(bool isStreaming)
    {
        using var costs = new CostFixture();
        var client = StubChatClient.Throwing(new InvalidOperationException("a")).UseCostTracking(costs.Root);

        await Assert.ThrowsAsync<InvalidOperationException>(() => Calls.MakeAsync(client, isStreaming));

        Assert.Empty(costs.Records);
        Assert.DoesNotContain(costs.Spans.Only().TagObjects, static tag => tag.Key.Contains("cost", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stream_FailedAfterSomeText_IsEstimated()
    {
        using var costs = new CostFixture();
        using var model = new StubChatClient { OnStream = static _ => new StubUpdates(Text) { OnMoveNext = FailAfter(4) } };

        await Assert.ThrowsAsync<InvalidOperationException>(() => Calls.MakeAsync(model.UseCostTracking(costs.Root), isStreaming: true));

        AssertEstimated(costs);
    }

    [Fact]
    public async Task Stream_CancelledAfterSomeText_IsEstimated()
    {
        using var costs = new CostFixture();
        using var cancellation = new CancellationTokenSource();
        using var model = new StubChatClient
        {
            OnStream = static call => new StubUpdates(Text)
            {
                OnMoveNext = (_, _) =>
                {
                    call.CancellationToken.ThrowIfCancellationRequested();
                    return default;
                },
            },
        };
        var client = model.UseCostTracking(costs.Root);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in client.GetStreamingResponseAsync("Hi", cancellationToken: cancellation.Token))
            {
                await cancellation.CancelAsync();
            }
        });

        Assert.Equal("cancelled", costs.Spans.Only().GetTagItem("aiobs.stream.outcome"));
        AssertEstimated(costs);
    }

    [Fact]
    public async Task Stream_AbandonedAfterSomeText_IsEstimated()
    {
        using var costs = new CostFixture();
        var client = StubChatClient.Streaming(Text).UseCostTracking(costs.Root);

        await foreach (var _ in client.GetStreamingResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken))
        {
            break;
        }

        AssertEstimated(costs);
    }

    [Fact]
    public async Task Stream_AbandonedAfterTheInputWasReported_KeepsTheReportedInput()
    {
        using var costs = new CostFixture();
        var started = new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(new() { InputTokenCount = 5000, OutputTokenCount = 1 })]);
        var client = StubChatClient.Streaming([started, .. Text]).UseCostTracking(costs.Root);

        var read = 0;
        await foreach (var _ in client.GetStreamingResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken))
        {
            if (++read == 5)
            {
                break;
            }
        }

        var record = Assert.Single(costs.Records);
        Assert.Equal(5000, record.Receipt.Usage["input_tokens"]);
        Assert.InRange(record.Receipt.Usage["output_tokens"]!.Value, 20, 60);
        Assert.Equal(CostCompleteness.Estimated, record.Completeness);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_AnsweredWithoutUsage_IsEstimated(bool isStreaming)
    {
        using var costs = new CostFixture();
        using var model = new StubChatClient();

        await Calls.MakeAsync(model.UseCostTracking(costs.Root), isStreaming);

        AssertEstimated(costs);
    }

    [Fact]
    public async Task EstimateMissingUsage_Off_LeavesTheCallUnpriced()
    {
        using var costs = new CostFixture(static o => o.EstimateMissingUsage = false);
        using var model = new StubChatClient();

        await Calls.MakeAsync(model.UseCostTracking(costs.Root), isStreaming: true);

        var record = Assert.Single(costs.Records);
        Assert.Null(record.Total);
        Assert.Equal(CostCompleteness.Unpriced, record.Completeness);
    }

    [Fact]
    public async Task GenerateAsync_WithoutUsage_IsEstimatedFromTheTexts()
    {
        using var costs = new CostFixture(static o => o.Pricing.Prices.Add(new() { Model = "stub-embedding", Rates = { ["input_mtok"] = 2 } }));
        using var model = new StubEmbeddingGenerator<string, Embedding<float>>(static _ => Task.FromResult(new GeneratedEmbeddings<Embedding<float>>([])));

        await model.UseCostTracking(costs.Root).GenerateAsync(["four words of text"], cancellationToken: TestContext.Current.CancellationToken);

        var record = Assert.Single(costs.Records);
        Assert.Equal(5, record.Receipt.Usage["input_tokens"]);
        Assert.Equal(CostCompleteness.Estimated, record.Completeness);
    }

    private static Func<int, CancellationToken, ValueTask> FailAfter(int count) =>
        (index, _) => index < count ? default : throw new InvalidOperationException("a");

    private static void AssertEstimated(CostFixture costs)
    {
        var record = Assert.Single(costs.Records);
        Assert.Equal(CostCompleteness.Estimated, record.Completeness);
        Assert.True(record.Receipt.Input > 0);
        Assert.True(record.Receipt.Output > 0);
        Assert.Equal("estimated", costs.Spans.Only().GetTagItem("aiobs.cost.completeness"));
        Assert.Equal((double)record.Total!.Value, costs.Spans.Only().GetTagItem("aiobs.cost.total"));
    }
}
