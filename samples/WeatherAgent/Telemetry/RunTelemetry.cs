using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace WeatherAgent.Telemetry;

/// <summary>Takes every span that AiObs finishes: keeps it for the screen and, if wanted, writes it to a file and sends it to a server.</summary>
internal sealed class RunTelemetry : IDisposable
{
    private readonly FinishedSpans _spans = new();
    private readonly SpanFile? _file;
    private readonly TracerProvider _provider;

    /// <summary>Starts to listen.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public RunTelemetry(RunOptions options)
    {
        _file = options.SpansFile is { } path ? new SpanFile(path) : null;
        Export = options.OtlpEndpoint is { } endpoint ? new OtlpExport(endpoint) : null;

        var builder = Sdk.CreateTracerProviderBuilder()
            .ConfigureResource(resource => resource.AddService("weather-agent"))
            // The SDK traces itself, too: inside of each of our spans it would leave one of its own, without tokens, which says nothing new.
            .AddAgentObservability(static options => options.Libraries.Anthropic = false)
            .AddProcessor(_spans);

        if (_file is not null)
        {
            builder.AddProcessor(_file);
        }

        Export?.AddTo(builder);
        _provider = builder.Build();
    }

    /// <summary>Gets the spans so far, in the order in which they ended.</summary>
    public IReadOnlyList<Activity> Spans => _spans.Snapshot();

    /// <summary>Gets how the spans get to a server; null when they do not.</summary>
    public OtlpExport? Export { get; }

    /// <summary>Gets why the file is not complete; null when it is.</summary>
    public string? FileError => _file?.Error;

    /// <summary>Waits until every span has left, or has failed to; spans that start later are not seen.</summary>
    /// <remarks>A flush is over as soon as nothing waits, while the last batch may still be on its way.</remarks>
    public void Finish() => _provider.Shutdown();

    public void Dispose() => _provider.Dispose();
}
