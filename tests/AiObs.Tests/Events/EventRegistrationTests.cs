using AiObs.Events;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AiObs.Tests.Events;

public sealed class EventRegistrationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AddEventSink_Instance_ReceivesEvents()
    {
        var sink = new StubEventSink();
        await using var root = new EventRoot(b => b.AddEventSink(sink));

        await root.TrackAsync("a");

        await root.OnlyAsync(sink, "a");
        Assert.Equal("StubEventSink", Assert.Single(root.Events.GetSinks()).Name);
    }

    [Fact]
    public async Task AddEventSink_Type_IsMadeOnceAndDisposedAfterItsLastWrite()
    {
        var services = new ServiceCollection();
        services.AddSingleton<Journal>();
        services.AddAgentObservability()
            .ConfigureEvents(static options => options.ShutdownTimeout = HangGuard.Limit)
            .AddEventSink<JournalSink>();
        var provider = services.BuildServiceProvider();
        var journal = provider.GetRequiredService<Journal>();

        await provider.GetRequiredService<AgentObservability>().Events.TrackAsync("a", cancellationToken: Token);
        await provider.DisposeAsync();

        Assert.Equal(["made", "a", "disposed"], journal.Lines);
    }

    [Fact]
    public async Task AddEventSink_Function_HasTheServices()
    {
        var services = new ServiceCollection();
        services.AddSingleton<StubEventSink>();
        services.AddAgentObservability().AddEventSink(provider => provider.GetRequiredService<StubEventSink>(), "mine");
        await using var provider = services.BuildServiceProvider();

        Assert.Equal("mine", Assert.Single(provider.GetRequiredService<AgentObservability>().Events.GetSinks()).Name);
    }

    [Fact]
    public async Task AddEventSink_SameNameTwice_HasOptionsOfItsOwn()
    {
        await using var root = new EventRoot(b => b
            .AddEventSink(new StubEventSink(), o => o.QueueCapacity = 1)
            .AddEventSink(new StubEventSink(), o => o.QueueCapacity = 2));

        Assert.Equal(
            [("StubEventSink", 1), ("StubEventSink-2", 2)], root.Events.GetSinks().Select(sink => (sink.Name, sink.Capacity)));
    }

    [Fact]
    public async Task AddEventSink_OptionThatCannotBe_StopsTheStart()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddAgentObservability().AddEventSink(new StubEventSink(), o => o.BatchSize = 0);
        using var host = builder.Build();

        var thrown = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));

        Assert.Contains("Sinks:StubEventSink:BatchSize is 0", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConfigureEvents_OptionThatCannotBe_StopsTheStart()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddAgentObservability().ConfigureEvents(o => o.ShutdownTimeout = TimeSpan.FromDays(1));
        using var host = builder.Build();

        await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));
    }

    [Fact]
    public async Task Configuration_SetsOptions_AndCodeBeatsIt()
    {
        var sink = new StubEventSink();
        await using var root = Configured(
            sink,
            o => o.BatchSize = 5,
            new()
            {
                ["AgentObservability:Events:SlowCallThreshold"] = "00:00:01",
                ["AgentObservability:Events:Sinks:StubEventSink:Delivery"] = "Durable",
                ["AgentObservability:Events:Sinks:StubEventSink:QueueCapacity"] = "17",
                ["AgentObservability:Events:Sinks:StubEventSink:BatchSize"] = "6",
                ["AgentObservability:Events:Sinks:StubEventSink:Types:0"] = "wanted",
            });
        var status = Assert.Single(root.Events.GetSinks());

        await root.TrackAsync("unwanted");
        await root.TrackAsync("wanted");

        Assert.Equal((EventDelivery.Durable, 17), (status.Delivery, status.Capacity));
        Assert.Equal(["wanted"], sink.AcceptedTypes);
    }

    [Theory]
    [InlineData("AgentObservability:Events:ChunkEvents")]
    [InlineData("AgentObservability:Events:Sinks:StubEventSink:Delivery")]
    public void Configuration_ValueThatCannotBeRead_SaysWhatIsAllowedAndNotTheValue(string key)
    {
        var thrown = Assert.Throws<InvalidOperationException>(() => Configured(new StubEventSink(), null, new() { [key] = "s3cret" }));

        Assert.Equal(
            $"{key} has a value that cannot be read. Flags are true or false; numbers have a point; times are written like 00:00:05 (five seconds); "
            + "Delivery is BestEffort or Durable.",
            thrown.Message);
        Assert.DoesNotContain("s3cret", thrown.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("StubEventSink", "OnFailure", "Throw", "Write ThrowOnFailure: true where it was Throw, false where it was Log.")]
    [InlineData("StubEventSink", "fullmode", "DropNewest", "Write DropOldest: true where it was DropOldest, false where it was DropNewest.")]
    [InlineData("audit", "OnFailure", null, "Write ThrowOnFailure: true where it was Throw, false where it was Log.")]
    [InlineData("JsonLinesFileSink", "Sync", "OnFlush",
        "Set SyncEachBatch of JsonLinesFileSinkOptions, in code: true where it was EachBatch, false where it was OnFlush.")]
    public async Task Configuration_KeyThatIsGone_StopsTheStartAndNamesTheNewOne(string sink, string key, string? value, string instead)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new($"AgentObservability:Events:Sinks:{sink}:{key}", value)]);
        builder.Services.AddAgentObservability().AddEventSink(new StubEventSink(), name: sink);
        using var host = builder.Build();

        var thrown = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));

        Assert.Equal($"AgentObservability:Events:Sinks:{sink}:{key} is no option any more. {instead}", thrown.Message);
    }

    [Fact]
    public async Task Configuration_KeysLikeThoseThatAreGone_AreNobodysBusiness()
    {
        await using var root = Configured(new StubEventSink(), null, new()
        {
            ["AgentObservability:Events:Sinks:StubEventSink:Sync"] = "a sink of one's own may read it",
            ["AgentObservability:Events:Sinks:StubEventSink:Mine:OnFailure"] = "Throw",
            ["AgentObservability:Events:OnFailure"] = "Throw",
            ["Other:Events:Sinks:StubEventSink:OnFailure"] = "Throw",
        });

        Assert.Equal("StubEventSink", Assert.Single(root.Events.GetSinks()).Name);
    }

    [Fact]
    public async Task AddEventSink_FileAndLoggerByType_TakeTheirOptions()
    {
        var path = Path.Combine(Path.GetTempPath(), $"aiobs-{Guid.NewGuid():N}", "events.jsonl");
        await using (var root = new EventRoot(b =>
        {
            b.Services.Configure<JsonLinesFileSinkOptions>(o => o.Path = path);
            b.AddEventSink<JsonLinesFileSink>().AddEventSink<LoggerEventSink>().AddEventSink<InMemoryEventSink>();
        }))
        {
            await root.TrackAsync("a");
            await root.Events.FlushAsync(Token);
            Assert.Single(root.Logs.GetSnapshot(), log => log.Id.Name == "a");
        }

        var read = await JsonLinesFileSink.ReadAsync(path, Token).ToListAsync(Token);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        Assert.Equal("a", Assert.Single(read).Type);
    }

    [Fact]
    public async Task AddEventSink_ThatCannotBeMade_ThrowsWhereTheRootIsMade()
    {
        var services = new ServiceCollection();
        services.AddAgentObservability().AddEventSink(new StubEventSink()).AddEventSink(_ => throw new FormatException("no"), "broken");
        await using var provider = services.BuildServiceProvider();

        Assert.Throws<FormatException>(provider.GetRequiredService<AgentObservability>);
    }

    private static EventRoot Configured(StubEventSink sink, Action<EventSinkOptions>? configure, Dictionary<string, string?> values) => new(builder =>
    {
        builder.Services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
        builder.AddEventSink(sink, configure);
    });

    private sealed class Journal
    {
        public List<string> Lines { get; } = [];
    }

    private sealed class JournalSink : IAgentEventSink, IDisposable
    {
        private readonly Journal _journal;

        public JournalSink(Journal journal)
        {
            _journal = journal;
            _journal.Lines.Add("made");
        }

        public ValueTask WriteAsync(IReadOnlyList<AgentEvent> events, CancellationToken cancellationToken)
        {
            _journal.Lines.AddRange(events.Select(item => item.Type));
            return ValueTask.CompletedTask;
        }

        public void Dispose() => _journal.Lines.Add("disposed");
    }
}
