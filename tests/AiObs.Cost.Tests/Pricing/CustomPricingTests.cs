using AiObs.Cost.Pricing;
using AiObs.Operations;
using AiObs.TestSupport;

namespace AiObs.Cost.Tests.Pricing;

/// <summary>Sources of prices that the application brings, and that may do anything.</summary>
public sealed class CustomPricingTests : IDisposable
{
    private readonly PriceBookFixture _prices = new();

    public void Dispose() => _prices.Dispose();

    [Fact]
    public void Find_SourceThrows_IsAMissThatIsCountedAndLoggedOnce()
    {
        var book = _prices.Open(new ThrowingPricing());

        var first = PriceBookFixture.Find(book, "gpt-4o");
        var second = PriceBookFixture.Find(book, "gpt-4o", own: new ThrowingPricing());

        Assert.Equal((PriceSource.Table, 10m), first);
        Assert.Equal((PriceSource.Table, 10m), second);
        Assert.Equal(["pricing", "pricing", "pricing"], _prices.FaultyParts);
        Assert.Equal(1, Assert.Single(_prices.Logs.GetSnapshot()).Id.Id);
    }

    [Fact]
    public void Find_Request_ReachesTheSourceAsTheCallSpelledIt()
    {
        var source = new StubPricing();
        var request = PriceBookFixture.Ask("gpt-4o", "azure.ai.openai") with { ApiUrl = "https://x.openai.azure.com/" };

        _prices.Open(source).Find(request, default, out _, "deployment");

        Assert.Equal([request, request with { Model = "deployment" }], source.Requests);
    }

    [Fact]
    public async Task StartLoading_SourceHangs_CallsGoOn()
    {
        var release = new TaskCompletionSource();
        var book = _prices.Open(new StubPricing(("a", 1)) { Load = _ => new(release.Task) });
        var loading = book.StartLoading(TestContext.Current.CancellationToken);

        var found = PriceBookFixture.Find(book, "a");

        Assert.Equal((PriceSource.Custom, 1m), found);
        Assert.False(loading.IsCompleted);
        release.SetResult();
        await loading;
    }

    [Fact]
    public async Task StartLoading_SourceBlocksItsThread_TheCallersIsFree()
    {
        using var release = new ManualResetEventSlim();
        var book = _prices.Open(new StubPricing
        {
            Load = token =>
            {
                release.Wait(token);
                return ValueTask.CompletedTask;
            },
        });

        var loading = book.StartLoading(TestContext.Current.CancellationToken);

        release.Set();
        await loading;
    }

    [Fact]
    public async Task Find_LoadingNotStarted_TheFirstCallStartsItOnce()
    {
        var loads = 0;
        var loaded = new TaskCompletionSource();
        var book = _prices.Open(new StubPricing
        {
            Load = _ =>
            {
                Interlocked.Increment(ref loads);
                loaded.TrySetResult();
                return ValueTask.CompletedTask;
            },
        });

        PriceBookFixture.Find(book, "gpt-4o");
        await loaded.Task;
        await book.StartLoading(TestContext.Current.CancellationToken);
        PriceBookFixture.Find(book, "gpt-4o");

        Assert.Equal(1, loads);
    }

    [Fact]
    public async Task StartLoading_FromWithinAScope_TheSourceDoesNotInheritIt()
    {
        AgentContext? seen = null;
        var book = _prices.Open(new StubPricing
        {
            Load = _ =>
            {
                seen = AgentContext.Current;
                return ValueTask.CompletedTask;
            },
        });

        using (AgentContext.Begin("conversation"))
        {
            await book.StartLoading(TestContext.Current.CancellationToken);
        }

        Assert.Null(seen);
    }

    [Fact]
    public async Task StartLoading_SourceFails_LaterCallsTryAgainLessAndLessOftenUntilItGivesUp()
    {
        var loads = 0;
        var book = _prices.Open(new StubPricing
        {
            Load = _ =>
            {
                loads++;
                throw new InvalidOperationException();
            },
        });
        var tried = new List<int>();
        for (var second = 0; second <= 200; second++)
        {
            await book.StartLoading(TestContext.Current.CancellationToken);
            if (loads > tried.Count)
            {
                tried.Add(second);
            }

            _prices.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([0, 5, 15, 35, 75], tried);
        Assert.Equal(Enumerable.Repeat("pricing", 5), _prices.FaultyParts);
        Assert.Single(_prices.Logs.GetSnapshot());
    }

    [Fact]
    public async Task StartLoading_SecondTryWorks_NoThirdFollows()
    {
        var loads = 0;
        var book = _prices.Open(new StubPricing { Load = _ => ++loads == 1 ? throw new InvalidOperationException() : default });
        for (var minute = 0; minute < 5; minute++)
        {
            await book.StartLoading(TestContext.Current.CancellationToken);
            _prices.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(2, loads);
    }

    [Fact]
    public async Task StartLoading_ApplicationStops_TheSourceIsCancelledAndNothingIsCounted()
    {
        using var stopping = new CancellationTokenSource();
        var started = new TaskCompletionSource();
        var book = _prices.Open(new StubPricing
        {
            Load = async token =>
            {
                started.SetResult();
                await new TaskCompletionSource().Task.WaitAsync(token);
            },
        });
        var loading = book.StartLoading(stopping.Token);
        await started.Task;

        await stopping.CancelAsync();
        await loading;

        Assert.Empty(_prices.FaultyParts);
    }

    [Fact]
    public void Find_KnownModel_TakesNoMemory()
    {
        _prices.Override("own", 1);
        _prices.Options.Aliases["deployment"] = "azure/own";
        var book = _prices.Open(new SilentPricing());
        var request = PriceBookFixture.Ask("own", "azure.ai.openai");

        Assert.Equal(0, AllocationMeter.BytesPerRun(() => book.Find(request, default, out _, "deployment")));
    }

    private sealed class ThrowingPricing : IPricingProvider
    {
        public PriceLookup Find(in PriceRequest request) => throw new InvalidOperationException();
    }

    private sealed class SilentPricing : IPricingProvider
    {
        public PriceLookup Find(in PriceRequest request) => PriceLookup.UnknownModel;
    }
}
