using System.Collections.Concurrent;
using System.Diagnostics;
using OpenTelemetry;

namespace AiObs.OpenTelemetry.Tests;

/// <summary>Keeps a copy of each span as it is when the exporter gets it, so that later changes do not show; its events as exporters of ours send them.</summary>
internal sealed class CollectingExporter : BaseExporter<Activity>
{
    private readonly ConcurrentQueue<ExportedSpan> _spans = new();

    public IReadOnlyList<ExportedSpan> Spans => [.. _spans];

    public ExportedSpan Only(string name) => Assert.Single(Spans, span => span.Name == name);

    public override ExportResult Export(in Batch<Activity> batch)
    {
        foreach (var span in batch)
        {
            _spans.Enqueue(new ExportedSpan(
                span.TraceId, span.SpanId, span.Source.Name, span.DisplayName, span.StatusDescription, span.TagObjects.ToDictionary())
            {
                Events = [.. ShownEvents.Of(span).Select(item => (item.Name, (IReadOnlyDictionary<string, object?>)item.Tags.ToDictionary()))],
            });
        }

        return ExportResult.Success;
    }
}
