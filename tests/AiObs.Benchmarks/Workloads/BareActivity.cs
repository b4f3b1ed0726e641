using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Benchmarks.Workloads;

/// <summary>The unit that everything is measured in: an activity with twelve tags.</summary>
public sealed class BareActivity : Workload
{
    private static readonly string[] Keys = [.. Enumerable.Range(0, 12).Select(static index => $"key.{index}")];

    private readonly ActivitySource _source;
    private readonly Listening _listening;
    private readonly AgentObservability? _root;

    /// <summary>Initializes a new instance of the <see cref="BareActivity"/> class.</summary>
    /// <param name="queueCapacity">How many of its spans may wait for a trace store, where they are kept; <see langword="null"/> where not.</param>
    public BareActivity(int? queueCapacity = null)
    {
        var name = Listening.NewSourceName();
        _source = new(name);
        _listening = new(name);
        _root = queueCapacity is { } capacity
            ? AgentObservability.Create(builder => builder.Configure(options => options.SourceName = name).AddTraces(options => options.QueueCapacity = capacity))
            : null;
    }

    /// <summary>Gets how many tags it has.</summary>
    public static int TagCount => Keys.Length;

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
    public override void Settle() => _root?.FlushTracesAsync().GetAwaiter().GetResult();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _listening.Dispose();
        _root?.Dispose();
        _source.Dispose();
    }
}
