using AiObs.Events;
using AiObs.TestSupport;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;

namespace AiObs.Tests.Privacy;

/// <summary>A root whose spans, measurements, log records and events are all collected, to look for canaries in them.</summary>
internal sealed class CanaryCage : IDisposable
{
    private readonly FakeLogCollector _logs = new();
    private readonly InMemoryEventSink _events = new();
    private readonly SpanCollector _spans;
    private readonly MetricCollector _metrics;

    public CanaryCage(Action<AgentObservabilityOptions>? configure = null)
    {
        var source = $"canary-{Guid.NewGuid():N}";
        _spans = new SpanCollector(source);
        _metrics = new MetricCollector(source);
        Root = AgentObservability.Create(builder =>
        {
            builder.Services.AddSingleton(_logs.ToFactory());
            builder.AddEventSink(_events, static options => (options.Delivery, options.DurableTimeout) = (EventDelivery.Durable, HangGuard.Limit));
            builder.Configure(options =>
            {
                options.SourceName = source;
                options.EmitOperationDetails = true;
                configure?.Invoke(options);
            });
        });
    }

    public AgentObservability Root { get; }

    public IReadOnlyList<System.Diagnostics.Activity> Spans => _spans.Spans;

    public IReadOnlyList<FakeLogRecord> Logs => _logs.GetSnapshot();

    public IReadOnlyList<AgentEvent> Events => _events.Events;

    /// <summary>Makes a plain call, a streamed one and one of each that fails.</summary>
    public async Task CallAsync(IChatClient client, string failure, CancellationToken cancellationToken)
    {
        using var observed = client.UseAgentObservability(Root);
        await observed.GetResponseAsync(Canary.Messages(), Canary.Options(), cancellationToken);
        await observed.GetStreamingResponseAsync(Canary.Messages(), Canary.Options(), cancellationToken).ToChatResponseAsync(cancellationToken);

        using var broken = TestSupport.Stubs.StubChatClient.Throwing(new InvalidOperationException(failure)).UseAgentObservability(Root);
        await Assert.ThrowsAsync<InvalidOperationException>(() => broken.GetResponseAsync(Canary.Messages(), Canary.Options(), cancellationToken));
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => broken.GetStreamingResponseAsync(Canary.Messages(), Canary.Options(), cancellationToken).ToChatResponseAsync(cancellationToken));
    }

    /// <summary>Passes when none of the canaries is anywhere.</summary>
    public void AssertNoneOf(params string[] canaries) =>
        Assert.Empty(Hits(canaries));

    /// <summary>Passes when each of the canaries is somewhere; otherwise looking for the others would prove nothing.</summary>
    public void AssertEachOf(params string[] canaries) => Assert.All(
        canaries, canary => Assert.NotEmpty(Hits(canary)));

    /// <summary>Passes when each of the canaries is in an event.</summary>
    public void AssertEachInEvents(params string[] canaries) => Assert.All(
        canaries, canary => Assert.NotEmpty(new CanaryScan(canary).Search(EventValues).Hits));

    public void Dispose()
    {
        Root.Dispose();
        _spans.Dispose();
        _metrics.Dispose();
    }

    private IEnumerable<KeyValuePair<string, object?>> EventValues =>
        _events.Events.SelectMany(static item => item.Data.Append(new("content", item.Content)).Append(new("type", item.Type)));

    private IReadOnlyList<string> Hits(params string[] canaries) =>
        new CanaryScan(canaries).Search(_spans.Spans).Search(_metrics.Measurements).Search(_logs.GetSnapshot()).Search(EventValues).Hits;
}
