using System.Diagnostics;
using AiObs.Events;
using AiObs.Operations;
using AiObs.TestSupport;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Tests.Bridge;

/// <summary>A root, a provider that bridges for it, and what its exporter, its observers and its sinks hear.</summary>
internal sealed class BridgeScene : IDisposable, IOperationObserver
{
    private readonly Dictionary<string, ActivitySource> _sources = new(StringComparer.Ordinal);
    private readonly List<AgentOperation> _started = [];
    private readonly List<AgentOperation> _completed = [];
    private readonly TracerProvider _provider;

    public BridgeScene(
        Action<AgentObservabilityBuilder>? root = null,
        Action<AgentTracingOptions>? tracing = null,
        Func<BaseExporter<Activity>, BaseProcessor<Activity>>? processor = null,
        bool isExporterFirst = false,
        Action<TracerProviderBuilder>? provider = null)
    {
        Root = AgentObservability.Create(builder =>
        {
            builder.Configure(options => options.SourceName = OwnName).AddObserver(this);
            builder.ConfigureEvents(options => options.ShutdownTimeout = HangGuard.Limit);
            root?.Invoke(builder);
        });
        Sink = new InMemoryEventSink();
        Root.Events.AddSink(Sink);
        var exporting = processor?.Invoke(Exporter) ?? new SimpleActivityExportProcessor(Exporter);
        var builder = Sdk.CreateTracerProviderBuilder();
        provider?.Invoke(builder);
        builder = isExporterFirst ? builder.AddProcessor(exporting) : builder;
        builder.AddAgentObservability(Root, tracing);
        _provider = (isExporterFirst ? builder : builder.AddProcessor(exporting)).Build();
    }

    /// <summary>Gets the name of the root's source.</summary>
    public string OwnName { get; } = $"bridge-{Guid.NewGuid():N}";

    public AgentObservability Root { get; }

    public InMemoryEventSink Sink { get; }

    public CollectingExporter Exporter { get; } = new();

    /// <summary>Gets the operations that observers were told the start of, and the end of.</summary>
    public (IReadOnlyList<AgentOperation> Started, IReadOnlyList<AgentOperation> Completed) Told => (_started, _completed);

    /// <summary>Returns the source of a name; it lives as long as the scene.</summary>
    public ActivitySource SourceOf(string name)
    {
        if (!_sources.TryGetValue(name, out var source))
        {
            _sources[name] = source = new ActivitySource(name);
        }

        return source;
    }

    /// <summary>Writes one span as a library does, and returns what its exporter saw.</summary>
    public ExportedSpan Emit(string source, string name, ActivityKind kind, params KeyValuePair<string, object?>[] tags)
    {
        Start(source, name, kind, tags).Dispose();
        _provider.ForceFlush();

        return Exporter.Spans[^1];
    }

    /// <summary>Starts a span and sets its tags afterwards, as most libraries do.</summary>
    public Activity Start(string source, string name, ActivityKind kind, params KeyValuePair<string, object?>[] tags)
    {
        var span = SourceOf(source).StartActivity(name, kind)!;
        foreach (var (key, value) in tags)
        {
            span.SetTag(key, value);
        }

        return span;
    }

    public async Task<IReadOnlyList<string>> EventTypesAsync()
    {
        await Root.Events.FlushAsync(TestContext.Current.CancellationToken);

        return [.. Sink.Events.Select(item => item.Type)];
    }

    public void Flush() => _provider.ForceFlush();

    /// <summary>Ends the provider; what its exporter is in the middle of is done then, which a flush does not wait for.</summary>
    public void Shutdown() => _provider.Shutdown();

    public void Dispose()
    {
        _provider.Dispose();
        Root.Dispose();
        Exporter.Dispose();
        foreach (var source in _sources.Values)
        {
            source.Dispose();
        }
    }

    void IOperationObserver.Started(AgentOperation operation) => _started.Add(operation);

    void IOperationObserver.Completed(AgentOperation operation) => _completed.Add(operation);
}
