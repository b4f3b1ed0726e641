using System.Diagnostics;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;

namespace AiObs.Tests;

public sealed class AiObsServiceCollectionExtensionsTests : IDisposable
{
    private readonly string _source = $"di-{Guid.NewGuid():N}";
    private readonly ServiceCollection _services = [];
    private readonly StubChatClient _stub = new();

    public void Dispose() => _stub.Dispose();

    [Fact]
    public void AddAgentObservability_CalledTwice_AddsOneRootAndRunsBothLambdas()
    {
        _services.AddAgentObservability(o => o.SourceName = _source);
        _services.AddAgentObservability(o => o.CaptureContent = ContentCapture.Spans);
        using var provider = _services.BuildServiceProvider();

        var root = Assert.Single(provider.GetServices<AgentObservability>());

        Assert.Equal(_source, root.Pipeline.Options.SourceName);
        Assert.Equal(ContentCapture.Spans, root.Pipeline.Options.CaptureContent);
    }

    [Fact]
    public void AddAgentObservability_Configured_CodeBeatsTheSection()
    {
        _services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection([new("AgentObservability:SourceName", "section"), new("AgentObservability:CaptureContent", "All")])
            .Build());
        _services.AddAgentObservability(o => o.SourceName = _source);
        using var provider = _services.BuildServiceProvider();

        var options = provider.GetRequiredService<IOptions<AgentObservabilityOptions>>().Value;

        Assert.Equal(_source, options.SourceName);
        Assert.Equal(ContentCapture.All, options.CaptureContent);
    }

    [Fact]
    public void AddAgentObservability_ConfiguredBeforeIt_CodeStillBeatsTheSection()
    {
        _services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection([new("AgentObservability:SourceName", "section")])
            .Build());
        _services.Configure<AgentObservabilityOptions>(o => o.SourceName = _source);
        _services.AddAgentObservability();
        using var provider = _services.BuildServiceProvider();

        Assert.Equal(_source, provider.GetRequiredService<IOptions<AgentObservabilityOptions>>().Value.SourceName);
    }

    [Fact]
    public void AddAgentObservability_NoConfigurationInTheContainer_UsesTheDefaults()
    {
        _services.AddAgentObservability();
        using var provider = _services.BuildServiceProvider();

        Assert.Equal("AiObs", provider.GetRequiredService<AgentObservability>().Pipeline.Options.SourceName);
    }

    [Fact]
    public void AddAgentObservability_NullServices_IsRefused() =>
        Assert.Throws<ArgumentNullException>(() => ((IServiceCollection)null!).AddAgentObservability());

    [Fact]
    public async Task UseAgentObservability_ServicesWithARoot_SharesItBeyondTheClient()
    {
        using var spans = new SpanCollector(_source);
        _services.AddAgentObservability(o => o.SourceName = _source);
        await using var provider = _services.BuildServiceProvider();

        _stub.UseAgentObservability(provider).Dispose();
        using var client = _stub.UseAgentObservability(provider);
        await client.GetResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Same(provider.GetRequiredService<AgentObservability>().Pipeline.Source, spans.Only().Source);
    }

    [Fact]
    public async Task UseAgentObservability_ServicesWithARootAndALambda_ChangesACopy()
    {
        using var spans = new SpanCollector(_source);
        _services.AddAgentObservability(o => o.SourceName = _source);
        await using var provider = _services.BuildServiceProvider();
        using var client = _stub.UseAgentObservability(provider, o => o.CaptureContent = ContentCapture.Spans);

        await client.GetResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("Hi", spans.Only().GetTagItem("llm.input_messages.0.message.content"));
        Assert.Equal(ContentCapture.None, provider.GetRequiredService<AgentObservability>().Pipeline.Options.CaptureContent);
    }

    [Fact]
    public async Task UseAgentObservability_ServicesWithoutARoot_MakesOneThatEndsWithTheClient()
    {
        using var spans = new SpanCollector(_source);
        await using var empty = _services.BuildServiceProvider();
        var client = _stub.UseAgentObservability(empty, o => o.SourceName = _source);
        var source = client.GetService<ActivitySource>()!;
        await client.GetResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);

        client.Dispose();

        Assert.Single(spans.Spans);
        Assert.False(source.HasListeners());
    }

    [Fact]
    public async Task UseAgentObservability_ServicesWithoutARoot_LogsToTheirLogger()
    {
        using var spans = new SpanCollector(_source);
        var logs = new FakeLogCollector();
        _services.AddSingleton(logs.ToFactory());
        await using var provider = _services.BuildServiceProvider();
        using var client = StubChatClient.Throwing(new InvalidOperationException()).UseAgentObservability(provider, o => o.SourceName = _source);

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => client.GetResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal("gen_ai.client.operation.exception", Assert.Single(logs.GetSnapshot()).Id.Name);
    }
}
