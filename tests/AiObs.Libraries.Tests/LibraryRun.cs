using System.Diagnostics;
using System.Runtime.CompilerServices;
using AiObs.Pictures;
using FakeModelServer;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace AiObs.Libraries.Tests;

/// <summary>One run of an application that uses a library: a root, a tracer provider such as applications have, and a server that plays the model.</summary>
internal sealed class LibraryRun : IAsyncDisposable
{
    private const string ApplicationSource = "Application";

    private static readonly string[] Sources =
    [
        ApplicationSource,
        "Experimental.Microsoft.Agents.AI",
        "Experimental.Microsoft.Extensions.AI",
        "Experimental.ModelContextProtocol",
        "Microsoft.Agents.AI.Workflows",
        "Microsoft.SemanticKernel",
        "Microsoft.SemanticKernel.Diagnostics",
        "com.anthropic.sdk.csharp",
    ];

    private readonly ActivitySource _application = new(ApplicationSource);
    private readonly ExportedSpans _exported = new();
    private readonly Dictionary<string, string> _names = [];
    private readonly Recorder _recorder;
    private readonly TracerProvider _provider;
    private FakeServer? _server;

    public LibraryRun(LibraryRunOptions options)
    {
        _recorder = new Recorder([.. Sources, .. options.FurtherSources]);
        Root = _recorder.CreateRoot(options.Configure);
        _provider = Sdk.CreateTracerProviderBuilder()
            .AddSource(ApplicationSource)
            .AddAgentObservability(Root, tracing =>
            {
                foreach (var source in options.FurtherSources)
                {
                    tracing.ModelSourceNames.Add(source);
                }
            })
            .AddInMemoryExporter(_exported)
            .Build();
    }

    public LibraryRun(ContentMode content)
        : this(new LibraryRunOptions { Content = content })
    {
    }

    public AgentObservability Root { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Starts the server that plays the model, with what it answers in turn.</summary>
    public async Task<FakeServer> ServeAsync(params ModelReply[] replies)
    {
        _server = await FakeServer.StartAsync(cancellationToken: Token);
        _server.Enqueue(replies);
        return _server;
    }

    /// <summary>Shows a name in the picture in the place of a text that differs from run to run.</summary>
    public void Show(string text, string name) => _names[text] = name;

    /// <summary>Does what the run is about, under a span of the application's, and notes the answer or the exception.</summary>
    public Task RecordAsync<T>(Func<Task<T>> call) => RecordAsync(async () => _recorder.Note(await call()));

    /// <summary>Does what the run is about, under a span of the application's, and notes the exception.</summary>
    public Task RecordAsync(Func<Task> work) => _recorder.RunAsync(async () =>
    {
        using var request = _application.StartActivity("request");
        await work();
    });

    /// <summary>Compares the picture of all that was recorded with the approved one.</summary>
    /// <param name="name">The name of the picture.</param>
    /// <param name="faults">The known faults that stand in it.</param>
    /// <param name="callerPath">The file of the test, beside which the pictures are.</param>
    public async Task ApproveAsync(string name, string[]? faults = null, [CallerFilePath] string callerPath = "")
    {
        _provider.ForceFlush();
        _exported.AssertHasAll(_recorder.Spans);
        var drawing = _names.Aggregate(
            await _recorder.DrawAsync(Token), (text, name) => text.Replace(name.Key, name.Value, StringComparison.Ordinal));

        Approval.Beside("Pictures", callerPath).Approve(name, DrawnParts.Of(drawing).ToString(), faults ?? []);
    }

    public async ValueTask DisposeAsync()
    {
        _provider.Dispose();
        _recorder.Dispose();
        _application.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
