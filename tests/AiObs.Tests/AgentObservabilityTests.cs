using System.Diagnostics;
using AiObs.Operations;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using NSubstitute;

namespace AiObs.Tests;

public sealed class AgentObservabilityTests : IDisposable
{
    private readonly string _source = $"root-{Guid.NewGuid():N}";
    private readonly StubChatClient _stub = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _stub.Dispose();

    [Fact]
    public void Create_NothingConfigured_HasTheDefaults()
    {
        using var root = AgentObservability.Create();

        Assert.True(root.Enabled);
        Assert.Equal("AiObs", root.Pipeline.Source.Name);
        Assert.Equal(AppVersion, root.Pipeline.Source.Version);
        Assert.Equal("https://opentelemetry.io/schemas/1.41.0", root.Pipeline.Source.TelemetrySchemaUrl);
    }

    [Fact]
    public async Task Create_ObserverAdded_HearsOfEveryOperation()
    {
        var observer = Substitute.For<IOperationObserver>();
        using var root = AgentObservability.Create(builder => builder.AddObserver(observer));
        using var client = _stub.UseAgentObservability(root);

        await client.GetResponseAsync("Hi", cancellationToken: Token);

        Received.InOrder(() =>
        {
            observer.Started(Arg.Any<ChatOperation>());
            observer.Completed(Arg.Is<AgentOperation>(operation => operation.Outcome == OperationOutcome.Completed));
        });
    }

    [Fact]
    public async Task Enabled_Switched_TakesEffectOnTheNextCallOfEveryClient()
    {
        using var spans = new SpanCollector(source => source.Name == _source || source.Name == $"{_source}-own");
        using var root = Create();
        using var client = _stub.UseAgentObservability(root);
        using var ownSource = _stub.UseAgentObservability(root, o => o.SourceName = $"{_source}-own");

        root.Enabled = false;
        await client.GetResponseAsync("Hi", cancellationToken: Token);
        await ownSource.GetResponseAsync("Hi", cancellationToken: Token);
        Assert.Empty(spans.Spans);

        root.Enabled = true;
        await client.GetResponseAsync("Hi", cancellationToken: Token);
        await ownSource.GetResponseAsync("Hi", cancellationToken: Token);
        Assert.Equal([_source, $"{_source}-own"], spans.Spans.Select(span => span.Source.Name));
    }

    [Fact]
    public async Task Dispose_Called_EndsSourceAndMeterAndLeavesClientsWorking()
    {
        using var spans = new SpanCollector(_source);
        using var metrics = new MetricCollector(_source);
        var root = Create();
        using var client = _stub.UseAgentObservability(root);

        root.Dispose();
        root.Dispose();
        var response = await client.GetResponseAsync("Hi", cancellationToken: Token);

        Assert.Equal("Hello.", response.Text);
        Assert.Empty(spans.Spans);
        Assert.Empty(metrics.Measurements);
    }

    [Fact]
    public async Task DisposeAsync_Called_EndsTheSource()
    {
        using var spans = new SpanCollector(_source);
        var root = Create();
        using var client = _stub.UseAgentObservability(root);

        await root.DisposeAsync();
        await root.DisposeAsync();
        await client.GetResponseAsync("Hi", cancellationToken: Token);

        Assert.Empty(spans.Spans);
    }

    [Fact]
    public async Task UseAgentObservability_OptionsOfOneClient_DoNotReachOthers()
    {
        using var spans = new SpanCollector(_source);
        using var root = Create();
        using var silent = _stub.UseAgentObservability(root, o => o.Enabled = false);
        using var client = _stub.UseAgentObservability(root);

        await silent.GetResponseAsync("Hi", cancellationToken: Token);
        Assert.Empty(spans.Spans);

        await client.GetResponseAsync("Hi", cancellationToken: Token);
        Assert.Single(spans.Spans);
    }

    [Fact]
    public async Task UseAgentObservability_ClientOfASharedRootDisposed_LeavesTheRootWorking()
    {
        using var spans = new SpanCollector(_source);
        using var root = Create();
        using var client = _stub.UseAgentObservability(root);

        _stub.UseAgentObservability(root).Dispose();
        _stub.UseAgentObservability(root, o => o.CaptureContent = ContentCapture.Spans).Dispose();
        await client.GetResponseAsync("Hi", cancellationToken: Token);

        Assert.Single(spans.Spans);
    }

    [Fact]
    public void UseAgentObservability_ClientWithASourceOfItsOwnDisposed_EndsThatSource()
    {
        using var spans = new SpanCollector(_source);
        using var root = AgentObservability.Create();
        var client = _stub.UseAgentObservability(root, o => o.SourceName = _source);
        var source = client.GetService<ActivitySource>()!;
        Assert.True(source.HasListeners());

        client.Dispose();

        Assert.False(source.HasListeners());
    }

    [Fact]
    public void UseAgentObservability_NoRootGiven_MakesOneThatEndsWithTheClient()
    {
        using var spans = new SpanCollector(_source);
        var client = _stub.UseAgentObservability(o => o.SourceName = _source);
        var source = client.GetService<ActivitySource>()!;
        Assert.True(source.HasListeners());

        client.Dispose();

        Assert.False(source.HasListeners());
        Assert.Equal(1, _stub.DisposeCount);
    }

    [Fact]
    public void UseAgentObservability_OptionsOfOneClientAreWrong_SaysSo()
    {
        using var root = AgentObservability.Create();

        Assert.Throws<OptionsValidationException>(() => _stub.UseAgentObservability(root, o => o.SourceName = ""));
    }

    private static string AppVersion => typeof(AgentObservability).Assembly.GetName().Version!.ToString(3);

    private AgentObservability Create() => AgentObservability.Create(builder => builder.Configure(o => o.SourceName = _source));
}
