using System.Diagnostics.Metrics;

namespace AiObs.TestSupport.Tests;

public sealed class MetricCollectorTests
{
    [Fact]
    public void Measurements_OfEveryNumberType_KeepValueUnitAndTags()
    {
        using var meter = new Meter(nameof(Measurements_OfEveryNumberType_KeepValueUnitAndTags));
        using var collector = new MetricCollector(meter.Name);

        meter.CreateCounter<int>("ints").Add(1);
        meter.CreateCounter<long>("longs", "{token}").Add(2, new KeyValuePair<string, object?>("type", "input"));
        meter.CreateHistogram<double>("doubles").Record(0.5);
        meter.CreateCounter<decimal>("decimals").Add(0.1m);

        Assert.Equal([1, 2L, 0.5, 0.1m], collector.Measurements.Select(measurement => measurement.Value));
        var tokens = collector.Only("longs");
        Assert.Equal("{token}", tokens.Unit);
        SpanAssert.Attributes(new() { ["type"] = "input" }, tokens.Tags);
    }

    [Fact]
    public void BucketBoundaries_AdvisedByAHistogram_AreReturned()
    {
        using var meter = new Meter(nameof(BucketBoundaries_AdvisedByAHistogram_AreReturned));
        using var collector = new MetricCollector(meter.Name);

        meter.CreateHistogram("advised", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] });
        meter.CreateHistogram<double>("plain");

        Assert.Equal([0.1, 1], collector.BucketBoundaries<double>("advised"));
        Assert.Empty(collector.BucketBoundaries<double>("plain"));
    }

    [Fact]
    public void RecordObservableInstruments_Gauge_IsRead()
    {
        using var meter = new Meter(nameof(RecordObservableInstruments_Gauge_IsRead));
        using var collector = new MetricCollector(meter.Name);
        meter.CreateObservableGauge("depth", () => 7L);

        collector.RecordObservableInstruments();

        Assert.Equal(7L, collector.Only("depth").Value);
    }
}
