using AiObs.Soak.Books;
using AiObs.Soak.Load;
using AiObs.Soak.Reckoning;
using AiObs.Soak.Tests.Load;
using FakeModelServer;

namespace AiObs.Soak.Tests.Books;

public sealed class ServedCallTests
{
    [Fact]
    public void Describe_WholeAnswer_HasTokensAndTheExactAmount()
    {
        var plan = Plans.Create(RunKind.Chat, RunFate.Answered);

        var book = BookOf(plan);

        Assert.Equal((1, 1), (book.Total(Measure.ChatsStarted), book.Total(Measure.ChatsCompleted)));
        Assert.Equal((1_000, 100), (book.Total(Measure.InputTokens), book.Total(Measure.OutputTokens)));
        Assert.Equal((1, 0.0045m), (book.Total(Measure.ExactCosts), book.Total(Measure.ExactAmount)));
    }

    [Theory]
    [InlineData(RunFate.Cut, 1)]
    [InlineData(RunFate.Broken, 1)]
    [InlineData(RunFate.Cancelled, 1)]
    [InlineData(RunFate.Abandoned, 1)]
    [InlineData(RunFate.CutAtOnce, 0)]
    [InlineData(RunFate.RateLimited, 0)]
    public void Describe_StreamThatEndsEarly_CostsAnEstimateOnceAnythingArrived(object fate, int estimates)
    {
        var plan = Plans.Create(RunKind.Stream, (RunFate)fate);

        var book = BookOf(plan);

        Assert.Equal((estimates, 0), (book.Total(Measure.EstimatedCosts), book.Total(Measure.ExactCosts)));
        Assert.Equal((estimates * 1_000, estimates), (book.Total(Measure.InputTokens), book.Total(Measure.OutputTokens)));
    }

    [Fact]
    public void Describe_ModelWithoutPrice_IsUnpriced()
    {
        var plan = Plans.Create(RunKind.Stream, RunFate.Cut) with { Model = KnownPrices.Unpriced };

        var book = BookOf(plan);

        Assert.Equal((1, 0), (book.Total(Measure.UnpricedCosts), book.Total(Measure.EstimatedCosts)));
    }

    [Fact]
    public void Describe_EmbeddingThatFails_IsNoChat()
    {
        var book = BookOf(Plans.Create(RunKind.Embedding, RunFate.ServerError));

        Assert.Equal((1, 0), (book.Total(Measure.EmbeddingsFailed), book.Total(Measure.ChatsStarted)));
    }

    [Fact]
    public void CostOf_CachedTokens_HaveRatesOfTheirOwn()
    {
        var usage = new ModelUsage { InputTokens = 1_000, CacheReadTokens = 400, CacheWriteTokens = 100, OutputTokens = 10 };

        Assert.Equal(((500 * 3m) + (400 * 0.3m) + (100 * 3.75m) + (10 * 15m)) / 1_000_000, KnownPrices.CostOf(KnownPrices.Large, usage));
    }

    private static Book BookOf(RunPlan plan) => new("server", ServedCall.Measures, ServedCall.Describe(plan, 0, plan.Fate));
}
