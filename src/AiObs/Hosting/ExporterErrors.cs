using System.Diagnostics.Tracing;

namespace AiObs.Hosting;

/// <summary>Hears what the exporters of the OpenTelemetry SDK say of failures. They tell nobody else.</summary>
/// <param name="clock">Says when; by default that of the system.</param>
internal sealed class ExporterErrors(TimeProvider? clock = null) : EventListener
{
    private const string Exporters = "OpenTelemetry-Exporter-";

    // Initialised before the listener begins to hear, so that what it hears at once finds it.
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private long _count;
    private long _lastTicks;
    private volatile string? _last;

    /// <summary>Gets how many failures there were so far.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>Gets the exporter and the name of the last one; never its text, which may quote addresses and keys.</summary>
    public string? Last => _last;

    /// <summary>Gets when that was.</summary>
    public DateTimeOffset LastTime => new(Interlocked.Read(ref _lastTicks), TimeSpan.Zero);

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
            Interlocked.Exchange(ref _lastTicks, _clock.GetUtcNow().UtcTicks);
            Interlocked.Increment(ref _count);
        }
    }
}
