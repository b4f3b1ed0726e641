namespace AiObs.ArchitectureTests.Rules;

public sealed class MetricNamesTests
{
    private static readonly TextFile[] Files =
    [
        new(
            "src/A/Metrics.cs",
            """
            internal sealed class Metrics(Meter meter)
            {
                private const string Name = "a.gauge";

                private readonly Counter<long> _one = meter.Counter<long>("a.calls", "{call}", "Calls.");
                private readonly Gauge<long> _two = core.Meter.Gauge(Name, () => [], "1", "Level.");
                private readonly Histogram<long> _three = meter.Histogram($"{prefix}.time", "s", "Time.");
                private readonly object _four = other.Counter("no.metric");
            }
            """),
    ];

    [Fact]
    public void Of_LiteralsAndConstants_ReturnsThem() => Assert.Equal(["a.calls", "a.gauge"], MetricNames.Of(Files).Order(StringComparer.Ordinal));

    [Fact]
    public void Violations_NamePutTogether_TellsWhere() =>
        Assert.Equal(["src/A/Metrics.cs: $\"{prefix}.time\" does not write the name of its metric whole."], MetricNames.Violations(Files));
}
