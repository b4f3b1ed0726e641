using System.Diagnostics;
using AiObs.OpenTelemetry.Sampling;
using AiObs.TestSupport;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Tests.Sampling;

/// <summary>A provider whose exporter gets what is kept, with a clock, a source and a meter of its own.</summary>
internal sealed class SampledRun : IDisposable
{
    private readonly ActivitySource _source = new($"sampled-{Guid.NewGuid():N}");
    private readonly MetricCollector _metrics;
    private readonly KeepInterestingProcessor _processor;
    private readonly TracerProvider _provider;

    public SampledRun(KeepInterestingOptions options, BaseProcessor<Activity>? processor = null)
    {
        _metrics = new MetricCollector(_source.Name);
        processor ??= new SimpleActivityExportProcessor(Exporter);
        _processor = new KeepInterestingProcessor(processor, options, Clock, _source.Name);
        _provider = Sdk.CreateTracerProviderBuilder()
            .AddSource(_source.Name)
            .SetSampler(new AlwaysOnSampler())
            .AddProcessor(_processor)
            .Build();
    }

    /// <summary>Gets the name of the source that the provider listens to.</summary>
    public string Source => _source.Name;

    public TestClock Clock { get; } = new();

    public CollectingExporter Exporter { get; } = new();

    /// <summary>Gets the names of the spans that were exported, in order.</summary>
    public IEnumerable<string> Exported => Exporter.Spans.Select(span => span.Name);

    /// <summary>Starts a span below a parent, or below nothing.</summary>
    public Activity Start(string name, Activity? parent = null, ActivityContext remote = default)
    {
        Assert.False(parent is { IsStopped: true }, "A span that has stopped cannot be current.");
        Activity.Current = parent;
        return _source.StartActivity(name, ActivityKind.Internal, remote)!;
    }

    /// <summary>Runs a trace with one child below its root.</summary>
    public void Trace(string root, Action<Activity>? child = null)
    {
        using var parent = Start(root);
        using var step = Start($"{root}.child", parent);
        child?.Invoke(step);
    }

    /// <summary>Hands a finished span to the processor, as the provider does when its source stops it.</summary>
    public void Report(Activity span) => _processor.OnEnd(span);

    public bool Flush() => _provider.ForceFlush();

    /// <summary>Shuts the processor down alone: a provider that is shut down hears of no span.</summary>
    public bool Shutdown() => _processor.Shutdown();

    /// <summary>Returns how many spans were left out for a reason.</summary>
    public long SampledOut(string reason = "ratio") => Sum("aiobs.spans.sampled_out", reason);

    /// <summary>Returns how many traces were decided early for a reason.</summary>
    public long DecidedEarly(string reason) => Sum("aiobs.traces.decided_early", reason);

    public void Dispose()
    {
        Activity.Current = null;
        _provider.Dispose();
        _source.Dispose();
        _metrics.Dispose();
    }

    private long Sum(string instrument, string reason) =>
        _metrics.Of(instrument).Where(measurement => (string?)measurement.Tags["aiobs.sampling.reason"] == reason).Sum(measurement => (long)measurement.Value);
}
