using System.Diagnostics;
using AiObs.Privacy;
using OpenTelemetry;
using OpenTelemetry.Exporter;

namespace AiObs.OpenTelemetry.Backends.Masking;

/// <summary>Sends spans, and tells what writes their bytes which events of them are masked.</summary>
internal sealed class MaskingTraceExporter(OtlpExporterOptions options, SentMasks masks) : OtlpTraceExporter(options)
{
    public override ExportResult Export(in Batch<Activity> activityBatch)
    {
        // A batch can be read once.
        var spans = new Activity[activityBatch.Count];
        var count = 0;
        var masked = new Dictionary<ActivitySpanId, MaskedEvents>();
        foreach (var span in activityBatch)
        {
            spans[count++] = span;
            if (MaskedEvents.Of(span) is { } events)
            {
                masked[span.SpanId] = events;
            }
        }

        masks.Current = masked;
        try
        {
            return base.Export(new Batch<Activity>(spans, count));
        }
        finally
        {
            masks.Current = null;
        }
    }
}
