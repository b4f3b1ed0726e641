using System.Diagnostics.Metrics;
using AiObs.TestSupport;

namespace AiObs.Pictures;

/// <summary>Keeps the measurements that a recorder wants.</summary>
internal sealed class MetricRecorder : IDisposable
{
    private readonly CollectedList<RecordedMeasurement> _measurements = new();
    private readonly MeterListener _listener = new();
    private readonly Predicate<string> _wants;

    /// <summary>Listens to meters by their names.</summary>
    /// <param name="mayWant">Whether a meter is listened to.</param>
    /// <param name="wants">Whether a measurement of it is kept, asked in the flow that measures.</param>
    public MetricRecorder(Predicate<string> mayWant, Predicate<string> wants)
    {
        _wants = wants;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (mayWant(instrument.Meter.Name))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        Keep<int>();
        Keep<long>();
        Keep<double>();
        Keep<decimal>();
        _listener.Start();
    }

    /// <summary>Returns everything so far, and the observable instruments as they stand.</summary>
    public IReadOnlyList<RecordedMeasurement> Take()
    {
        var measured = _measurements.Items.Where(measurement => !measurement.Instrument.IsObservable).ToList();
        var count = _measurements.Items.Count;
        _listener.RecordObservableInstruments();

        return [.. measured, .. _measurements.Items.Skip(count).Where(measurement => measurement.Instrument.IsObservable)];
    }

    public void Dispose() => _listener.Dispose();

    private void Keep<T>()
        where T : struct =>
        _listener.SetMeasurementEventCallback<T>((instrument, value, tags, _) =>
        {
            if (_wants(instrument.Meter.Name))
            {
                _measurements.Add(new(instrument, value, tags.ToArray()));
            }
        });
}
