using AiObs.Store.Tests.Databases;
using AiObs.Store.Traces;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AiObs.Store.Tests.Traces;

public sealed class TraceRegistrationTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AddTraces_BesideAStore_WritesToThatInEitherOrder(bool isFirst)
    {
        var store = new StubTraceStore();
        await using var services = Build(builder =>
        {
            Action[] lines = [() => builder.AddTraces().AddTraces(), () => builder.AddStore(s => s.Use(traces: (_, _) => store))];
            Array.ForEach(isFirst ? lines : [lines[1], lines[0]], static line => line());
        });

        await CallAsync(services);

        Assert.Same(store, services.GetRequiredService<ITraceStore>());
        Assert.Equal([1], store.Batches);
    }

    [Fact]
    public async Task AddTraces_WithoutAStore_KeepsThemInMemory()
    {
        await using var services = Build(static builder => builder.AddTraces(static options => options.MaxTraces = 1));

        await CallAsync(services);
        await CallAsync(services);

        var store = Assert.IsType<InMemoryTraceStore>(services.GetRequiredService<ITraceStore>());
        Assert.Single((await store.ListAsync(TraceQuery.All, Stop)).Traces);
        Assert.Equal(1, store.DroppedTraceCount);
        Assert.Same(services.GetRequiredService<AgentObservability>().RunningSpans, services.GetRequiredService<RunningSpans>());
        Assert.Same(services.GetRequiredService<AgentObservability>().Latencies, services.GetRequiredService<RecentLatencies>());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AddTraces_BesideADatabase_HasStoreAndFeedInTheContainerAndOnTheRoot(bool isFirst)
    {
        await using var database = new SqliteTestDatabase();
        await using var services = Build(builder =>
        {
            Action[] lines = [() => builder.AddTraces(), () => builder.AddStore(s => s.UseSqlite(database.ConnectionString))];
            Array.ForEach(isFirst ? lines : [lines[1], lines[0]], static line => line());
        });

        var root = services.GetRequiredService<AgentObservability>();
        Assert.Same(services.GetRequiredService<ITraceStore>(), services.GetRequiredService<ITraceFeed>());
        Assert.Same(root.Traces, services.GetRequiredService<ITraceStore>());
        Assert.Same(root.TraceFeed, services.GetRequiredService<ITraceFeed>());
    }

    [Fact]
    public async Task Traces_OutsideOfAHost_AreReachedThroughTheRoot()
    {
        await using var root = AgentObservability.Create(static builder => builder.Configure(static o => o.SourceName = $"traces-{Guid.NewGuid():N}").AddTraces());
        await using var without = AgentObservability.Create(static _ => { });
        using var client = new StubChatClient().UseAgentObservability(root);
        await client.GetResponseAsync("Hi", cancellationToken: Stop);
        await root.FlushTracesAsync(Stop);

        Assert.Single((await root.Traces!.ListAsync(TraceQuery.All, Stop)).Traces);
        Assert.Same(root.Traces, root.TraceFeed);
        Assert.Null(without.Traces);
        Assert.Null(without.TraceFeed);
    }

    [Fact]
    public async Task AddStore_Named_HasItsOwnFeed()
    {
        await using var services = Build(static builder => builder.AddTraces().AddStore(static s => s.UseInMemory()).AddStore("beside", static s => s.UseInMemory()));

        Assert.Same(services.GetRequiredKeyedService<ITraceStore>("beside"), services.GetRequiredKeyedService<ITraceFeed>("beside"));
        Assert.NotSame(services.GetRequiredService<ITraceFeed>(), services.GetRequiredKeyedService<ITraceFeed>("beside"));
    }

    [Fact]
    public async Task ConfigureTraces_OfAStore_SetsHowItsTracesAreKept()
    {
        await using var services = Build(static builder => builder
            .AddTraces()
            .AddStore(static s => s.UseInMemory().ConfigureTraces(static options => options.MaxTraces = 1))
            .AddStore("beside", static s => s.UseInMemory()));

        await CallAsync(services);
        await CallAsync(services);

        Assert.Equal(1, Assert.IsType<InMemoryTraceStore>(services.GetRequiredService<ITraceStore>()).DroppedTraceCount);
        Assert.Empty((await services.GetRequiredKeyedService<ITraceStore>("beside").ListAsync(TraceQuery.All, Stop)).Traces);
    }

    [Fact]
    public void ConfigureTraces_OfANamedStore_IsRefusedWithTheLineToWrite()
    {
        var refused = Assert.Throws<InvalidOperationException>(static () => AgentObservability.Create(static builder =>
            builder.AddTraces().AddStore("audit", static s => s.UseInMemory().ConfigureTraces(static options => options.MaxTraces = 1))));

        Assert.Equal(
            "ConfigureTraces has no effect on the store 'audit': spans are written to the store without a name alone. Write the line in its AddStore, or AddTraces(o => …). "
            + "A store in memory that you fill yourself takes its options from you: Use(traces: (_, _) => new InMemoryTraceStore(options)).",
            refused.Message);
    }

    [Fact]
    public void AddTraces_WrongOptions_SaysAllThatIsWrong()
    {
        var refused = Assert.Throws<OptionsValidationException>(static () => AgentObservability.Create(static builder => builder.AddTraces(static options =>
        {
            options.MaxTraces = 0;
            options.MaxSpans = 10_000_001;
            options.MaxContentBytes = 1;
            options.QueueCapacity = 0;
            options.QueueCapacityBytes = 1;
            options.Retention = new(MaxAge: TimeSpan.FromTicks(-1));
            options.RetentionInterval = TimeSpan.Zero;
        })));

        Assert.Equal(
            [
                "TraceOptions:MaxTraces is 0. Give a number from 1 to 100,000.",
                "TraceOptions:MaxSpans is 10000001. Give a number from 1 to 10,000,000.",
                "TraceOptions:MaxContentBytes is 1. Give a number of bytes from 1,024 (1 KiB) to 1,099,511,627,776 (1 TiB).",
                "TraceOptions:QueueCapacity is 0. Give a number from 1 to 1,000,000.",
                "TraceOptions:QueueCapacityBytes is 1. Give a number of bytes from 1,024 (1 KiB) to 1,099,511,627,776 (1 TiB).",
                "TraceOptions:RetentionInterval is 00:00:00. Give a time from 1 second to 24 days.",
                "TraceOptions:Retention is missing, or has a negative age or number. Give a TraceRetention, such as TraceRetention.Default.",
            ],
            refused.Failures);
    }

    [Fact]
    public async Task Sweep_Host_DropsAtTheStartAndAfterEachIntervalWhateverFails()
    {
        List<TraceRetention> applied = [];
        var times = 0;
        var swept = new SemaphoreSlim(0);
        var store = new StubTraceStore
        {
            OnRetention = retention =>
            {
                applied.Add(retention);
                swept.Release();
                return ++times == 1 ? throw new InvalidOperationException("Down.") : Task.CompletedTask;
            },
        };
        await using var traced = new TracedRoot(store, configure: static options =>
            (options.Retention, options.RetentionInterval) = (new(MaxSpans: 7), TimeSpan.FromMinutes(30)));
        var sweep = Assert.Single(traced.Root.OwnServices!.GetServices<IHostedService>().OfType<TraceSweep>());

        await sweep.StartAsync(Stop);
        await swept.WaitAsync(HangGuard.Limit, Stop);
        var second = swept.WaitAsync(HangGuard.Limit, Stop);
        while (!second.IsCompleted)
        {
            traced.Clock.TryAdvanceToNextTimer(TimeSpan.FromMinutes(30));
            await Task.Yield();
        }

        await sweep.StopAsync(Stop);

        Assert.All(applied, static retention => Assert.Equal(new(MaxSpans: 7), retention));
        Assert.Single(traced.Logs.GetSnapshot(), static log => log.Id.Id == 96);
    }

    [Fact]
    public async Task Sweep_HostStops_WritesWhatWaits()
    {
        var store = new StubTraceStore();
        await using var traced = new TracedRoot(store);
        var sweep = Assert.Single(traced.Root.OwnServices!.GetServices<IHostedService>().OfType<TraceSweep>());
        await traced.AskAsync(new StubChatClient());

        await sweep.StopAsync(Stop);

        Assert.Equal([1], store.Batches);
    }

    private static ServiceProvider Build(Action<AgentObservabilityBuilder> build)
    {
        var services = new ServiceCollection();
        var builder = services.AddAgentObservability(static options => options.SourceName = $"traces-{Guid.NewGuid():N}");
        build(builder);
        return services.BuildServiceProvider();
    }

    private static async Task CallAsync(IServiceProvider services)
    {
        var root = services.GetRequiredService<AgentObservability>();
        using var client = new StubChatClient().UseAgentObservability(root);
        await client.GetResponseAsync("Hi", cancellationToken: Stop);
        await root.FlushTracesAsync(Stop);
    }
}
