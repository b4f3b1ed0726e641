using AiObs.Cost;
using AiObs.Store.Tests.Databases;
using AiObs.Store.Tests.Sql.Events;
using AiObs.StoreContracts;
using AiObs.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Store.Tests.Registration;

public sealed class UseSqliteTests : IAsyncDisposable
{
    private readonly SqliteTestDatabase _database = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task UseSqlite_EventsTracked_AreInTheFileAfterTheEnd()
    {
        await using (var provider = Provide(builder => builder.AddStore(s => s.UseSqlite(_database.ConnectionString))))
        {
            var observability = provider.GetRequiredService<AgentObservability>();
            await observability.Events.TrackAsync(EventSamples.Event(1), Stop);
            await observability.Events.TrackAsync(EventSamples.Event(2), Stop);
        }

        Assert.Equal([1, 2], await LogReading.NumbersAsync(_database.OpenLog()));
    }

    [Fact]
    public async Task UseSqlite_AfterTheEnd_LeavesNoFileOpen()
    {
        await using (var provider = Provide(builder => builder.AddStore(s => s.UseSqlite(_database.ConnectionString))))
        {
            await provider.GetRequiredService<IEventLog>().AppendAsync(EventSamples.Events(0, 1), Stop);
            await provider.GetRequiredService<IEventLog>().CountAsync(EventQuery.All, Stop);
        }

        // SQLite removes the files beside the database with the last connection.
        Assert.Equal([_database.Path], Directory.GetFiles(Path.GetDirectoryName(_database.Path)!));
    }

    [Fact]
    public async Task UseSqlite_RootDisposedInBlockingWay_WritesEverythingAndLeavesNoFileOpen()
    {
        var observability = AgentObservability.Create(builder => builder
            .ConfigureEvents(static options => options.ShutdownTimeout = HangGuard.Limit)
            .AddStore(s => s.UseSqlite(_database.ConnectionString)));
        await observability.Events.TrackAsync(EventSamples.Event(1), Stop);

        DisposeBlocking(observability);

        Assert.Equal([_database.Path], Directory.GetFiles(Path.GetDirectoryName(_database.Path)!));
        Assert.Equal([1], await LogReading.NumbersAsync(_database.OpenLog()));
    }

    [Fact]
    public async Task UseSqlite_ContainerDisposedInBlockingWay_LeavesNoFileOpen()
    {
        var provider = Provide(builder => builder.AddStore(s => s.UseSqlite(_database.ConnectionString)));
        await provider.GetRequiredService<AgentObservability>().Events.TrackAsync(EventSamples.Event(1), Stop);

        DisposeBlocking(provider);

        Assert.Equal([_database.Path], Directory.GetFiles(Path.GetDirectoryName(_database.Path)!));
    }

    [Fact]
    public async Task UseSqlite_WithCostTracking_KeepsTheCostsToo()
    {
        await using var provider = Provide(builder => builder
            .AddStore(s => s.UseSqlite(_database.ConnectionString))
            .AddCostTracking());

        Assert.True(await provider.GetRequiredService<ICostStore>().RecordAsync(CostSamples.Call(1), Stop));

        Assert.Equal(1, await _database.OpenCosts().CountAsync(CostQuery.All, Stop));
    }

    [Fact]
    public async Task UseSqlite_NamedStores_AreApart()
    {
        using var other = new TemporaryDirectory();
        await using var provider = Provide(builder => builder
            .AddStore("audit", s => s.UseSqlite(_database.ConnectionString))
            .AddStore("debug", s => s.UseSqlite($"Data Source={other.File("debug.db")}")));

        await provider.GetRequiredKeyedService<IEventLog>("audit").AppendAsync(EventSamples.Events(0, 1), Stop);
        Assert.True(await provider.GetRequiredKeyedService<ICostStore>("debug").RecordAsync(CostSamples.Call(1), Stop));

        Assert.Equal(0, await provider.GetRequiredKeyedService<IEventLog>("debug").CountAsync(EventQuery.All, Stop));
        Assert.Equal(0, await provider.GetRequiredKeyedService<ICostStore>("audit").CountAsync(CostQuery.All, Stop));
        Assert.Equal(1, await _database.OpenLog().CountAsync(EventQuery.All, Stop));
    }

