using System.Diagnostics;

namespace AiObs.Benchmarks.Workloads;

/// <summary>The unit that everything is measured in: an activity with twelve tags.</summary>
public sealed class BareActivity : Workload
{
    private const string SourceName = "AiObs.Benchmarks.Bare";
    private static readonly string[] Keys = [.. Enumerable.Range(0, 12).Select(static index => $"key.{index}")];

    private readonly ActivitySource _source = new(SourceName);
    private readonly Listening _listening = new(SourceName);

    /// <inheritdoc/>
    public override void Run()
    {
        using var activity = _source.StartActivity("chat model", ActivityKind.Client);
        foreach (var key in Keys)
        {
            activity!.SetTag(key, "value");
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _listening.Dispose();
        _source.Dispose();
    }
}
