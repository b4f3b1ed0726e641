using System.Diagnostics.Tracing;

namespace AiObs.Hosting;

/// <summary>Hears what the exporters of the OpenTelemetry SDK say of failures. They tell nobody else.</summary>
internal sealed class ExporterErrors : EventListener
{
    private const string Exporters = "OpenTelemetry-Exporter-";

    private long _count;
    private volatile string? _last;

    /// <summary>Gets how many failures there were so far.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>Gets the exporter and the name of the last one; never its text, which may quote addresses and keys.</summary>
    public string? Last => _last;

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name.StartsWith(Exporters, StringComparison.Ordinal))
        {
            EnableEvents(eventSource, EventLevel.Warning);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        // Level 0 is for what is always on, such as counters.
        if (eventData.Level is EventLevel.Critical or EventLevel.Error or EventLevel.Warning)
        {
            _last = $"{eventData.EventSource.Name}: {eventData.EventName}";
            Interlocked.Increment(ref _count);
        }
    }
}
