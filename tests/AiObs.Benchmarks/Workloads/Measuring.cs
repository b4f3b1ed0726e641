using System.Diagnostics.Metrics;

namespace AiObs.Benchmarks.Workloads;

/// <summary>Listens to every instrument of one meter and keeps nothing.</summary>
internal sealed class Measuring : IDisposable
{
    private readonly MeterListener _listener = new();

    public Measuring(string meterName)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == meterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>(static (_, _, _, _) => { });
        _listener.SetMeasurementEventCallback<long>(static (_, _, _, _) => { });
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();
}