    [Theory]
    [InlineData("ReadOnly")]
    [InlineData("ReadWrite")]
    public async Task UseSqlite_NoFileInAModeThatMakesNone_SaysSo(string mode)
    {
        await using var provider = Provide(builder => builder.AddStore(s => s.UseSqlite($"{_database.ConnectionString};Mode={mode}")));

        var refused = await Assert.ThrowsAsync<StoreException>(async () => await provider.GetRequiredService<IEventLog>().CountAsync(EventQuery.All, Stop));

        Assert.StartsWith(
            $"{_database.Path} does not exist, and \"Mode={mode}\" makes none. Name the file that is there, or leave \"Mode\" out. (",
            refused.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task UseSqlite_WithAKey_ChainsWithIt()
    {
        await using var provider = Provide(builder => builder.AddStore(s => s
            .UseSqlite(_database.ConnectionString)
            .ConfigureEvents(static options => options.HmacKey = [.. new byte[31], 1])));

        await provider.GetRequiredService<IEventLog>().AppendAsync(EventSamples.Events(0, 1), Stop);

        Assert.True((await provider.GetRequiredService<IEventLog>().VerifyAsync(cancellationToken: Stop)).IsIntact);
        var withoutKey = await _database.OpenLog().VerifyAsync(cancellationToken: Stop);
        Assert.Equal(EventLogFaultKind.KeyMismatch, Assert.Single(withoutKey.Faults).Kind);
    }

    [Theory]
    [InlineData("aiobs.db", null, new[] { "aiobs-traces.db", "aiobs.db" })]
    [InlineData("all.traces", null, new[] { "all-traces.traces", "all.traces" })]
    [InlineData("plain", null, new[] { "plain", "plain-traces" })]
    [InlineData("my-traces.db", null, new[] { "my-traces.db" })]
    [InlineData("aiobs.db", "aiobs.db", new[] { "aiobs.db" })]
    [InlineData("aiobs.db", "spans.db", new[] { "aiobs.db", "spans.db" })]
    public async Task UseSqlite_Traces_HaveAFileOfTheirOwnUnlessToldOtherwise(string file, string? traces, string[] files)
    {
        using var directory = new TemporaryDirectory();
        await using (var provider = Provide(builder => builder.AddStore(s => s.UseSqlite(
            $"Data Source={directory.File(file)}", traces is null ? null : $"Data Source={directory.File(traces)}"))))
        {
            await provider.GetRequiredService<IEventLog>().AppendAsync(EventSamples.Events(0, 1), Stop);
            await provider.GetRequiredService<ITraceStore>().AppendAsync([SpanSamples.FullCall(1)], Stop);

            Assert.Equal(1, await provider.GetRequiredService<IEventLog>().CountAsync(EventQuery.All, Stop));
            Assert.NotNull(await provider.GetRequiredService<ITraceStore>().FindAsync(SpanSamples.TraceId(1), Stop));
        }

        Assert.Equal(files, Directory.GetFiles(directory.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task UseSqlite_UriWithParameters_NamesTheFileOfTracesBeforeThem()
    {
        using var directory = new TemporaryDirectory();
        await using var provider = Provide(builder => builder.AddStore(s => s.UseSqlite($"Data Source=file:{directory.File("aiobs.db")}?cache=private")));

        await provider.GetRequiredService<ITraceStore>().AppendAsync([SpanSamples.FullCall(1)], Stop);

        Assert.True(File.Exists(directory.File("aiobs-traces.db")));
    }

    [Fact]
    public void UseSqlite_WithoutAFile_Throws()
    {
        Assert.Throws<ArgumentException>(() => Provide(static builder => builder.AddStore(static s => s.UseSqlite(" "))));
        Assert.Throws<ArgumentException>(() => Provide(static builder => builder.AddStore(static s => s.UseSqlite("Data Source=:memory:"))));
        Assert.Throws<ArgumentException>(() => Provide(static builder => builder.AddStore(static s => s.UseSqlite("Data Source=aiobs.db", "Data Source=:memory:"))));
    }

    private static ServiceProvider Provide(Action<AgentObservabilityBuilder> configure)
    {
        var services = new ServiceCollection();
        configure(services.AddAgentObservability().ConfigureEvents(static options => options.ShutdownTimeout = HangGuard.Limit));
        return services.BuildServiceProvider();
    }

    private static void DisposeBlocking(IDisposable disposable) => disposable.Dispose();
}
