using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace AiObs.Benchmarks.Workloads;

/// <summary>A tracer provider that samples everything and exports nothing: what an application has before it chooses a backend.</summary>
internal sealed class Listening : IDisposable
{
    private readonly TracerProvider _provider;

    public Listening(string sourceName) =>
        _provider = Sdk.CreateTracerProviderBuilder().AddSource(sourceName).AddProcessor(new EmptyProcessor()).Build();

    /// <summary>Returns a name that nobody else's source has.</summary>
    public static string NewSourceName() => $"AiObs.Benchmarks.{Guid.NewGuid():N}";

    public void Dispose() => _provider.Dispose();

    private sealed class EmptyProcessor : BaseProcessor<Activity>;
}
