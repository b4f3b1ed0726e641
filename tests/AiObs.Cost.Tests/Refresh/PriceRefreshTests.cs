using AiObs.Cost.Pricing;
using AiObs.Operations;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Cost.Tests.Refresh;

/// <summary>What a refresh fetches from a real server, and what calls are priced by then.</summary>
public sealed class PriceRefreshTests
{
    private const string Embedded = "genai-prices 0.1.8";

    private static readonly string New = VersionOf(TestTables.WithNewModel);

    [Fact]
    public async Task RefreshAsync_NewTable_LaterCallsArePricedByIt()
    {
        await using var server = await PriceServer.StartAsync(TestTables.WithNewModel);
        await using var fixture = new RefreshFixture(server.Url);
        var before = await fixture.PriceAsync("claude-haiku-5-5", 50_000, 1_000);

        var result = await fixture.RefreshAsync();

        var (small, large) = (await fixture.PriceAsync("claude-haiku-5-5", 50_000, 1_000), await fixture.PriceAsync("claude-haiku-5-5", 200_000, 1_000));
        Assert.Equal((CostCompleteness.Unpriced, null), (before.Completeness, before.DataVersion));
        Assert.Equal(new PriceRefreshResult(PriceRefreshOutcome.Updated, New), result);
        Assert.Equal((0.0055m, 0.1025m), (small.Total, large.Total));
        Assert.Equal((PriceSource.Table, New, CostCompleteness.Exact), (small.Source, small.DataVersion, small.Completeness));
        Assert.Equal(New, fixture.Refresh.Version);
        Assert.Empty(fixture.Faults);
    }

    [Fact]
    public async Task RefreshAsync_ObservationIsOff_LaterCallsArePricedByItAllTheSame()
    {
        await using var server = await PriceServer.StartAsync(TestTables.WithNewModel);
        await using var fixture = new RefreshFixture(server.Url, isObserved: false);

        var result = await fixture.RefreshAsync();

        var receipt = await fixture.PriceAsync("claude-haiku-5-5", 50_000, 1_000);
        Assert.Equal(new PriceRefreshResult(PriceRefreshOutcome.Updated, New), result);
        Assert.Equal((0.0055m, New, CostCompleteness.Exact), (receipt.Total, receipt.DataVersion, receipt.Completeness));
    }

    [Fact]
    public async Task RefreshAsync_TierOfTheOverlay_HoldsForAFetchedTableToo()
    {
        await using var server = await PriceServer.StartAsync(TestTables.WithNewModel);
        await using var fixture = new RefreshFixture(server.Url);
        await fixture.RefreshAsync();

        var record = await fixture.Root.CostRecorder!.RecordAsync(
            new UsageDetails { InputTokenCount = 1_000_000 },
            new CostRecording { Provider = "anthropic", ResponseModel = "claude-sonnet-4-5", ServiceTier = "batch" },
            TestContext.Current.CancellationToken);

        Assert.Equal([new("service tier batch", 0.5m)], record.Receipt.Factors);
        Assert.Equal(New, record.Receipt.DataVersion);
    }

    [Fact]
    public async Task RefreshAsync_Unchanged_IsToldByTheTag()
    {
        await using var server = await PriceServer.StartAsync(TestTables.WithNewModel);
        await using var fixture = new RefreshFixture(server.Url);
        await fixture.RefreshAsync();

        var result = await fixture.RefreshAsync();

        Assert.Equal(new PriceRefreshResult(PriceRefreshOutcome.NotModified, New), result);
        Assert.Equal(["/prices/data.json", "/prices/data.json \"1\""], server.Requests);
    }

    [Fact]
    public async Task RefreshAsync_SameTableOfAServerWithoutTags_IsNotModified()
    {
        await using var server = await PriceServer.StartAsync(TestTables.WithNewModel, etag: null);
        await using var fixture = new RefreshFixture(server.Url);
        await fixture.RefreshAsync();

        Assert.Equal(new PriceRefreshResult(PriceRefreshOutcome.NotModified, New), await fixture.RefreshAsync());
    }

