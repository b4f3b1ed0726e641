using AiObs.TestSupport.Otlp.Wire;

namespace AiObs.TestSupport.Otlp;

internal static class WireMeasurements
{
    public static IEnumerable<ReceivedMetric> Decode(byte[] body) =>
        from resource in WireMetrics.Parser.ParseFrom(body).ResourceMetrics
        from scope in resource.ScopeMetrics
        from metric in scope.Metrics
        select Metric(metric, WireValues.Scope(scope.Scope, scope.SchemaUrl, resource.Resource));

    private static ReceivedMetric Metric(WireMetric metric, ReceivedScope scope)
    {
        (ReceivedMetricKind Kind, IEnumerable<ReceivedPoint> Points) data = metric.DataCase switch
        {
            WireMetric.DataOneofCase.Gauge => (ReceivedMetricKind.Gauge, metric.Gauge.Points.Select(Number)),
            WireMetric.DataOneofCase.Sum when metric.Sum.IsMonotonic => (ReceivedMetricKind.Counter, metric.Sum.Points.Select(Number)),
            WireMetric.DataOneofCase.Sum => (ReceivedMetricKind.Sum, metric.Sum.Points.Select(Number)),
            WireMetric.DataOneofCase.Histogram => (ReceivedMetricKind.Histogram, metric.Histogram.Points.Select(Distribution)),
            _ => throw new InvalidDataException($"The metric '{metric.Name}' is of a kind that the receiver does not read."),
        };

        return new ReceivedMetric(metric.Name, metric.Unit, metric.Description, data.Kind, [.. data.Points], scope);
    }

    private static ReceivedPoint Number(WireNumberPoint point) =>
        new(WireValues.Attributes(point.Attributes), NumberOf(point), 0, [], []);

    private static object NumberOf(WireNumberPoint point) => point.ValueCase switch
    {
        // Boxed by hand, or both branches would become double.
        WireNumberPoint.ValueOneofCase.AsInt => (object)point.AsInt,
        _ => point.AsDouble,
    };

    private static ReceivedPoint Distribution(WireHistogramPoint point) => new(
        WireValues.Attributes(point.Attributes),
        point.Sum,
        (long)point.Count,
        [.. point.Bounds],
        [.. point.BucketCounts.Select(count => (long)count)]);
}
