using System.Collections;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using AiObs.Operations;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using AiObs.Tracing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AiObs.Tests.Operations;

/// <summary>What stands around us may throw: loggers, listeners, metadata. None of it reaches the caller.</summary>
public sealed class HostileSurroundingsTests
{
    [Fact]
    public async Task TraceAgentAsync_LoggerThrows_FunctionRuns()
    {
        var source = $"hostile-{Guid.NewGuid():N}";
        using var listener = Listen(source);
        using var root = AgentObservability.Create(builder =>
        {
            builder.Services.AddSingleton<ILoggerFactory>(new ThrowingLoggers());
            builder.Configure(o => o.SourceName = source);
        });

        var result = await root.Tracer.TraceAgentAsync("a", new AgentStart(), _ => Task.FromResult(1), TestContext.Current.CancellationToken);

        Assert.Equal(1, result);
    }

    [Fact]
    public async Task GetResponseAsync_LoggerThrowsWhenAsked_CallPasses()
    {
        using var stub = new StubChatClient();
        using var root = AgentObservability.Create(builder =>
        {
            builder.Services.AddSingleton<ILoggerFactory>(new ThrowingLoggers());
            builder.Configure(o => o.EmitOperationDetails = true);
        });
        using var client = stub.UseAgentObservability(root);

        var response = await client.GetResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("Hello.", response.Text);
    }

    [Fact]
    public void StartChain_ListenerThrowsOnStart_CallersActivityStays()
    {
        var source = $"hostile-{Guid.NewGuid():N}";
        using var listener = Listen(source, static _ => throw new InvalidOperationException("listener"));
        using var root = AgentObservability.Create(builder => builder.Configure(o => o.SourceName = source));
        var before = Activity.Current;

        using (root.Tracer.StartChain("c", new StepStart { Input = "x" }))
        {
        }

        Assert.Same(before, Activity.Current);
    }

    [Fact]
    public async Task GetResponseAsync_MetadataThrowsWhenRead_CallIsObservedWithoutIt()
    {
        using var stub = new StubChatClient();
        using var observed = new ObservedRoot();

        using (AgentContext.Begin("c", metadata: [new("broken", new BrokenDictionary())]))
        {
            await observed.AskAsync(stub);
        }

        Assert.Equal("chat stub-model", observed.Spans.Only().DisplayName);
    }

    [Fact]
    public async Task Create_ListenerThrowsWhenAskedForASource_TheRootIsMadeAndObserves()
    {
        var source = $"hostile-{Guid.NewGuid():N}";
        using var before = new SpanCollector(source);
        using var hostile = new ActivityListener
        {
            ShouldListenTo = candidate => candidate.Name == source ? throw new InvalidOperationException("listener") : false,
        };
        ActivitySource.AddActivityListener(hostile);

        using var root = AgentObservability.Create(builder => builder.Configure(o => o.SourceName = source));
        using var client = new StubChatClient().UseAgentObservability(root);
        await client.GetResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("chat stub-model", before.Only().DisplayName);
    }

    [Fact]
    public async Task Create_ListenerThrowsWhenToldOfAnInstrument_TheRootIsMadeAndMeasures()
    {
        var source = $"hostile-{Guid.NewGuid():N}";
        using var metrics = new MetricCollector(source);
        using var hostile = new MeterListener
        {
            InstrumentPublished = (instrument, _) => Throw(instrument.Meter.Name == source),
        };
        hostile.Start();

        using var root = AgentObservability.Create(builder => builder.Configure(o => o.SourceName = source));
        using var client = new StubChatClient().UseAgentObservability(root);
        await client.GetResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);

        metrics.Only("gen_ai.client.operation.duration");
    }

    [Fact]
    public async Task Create_ConventionThrowsWhenAskedForItsKind_TheOthersWrite()
    {
        using var stub = new StubChatClient();
        using var observed = new ObservedRoot(o => o.AddConvention(new BrokenConvention()));

        await observed.AskAsync(stub);

        Assert.Equal("chat", observed.Spans.Only().GetTagItem("gen_ai.operation.name"));
        Assert.Contains(observed.Metrics.Of("aiobs.faults"), static fault => "convention".Equals(fault.Tags["aiobs.part"]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GetResponseAsync_ModelReturnsNothing_SaysWhichClient(bool isAgent)
    {
        using var observed = new ObservedRoot();
        var model = new StubChatClient { OnResponse = static _ => null!, OnStream = static _ => null! };
        using var client = isAgent ? model.UseAgent("helper", observed.Root) : model.UseAgentObservability(observed.Root);

        var plain = await Assert.ThrowsAsync<InvalidOperationException>(() => client.GetResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken));
        var stream = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
            await client.GetStreamingResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));

        Assert.Equal("AiObs.TestSupport.Stubs.StubChatClient returned null instead of an answer to wait for.", plain.Message);
        Assert.Equal(plain.Message, stream.Message);
        Assert.Equal(2, observed.Spans.Spans.Count(static span => "System.InvalidOperationException".Equals(span.GetTagItem("error.type"))));
    }

    private static void Throw(bool isMeant)
    {
        if (isMeant)
        {
            throw new InvalidOperationException("listener");
        }
    }

    private static ActivityListener Listen(string source, Action<Activity>? started = null)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = candidate => candidate.Name == source,
            Sample = static (ref _) => ActivitySamplingResult.AllData,
            ActivityStarted = started,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private sealed class BrokenConvention : ISpanConvention
    {
        public bool FlattensContent => throw new InvalidOperationException("convention");

        public void Start(AgentOperation operation, ref TagList tags)
        {
        }

        public void WriteResult(Activity activity, AgentOperation operation)
        {
        }

        public void WriteContent(Activity activity, AgentOperation operation)
        {
        }
    }

    private sealed class ThrowingLoggers : ILoggerFactory, ILogger
    {
        public void AddProvider(ILoggerProvider provider)
        {
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => throw new InvalidOperationException("logger");

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new InvalidOperationException("logger");

        public void Dispose()
        {
        }
    }

    private sealed class BrokenDictionary : IEnumerable<KeyValuePair<string, object?>>
    {
        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => throw new InvalidOperationException("metadata");

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
