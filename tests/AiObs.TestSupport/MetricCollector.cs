using System.Diagnostics.Metrics;

namespace AiObs.TestSupport;

/// <summary>Listens to meters and keeps every measurement, with no OpenTelemetry SDK involved.</summary>
/// <remarks>
/// The testing package's MetricCollector of T turns on one instrument of one number type. Here all of a meter are on, as with a real reader, so that
/// everything is recorded, in its order, and a test sees what should not have been.
/// </remarks>
public sealed class MetricCollector : IDisposable
{
    private readonly CollectedList<Instrument> _instruments = new();
    private readonly CollectedList<CollectedMeasurement> _measurements = new();
    private readonly MeterListener _listener = new();

    /// <summary>Listens to every meter of the given name.</summary>
    public MetricCollector(string meterName)
        : this(meter => meter.Name == meterName)
    {
    }

    /// <summary>Listens to the meters that the predicate picks.</summary>
    public MetricCollector(Predicate<Meter> shouldListenTo)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (shouldListenTo(instrument.Meter))
            {
                _instruments.Add(instrument);
                listener.EnableMeasurementEvents(instrument);
            }
        };
        Collect<int>();
        Collect<long>();
        Collect<double>();
        Collect<decimal>();
        _listener.Start();
    }

    /// <summary>Gets every instrument published so far.</summary>
    public IReadOnlyList<Instrument> Instruments => _instruments.Items;

    /// <summary>Gets every measurement so far, in order of recording.</summary>
    public IReadOnlyList<CollectedMeasurement> Measurements => _measurements.Items;

    /// <summary>Returns the measurements of one instrument, in order of recording.</summary>
    public IReadOnlyList<CollectedMeasurement> Of(string instrumentName) =>
        [.. Measurements.Where(measurement => measurement.Name == instrumentName)];

    /// <summary>Returns the only measurement of one instrument, or fails with a list of what there is.</summary>
    public CollectedMeasurement Only(string instrumentName)
    {
        var matches = Of(instrumentName);
        if (matches.Count != 1)
        {
            var all = string.Join('\n', Measurements.Select(measurement => $"  {measurement}"));
            Assert.Fail($"Expected one measurement of '{instrumentName}', found {matches.Count}. All measurements:\n{all}");
        }

        return matches[0];
    }

    /// <summary>Returns the bucket boundaries that a histogram advises, or nothing when it advises none.</summary>
    public IReadOnlyList<T> BucketBoundaries<T>(string instrumentName)
        where T : struct =>
        Instruments.OfType<Histogram<T>>().Single(histogram => histogram.Name == instrumentName).Advice?.HistogramBucketBoundaries ?? [];

    /// <summary>Asks the observable instruments for their current values.</summary>
    public void RecordObservableInstruments() => _listener.RecordObservableInstruments();

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private void Collect<T>()
        where T : struct =>
        _listener.SetMeasurementEventCallback<T>((instrument, value, tags, _) => AddMeasurement(instrument, value, tags));

    private void AddMeasurement(Instrument instrument, object value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _measurements.Add(new CollectedMeasurement(instrument, value, new Dictionary<string, object?>(tags.ToArray())));
}
