using System.Diagnostics;
using OpenTelemetry;

namespace WeatherAgent.Telemetry;

/// <summary>Keeps every finished span.</summary>
internal sealed class FinishedSpans : BaseProcessor<Activity>
{
    private readonly Lock _gate = new();
    private readonly List<Activity> _spans = [];

    public override void OnEnd(Activity data)
    {
        lock (_gate)
        {
            _spans.Add(data);
        }
    }

    public IReadOnlyList<Activity> Snapshot()
    {
        lock (_gate)
        {
            return [.. _spans];
        }
    }
}