    [Fact]
    public async Task RefreshAsync_NotModifiedThoughNothingIsKnown_Fails()
    {
        await using var server = await PriceServer.StartAsync();
        server.Respond = PriceServer.Status(StatusCodes.Status304NotModified);
        await using var fixture = new RefreshFixture(server.Url);

        Assert.Equal(new PriceRefreshResult(PriceRefreshOutcome.Failed, Embedded, "The server answered 304."), await fixture.RefreshAsync());
    }

    [Fact]
    public async Task RefreshAsync_NoTableThere_IsCountedEachTimeAndLoggedOnce()
    {
        await using var server = await PriceServer.StartAsync();
        await using var fixture = new RefreshFixture(server.Url);

        var results = (await fixture.RefreshAsync(), await fixture.RefreshAsync());

        var failed = new PriceRefreshResult(PriceRefreshOutcome.Failed, Embedded, "The server answered 404.");
        Assert.Equal((failed, failed), results);
        Assert.Equal(["price_refresh", "price_refresh"], fixture.Faults);
        Assert.Equal(
            ["Prices were not refreshed: The server answered 404. genai-prices 0.1.8 stays in force. The same problem is only counted in aiobs.faults until another one comes or a refresh succeeds."],
            fixture.Warnings);
    }

    [Fact]
    public async Task RefreshAsync_SameProblemAfterASuccess_IsLoggedAgain()
    {
        await using var server = await PriceServer.StartAsync();
        await using var fixture = new RefreshFixture(server.Url);
        await fixture.RefreshAsync();
        server.Respond = PriceServer.Table(TestTables.WithNewModel, "\"1\"");
        await fixture.RefreshAsync();
        server.Respond = PriceServer.Status(StatusCodes.Status404NotFound);

        var result = await fixture.RefreshAsync();

        Assert.Equal(New, result.Version);
        Assert.Equal(2, fixture.Warnings.Count);
    }

