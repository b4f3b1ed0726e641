using System.Diagnostics.Metrics;

namespace AiObs;

/// <summary>Creates instruments, whatever those who listen to meters do when they hear of one.</summary>
internal static class Instruments
{
    public static Counter<T> Counter<T>(this Meter meter, string name, string unit, string description)
        where T : struct => Create(meter, name, () => meter.CreateCounter<T>(name, unit, description));

    public static Histogram<T> Histogram<T>(
        this Meter meter,
        string name,
        string unit,
        string description,
        IEnumerable<KeyValuePair<string, object?>>? tags = null,
        InstrumentAdvice<T>? advice = null)
        where T : struct => Create(meter, name, () => meter.CreateHistogram(name, unit, description, tags, advice));

    public static ObservableGauge<T> Gauge<T>(
        this Meter meter, string name, Func<IEnumerable<Measurement<T>>> observe, string unit, string description)
        where T : struct => Create(meter, name, () => meter.CreateObservableGauge(name, observe, unit, description));

    private static TInstrument Create<TInstrument>(Meter meter, string name, Func<TInstrument> create)
        where TInstrument : Instrument
    {
        try
        {
            return create();
        }
#pragma warning disable CA1031 // A listener of somebody else's may throw anything.
        catch (Exception)
#pragma warning restore CA1031
        {
            if (Find<TInstrument>(meter, name) is { } created)
            {
                return created;
            }

            throw;
        }
    }

    /// <summary>Finds an instrument that is there already: it was created before the listeners were told.</summary>
    private static TInstrument? Find<TInstrument>(Meter meter, string name)
        where TInstrument : Instrument
    {
        TInstrument? found = null;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (ReferenceEquals(instrument.Meter, meter) && instrument.Name == name)
            {
                found = instrument as TInstrument ?? found;
            }
        };
        listener.Start();
        return found;
    }
}
