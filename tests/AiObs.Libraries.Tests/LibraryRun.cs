using System.Diagnostics;
using AiObs.Events.Sinks;
using FakeModelServer;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace AiObs.Libraries.Tests;

/// <summary>One run of an application that uses a library: its root, what listens to it, and a server that plays the model.</summary>
internal sealed class LibraryRun : IAsyncDisposable
{
    private const string CallerSource = "Application";

    private readonly List<Activity> _spans = [];
    private readonly ActivitySource _application = new(CallerSource);
    private readonly InMemoryEventSink _sink = new();
    private readonly TracerProvider? _provider;
    private readonly Activity? _caller;

    private FakeServer? _server;

    public LibraryRun(LibraryRunOptions options)
    {
        Root = AgentObservability.Create(builder =>
        {
            builder.AddCostTracking().Configure(root => options.Apply(root));
            options.Build?.Invoke(builder);
        });
        Root.Events.AddSink(_sink);
        if (options.IsListening)
        {
            _provider = Sdk.CreateTracerProviderBuilder()
                .AddSource(CallerSource)
                .AddAgentObservability(Root, options.Trace)
                .AddInMemoryExporter(_spans)
                .Build();
        }

        _caller = _application.StartActivity("request");
    }

    public LibraryRun(ContentMode content)
        : this(new LibraryRunOptions { Content = content })
    {
    }

    public AgentObservability Root { get; }

    /// <summary>Starts the server that plays the model, with what it answers in turn.</summary>
    public async Task<FakeServer> ServeAsync(params ModelReply[] replies)
    {
        _server = await FakeServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        _server.Enqueue(replies);
        return _server;
    }

    /// <summary>Ends the caller's span, and compares the picture of all that was recorded with the approved one.</summary>
    public async Task ApproveAsync(string name)
    {
        _caller?.Dispose();
        _provider?.ForceFlush();
        await Root.Events.FlushAsync(TestContext.Current.CancellationToken);
        var text = string.Join("\n\n", _spans.Where(span => span.TraceId == _caller!.TraceId).Select(span => $"[{span.Source.Name}] {span.SpanId} < {span.ParentSpanId} {TestSupport.SpanText.Of(span)}"));
        text += "\n" + string.Join("\n", _sink.Events.Select(e => $"{e.Type} {string.Join(",", e.Data)} {e.Content}"));
        var page = await Root.Costs!.Store.ListAsync(new());
        text += "\n" + string.Join("\n", page.Records.Select(e => $"{e.Receipt}"));
        Directory.CreateDirectory("/tmp/libpics");
        await File.WriteAllTextAsync($"/tmp/libpics/{name}.txt", text);
    }

    public async ValueTask DisposeAsync()
    {
        _caller?.Dispose();
        _provider?.Dispose();
        await Root.DisposeAsync();
        _application.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
