using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiObs.Tests.Operations;

public sealed class FaultsTests : IDisposable
{
    private readonly Meter _meter = new($"faults-{Guid.NewGuid():N}");

    [Fact]
    public void Drop_MeterListenerThrows_IsNotHeardOf()
    {
        var heard = 0;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter == _meter)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, _, _) =>
        {
            heard++;
            throw new InvalidOperationException("a");
        });
        listener.Start();

        new Faults(_meter, NullLogger.Instance).Drop("part");

        // Once for the drop, and once for the fault that it was.
        Assert.Equal(2, heard);
    }

    public void Dispose() => _meter.Dispose();
}