    [Fact]
    public async Task RefreshAsync_ServerThatIsBusyTwice_IsAskedAgain()
    {
        await using var server = await PriceServer.StartAsync();
        server.Respond = context => server.Requests.Count < 3
            ? PriceServer.Status(StatusCodes.Status503ServiceUnavailable)(context)
            : PriceServer.Table(TestTables.WithNewModel, "\"1\"")(context);
        await using var fixture = new RefreshFixture(server.Url);

        Assert.Equal(PriceRefreshOutcome.Updated, (await fixture.RefreshAsync()).Outcome);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task RefreshAsync_ServerThatStaysBusy_FailsAfterFourRequests()
    {
        await using var server = await PriceServer.StartAsync();
        server.Respond = PriceServer.Status(StatusCodes.Status503ServiceUnavailable);
        await using var fixture = new RefreshFixture(server.Url);

        Assert.Equal(new PriceRefreshResult(PriceRefreshOutcome.Failed, Embedded, "The server answered 503."), await fixture.RefreshAsync());
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task RefreshAsync_ServerGone_Fails()
    {
        var server = await PriceServer.StartAsync();
        var url = server.Url;
        await server.DisposeAsync();
        await using var fixture = new RefreshFixture(url);

        var result = await fixture.RefreshAsync();

        Assert.Equal((PriceRefreshOutcome.Failed, Embedded), (result.Outcome, result.Version));
        Assert.Contains("refused", result.Reason, StringComparison.Ordinal);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task RefreshAsync_NoAnswer_FailsAfterItsTimeout()
    {
        await using var server = await PriceServer.StartAsync();
        server.Respond = HangAsync;
        await using var fixture = new RefreshFixture(server.Url, static options => options.Timeout = TimeSpan.FromSeconds(5));

        var refresh = fixture.RefreshAsync();
        await server.WaitAsync(1);
        fixture.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(new PriceRefreshResult(PriceRefreshOutcome.Failed, Embedded, "There was no whole answer within 00:00:05."), await refresh);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task RefreshAsync_AnswerThatStops_FailsAfterItsTimeout()
    {
        await using var server = await PriceServer.StartAsync();
        var isStarted = new TaskCompletionSource();
        server.Respond = async context =>
        {
            await context.Response.Body.WriteAsync(TestTables.WithNewModel.AsMemory(0, 1_000));
            await context.Response.Body.FlushAsync();
            isStarted.SetResult();
            await HangAsync(context);
        };
        await using var fixture = new RefreshFixture(server.Url);

        var refresh = fixture.RefreshAsync();
        await isStarted.Task;
        fixture.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(new PriceRefreshResult(PriceRefreshOutcome.Failed, Embedded, "There was no whole answer within 00:01:00."), await refresh);
    }

    [Fact]
    public async Task RefreshAsync_AnswerCutShort_Fails()
    {
        await using var server = await PriceServer.StartAsync();
        server.Respond = async context =>
        {
            context.Response.ContentLength = TestTables.WithNewModel.Length;
            await context.Response.Body.WriteAsync(TestTables.WithNewModel.AsMemory(0, 1_000));
            await context.Response.Body.FlushAsync();
            context.Abort();
        };
        await using var fixture = new RefreshFixture(server.Url);

        Assert.Equal((PriceRefreshOutcome.Failed, Embedded), await OutcomeAsync(fixture));
    }

    [Fact]
    public async Task RefreshAsync_Redirect_IsNotFollowed()
    {
        await using var server = await PriceServer.StartAsync();
        server.Respond = static context =>
        {
            context.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        };
        await using var fixture = new RefreshFixture(server.Url);

        Assert.Equal(new PriceRefreshResult(PriceRefreshOutcome.Failed, Embedded, "The server answered 302."), await fixture.RefreshAsync());
        Assert.Equal(["/prices/data.json"], server.Requests);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task RefreshAsync_Cancelled_ThrowsAndTheNextOneRuns()
    {
        await using var server = await PriceServer.StartAsync();
        server.Respond = HangAsync;
        await using var fixture = new RefreshFixture(server.Url);
        using var cancellation = new CancellationTokenSource();

        var refresh = fixture.Refresh.RefreshAsync(cancellation.Token);
        await server.WaitAsync(1);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => refresh);
        server.Respond = PriceServer.Table(TestTables.WithNewModel, "\"1\"");

        Assert.Equal((PriceRefreshOutcome.Updated, New), await OutcomeAsync(fixture));
        Assert.Empty(fixture.Faults);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Dispose_WhileOneRuns_EndsIt()
    {
        await using var server = await PriceServer.StartAsync();
        server.Respond = HangAsync;
        var fixture = new RefreshFixture(server.Url);
        var refresh = fixture.RefreshAsync();
        await server.WaitAsync(1);

        await fixture.DisposeAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => refresh);
        await Assert.ThrowsAsync<ObjectDisposedException>(fixture.RefreshAsync);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Interval_Elapsed_AsksAtTheStartAndEachTime()
    {
        await using var server = await PriceServer.StartAsync(TestTables.WithNewModel);
        await using var fixture = new RefreshFixture(server.Url, static options => options.Interval = TimeSpan.FromHours(6));
        await server.WaitAsync(1);

        // It waits for the one that runs.
        Assert.Equal((PriceRefreshOutcome.NotModified, New), await OutcomeAsync(fixture));
        fixture.Clock.Advance(TimeSpan.FromHours(6) - TimeSpan.FromTicks(1));
        Assert.Equal(2, server.Requests.Count);
        fixture.Clock.Advance(TimeSpan.FromTicks(1));
        await server.WaitAsync(3);

        Assert.Equal(["/prices/data.json", "/prices/data.json \"1\"", "/prices/data.json \"1\""], server.Requests);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Call_WhileATableIsReplaced_IsPricedByTheOneItStartedWith()
    {
        await using var server = await PriceServer.StartAsync(TestTables.WithPrice("""{ "input_mtok": 5, "output_mtok": 20 }"""));
        await using var fixture = new RefreshFixture(server.Url);
        var model = new StubChatClient { Metadata = new("openai", new Uri("https://api.openai.com"), "gpt-4o") };
        model.OnResponse = async _ =>
        {
            await fixture.RefreshAsync();
            return new ChatResponse(new ChatMessage(ChatRole.Assistant, "Hello."))
            {
                ModelId = "gpt-4o",
                Usage = new() { InputTokenCount = 1_000_000, OutputTokenCount = 0, TotalTokenCount = 1_000_000 },
            };
        };
        var client = model.UseCostTracking(fixture.Root, static options => options.StoreCapacity = 10);

        await client.GetResponseAsync("Hello", cancellationToken: TestContext.Current.CancellationToken);
        await client.GetResponseAsync("Hello", cancellationToken: TestContext.Current.CancellationToken);

        var records = CostFixture.RecordsOf(fixture.Root.Costs!);
        Assert.Equal([(2.5m, Embedded), (5m, fixture.Refresh.Version)], records.Select(static record => (record.Total!.Value, record.Receipt.DataVersion!)).Order());
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Create_WithoutAContainer_RefreshesToo()
    {
        await using var server = await PriceServer.StartAsync(TestTables.WithNewModel);
        await using var root = AgentObservability.Create(builder => builder.AddPriceRefresh(options => options.Url = server.Url));

        await server.WaitAsync(1);

        Assert.NotNull(root.Costs);
    }

    [Fact]
    public async Task Age_OfTheTable_CountsFromWhenItWasLastKnownToBeCurrent()
    {
        await using var server = await PriceServer.StartAsync(TestTables.WithNewModel);
        await using var fixture = new RefreshFixture(server.Url);
        var embedded = fixture.Age;
        await fixture.RefreshAsync();
        fixture.Clock.Advance(TimeSpan.FromHours(2));
        var fetched = fixture.Age;
        await fixture.RefreshAsync();

        Assert.Equal((68 * 86_400.0, 7_200.0, 0.0), (embedded, fetched, fixture.Age));
    }

    [Fact]
    public async Task Age_OfMoreThanNinetyDays_IsWarnedOfOnce()
    {
        await using var server = await PriceServer.StartAsync(TestTables.WithNewModel);
        await using var fixture = new RefreshFixture(server.Url);
        await fixture.RefreshAsync();
        server.Respond = PriceServer.Status(StatusCodes.Status404NotFound);
        fixture.Clock.Advance(TimeSpan.FromDays(90));
        await fixture.RefreshAsync();
        var young = fixture.Warnings.Count;
        fixture.Clock.Advance(TimeSpan.FromDays(1));
        await fixture.RefreshAsync();
        await fixture.RefreshAsync();

        Assert.Equal(1, young);
        Assert.Equal(
            [$"The prices in force, {New}, were last known to be current 91 days ago. See to it that AgentObservability:Costs:PriceRefresh:Url can be reached, or update the package."],
            fixture.Warnings.Skip(1));
    }

    private static Task HangAsync(HttpContext context) =>
        Task.Delay(Timeout.Infinite, context.Features.Get<IHttpRequestLifetimeFeature>()!.RequestAborted)
            .ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    private static async Task<(PriceRefreshOutcome Outcome, string Version)> OutcomeAsync(RefreshFixture fixture)
    {
        var result = await fixture.RefreshAsync();
        return (result.Outcome, result.Version);
    }

    private static string VersionOf(byte[] table) => PublishedPrices.Read(table).Rules.Version;
}
