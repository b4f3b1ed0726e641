using System.Diagnostics.Metrics;
using AiObs.Soak.Books;

namespace AiObs.Soak.Tests.Books;

public sealed class MetricWitnessTests
{
    [Fact]
    public void SumOf_Measurements_AreAddedUpByTagWithoutLosingDigits()
    {
        using var witness = new MetricWitness();
        using var meter = new Meter(new MeterOptions(AgentObservabilityOptions.DefaultSourceName));
        var cost = meter.CreateCounter<double>("aiobs.cost", "{USD}");
        var written = meter.CreateCounter<long>("aiobs.events.written");

        for (var i = 0; i < 10; i++)
        {
            cost.Add(0.1);
        }

        written.Add(4, new KeyValuePair<string, object?>("aiobs.sink", "slow sink"));
        written.Add(5, new KeyValuePair<string, object?>("aiobs.sink", "file sink"));

        Assert.Equal(1m, witness.SumOf("aiobs.cost"));
        Assert.Equal((4, 5, 9), (witness.SumOf("aiobs.events.written", "slow sink"), witness.SumOf("aiobs.events.written", "file sink"), witness.SumOf("aiobs.events.written")));
        Assert.Equal(2, witness.CountOf("aiobs.events.written"));
    }
}
