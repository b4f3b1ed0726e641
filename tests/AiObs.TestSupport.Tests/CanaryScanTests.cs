using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace AiObs.TestSupport.Tests;

public sealed class CanaryScanTests
{
    private const string Canary = "canary7";

    private readonly CanaryScan _scan = new("absent", Canary);

    [Fact]
    public void Search_CleanTelemetry_HasNoHits()
    {
        using var span = new Activity("chat").SetTag("model", "m").SetTag("list", new[] { "a" });

        Assert.Empty(_scan.Search([span]).Hits);
    }

    public static TheoryData<string, Action<Activity>> SpanPlaces => new()
    {
        { "name", span => span.DisplayName = $"chat {Canary}" },
        { "status", span => span.SetStatus(ActivityStatusCode.Error, $"failed: {Canary}") },
        { "value", span => span.SetTag("input", $"<{Canary}>") },
        { "key", span => span.SetTag(Canary, 1) },
        { "array", span => span.SetTag("list", new[] { "a", Canary }) },
        { "nested", span => span.SetTag("map", new Dictionary<string, object?> { ["inner"] = Canary }) },
        { "event name", span => span.AddEvent(new ActivityEvent(Canary)) },
        { "event tag", span => span.AddEvent(new ActivityEvent("e", tags: new() { ["message"] = Canary })) },
        { "link", span => span.AddLink(new ActivityLink(default, new() { ["message"] = Canary })) },
        { "baggage", span => span.SetBaggage("user", Canary) },
        { "trace state", span => span.TraceStateString = $"a={Canary}" },
    };

    [Theory]
    [MemberData(nameof(SpanPlaces), DisableDiscoveryEnumeration = true)]
    public void Search_CanaryAnywhereInASpan_IsOneHit(string place, Action<Activity> plant)
    {
        using var span = new Activity("chat");

        plant(span);

        Assert.True(_scan.Search([span]).Hits is [_], $"The canary in the {place} was found {_scan.Hits.Count} times.");
    }

    [Fact]
    public void Search_CanaryInAMeasurement_IsAHit()
    {
        using var meter = new Meter(nameof(Search_CanaryInAMeasurement_IsAHit));
        using var collector = new MetricCollector(meter.Name);
        meter.CreateCounter<long>("calls").Add(1, new KeyValuePair<string, object?>("user", Canary));

        Assert.Equal([$"{Canary} in user in measurement of 'calls'"], _scan.Search(collector.Measurements).Hits);
    }

    [Fact]
    public void Search_CanaryInALog_IsAHitPerPlace()
    {
        var logger = new FakeLogger();

        logger.LogWarning(new EventId(1), new InvalidOperationException(Canary), "Call of {User} failed", Canary);

        Assert.Equal(3, _scan.Search(logger.Collector.GetSnapshot()).Hits.Count);
    }
}
